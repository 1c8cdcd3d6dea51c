"""Every row of section 4.1 of the domain report, as rule, start and due day.

section_4_1.csv: `due` was worked out once with the slow oracle and is fixed there; `note` says from which day it
rolled.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from baiying.engine.clock import Extension, Rule, read_start, reckon, recurrences
from tests.engine.clock import oracle
from tests.engine.clock.suite import calendar
from tests.shared import shared

with (Path(__file__).parent / "section_4_1.csv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['step']} {row['time']}")
def test_a_row_of_the_clock_table_is_reckoned(row: dict[str, str]) -> None:
    start = read_start(row["start"])
    told = reckon(Rule.parse(row["rule"], row["kind"]), start, calendar())
    if row["rule"].endswith("hour"):
        assert told.due_at is not None and told.due_at.replace(tzinfo=None) == datetime.fromisoformat(row["due"])
    else:
        assert told.due_on == date.fromisoformat(row["due"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['step']} {row['time']}")
def test_the_oracle_agrees_with_the_row(row: dict[str, str]) -> None:
    rule, start = Rule.parse(row["rule"]), datetime.fromisoformat(row["start"])
    if row["kind"] == "backward":
        day = oracle.latest_day_before(rule.length, rule.unit, start.date())
        assert day == date.fromisoformat(row["due"])
        return
    day, instant = oracle.last_instant(rule.length, rule.unit, start, row["kind"])
    if rule.unit == "hour":
        assert instant.replace(tzinfo=None) == datetime.fromisoformat(row["due"])
    else:
        assert day == date.fromisoformat(row["due"])


def test_no_row_of_the_report_is_missing() -> None:
    report = shared("domain/report.md").read_text(encoding="utf-8")
    section = report[report.index("### 4.1") : report.index("### 4.2")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if "`" in line]
    printed = {(step, row[2]) for row in cells if len(row) == 6 for step in re.findall(r"`([\w-]+)`", row[1])}
    assert len(printed) > 70
    assert printed == {(row["step"], row["time"]) for row in ROWS}


def test_a_petition_extended_by_thirty_days_rolls_only_once_at_the_very_end() -> None:
    # 信访工作条例 art. 34: 60 days from 2026-03-03 end on Saturday 2026-05-02; 30 more, from there, on 2026-06-01.
    plain = reckon(Rule.parse("60 days"), date(2026, 3, 3), calendar())
    assert plain.due_on == date(2026, 5, 6)
    longer = reckon(
        Rule.parse("60 days"), date(2026, 3, 3), calendar(), extensions=[Extension(Rule.parse("30 days"), "approved")]
    )
    assert longer.due_on == date(2026, 6, 1)
    assert sum(line.counted for line in longer.days) == 90


def test_dues_are_payable_by_the_fifteenth_of_each_month() -> None:
    # 北京市实施工会法办法 art. 55. 15 Feb 2026 lies in the Spring Festival, 15 March and 15 August on a weekend.
    rule = Rule(1, "month", "recurring", on_day=15)
    days = [one.due_on for one in recurrences(rule, date(2026, 1, 15), calendar(), 4)]
    assert days == [date(2026, 2, 24), date(2026, 3, 16), date(2026, 4, 15), date(2026, 5, 15)]
    assert reckon(rule, date(2026, 1, 14), calendar()).due_on == date(2026, 1, 15)


@pytest.mark.parametrize(("years", "due"), [(3, date(2026, 5, 20)), (5, date(2028, 5, 22))])
def test_elections_come_every_three_or_five_years(years: int, due: date) -> None:
    # 20 May 2028 is a Saturday.
    assert reckon(Rule(years, "year", "recurring"), date(2023, 5, 20), calendar()).due_on == due

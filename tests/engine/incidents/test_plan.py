"""The plan for incidents: levels by their thresholds, clocks by the level, and no word for a person."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baiying.engine import loader
from baiying.engine.clock import SHANGHAI
from baiying.engine.incidents import Plan, checks_of, level_by, run_clocks
from tests.engine.flow.real import FOLDER, catalogue

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)


@cache
def plan() -> Plan:
    (one,) = (one for one in catalogue().declarations if one.kind == "incident")
    return loader.plan(one.key, one.table)


def level(**told: object) -> str:
    found = level_by(plan(), {"ask.danger": False, "ask.stopped": False, "ask.unpaid_month": False,
                              "ask.several": False, "ask.bankrupt": False,
                              **{f"ask.{key}": value for key, value in told.items()}})
    return found.key if found else ""


@pytest.mark.parametrize(("workers", "key"), [(9, ""), (10, "IV"), (29, "IV"), (30, "III"), (99, "III"), (100, "II"),
                                              (299, "II"), (300, "I")])
def test_ten_thirty_a_hundred_and_three_hundred_are_the_thresholds(workers, key):
    assert level(workers=workers) == key


def test_danger_a_stoppage_a_month_unpaid_and_a_closure_count_for_more_than_the_number():
    assert level(workers=3, danger=True) == "I" and level(workers=12, bankrupt=True) == "II"
    assert level(workers=3, stopped=True) == "III" and level(workers=10, unpaid_month=True) == "III"
    assert level(workers=9, unpaid_month=True) == ""


@given(st.integers(0, 2000), st.integers(0, 2000), st.sets(st.sampled_from(["danger", "stopped", "several"])))
def test_more_people_or_more_signs_never_lower_the_level(some, more, signs):
    keys = ["", *reversed([one.key for one in plan().levels])]
    low, high = level(workers=min(some, more)), level(workers=max(some, more), **dict.fromkeys(signs, True))
    assert keys.index(low) <= keys.index(high)


def test_the_graver_the_level_the_shorter_the_updates_and_the_longer_the_list():
    started = [("known", NOON), ("reported", NOON), ("level_set", NOON)]
    running = {key: set(run_clocks(plan(), key, started)) for key in ("I", "II", "III", "IV", "")}
    assert {"update_two_hours", "on_site", "written", "first_report"} == running["I"]
    assert "update_six_hours" in running["II"] and "update" in running["III"] & running["IV"]
    assert "on_site" not in running["IV"] and running[""] == {"first_report", "written"}
    assert len(checks_of(plan(), "I")) > len(checks_of(plan(), "IV"))


def test_each_update_starts_the_next_and_the_end_meets_them_all_but_the_review():
    hour = dt.timedelta(hours=1)
    told = [("known", NOON), ("reported", NOON), ("level_set", NOON), ("updated", NOON + hour)]
    states = run_clocks(plan(), "III", told)
    assert states["update"].start == NOON + hour and states["update"].met_at is None
    states = run_clocks(plan(), "III", [*told, ("ended", NOON + 2 * hour)])
    assert {key for key, state in states.items() if state.met_at is None} == {"review"}


@pytest.mark.parametrize(("old", "new", "code"), [
    ('employer = { label = "用人单位"', 'leader = { label = "谁带头"', "lists_people"),
    ('label_en = "Employer"', 'label_en = "The organiser"', "lists_people"),
    ('in = ["I", "II", "III"] }]\nbasis', 'in = ["I", "X"] }]\nbasis', "not_an_option"),
    ('key = "II"', 'key = "I"', "same_band"),
    ('levels = ["I"]', 'levels = ["V"]', "unknown"),
    ("[clock.destroy]", "[clock.destruction]", "missing"),
    ('until = "reported"', 'until = "reportd"', "unknown"),
])
def test_a_plan_with_a_slip_or_a_question_about_people_is_refused(tmp_path: Path, old, new, code):
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("territory", "cn_20[01]*", "text"))
    file = copy / "incidents" / "labour.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    assert code in {fault.code for fault in loader.read_catalogue(copy).faults}


def test_whom_a_level_calls_in_is_said_in_both_languages_line_by_line():
    assert all(one.calls and len(one.calls) == len(one.calls_en) for one in plan().levels)
    assert all(said.isascii() for one in plan().levels for said in one.calls_en)

"""Reading a newly published year from CSV, iCalendar and TOML, and what is refused with which sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.clock import (
    Calendar,
    ClockError,
    Day,
    calendar_from_folder,
    read_calendar_csv,
    read_calendar_ics,
    read_calendar_toml,
    year_as_toml,
)

# An invented 2027: no notice has been published, and these dates are not a guess at it.
OFF = {
    "元旦": ["2027-01-01", "2027-01-02", "2027-01-03"],
    "劳动节": ["2027-05-01", "2027-05-02"],
    "国庆节": ["2027-10-01", "2027-10-02", "2027-10-03"],
}
MAKEUP = {"国庆节": ["2027-10-09"]}
ENGLISH = {"元旦": "New Year's Day", "劳动节": "Labour Day", "国庆节": "National Day"}
INVENTED = Calendar(
    2027,
    2027,
    (
        *(Day(date.fromisoformat(on), False, name, ENGLISH[name]) for name, days in OFF.items() for on in days),
        *(Day(date.fromisoformat(on), True, name, ENGLISH[name]) for name, days in MAKEUP.items() for on in days),
    ),
)


def own_csv(off: str = "off", makeup: str = "makeup") -> str:
    lines = ["date,day,name,name_en"]
    lines += [f"{on},{off},{name}," for name, days in OFF.items() for on in days]
    lines += [f"{on},{makeup},{name}," for name, days in MAKEUP.items() for on in days]
    return "\n".join(lines) + "\n"


def ics(*events: tuple[str, str, str], extra: str = "") -> str:
    """An iCalendar of whole-day events: first day, first day after, summary."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", "X-WR-CALNAME:节假日"]
    for number, (first, after, summary) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20261101T000000Z"]
        lines += [f"DTSTART;VALUE=DATE:{first.replace('-', '')}"]
        lines += [f"DTEND;VALUE=DATE:{after.replace('-', '')}"] if after else []
        lines += [f"SUMMARY:{summary}", "END:VEVENT"]
    return "\r\n".join([*lines, *([extra] if extra else []), "END:VCALENDAR", ""])


HOLIDAYS = (
    ("2027-01-01", "2027-01-04", "元旦 休"),
    ("2027-05-01", "2027-05-03", "劳动节（休）"),
    ("2027-10-01", "2027-10-02", "国庆节 假期 第1天/共3天"),
    ("2027-10-02", "2027-10-04", "国庆节放假"),
)


@pytest.mark.parametrize("words", [("off", "makeup"), ("休", "班")])
def test_our_own_csv_is_read_with_both_kinds_of_words(words: tuple[str, str]) -> None:
    assert read_calendar_csv(own_csv(*words)) == INVENTED


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_calendar_csv(own_csv().encode("utf-8-sig")) == INVENTED


@pytest.mark.parametrize("summary", ["国庆节 补班", "国庆节（班）", "国庆节调休上班", "国庆节 补班 第1天/共1天"])
def test_icalendar_is_read_in_the_manners_of_known_subscriptions(summary: str) -> None:
    content = ics(*HOLIDAYS, ("2027-10-09", "2027-10-10", summary), ("2027-12-07", "2027-12-08", "大雪"))
    assert read_calendar_ics(content) == INVENTED
    assert read_calendar_ics(content.encode()) == INVENTED


def test_an_event_without_an_end_is_one_day_and_times_are_shanghai_s() -> None:
    single = tuple((on, "", f"{name} 休") for name, days in OFF.items() for on in days)
    at_nine = "\r\n".join(
        [
            "BEGIN:VEVENT",
            "UID:x",
            "DTSTART:20271009T010000Z",
            "DTEND:20271009T100000Z",
            "SUMMARY:国庆节 补班",
            "END:VEVENT",
        ]
    )
    assert read_calendar_ics(ics(*single, extra=at_nine)) == INVENTED


def test_marks_of_special_days_need_no_word_in_the_summary() -> None:
    event = "\r\n".join(
        [
            *("BEGIN:VEVENT", "UID:x", "DTSTART;VALUE=DATE:20271009", "SUMMARY:国庆节"),
            *("X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", "END:VEVENT"),
        ]
    )
    assert read_calendar_ics(ics(*HOLIDAYS, extra=event)) == INVENTED


def test_a_year_written_as_toml_reads_back_the_same_with_the_december_before(tmp_path: Path) -> None:
    spilled = Calendar(2027, 2027, (*INVENTED.days, Day(date(2026, 12, 31), False, '元"旦', "New\\Year")))
    text = year_as_toml(spilled, 2027, "Invented.\nFor a test.")
    assert text.startswith("# Invented.\n# For a test.\nyear = 2027\n")
    assert read_calendar_toml(text) == spilled
    (tmp_path / "cn_2027.toml").write_text(text, encoding="utf-8")
    assert calendar_from_folder(tmp_path) == spilled


def test_december_days_in_a_csv_belong_to_the_next_year_s_notice() -> None:
    read = read_calendar_csv(own_csv() + "2026-12-31,off,元旦,\n")
    assert (read.first_year, read.last_year) == (2027, 2027) and read.days[0].date == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (own_csv("休", "班").encode("gb18030"), "not UTF-8"),
        ("", "it names nothing"),
        ("day,kind\n", "it names day,kind"),
        ("date,day\n", "no day off and no make-up day"),
        (own_csv() + "2027-10-09,makeup,国庆节,\n", "2027-10-09 stands in the calendar twice"),
        (own_csv() + "2027-10-11,makeup,国庆节,\n", "2027-10-11 is given as a make-up working day"),
        (own_csv() + "2029-01-01,off,元旦,\n", "2028 is missing"),
        (own_csv() + "2027-13-01,off,,\n", "Line 11: '2027-13-01' is no date"),
        (own_csv() + "2027-06-09,of,,\n", "did you mean 'off'"),
        (own_csv() + "2027-06-09\n", "kind of day"),
        (own_csv().replace("2027-10-01,off,国庆节,\n", ""), "2027-10-01 is always a day off"),
        ("date,is_workday,holiday,makeup_workday_for\n2027-01-01,0,元旦,\n", "2027-01-02 is missing"),
        ("date,is_workday,holiday,makeup_workday_for\n2027-01-01,no,元旦,\n", "must be 0 or 1"),
        ("date,is_workday,holiday,makeup_workday_for\n2027-01-01,0,,\n2027-01-01,0,,\n", "Line 3: 2027-01-01 stands"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_a_bad_csv_is_refused_with_a_sentence(content: bytes | str, sentence: str) -> None:
    with pytest.raises(ClockError) as refused:
        read_calendar_csv(content)
    assert sentence in refused.value.sentence
    assert refused.value.sentence_zh.endswith(("。", "？"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("date,day\n2027-01-01,off\n", "no iCalendar"),
        (b"", "no iCalendar"),
        (ics(*HOLIDAYS).encode("gb18030"), "not UTF-8"),
        (ics(("2027-12-07", "2027-12-08", "大雪")), "no day off and no make-up day"),
        (ics(*HOLIDAYS, ("2027-10-03", "2027-10-04", "国庆节 补班")), "both a day off (国庆节) and a make-up day"),
        (ics(*HOLIDAYS, ("2027-10-11", "2027-10-12", "补班")), "not a Saturday or Sunday"),
        (ics(*HOLIDAYS, ("2027-06-01", "2027-08-31", "放假")), "no holiday is that long"),
        (ics(*HOLIDAYS, extra="BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:休\r\nEND:VEVENT"), "has no day"),
        (ics(*HOLIDAYS, extra="BEGIN:VEVENT\r\nDTSTART:soon\r\nSUMMARY:休\r\nEND:VEVENT"), "cannot be read as a day"),
        (ics(HOLIDAYS[0]), "2027-05-01 is always a day off"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_a_bad_icalendar_is_refused_with_a_sentence(content: bytes | str, sentence: str) -> None:
    with pytest.raises(ClockError) as refused:
        read_calendar_ics(content)
    assert sentence in refused.value.sentence
    assert refused.value.sentence_zh.endswith("。")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("year = \n", "is no TOML"),
        ('year = "2027"\n', "needs 'year = 2027'"),
        ("year = 2027\nholidays = []\n[[holiday]]\n", "did you mean 'holiday'"),
        ('year = 2027\n[[holiday]]\nname = "元旦"\ndays_of = []\n', "did you mean 'days_off'"),
        ('year = 2027\n[[holiday]]\nname = "元旦"\ndays_off = ["2027-01-01"]\n', "a list of dates without quotes"),
        ('year = 2027\n[[holiday]]\nname = "元旦"\ndays_off = 2027-01-01\n', "a list of dates without quotes"),
        ("year = 2027\n[[holiday]]\nname = 5\n", "must be text"),
        ("year = 2027\nholiday = [1]\n", "needs 'year = 2027'"),
        (b"\xff\xfe", "not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_a_bad_toml_is_refused_with_a_sentence(content: bytes | str, sentence: str) -> None:
    with pytest.raises(ClockError) as refused:
        read_calendar_toml(content, "cn_2027.toml")
    assert sentence in refused.value.sentence
    assert refused.value.sentence_zh.endswith(("。", "？"))


def test_a_folder_without_a_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClockError, match="No cn_YYYY.toml"):
        calendar_from_folder(tmp_path)


READERS = (read_calendar_csv, read_calendar_ics, read_calendar_toml)
SOUND = (own_csv(), ics(*HOLIDAYS), year_as_toml(INVENTED, 2027, "Invented."))


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.integers(0, 2), st.binary(max_size=12), st.integers(0, 400), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused_with_a_sentence_and_nothing_else(
    which: int, junk: bytes, place: int, cut: int
) -> None:
    whole = SOUND[which].encode()
    try:
        assert READERS[which](whole[:place] + junk + whole[place + cut :]).first_year > 1
    except ClockError as refused:
        assert refused.sentence and refused.sentence_zh

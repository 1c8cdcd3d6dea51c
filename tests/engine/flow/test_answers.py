"""What a form sends becomes typed answers, or a sentence."""

from __future__ import annotations

import datetime

import pytest

from baiying.engine.flow import Ask, Refused, read_answer

KNEW = Ask("knew", "哪天知道的", "The day you knew", "date", "P2", event="knew")


@pytest.mark.parametrize("day", ["1900-01-01", "2026-03-01", "2199-12-31"])
def test_a_day_that_a_person_can_mean_is_read(day):
    assert read_answer(KNEW, day) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("slip", ["9999-12-30", "0026-03-01", "2200-01-01", "2026-02-30", "昨天"])
def test_a_day_beyond_any_calendar_is_a_sentence_and_never_a_broken_clock(slip):
    with pytest.raises(Refused) as refused:
        read_answer(KNEW, slip)
    assert KNEW.label in refused.value.zh and KNEW.label_en in refused.value.en

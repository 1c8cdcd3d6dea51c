"""She says where it is: the unit that serves the place leads, as long as nothing was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.models import Case
from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from tests.cases.conftest import COMMUNITY, entry, people_of

OTHER = "110107011007"


def kept(receipt) -> Case:
    with door.open(door.Asker(door=entry(receipt))):
        return Case.objects.select_related("unit").get()


def test_a_place_that_was_not_known_brings_it_to_the_unit_that_serves_it(send):
    receipt = send(area=None)
    assert receipt.unit.level == "district"
    actions.say_where(entry(receipt), COMMUNITY, "k")
    case, story = kept(receipt), queries.story(entry(receipt))
    assert (case.area, case.unit.area_id) == (COMMUNITY, "110107003000")
    assert [line.verb for line in story.lines] == ["said_where"] and story.lines[0].by_her


def test_its_clocks_run_on_from_the_submission(send):
    receipt = send(area=None)
    before = {view.row.name: view.due_at for view in queries.story(entry(receipt)).clocks}
    with moment.frozen(moment.now() + timedelta(hours=3)):
        actions.say_where(entry(receipt), COMMUNITY, "k")
    assert {view.row.name: view.due_at for view in queries.story(entry(receipt)).clocks} == before


def test_said_twice_it_is_once_and_the_same_place_is_nothing_new(send):
    receipt = send(area=None)
    for key in ("k", "k", "l"):
        actions.say_where(entry(receipt), COMMUNITY, key)
    assert len(queries.story(entry(receipt)).lines) == 1


def test_once_work_has_begun_the_place_is_put_right_and_the_unit_stays(send):
    receipt = send()
    actions.pause(people_of(receipt.unit.id), receipt.number, "force_majeure", moment.today() + timedelta(days=1),
                  "停电", "p")
    actions.say_where(entry(receipt), OTHER, "k")
    assert (kept(receipt).area, kept(receipt).unit_id) == (OTHER, receipt.unit.id)


def test_what_is_no_area_and_what_is_said_too_often_change_nothing(send):
    receipt = send(area=None)
    for area in ("", "110107", "999999999999", "八角"):
        with pytest.raises(Refusal):
            actions.say_where(entry(receipt), area, "k")
    for turn, area in enumerate([COMMUNITY, OTHER, COMMUNITY]):
        actions.say_where(entry(receipt), area, f"k{turn}")
    with pytest.raises(Refusal):
        actions.say_where(entry(receipt), OTHER, "k9")


def test_a_case_at_its_end_stays_where_it_is(send):
    receipt = send()
    actions.withdraw(entry(receipt), "w")
    with pytest.raises(Refusal):
        actions.say_where(entry(receipt), OTHER, "k")

"""Out of one case she opens a further one, at her own press, and the two know of each other for her alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.project.demo.cast import person
from tests.cases.answering import answer, lead_of, row
from tests.cases.conftest import entry, matters_where

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def further(db, monkeypatch) -> str:
    """Every move of every matter leads, besides, to this kind of case."""
    key = matters_where(lambda matter: not matter.default and not matter.safe)
    real = catalogue.matter_of

    def opening(one):
        matter = real(one)
        if matter.key == key:
            return matter
        stages = {name: replace(stage, moves=tuple(replace(move, opens=(key,)) for move in stage.moves))
                  for name, stage in matter.stages.items()}
        return replace(matter, stages=stages)
    monkeypatch.setattr(catalogue, "matter_of", opening)
    return key


def test_before_a_move_that_names_it_nothing_further_is_offered(send, further):
    receipt = send()
    assert queries.her_ways(entry(receipt)).further == ()
    with pytest.raises(Refusal):
        actions.link(entry(receipt), further)
    answer(receipt)
    assert [matter.key for matter in queries.her_ways(entry(receipt)).further] == [further]


def test_her_words_and_the_ways_to_reach_her_go_with_it_and_nothing_of_others(send, further):
    receipt = send(phone="138 0000 0000", name="石小工", contact="晚上八点以后")
    answer(receipt, "单位说下周付。")
    second = actions.link(entry(receipt), further)
    assert (second.number, second.code) != (receipt.number, receipt.code)
    story = queries.story(entry(second))
    assert story.words == "三个月没有发工资了。" and story.lines == []
    view = queries.open_case(lead_of(second), second.number)
    assert (view.name, view.contact, view.phone_masked) == ("石小工", "晚上八点以后", "138****0000")
    assert view.case.area == row(receipt).area


def test_pressed_twice_it_is_one(send, further):
    receipt = send()
    answer(receipt)
    first, second = actions.link(entry(receipt), further), actions.link(entry(receipt), further)
    assert (first.number, first.code, second.known) == (second.number, second.code, True)
    assert queries.her_ways(entry(receipt)).further == ()


def test_both_name_the_other_to_her(send, further):
    receipt = send()
    answer(receipt)
    second = actions.link(entry(receipt), further)
    (there,) = queries.her_ways(entry(receipt)).linked
    (back,) = queries.her_ways(entry(second)).linked
    assert (there.number.replace("-", ""), back.number.replace("-", "")) == (second.number, receipt.number)
    assert there.matter == catalogue.matter(further).name


def test_of_the_staff_only_those_who_may_open_both_see_that_they_belong_together(send, further):
    receipt = send()
    answer(receipt)
    second = actions.link(entry(receipt), further)
    alone, both = lead_of(receipt), lead_of(receipt).units | lead_of(second).units
    for one, other in ((receipt, second), (second, receipt)):
        with moment.frozen(NOON + timedelta(minutes=1)):
            seen = queries.open_case(replace(alone, units=both), one.number)
            change_lead(other)
            view = queries.open_case(replace(alone, units=both), one.number)
            change_lead(other, other.unit)
        assert [two.number for two in seen.linked] == [other.number] and view.linked == ()
        shown = repr([view.lines, view.tasks, view.answers, view.words, view.contact, view.guardian])
        assert other.number not in shown and not view.case.words.count(other.number)


def change_lead(receipt, unit=None) -> None:
    """Let a unit lead that has nothing to do with it, or its own again."""
    stranger = network.posts_of(person("lawyer").new.id, moment.today())[0].unit
    with door.open(door.Asker(case=receipt.case_id)):
        Case.objects.filter(id=receipt.case_id).update(unit=unit or stranger)


def test_neither_opens_the_other_without_its_own_code(send, further):
    from baiying.kit import number

    receipt = send()
    answer(receipt)
    second = actions.link(entry(receipt), further)
    with pytest.raises(Unseen):
        queries.story(number.entry(second.number, receipt.code))


def test_a_kind_that_no_move_names_is_not_opened(send, guarded_matter, further):
    receipt = send()
    answer(receipt)
    with pytest.raises(Refusal):
        actions.link(entry(receipt), guarded_matter)
    with door.errand("clocks"):
        assert Case.objects.count() == 1


def test_a_case_of_safety_is_not_tied_to_the_account_of_the_first(send, monkeypatch, guarded_matter):
    real = catalogue.matter_of

    def opening(one):
        matter = real(one)
        stages = {name: replace(stage, moves=tuple(replace(move, opens=(guarded_matter,)) for move in stage.moves))
                  for name, stage in matter.stages.items()}
        return replace(matter, stages=stages)
    monkeypatch.setattr(catalogue, "matter_of", opening)
    account = lead_of(send(key="x")).who
    receipt = send(key="y", asker=account)
    answer(receipt)
    second = actions.link(entry(receipt), guarded_matter)
    assert row(receipt).asker_id == account and row(second).asker_id is None and row(second).guarded


def test_what_was_told_in_a_guarded_case_can_be_carried_on(send, guarded_matter, further):
    receipt = send(matter=guarded_matter, words="请帮帮我和孩子。")
    answer(receipt)
    second = actions.link(entry(receipt), further)
    assert queries.story(entry(second)).words == "请帮帮我和孩子。"
    assert flow.ANSWERED != row(second).stage


def test_a_move_to_the_same_stage_for_another_reason_offers_nothing(send, monkeypatch):
    """Violence was found, or no agreement: both end the mediation, and only one of them leads to protection."""
    key = matters_where(lambda matter: not matter.default and not matter.safe)
    real = catalogue.matter_of

    def opening(one):
        matter = real(one)
        stages = {name: replace(stage, moves=(*stage.moves, *(
            replace(move, key=f"{move.key}_else", marks=(*move.marks, "found"), opens=(key,)) for move in stage.moves)))
            for name, stage in matter.stages.items()}
        return replace(matter, stages=stages)
    monkeypatch.setattr(catalogue, "matter_of", opening)
    receipt = send()
    answer(receipt)
    assert queries.her_ways(entry(receipt)).further == ()

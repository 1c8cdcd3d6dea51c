"""A relative asks of somebody who died or cannot act: entered by staff, decided by the unit with a reason."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from baiying.cases import actions, queries
from baiying.cases.actions import Receipt, relatives
from baiying.cases.actions.relatives import Relative
from baiying.cases.models import Demand, Task
from baiying.cases.queries import everything
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.web.templatetags.desk import clock_of
from tests.cases.answering import above, lead_of, to_the_top
from tests.cases.conftest import entry, people_of

OTHER = UUID(int=7)
SON = Relative("石某", "儿子", "died", "see", "办理继承要看合同。", "看过户口本和死亡证明。")


def test_what_a_relative_asks_is_entered_without_the_code_and_answered_with_a_reason(send):
    receipt = send()
    lead, colleague = lead_of(receipt), colleague_of(receipt)
    first = relatives.enter(lead, receipt.number, SON, "k")
    assert relatives.enter(lead, receipt.number, SON, "k") == first, "pressed twice is once"
    (line,) = everything.demands_on(lead, receipt.number)
    assert "石某" in line.text and "办理继承" in line.text and line.kind == "relative"
    assert [one.number for one in everything.to_decide(lead)] == [receipt.number]
    with pytest.raises(Refusal):
        relatives.decide(colleague, receipt.number, line.ref, True, "")
    relatives.decide(colleague, receipt.number, line.ref, True, "关系和用途都核对过, 当面看了合同那一页。")
    assert everything.to_decide(lead) == []
    (hers,) = everything.her_demands(entry(receipt))
    assert "当面看了" in hers.reason and hers.state == "granted", "whoever has the code reads what was decided"


def colleague_of(receipt: Receipt) -> door.Asker:
    """Somebody else of the unit that leads."""
    return replace(lead_of(receipt), who=people_of(above(receipt).id).who)


def test_whoever_wrote_it_down_decides_nothing_and_a_colleague_does(send):
    receipt = send()
    lead = lead_of(receipt)
    made = relatives.enter(lead, receipt.number, SON, "k")
    with pytest.raises(Refusal) as refused:
        relatives.decide(lead, receipt.number, made.ref, True, "关系核对过。")
    assert "yourself" in refused.value.sentence or "自己录入" in refused.value.sentence
    assert [line.state for line in everything.demands_on(lead, receipt.number)] == ["open"]
    assert [line.written for line in everything.demands_on(lead, receipt.number)] == [True]
    assert [line.written for line in everything.demands_on(colleague_of(receipt), receipt.number)] == [False]


def test_the_database_itself_lets_nobody_decide_what_she_entered(send):
    receipt = send()
    lead = lead_of(receipt)
    relatives.enter(lead, receipt.number, SON, "k")
    with pytest.raises(IntegrityError, match="who_enters"), door.open(lead):
        door.look_at(receipt.case_id)
        Demand.objects.update(state="granted", decided_at=moment.now(), decided_by=lead.who)


def test_where_she_works_alone_the_level_above_is_called_at_once_reads_it_and_decides(send):
    receipt = send()
    lead, upper = lead_of(receipt), people_of(above(receipt).id)
    made = relatives.enter(lead, receipt.number, SON, "k")
    assert relatives.enter(lead, receipt.number, SON, "k") == made
    (line,) = queries.climbing(upper, receipt.number).relatives
    assert "石某" in line.text and not line.written
    assert everything.her_demands(entry(receipt))[0].state == "open"
    relatives.decide(upper, receipt.number, made.ref, False, "户口本上的关系对不上。")
    assert everything.her_demands(entry(receipt))[0].state == "refused"
    with pytest.raises(Unseen):
        queries.climbing(upper, receipt.number)


def test_she_who_reads_it_herself_ends_it_by_one_press_and_nobody_decides_it_any_more(send):
    receipt = send()
    lead, her = lead_of(receipt), entry(receipt)
    assert not queries.story(her).spoken_for
    made = relatives.enter(lead, receipt.number, replace(SON, state="helpless", wish="see"), "k")
    assert queries.story(her).spoken_for
    with pytest.raises(Unseen):
        relatives.refuse(her, "nothing")
    relatives.refuse(her, made.ref)
    relatives.refuse(her, made.ref)
    assert not queries.story(her).spoken_for and everything.her_demands(her)[0].state == "dropped"
    with pytest.raises(Unseen):
        queries.climbing(people_of(above(receipt).id), receipt.number)
    relatives.decide(colleague_of(receipt), receipt.number, made.ref, True, "可以看一看。")
    assert everything.her_demands(her)[0].state == "dropped", "too late: she has decided"


def test_a_level_above_that_was_called_about_something_else_decides_nothing(send):
    receipt = send()
    made = relatives.enter(lead_of(receipt), receipt.number, SON, "k")
    upper = people_of(above(receipt).id)
    with door.open(upper):
        door.look_at(receipt.case_id)
        Task.objects.filter(kind=Task.Kind.CLIMB).update(about="contact")
    assert queries.climbing(upper, receipt.number).relatives == ()
    with pytest.raises(Unseen):
        relatives.decide(upper, receipt.number, made.ref, True, "可以看一看。")


def test_nobody_but_the_unit_that_leads_enters_or_decides_it(send):
    receipt = send()
    made = relatives.enter(lead_of(receipt), receipt.number, SON, "k")
    other = replace(colleague_of(receipt), units=frozenset({UUID(int=7)}))
    for deed in (lambda: relatives.enter(other, receipt.number, SON, "x"),
                 lambda: relatives.decide(other, receipt.number, made.ref, True, "可以看一看。")):
        with pytest.raises(Unseen):
            deed()


@pytest.mark.parametrize("wrong", [{"state": "away"}, {"wish": "all"}, {"proof": ""}, {"why": "长" * 501}])
def test_what_is_missing_is_refused_with_a_sentence(send, wrong):
    receipt = send()
    with pytest.raises(Refusal):
        relatives.enter(lead_of(receipt), receipt.number, replace(SON, **wrong), "k")
    assert everything.her_demands(entry(receipt)) == []


def test_it_is_erased_on_a_yes_only_once_the_case_has_ended(send):
    receipt = send()
    colleague = colleague_of(receipt)
    made = relatives.enter(lead_of(receipt), receipt.number, replace(SON, wish="erase"), "k")
    with pytest.raises(Refusal):
        relatives.decide(colleague, receipt.number, made.ref, True, "家属要求删掉, 已核对。")
    actions.withdraw(entry(receipt), "w")
    relatives.decide(colleague, receipt.number, made.ref, True, "家属要求删掉, 已核对。")
    assert queries.story(entry(receipt)).words == ""



def test_where_one_person_works_alone_at_the_top_it_is_said_at_once_that_nobody_can_decide(send, monkeypatch):
    receipt = send()
    top = to_the_top(receipt)
    lead = people_of(top.id)
    monkeypatch.setattr(network, "receiving", lambda unit, on: frozenset({lead.who}))
    relatives.enter(lead, receipt.number, SON, "k")
    assert [line.stuck for line in everything.demands_on(lead, receipt.number)] == [True]
    second = person("gucheng_handler").new.id
    monkeypatch.setattr(network, "receiving", lambda unit, on: frozenset({lead.who, second}))
    assert [line.stuck for line in everything.demands_on(lead, receipt.number)] == [False]
    appointed = replace(lead, who=second)
    (line,) = everything.demands_on(appointed, receipt.number)
    assert not line.stuck and not line.written
    relatives.decide(appointed, receipt.number, line.ref, False, "户口本上的关系对不上。")
    assert everything.her_demands(entry(receipt))[0].state == "refused"


def test_she_who_works_alone_in_both_units_is_not_called_about_what_she_wrote_down(send, monkeypatch):
    receipt = send()
    lead, upper = lead_of(receipt), above(receipt)
    monkeypatch.setattr(network, "receiving",
                        lambda unit, on: frozenset({lead.who} if unit in (receipt.unit.id, upper.id) else {OTHER}))
    relatives.enter(lead, receipt.number, SON, "k")
    with door.errand("clocks"):
        door.look_at(receipt.case_id)
        called = list(Task.objects.filter(kind=Task.Kind.CLIMB).values_list("unit_id", flat=True))
    assert upper.id not in called


def test_a_relatives_demand_is_called_so_in_the_list_of_the_level_above_and_not_nearly_late(send):
    receipt = send()
    relatives.enter(lead_of(receipt), receipt.number, SON, "k")
    (row,) = queries.tasks(people_of(above(receipt).id), [Task.Kind.CLIMB])
    assert row.relative and clock_of(row) == ""
    with override("zh-hans"):
        assert row.kind.startswith("亲属的要求")

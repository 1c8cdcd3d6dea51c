"""A relative asks of somebody who died or cannot act: entered by staff, decided by the unit with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import relatives
from baiying.cases.actions.relatives import Relative
from baiying.cases.queries import everything
from baiying.kit.errors import Refusal, Unseen
from tests.cases.answering import above, lead_of
from tests.cases.conftest import entry, people_of

SON = Relative("石某", "儿子", "died", "see", "办理继承要看合同。", "看过户口本和死亡证明。")


def test_what_a_relative_asks_is_entered_without_the_code_and_answered_with_a_reason(send):
    receipt = send()
    lead = lead_of(receipt)
    first = relatives.enter(lead, receipt.number, SON, "k")
    assert relatives.enter(lead, receipt.number, SON, "k") == first, "pressed twice is once"
    (line,) = everything.demands_on(lead, receipt.number)
    assert "石某" in line.text and "办理继承" in line.text and line.kind == "relative"
    assert [one.number for one in everything.to_decide(lead)] == [receipt.number]
    with pytest.raises(Refusal):
        relatives.decide(lead, receipt.number, line.ref, True, "")
    relatives.decide(lead, receipt.number, line.ref, True, "关系和用途都核对过, 当面看了合同那一页。")
    assert everything.to_decide(lead) == []
    (hers,) = everything.her_demands(entry(receipt))
    assert "当面看了" in hers.reason and hers.state == "granted", "whoever has the code reads what was decided"


def test_nobody_but_the_unit_that_leads_enters_or_decides_it(send):
    receipt = send()
    made = relatives.enter(lead_of(receipt), receipt.number, SON, "k")
    other = people_of(above(receipt).id)
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
    lead = lead_of(receipt)
    made = relatives.enter(lead, receipt.number, replace(SON, wish="erase"), "k")
    with pytest.raises(Refusal):
        relatives.decide(lead, receipt.number, made.ref, True, "家属要求删掉, 已核对。")
    actions.withdraw(entry(receipt), "w")
    relatives.decide(lead, receipt.number, made.ref, True, "家属要求删掉, 已核对。")
    assert queries.story(entry(receipt)).words == ""


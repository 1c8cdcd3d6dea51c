"""Break-glass: a reason first, for some hours, for reading alone; she and the level above know at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from baiying.cases import access, actions, queries
from baiying.cases.actions import emergency as acts
from baiying.cases.actions import handing_in, protected
from baiying.cases.models import BreakGlass
from baiying.cases.queries import emergency as glasses
from baiying.cases.queries.reading import WHYS, readings
from baiying.kit import door, moment, queue
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.project.demo.cast import person
from tests.cases.conftest import entry, people_of

REASON = "她刚来电话说他又在砸门，办理人联系不上。"


@pytest.fixture
def taken(send, guarded_matter):
    """A protected case that a handler holds, and the head of her unit, who holds nothing."""
    receipt = send("他又打我了。", matter=guarded_matter)
    handler = people_of(receipt.unit.id)
    protected.take(handler, receipt.number)
    head = members.by_login(person("auditor").login)
    return receipt, handler, replace(handler, who=head.id, roles=frozenset({"head"}))


@pytest.fixture
def told(monkeypatch):
    """What goes into the queue."""
    sent: list[tuple[str, dict]] = []
    monkeypatch.setattr(queue, "later", lambda name, **ids: sent.append((name, ids)))
    return sent


def test_its_papers_are_read_too_and_shut_with_it(taken, told, settings, tmp_path):
    settings.BAIYING_FILES = tmp_path / "files"
    receipt, _handler, head = taken
    ref = handing_in.hand_in(door.Asker(door=entry(receipt)), None, "伤情.txt", "左臂淤青".encode(), alone=True)
    with pytest.raises(Unseen):
        glasses.glass_file(head, receipt.number, ref)
    acts.break_glass(head, receipt.number, "life", REASON, "k")
    assert [one.name for one in glasses.open_glass(head, receipt.number).files] == ["伤情.txt"]
    assert glasses.glass_file(head, receipt.number, ref).content == "左臂淤青".encode()
    with door.open(door.Asker(door=entry(receipt))):
        looks = readings(access.one(door.asker()))
    assert [one.why for one in looks[:2]] == [str(WHYS["glass"])] * 2
    with moment.frozen(moment.now() + glasses.LASTS), pytest.raises(Unseen):
        glasses.glass_file(head, receipt.number, ref)


def test_with_a_reason_it_is_open_for_reading_and_ends_by_itself(taken, told):
    receipt, _handler, head = taken
    with pytest.raises(Unseen):
        queries.open_case(head, receipt.number)
    acts.break_glass(head, receipt.number, "life", REASON, "k")
    seen = glasses.open_glass(head, receipt.number)
    assert seen.words == "他又打我了。" and [one.address for one in glasses.mine(head)] == [receipt.number]
    with pytest.raises(Unseen):  # for reading alone
        actions.pause(head, receipt.number, "waiting_for_asker", moment.today() + timedelta(days=3), "等材料。", "k")
    with moment.frozen(moment.now() + glasses.LASTS):
        assert glasses.mine(head) == []
        with pytest.raises(Unseen):
            glasses.open_glass(head, receipt.number)


def test_she_is_told_at_once_and_sees_who_and_the_reason_word_by_word(taken, told):
    receipt, _handler, head = taken
    acts.break_glass(head, receipt.number, "life", REASON, "k")
    assert told == [("tell_her", {"case": str(receipt.case_id), "notice": "opened"})]
    glasses.open_glass(head, receipt.number)
    looks = queries.story(entry(receipt)).readings
    assert [(one.what, one.text) for one in looks[:2]] == [("read", ""), ("glass", REASON)]


def test_the_level_above_sees_who_and_the_ground_and_nobody_else_does(taken, told):
    receipt, handler, head = taken
    acts.break_glass(head, receipt.number, "life", REASON, "k")
    above = network.upper(receipt.unit, moment.today())
    (row,) = glasses.below(people_of(above.id))
    assert (row.address, row.who) == (receipt.number, person("auditor").name) and REASON not in str(row)
    assert glasses.below(handler) == []
    with door.open(door.Asker()):
        assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("ground, reason", [("life", "急"), ("life", "         "), ("curious", REASON)])
def test_without_a_ground_and_a_reason_nothing_is_opened(taken, told, ground, reason):
    receipt, _handler, head = taken
    with pytest.raises(Refusal):
        acts.break_glass(head, receipt.number, ground, reason, "k")
    with pytest.raises(Unseen):
        glasses.open_glass(head, receipt.number)
    assert told == []


def test_a_number_that_is_nobodys_or_not_protected_or_elsewhere_gets_one_answer(taken, send, told):
    _receipt, _handler, head = taken
    plain = send("三个月没发工资。", key="plain")
    stranger = replace(head, units=frozenset({UUID(int=99)}))
    for asker, number in ((head, plain.number), (head, "23456789AB"), (stranger, _receipt.number)):
        with pytest.raises(Unseen):
            acts.break_glass(asker, number, "life", REASON, "k")
    assert told == []


def test_the_same_press_twice_is_one_and_it_opens_for_nobody_else(taken, told):
    receipt, _handler, head = taken
    for _press in range(2):
        acts.break_glass(head, receipt.number, "life", REASON, "k")
    assert len(told) == 1 and len(glasses.mine(head)) == 1
    with pytest.raises(Unseen):
        glasses.open_glass(replace(head, who=UUID(int=12)), receipt.number)


def test_where_no_unit_stands_above_she_is_told_all_the_same_and_the_colleagues_see_it(taken, told, monkeypatch):
    receipt, handler, head = taken
    assert not glasses.stands_at_the_top(head)
    monkeypatch.setattr(network, "upper", lambda unit, on: None)
    assert glasses.stands_at_the_top(head)
    acts.break_glass(head, receipt.number, "life", REASON, "k")
    assert glasses.open_glass(head, receipt.number).words == "他又打我了。"
    assert [name for name, _ids in told] == ["tell_her"]
    assert len(glasses.below(handler)) == 1 and glasses.below(head) == []

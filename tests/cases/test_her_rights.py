"""Her rights over what is kept of her: take it along, put it right, have it erased; and who sees where she stays."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import addressing, correcting, demands, objecting
from baiying.cases.models import Case, Demand, Sealed, Task
from baiying.cases.queries import address, everything, her_rights
from baiying.kit import door, erasures, moment
from baiying.kit.errors import Refusal, Unseen
from tests.cases.answering import answer, lead_of
from tests.cases.conftest import entry, people_of
from tests.cases.test_hands import bring, other_unit

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WORDS = "三个月没有发工资了。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def hers(send):
    return send(words=WORDS, phone="138 0000 0000", name="石小工", contact="晚上打")


def told(receipt) -> dict:
    return dict(everything.everything(entry(receipt)).told)


def handler(receipt) -> door.Asker:
    return people_of(receipt.unit.id)


def wrong(text: str = "四个月没有发工资了。", about: str = "words"):
    return correcting.Wrong(about, text)


def test_everything_holds_what_she_told_and_who_read_it(hers):
    queries.open_case(handler(hers), hers.number)
    found = told(hers)
    assert (found["words"], found["name"], found["safe_contact"]) == (WORDS, "石小工", "晚上打")
    assert "13800000000" in str(found["telephone"]).replace(" ", "")
    assert [one["unit"] for one in found["readings"]] and found["story"] == []
    json.dumps(found, ensure_ascii=False)


def test_how_she_is_reached_holds_at_once_and_the_earlier_stays_for_her_alone(hers):
    assert correcting.correct_reach(entry(hers), {"contact": "不要打", "phone": "13900000000"}) == ("phone", "contact")
    assert correcting.correct_reach(entry(hers), {"contact": "不要打"}) == ()
    correcting.correct_reach(entry(hers), {"contact": ""})
    seen = queries.open_case(handler(hers), hers.number)
    assert seen.contact == "" and seen.phone_masked.startswith("139")
    assert {one["said"] for one in told(hers)["earlier"]} >= {"晚上打", "不要打", "138 0000 0000"}


def test_a_correction_of_her_words_is_decided_by_the_lead_with_a_reason(hers):
    made = correcting.ask_correction(entry(hers), wrong(), "k")
    assert made.due_at == NOON + timedelta(days=15)
    assert correcting.ask_correction(entry(hers), wrong(), "k").id == made.id, "pressed twice is once"
    with pytest.raises(Refusal):
        correcting.ask_correction(entry(hers), wrong("五个月"), "other")
    assert [one.id for one in everything.to_decide(handler(hers))] == [made.id]
    with pytest.raises(Refusal):
        correcting.decide_correction(handler(hers), hers.number, made.ref, True, " ")
    correcting.decide_correction(handler(hers), hers.number, made.ref, True, "与工资条一致")
    correcting.decide_correction(handler(hers), hers.number, made.ref, False, "再按一次也不变")
    assert queries.story(entry(hers)).words == "四个月没有发工资了。"
    assert {"field": "words", "said": WORDS} in told(hers)["earlier"]
    line = her_rights.rights_of(entry(hers)).demands[0]
    assert (line.state, line.reason) == ("granted", "与工资条一致")


def test_a_refused_correction_changes_nothing_and_says_why(hers):
    made = correcting.ask_correction(entry(hers), wrong(), "k")
    correcting.decide_correction(handler(hers), hers.number, made.ref, False, "工资条上是三个月")
    assert queries.story(entry(hers)).words == WORDS
    assert her_rights.rights_of(entry(hers)).demands[0].state == "refused"


def test_a_guarded_case_is_put_right_without_a_word_lying_open(send):
    receipt = send(words="他打我, 我怕。")
    made = correcting.ask_correction(entry(receipt), wrong("他打我两次了, 我怕。"), "k")
    correcting.decide_correction(handler(receipt), receipt.number, made.ref, True, "照她说的改")
    with door.open(door.Asker(case=receipt.case_id)):
        assert Case.objects.get(id=receipt.case_id).words == ""
        assert not any("打我".encode() in bytes(row.blob) for row in Sealed.objects.all())
    assert queries.story(entry(receipt)).words == "他打我两次了, 我怕。"


def test_another_unit_neither_sees_nor_decides_a_demand(hers):
    made = correcting.ask_correction(entry(hers), wrong(), "k")
    with moment.frozen(NOON):
        other = next(one for one in strangers(hers))
    assert everything.to_decide(other) == []
    with pytest.raises(Unseen):
        correcting.decide_correction(other, hers.number, made.ref, True, "不是我们的")


def strangers(receipt):
    """People of units that neither lead the case nor stand above it."""
    from baiying.network import queries as network

    for unit, _posts in network.in_office(moment.today()):
        if unit.id != receipt.unit.id and unit.organisation != receipt.unit.organisation:
            yield people_of(unit.id)


def test_erasing_takes_back_what_runs_and_leaves_nothing_to_read(hers):
    objecting.erase(entry(hers), "k")
    with door.open(door.Asker(case=hers.case_id)):
        case = Case.objects.get(id=hers.case_id)
    assert (case.key, case.words, case.phone_index, case.stage) == (None, "", None, "withdrawn")
    assert told(hers)["erased"] and told(hers)["words"] == ""
    assert ("case", erasures.hashed("case", hers.case_id)) in erasures.names([erasures.path()])
    with pytest.raises(Refusal):
        objecting.erase(entry(hers), "k2")


def test_her_own_complaint_is_not_erased_under_the_eyes_of_the_level_above(hers):
    actions.complain(entry(hers), "没有人联系我", "c")
    with pytest.raises(Refusal, match="投诉|complaint"):
        objecting.erase(entry(hers), "k")
    now = her_rights.rights_of(entry(hers))
    assert [one.ground for one in now.keeping] == ["complaint"] and queries.story(entry(hers)).case.ended
    made = objecting.demand_erasure(entry(hers), "我还是想删", "k")
    with pytest.raises(Refusal):
        objecting.decide_erasure(handler(hers), hers.number, made.ref, True, "同意")
    objecting.decide_erasure(handler(hers), hers.number, made.ref, False, "投诉还在办理")
    assert queries.story(entry(hers)).words == WORDS


def test_where_she_stays_is_shown_to_her_handler_alone(hers):
    lead = handler(hers)
    answer(hers)
    addressing.say_address(entry(hers), "八角北路 1 号", "")
    mover = door.Asker(who=lead_of(hers).who, units=lead.units, roles=lead.roles)
    assert address.for_handler(mover, hers.number) == "八角北路 1 号"
    others = [one for one in colleagues(hers) if one.who != mover.who]
    for colleague in [*others, *list(strangers(hers))[:2]]:
        with pytest.raises(Unseen):
            address.for_handler(colleague, hers.number)
    assert queries.open_case(mover, hers.number).has_address
    for colleague in others:
        seen = queries.open_case(colleague, hers.number)
        assert not seen.has_address and "八角北路" not in repr(seen)
    addressing.say_address(entry(hers), "", "")
    with pytest.raises(Unseen):
        address.for_handler(mover, hers.number)


def colleagues(receipt):
    """A second person of the leading unit, of whom the database knows nothing else."""
    return [door.Asker(who=uuid4(), units=frozenset({receipt.unit.id}), roles=frozenset({"handler"}))]


def test_the_one_party_that_goes_there_sees_it_until_she_names_another_one(hers):
    bring(hers, other_unit(hers))
    with door.open(door.Asker(case=hers.case_id)):
        task = Task.objects.get(case=hers.case_id, kind=Task.Kind.WORK, state=Task.State.OPEN)
    party = people_of(task.unit_id)
    with pytest.raises(Unseen):
        address.for_party(party, hers.number)
    addressing.say_address(entry(hers), "八角北路 1 号", task.ref)
    assert address.for_party(party, hers.number) == "八角北路 1 号"
    assert any(one["unit"] for one in told(hers)["readings"])
    addressing.say_address(entry(hers), "八角北路 1 号", "")
    with pytest.raises(Unseen):
        address.for_party(party, hers.number)


def test_an_export_after_a_demand_holds_it_with_its_answer(hers):
    correcting.ask_correction(entry(hers), wrong(), "k")
    found = told(hers)["demands"]
    assert [(one["kind"], one["state"], one["text"]) for one in found] == [
        (Demand.Kind.CORRECT, "open", "四个月没有发工资了。")]


def called_above(receipt) -> list[Task]:
    with door.open(door.Asker(case=receipt.case_id)):
        found = Task.objects.filter(case=receipt.case_id, kind=Task.Kind.CLIMB, about__startswith="demand:")
        return list(found.order_by("opened_at"))


def test_a_demand_that_nobody_answers_climbs_by_itself_once_and_leaves_with_the_answer(hers):
    made = correcting.ask_correction(entry(hers), wrong(), "k")
    assert demands.climb_demands() == 0
    with moment.frozen(made.due_at + timedelta(minutes=1)):
        assert (demands.climb_demands(), demands.climb_demands()) == (1, 0)
        (task,) = called_above(hers)
        above = people_of(task.unit_id)
        assert task.unit_id != hers.unit.id and queries.climbing(above, hers.number).demand
        correcting.decide_correction(handler(hers), hers.number, made.ref, False, "原话要留着备查")
        assert [one.state for one in called_above(hers)] == [Task.State.DROPPED]
        with pytest.raises(Unseen):
            queries.climbing(above, hers.number)


def test_a_demand_follows_its_case_to_another_unit(hers):
    made = correcting.ask_correction(entry(hers), wrong(), "k")
    other = other_unit(hers)
    with door.open(door.Asker(case=hers.case_id, units=frozenset({hers.unit.id, other.id}))):
        Case.objects.filter(id=hers.case_id).update(unit=other)
    assert not everything.to_decide(handler(hers))
    assert [one.id for one in everything.to_decide(people_of(other.id))] == [made.id]

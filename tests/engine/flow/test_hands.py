"""Several hands: who stands in for whom, what is asked with a move, which question stands where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baiying.engine import flow
from baiying.engine.flow import Ask, Band, Closing, Comparison, Duty, Matter, Move, Part, Refused, Stage

LEAD, ASKER, MEDIATOR = frozenset({"lead"}), frozenset({"asker"}), frozenset({"mediator"})
URGENT = Ask("urgent", "急不急", "Urgent", "yesno", "P2")
DAY = Ask("day", "哪天开庭", "The day of the hearing", "date", "P2", by="lead", event="hearing")
WHY = Ask("why", "为什么急", "Why urgent", "text", "P2", need=True, when=(Comparison("ask.urgent", "is", True),))
PRESSED = Ask("pressed", "有人催您签吗", "Pressed to sign", "yesno", "P2")


def small(*moves: Move, asks: tuple[Ask, ...] = (URGENT, WHY, DAY, PRESSED), privacy: str = "P3") -> Matter:
    stages = {
        "talk": Stage("talk", "谈", "", ("mediator",), moves),
        "court": Stage("court", "庭", "", ("court", "mediator")),
    }
    closing = Closing("?", "?", asks=("pressed",))
    return Matter("union.a.b", "", "", "union", privacy, stages, closing, {one.key: one for one in asks})


SIGN = Move("court", "court", ("asker", "mediator"), "签", agree=("asker", "mediator"))
GO = Move("court", "court", ("mediator",), "去", needs=("ask.day",), opens=("union.x.y",))


def test_a_party_without_a_task_is_spoken_for_by_the_lead_and_by_itself_once_it_has_one():
    assert [flow.hand_of(one, frozenset()) for one in ("asker", "lead", "upper", "court")] == [
        "asker", "lead", "upper", "lead"
    ]  # fmt: skip
    assert flow.hand_of("court", frozenset({"court"})) == "court"
    assert flow.waits_for(small(SIGN), "court") == ("lead",)
    assert flow.waits_for(small(SIGN), "court", played=MEDIATOR) == ("lead", "mediator")


def test_a_move_of_the_mediator_is_the_leads_until_there_is_one_and_then_no_longer():
    matter = small(GO)
    assert [offer.voice for offer in flow.offers(matter, "talk", LEAD, {})] == ["lead"]
    assert flow.offers(matter, "talk", MEDIATOR, {}) == ()
    assert flow.offers(matter, "talk", LEAD, {}, played=MEDIATOR) == ()
    assert [offer.voice for offer in flow.offers(matter, "talk", MEDIATOR, {}, played=MEDIATOR)] == ["mediator"]


def test_an_agreement_with_the_mediator_is_hers_and_the_leads_until_one_is_brought_in():
    matter = small(SIGN)
    said = flow.step(matter, "talk", "court", LEAD, {})
    assert (said.moved, said.awaits, said.agreements) == (False, ("asker",), {"court": frozenset({"lead"})})
    assert flow.step(matter, "talk", "court", ASKER, {}, agreements=said.agreements).moved
    brought_in = flow.step(matter, "talk", "court", ASKER, {}, agreements=said.agreements, played=MEDIATOR)
    assert (brought_in.moved, brought_in.awaits) == (False, ("mediator",))  # the lead's yes was no mediator's


def test_what_a_mediator_agreed_to_stays_said_when_its_task_is_over():
    matter, said = small(SIGN), {"court": MEDIATOR}
    assert flow.step(matter, "talk", "court", ASKER, {}, agreements=said).moved


def test_a_question_that_a_move_needs_is_asked_with_it_and_its_answer_counts():
    matter = small(GO)
    (offer,) = flow.offers(matter, "talk", LEAD, {})
    assert (offer.missing, offer.asks) == (("ask.day",), (DAY,))
    with pytest.raises(Refused, match="The day of the hearing"):
        flow.step(matter, "talk", "court", LEAD, {})
    day = flow.read_answer(DAY, "2026-03-02")
    step = flow.step(matter, "talk", "court", LEAD, {}, answers={"day": day, "urgent": True})
    assert (step.to, step.answers, step.opens) == ("court", {"day": day}, ("union.x.y",))


def test_what_the_unit_answered_is_asked_again_each_time_and_may_be_left():
    matter, old, new = small(GO), flow.read_answer(DAY, "2026-03-02"), flow.read_answer(DAY, "2026-04-02")
    (offer,) = flow.offers(matter, "talk", LEAD, {"ask.day": old})
    assert (offer.missing, offer.asks) == ((), (DAY,))
    assert flow.step(matter, "talk", "court", LEAD, {"ask.day": old}).answers == {}
    assert flow.step(matter, "talk", "court", LEAD, {"ask.day": old}, answers={"day": new}).answers == {"day": new}


def test_what_she_said_is_not_overwritten_by_answering_with_a_move():
    matter = small(replace(GO, needs=("ask.urgent",)))
    (offer,) = flow.offers(matter, "talk", LEAD, {"ask.urgent": True})
    assert offer.asks == ()
    step = flow.step(matter, "talk", "court", LEAD, {"ask.urgent": True}, answers={"urgent": False})
    assert step.answers == {}


def test_an_answer_that_rules_the_move_out_is_told_as_that():
    matter = small(replace(GO, needs=(), when=(Comparison("ask.urgent", "is", True),)))
    with pytest.raises(Refused, match="does not apply"):
        flow.step(matter, "talk", "court", LEAD, {}, answers={"urgent": False})
    assert flow.step(matter, "talk", "court", LEAD, {}, answers={"urgent": True}).moved


def test_a_question_that_is_not_asked_in_this_case_keeps_nobody_waiting():
    matter = small(replace(GO, needs=("ask.why",)))
    assert flow.offers(matter, "talk", LEAD, {"ask.urgent": False})[0].missing == ()
    assert flow.offers(matter, "talk", LEAD, {"ask.urgent": True})[0].missing == ("ask.why",)


def test_her_form_holds_her_questions_and_neither_the_units_nor_those_of_the_end():
    matter = small(GO)
    assert [ask.key for ask in flow.form_asks(matter)] == ["urgent", "why"]
    assert [ask.key for ask in flow.closing_asks(matter)] == ["pressed"]
    answers, refusals = flow.read_answers(matter, {"day": "2026-03-02", "pressed": "yes", "urgent": "no"})
    assert (answers, refusals) == ({"urgent": False}, {})


def test_a_needed_question_is_missed_only_where_it_is_asked_and_an_answer_to_it_is_kept_anyway():
    matter = small(GO)
    assert set(flow.read_answers(matter, {"urgent": "yes"})[1]) == {"why"}
    assert flow.read_answers(matter, {})[1] == {}
    assert flow.read_answers(matter, {"urgent": "no", "why": "怕"})[0] == {"urgent": False, "why": "怕"}


def test_the_first_band_that_holds_counts_and_one_not_known_is_passed_over():
    bands = (
        Band("emergency", "紧急", "", (Comparison("ask.urgent", "is", True),)),
        Band("normal", "一般", "", ()),
    )
    matter = replace(small(GO), bands=bands)
    found = [flow.band_of(matter, facts) for facts in ({}, {"ask.urgent": True}, {"ask.urgent": False})]
    assert [band.name for band in found if band] == ["normal", "emergency", "normal"]
    assert flow.band_of(small(GO), {}) is None


def test_a_party_sees_nothing_unless_the_file_says_so_and_comes_only_with_her_yes_in_p3():
    matter = replace(small(GO), parts={"court": Part("court", ("words",), False)})
    assert flow.part_of(matter, "court") == Part("court", ("words",), False)
    assert flow.part_of(matter, "co") == Part("co", (), True)
    assert flow.part_of(small(GO, privacy="P2"), "co").consent is False
    assert flow.parties_of(matter) == ("court", "mediator", "co")


def test_a_duty_brings_a_party_in_without_her_yes_only_once_it_is_known_to_hold():
    minor = (Comparison("ask.urgent", "is", True),)
    duty = Duty("1", "未成年人", "A minor", ("police",), "L-WCN art.11", "", "", minor)
    matter = replace(small(GO), duties=(duty,))
    found = [flow.duty_to_tell(matter, "police", facts) for facts in ({}, {"ask.urgent": False}, {"ask.urgent": True})]
    assert found == [None, None, duty]
    assert flow.duty_to_tell(matter, "court", {"ask.urgent": True}) is None
    assert (flow.duties(matter, {}), flow.duties(matter, {"ask.urgent": False})) == ((duty,), ())

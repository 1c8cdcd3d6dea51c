"""The clocks of the real matters: what starts them, what meets them, and who says so."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from baiying.engine import flow
from baiying.engine.flow import ClockState, clocks_after, clocks_touched
from tests.engine.flow.real import FOLDER, catalogue, matter, matters
from tests.shared import shared

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
ALL = [(one, clock) for one in matters() if not one.of_services for clock in one.clocks.values()]


def names(clocks: tuple[flow.ClockWord, ...]) -> set[str]:
    return {clock.key for clock in clocks}


def test_the_real_catalogue_has_no_faults():
    assert [str(fault) for fault in catalogue().faults] == []
    files = {path.stem for path in (FOLDER / "matters").glob("*.toml")}
    assert {one.key for one in matters()} == files and len(files) >= 22


def test_a_general_request_starts_contact_and_answer_and_reopening_starts_both_anew():
    request, told = matter("union.matter.request"), {"case.band": "normal"}
    sent = (flow.begin(request).events, NOON)
    assert clocks_after(request, [sent], told) == {"contact": ClockState(NOON), "answer": ClockState(NOON)}
    again = (flow.judge(request, "not_solved", 0).events, NOON + timedelta(days=9))
    assert {state.start for state in clocks_after(request, [sent, again], told).values()} == {again[1]}


@pytest.mark.parametrize(
    ("facts", "band", "limit"),
    [
        ({}, "normal", "7 days"),
        ({"ask.urgency": "较急"}, "livelihood", "24 hours"),
        ({"ask.urgency": "较急", "ask.track": "疑难复杂"}, "hard", "15 days"),
        ({"ask.urgency": "紧急 (人身安全)", "ask.track": "疑难复杂"}, "emergency", "2 hours"),
    ],
)
def test_a_general_request_runs_on_the_track_of_her_word_or_a_more_urgent_one(facts, band, limit):
    request = matter("union.matter.request")
    found = flow.band_of(request, facts)
    assert found.name == band
    states = clocks_after(request, [(flow.begin(request).events, NOON)], {**facts, "case.band": band})
    assert {request.clocks[key].limit for key in states} == {"24 hours", limit}


def test_contacting_meets_one_clock_and_answering_the_other():
    request, lead = matter("union.matter.request"), frozenset({"lead"})
    assert names(clocks_touched(request, flow.step(request, "contact", "work", lead, {}).events)[1]) == {"contact"}
    at_once = flow.step(request, "contact", "answered", lead, {}, text="好了")
    assert {"contact", "answer"} <= names(clocks_touched(request, at_once.events)[1])


def test_the_day_she_knew_starts_her_own_limitation_and_no_step_of_ours_meets_it():
    mediation = matter("union.dispute.mediation")
    started, _ = clocks_touched(mediation, "knew")
    (limitation,) = started
    assert {"claimed_from_employer", "asked_authority", "employer_agreed"} < set(limitation.starts)
    assert (limitation.owner, limitation.until, limitation.rule.kind) == ("asker", (), "limitation")
    assert str(limitation.rule) == "1 year"


def test_an_order_runs_72_hours_or_24_and_once_made_six_months_that_never_roll():
    violence, lead = matter("women.dv.protect"), frozenset({"lead"})
    normal = flow.step(violence, "order", "serve", lead, {})
    urgent = flow.step(violence, "order", "serve-2", lead, {})
    assert [str(clock.rule) for clock in clocks_touched(violence, normal.events)[0]] == ["72 hour"]
    assert [str(clock.rule) for clock in clocks_touched(violence, urgent.events)[0]] == ["24 hour"]
    made = flow.step(violence, "serve", "follow", lead, {})
    started, met = clocks_touched(violence, made.events)
    assert {"order", "order_urgent"} <= names(met)
    assert {"order_valid", "safety_review"} == names(started)
    assert violence.clocks["order_valid"].rule.rolls is False


def test_each_call_back_meets_the_running_review_and_starts_the_next():
    violence = matter("women.dv.protect")
    again = flow.step(violence, "follow", "follow", frozenset({"lead"}), {})
    started, met = clocks_touched(violence, again.events)
    assert names(started) == names(met) == {"safety_review"}


@pytest.mark.parametrize(("one", "clock"), ALL, ids=[f"{one.key}.{clock.key}" for one, clock in ALL])
def test_every_clock_can_be_reckoned_and_names_a_basis_and_a_grade(one, clock):
    assert clock.rule.length > 0
    assert clock.basis_zh and clock.basis_en and clock.grade
    article = re.search(r" art\.(.+)$", clock.basis)
    of_law = clock.grade in ("law", "local_law", "other_province_law") and clock.basis != "P-JDTL"
    assert (article is not None) == of_law
    if article:
        assert f"第{article[1].replace(', ', '、')}条" in clock.basis_zh


@pytest.mark.parametrize(("one", "clock"), ALL, ids=[f"{one.key}.{clock.key}" for one, clock in ALL])
def test_every_basis_is_a_source_of_the_domain_report_or_is_marked_as_not_one(one, clock):
    known = json.loads(shared("domain/reference.json").read_text())["sources"]
    key = clock.basis.split()[0]
    assert key in known or (key, clock.grade) in {
        ("house", "proposed"), ("K-24H", "known_unverified"), ("K-RS17", "known_unverified"),
        ("K-JCGD", "known_unverified"),
    }  # fmt: skip


# clock here -> the step of the definition it comes from, where the names differ
STEPS = {
    ("union.matter.request", "answer"): "answer_normal",
    ("union.dispute.mediation", "limitation_wages"): "limitation",
    ("union.dispute.collective", "limitation_wages"): "limitation",
}

# A clock that a definition leaves to another one: each worker's own year, the yearly report on the contract.
ELSEWHERE = {
    ("union.dispute.collective", "limitation"): "union.dispute.mediation",
    ("union.dispute.collective", "limitation_wages"): "union.dispute.mediation",
    ("union.dismissal.review", "limitation"): "union.dispute.mediation",
    ("union.bargaining.contract", "contract_report"): "union.duty.seven",
}

# Our own promises, of which the definitions know a step, a guard, or nothing.
OWN = {
    ("union.injury.recognition", "begin"),
    ("women.family.mediation", "screen"),
    ("women.hardship", "look_back"),
    ("women.hardship", "label"),
    ("union.supervision.labour_law", "notice_reply"),
    ("union.supervision.inspection", "begin"),
    ("union.bargaining.contract", "begin"),
    ("union.dismissal.review", "employer_answer"),
    ("women.legal.aid", "advise"),
    ("women.source.opinion", "begin"),
    ("women.employment", "look_30"),
    ("women.employment", "look_90"),
}


@pytest.mark.parametrize(("one", "clock"), ALL, ids=[f"{one.key}.{clock.key}" for one, clock in ALL])
def test_every_length_and_grade_is_that_of_the_definitions(one, clock):
    """Against the facts: `deadlines` of services.json."""
    definitions = {each["id"]: each for each in json.loads(shared("domain/services.json").read_text())}
    defined = ELSEWHERE.get((one.key, clock.key), one.key)
    if (one.key, clock.key) in OWN or defined not in definitions:
        assert (clock.basis, clock.grade) == ("house", "proposed")
        return
    step = STEPS.get((one.key, clock.key), clock.key)
    definition = definitions[defined]
    (deadline,) = (each for each in definition["deadlines"] if each["step"] == step)
    assert (clock.rule.length, clock.rule.unit) == (deadline["value"], deadline["unit"])
    assert clock.grade == deadline["status"]


@pytest.mark.parametrize("one", matters(), ids=lambda one: one.key)
def test_every_clock_of_ours_is_started_and_met_by_something_that_happens(one):
    caused = {"submitted", "received", "reopened", *flow.BUILT_IN}
    caused |= {mark for stage in one.stages.values() for move in stage.moves for mark in (*move.marks, move.to)}
    caused |= {ask.event for ask in one.asks.values() if ask.event}
    for clock in one.clocks.values():
        assert set(clock.starts) <= caused
        assert set(clock.until) <= caused
        assert clock.until or clock.owner != "ours"


@pytest.mark.parametrize("one", matters(), ids=lambda one: one.key)
def test_everything_shown_to_people_stands_in_both_languages(one):
    things = [*one.stages.values(), *one.asks.values(), *one.clocks.values(), *one.letters.values()]
    things += [move for stage in one.stages.values() for move in stage.moves]
    things += [option for ask in one.asks.values() for option in ask.options]
    assert all(thing.label and thing.label_en for thing in things)
    helped = [thing for thing in (one, *things) if getattr(thing, "help", "")]
    assert all(thing.help_en for thing in helped)

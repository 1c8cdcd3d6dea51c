from __future__ import annotations

import datetime

import pytest

from baiying.engine import flow
from baiying.engine.flow import Closing, Comparison, Group, Matter, Move, Option, Refused, Stage
from tests.engine.flow.real import matter

LEAD, ASKER, UPPER = frozenset({"lead"}), frozenset({"asker"}), frozenset({"upper"})


def small(*moves: Move, times: int = 1, reopen: str = "upper") -> Matter:
    stages = {"first": Stage("first", "一", "", ("lead",), moves), "second": Stage("second", "二", "", ("lead",))}
    return Matter("test.small", "", "", "union", "P2", stages, Closing("?", "?", reopen, times))


def test_a_case_begins_in_the_stage_written_first_and_is_submitted_and_received():
    step = flow.begin(small())
    assert (step.to, step.events) == ("first", ("submitted", "received", "first"))


def test_a_move_belongs_to_the_stages_task_unless_it_says_otherwise():
    request = matter("union.matter.request")
    assert [offer.move.key for offer in flow.offers(request, "contact", LEAD, {})] == ["work", "answered", "external"]
    assert [offer.move.key for offer in flow.offers(request, "contact", ASKER, {})] == ["withdrawn"]
    assert flow.offers(request, "contact", UPPER, {}) == ()
    with pytest.raises(Refused):
        flow.step(request, "contact", "work", UPPER, {})


def test_moves_to_one_stage_are_told_apart():
    keys = [move.key for move in matter("women.dv.protect").stages["triage"].moves]
    assert keys == ["plan", "plan-2", "report"]


def test_a_paper_that_is_missing_is_named_and_the_move_refused_until_it_is_there():
    small_one = small(Move("go", "second", ("lead",), "去", needs=("ask.paper",)))
    (offer,) = flow.offers(small_one, "first", LEAD, {"ask.paper": ""})
    assert offer.missing == ("ask.paper",)
    with pytest.raises(Refused, match="ask.paper"):
        flow.step(small_one, "first", "go", LEAD, {})
    assert flow.step(small_one, "first", "go", LEAD, {"ask.paper": "x"}).to == "second"


def test_a_condition_that_fails_hides_the_move_and_one_not_known_names_its_fact():
    small_one = small(Move("go", "second", ("lead",), "去", when=(Comparison("ask.urgent", "is", True),)))
    assert flow.offers(small_one, "first", LEAD, {"ask.urgent": False}) == ()
    assert flow.offers(small_one, "first", LEAD, {})[0].missing == ("ask.urgent",)
    assert flow.offers(small_one, "first", LEAD, {"ask.urgent": True})[0].missing == ()


def test_a_reason_is_one_of_the_list():
    request = matter("union.matter.request")
    for wrong in (None, "", "不想办"):
        with pytest.raises(Refused, match="reason"):
            flow.step(request, "contact", "external", LEAD, {}, wrong, text="请去仲裁")
    step = flow.step(request, "contact", "external", LEAD, {}, "申请劳动争议仲裁", text="请去仲裁")
    assert step.events == ("contacted", "external")


def test_staff_answer_with_words_and_the_asker_needs_none():
    request, violence = matter("union.matter.request"), matter("women.dv.protect")
    with pytest.raises(Refused):
        flow.step(request, "work", "answered", LEAD, {}, text=" \n")
    assert flow.step(request, "work", "answered", LEAD, {}, text="补发了").to == "answered"
    assert flow.step(violence, "follow", "answered-2", ASKER, {}).to == "answered"


def test_where_several_must_agree_each_says_yes_for_herself_and_nobody_twice():
    mediation = matter("union.dispute.mediation")
    first = flow.step(mediation, "panel", "meet", LEAD, {})
    assert (first.moved, first.to, first.awaits, first.events) == (False, "panel", ("asker",), ())
    kept = first.agreements
    assert kept == {"meet": frozenset({"lead"})}
    assert "meet" not in [offer.move.key for offer in flow.offers(mediation, "panel", LEAD, {}, kept)]
    with pytest.raises(Refused):  # holding two offices is not being two people
        flow.step(mediation, "panel", "meet", LEAD | {"asker"}, {}, agreements=kept)
    second = flow.step(mediation, "panel", "meet", ASKER, {}, agreements=kept)
    assert (second.moved, second.to, second.agreements) == (True, "meet", {})


def test_she_can_leave_a_mediation_at_every_stage_of_it():
    mediation = matter("union.dispute.mediation")
    for stage in ("panel", "meet", "agree"):
        assert {"fail", "withdrawn"} & {
            offer.move.to for offer in flow.offers(mediation, stage, ASKER, {})
        } == {"fail", "withdrawn"}  # fmt: skip


def test_the_asker_withdraws_from_any_stage_being_worked_on_and_from_no_other():
    request = matter("union.matter.request")
    assert flow.withdraw(request, "work").events == ("withdrawn",)
    for stage in flow.BUILT_IN:
        with pytest.raises(Refused):
            flow.withdraw(request, stage)
    with pytest.raises(Refused):
        flow.step(request, "work", "withdrawn", LEAD | UPPER, {})


@pytest.mark.parametrize("stage", flow.WAITING)
@pytest.mark.parametrize("verdict", ["solved", "partly"])
def test_solved_and_partly_close_with_the_verdict(stage, verdict):
    step = flow.judge(small(), verdict, 0, stage)
    assert (step.to, step.events, step.reopened) == ("closed", (verdict, "closed"), False)


def test_not_solved_reopens_one_level_up_as_often_as_the_matter_says():
    step = flow.judge(small(times=2), "not_solved", 1)
    assert (step.to, step.reopened, step.upper) == ("first", True, True)
    assert step.events == ("not_solved", "reopened", "first")
    assert flow.judge(small(reopen="second"), "not_solved", 0).to == "second"


def test_after_that_not_solved_closes_nothing_and_still_goes_up():
    step = flow.judge(small(), "not_solved", 1, "external")
    assert (step.to, step.moved, step.reopened, step.upper) == ("external", False, False, True)
    assert step.events == ("not_solved",)


def test_what_stayed_unsolved_may_be_taken_up_again_and_nothing_else_may():
    request = matter("union.matter.request")
    for verdict in (None, "solved", "partly"):
        assert flow.offers(request, "answered", LEAD | UPPER, {"case.verdict": verdict}) == ()
    (offer,) = flow.offers(request, "answered", UPPER, {"case.verdict": "not_solved"})
    step = flow.step(request, "answered", offer.move.key, UPPER, {"case.verdict": "not_solved"})
    assert (step.to, step.reopened, step.events) == ("contact", True, ("reopened", "contact"))


def test_only_an_answer_is_judged_and_only_with_one_of_three_words():
    for stage in ("first", "closed", "withdrawn"):
        with pytest.raises(Refused):
            flow.judge(small(), "solved", 0, stage)
    with pytest.raises(Refused):
        flow.judge(small(), "satisfied", 0)  # type: ignore[arg-type]


def test_a_yes_is_not_the_number_one_and_a_text_is_never_at_least_a_number():
    assert flow.holds(Comparison("a", "is", 1), {"a": True}) is False
    assert flow.holds(Comparison("a", "at_least", 1), {"a": "2"}) is None
    assert flow.holds(Comparison("a", "at_least", 2), {"a": 2}) is True
    assert flow.holds(Comparison("a", "has", ("x", "y")), {"a": ("x",)}) is False
    assert flow.holds(Comparison("a", "in", ("x", "y")), {"a": "y"}) is True


YES, NO, UNKNOWN = (Comparison("known", "is", True), Comparison("known", "is", False), Comparison("far", "is", True))


@pytest.mark.parametrize(
    ("how", "of", "value"),
    [
        ("any", (NO, YES, UNKNOWN), True),
        ("any", (NO, UNKNOWN), None),
        ("any", (NO,), False),
        ("all", (YES, NO, UNKNOWN), False),
        ("all", (YES, UNKNOWN), None),
        ("all", (YES,), True),
        ("none", (NO, YES), False),
        ("none", (NO, UNKNOWN), None),
        ("none", (NO,), True),
    ],
)
def test_conditions_have_three_values(how, of, value):
    facts = {"known": True}
    assert flow.holds(Group(how, of), facts) is value
    assert flow.unknown_facts((Group(how, of),), facts) == (("far",) if value is None else ())


def test_answers_are_typed_by_their_question():
    mediation = matter("union.dispute.mediation")
    raw = {"respondent": " 某厂 ", "issues": ["确认劳动关系", "确认劳动关系"], "other_routes": "都没有",
           "knew_on": "2026-03-02", "nobody_asked": "x"}  # fmt: skip
    answers, refusals = flow.read_answers(mediation, raw)
    assert not refusals
    assert answers == {"respondent": "某厂", "issues": ("确认劳动关系",), "other_routes": "都没有",
                       "knew_on": datetime.date(2026, 3, 2)}  # fmt: skip
    assert flow.told_events(mediation, answers) == {"knew": datetime.date(2026, 3, 2)}
    assert flow.facts_of(answers)["ask.issues"] == ("确认劳动关系",)


@pytest.mark.parametrize(
    ("key", "raw", "said"),
    [
        ("knew_on", "昨天", "不是日期"),
        ("issues", ["没有这一项"], "没有这个选项"),
        ("respondent", "", "请填写"),
        ("respondent", "厂" * 201, "最多 200 字"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_a_sentence(key, raw, said):
    good = {"respondent": "某厂", "issues": ["其他"], "other_routes": "都没有"}
    answers, refusals = flow.read_answers(matter("union.dispute.mediation"), {**good, key: raw})
    assert key not in answers
    assert said in refusals[key].zh
    assert refusals[key].en


def test_yes_and_no_are_read_and_nothing_else_is():
    ask = matter("women.dv.protect").asks["now_safe"]
    assert flow.read_answer(ask, "yes") is True
    assert flow.read_answer(ask, False) is False
    assert flow.read_answer(ask, " ") is None
    with pytest.raises(Refused):
        flow.read_answer(ask, "perhaps")


def test_a_reason_may_be_any_option_of_a_made_up_list():
    small_one = small(Move("no", "refused", ("lead",), "不办", reasons=(Option("超出范围"),)))
    assert flow.step(small_one, "first", "no", LEAD, {}, "超出范围", text="因为…").to == "refused"


@pytest.mark.parametrize(("how", "part", "whole", "value", "said"), [
    ("at_least", 20, 30, "2/3", True), ("at_least", 19, 30, "2/3", False), ("at_least", 21, 31, "2/3", True),
    ("above", 15, 30, "1/2", False), ("above", 16, 30, "1/2", True), ("at_most", 1, 3, "1/3", True),
    ("at_least", None, 30, "2/3", None), ("at_least", 20, None, "2/3", None), ("at_least", 31, 30, "2/3", None),
    ("at_least", 0, 0, "2/3", None), ("at_least", True, 1, "2/3", None), ("at_least", 20, 30, "two thirds", None),
])
def test_a_share_is_reckoned_in_whole_numbers_and_of_nothing_there_is_none(how, part, whole, value, said):
    condition = Comparison("ask.present", how, value, of="ask.delegates")
    assert flow.holds(condition, {"ask.present": part, "ask.delegates": whole}) is said


def test_a_share_that_is_not_known_names_each_number_that_is_missing():
    condition = Comparison("ask.present", "at_least", "2/3", of="ask.delegates")
    assert flow.unknown_facts((condition,), {}) == ("ask.present", "ask.delegates")
    assert flow.unknown_facts((condition,), {"ask.present": 3}) == ("ask.delegates",)
    assert flow.unknown_facts((condition,), {"ask.present": 3, "ask.delegates": 2}) == ("ask.present", "ask.delegates")

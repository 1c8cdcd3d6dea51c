"""Bargaining with its thresholds, and the union's word on a dismissal."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
TALKS, DISMISSAL, BAJIAO = "union.bargaining.contract", "union.dismissal.review", "bajiao_handler"


@pytest.fixture
def talks(tell):
    case = tell(TALKS, "想把夜班费谈下来, 最低每晚三十。", employer="青石快送", scope="单位",
                topics=["劳动报酬", "工作时间"])
    case.step(BAJIAO, "议题定了, 可以提要求")
    case.step(BAJIAO, "书面要求已送达", demanded_on="2026-03-02")
    return case


def test_a_draft_needs_two_thirds_present_and_more_than_half_of_all(talks):
    assert "每晚三十" not in talks.letters["集体协商要求书"] and talks.limit("reply") == "2026-03-23"
    talks.refused(BAJIAO, "对方同意, 双方代表对等", worker_reps="2", employer_reps="3", outside_experts="0")
    talks.refused(BAJIAO, "对方同意, 双方代表对等", worker_reps="4", employer_reps="4", outside_experts="2")
    talks.step(BAJIAO, "对方同意, 双方代表对等", worker_reps="4", employer_reps="4", outside_experts="1")
    talks.step(BAJIAO, "中止协商 (最多 60 天)", suspended_on="2026-03-02")
    assert talks.limit("suspension") == "2026-05-06"  # the holidays of May
    talks.step(BAJIAO, "谈过一次")
    assert "suspension" in talks.met
    talks.step(BAJIAO, "谈成了草案")
    for present, in_favour in (("19", "19"), ("20", "15"), ("30", "15")):
        talks.refused(BAJIAO, "表决通过", delegates="30", present=present, in_favour=in_favour)
    talks.refused(BAJIAO, "表决通过", delegates="30", present="20")
    talks.step(BAJIAO, "表决通过", delegates="30", present="20", in_favour="16")
    talks.step(BAJIAO, "双方首席代表已签字", signed_on="2026-03-02")
    assert talks.limit("file") == "2026-03-12"
    talks.step(BAJIAO, "单位已报备案", signed_on="2026-03-02", filed_on="2026-03-09")
    assert talks.limit("objection") == "2026-03-24" and "file" in talks.met
    with later(days=20):
        actions.climb()
        assert talks.stage == "waiting", "on the fourteenth day nothing is in force yet"
    with later(days=23):
        actions.climb()
        assert talks.stage == "in_force" and {"term", "contract_report"} <= talks.running
        talks.step(BAJIAO, "填上期满日, 看着日子", term_ends_on="2029-03-24")
        assert talks.limit("renewal_window") == "2028-12-24"
        talks.step(BAJIAO, "合同已公布, 请本人评这一轮", "夜班费每晚三十五。")
        assert "20 人" in talks.letters["集体合同生效公告"] and talks.running == set()


def test_an_employer_that_keeps_silent_for_twenty_days_meets_the_authority(talks):
    with later(days=22):
        actions.climb()
        assert talks.stage == "coordinate"
        talks.step(BAJIAO, "劳动部门已受理", coordination_accepted_on="2026-03-24")
        assert talks.limit("coordination") == "2026-04-23"
        talks.refused(BAJIAO, "协调没有结果, 下一步已说清")
        talks.step(BAJIAO, "协调没有结果, 下一步已说清", "可以请工会监督。")
        assert talks.further == {"union.supervision.labour_law"}


@pytest.mark.parametrize(("laid_off", "workers", "runs"), [("20", "900", True), ("3", "30", True), ("3", "31", False),
                                                         ("1", "5", False)])
def test_a_lay_off_of_twenty_or_a_tenth_is_explained_thirty_days_ahead(tell, laid_off, workers, runs):
    case = tell(DISMISSAL, "说我不适合。", employer="青石快送", reason_given="不能胜任", protected=["都没有, 或说不准"],
                ended_on="2026-04-20", layoff_on="2026-04-20")
    assert case.running == {"limitation", "rehire_priority", "opine"} and case.limit("rehire_priority") == "2026-10-20"
    case.step(BAJIAO, "单位没有通知工会", laid_off=laid_off, staff=workers)
    assert ("layoff_notice" in case.running) is runs
    if runs:
        assert case.limit("layoff_notice") <= "2026-03-21"


def test_no_opinion_before_she_was_heard_and_silence_is_called_out(tell):
    case = tell(DISMISSAL, "怀孕五个月被辞。", employer="青石快送", reason_given="岗位取消",
                protected=["孕期、产期、哺乳期"], ended_on="2026-03-31")
    case.step(BAJIAO, "单位已通知工会", notified_on="2026-03-01", laid_off="1", staff="40")
    case.refused(BAJIAO, "听过本人, 写意见")
    case.step(BAJIAO, "听过本人, 写意见", told_her_on="2026-03-02")
    case.refused(BAJIAO, "意见书已送单位, 要求重新研究")
    case.step(BAJIAO, "意见书已送单位, 要求重新研究", opinion_words="孕期不得以此解除。")
    assert "第二十二条" in case.letters["工会关于解除劳动合同的意见书"] and "opine" in case.met
    with later(days=11):
        actions.climb()
        assert any(clock.late for clock in case.story.clocks if clock.word.key == "employer_answer")
        case.step(BAJIAO, "单位不答复")
        case.step(BAJIAO, "单位不改, 转调解、仲裁或援助", "路都写在纸上了。")
        assert case.further == {"union.dispute.mediation", "union.legal.aid", "union.supervision.labour_law"}
        assert case.running == {"limitation"}, "the end of ours is not the end of hers"

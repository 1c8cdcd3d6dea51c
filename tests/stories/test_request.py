"""The general request: its tracks, a reason that she reads, a refusal with its ground, her word."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO, DISTRICT = "union.matter.request", "bajiao_handler", "district_union"


def test_an_ordinary_request_is_answered_in_a_week_and_closed_by_her_word_alone(tell):
    case = tell(KEY, "食堂的饭一直是凉的。", category="投诉", topic="其他", wish="换一家")
    assert case.running == {"contact", "answer"} and case.limit("answer") == "2026-03-09"
    assert case.page("gucheng_handler").status == 404
    case.refused(BAJIAO, "联系时已当场答复")
    case.step(BAJIAO, "已联系本人, 开始办理", "下午三点去看。")
    assert case.met == {"contact"} and "下午三点去看" in case.her().text
    case.refused(BAJIAO, "告知法定途径", "去问别处", reason="去别处问")
    case.step(BAJIAO, "答复本人", "明天起换成热餐车。")
    assert case.running == set() and not case.offered(BAJIAO)
    done = case.her_word("solved", "热的了")
    assert "已解决" in done.text and case.story.case.ended


def test_her_word_makes_it_urgent_and_nobody_makes_it_slower(tell):
    case = tell(KEY, "宿舍的燃气有味道。", urgency="紧急 (人身安全)")
    assert case.running == {"contact", "answer_emergency"}
    case.step(BAJIAO, "已联系本人, 开始办理")
    case.step(BAJIAO, "改定类别, 告诉本人为什么", track="疑难复杂", track_why="要等检修队")
    assert case.running == {"answer_emergency"}
    with later(hours=3):
        assert any(clock.late for clock in case.story.clocks if clock.word.key == "answer_emergency")


def test_what_is_hard_needs_a_reason_that_she_reads_and_has_fifteen_days_from_the_first(tell):
    case = tell(KEY, "园区二十家小店都不交社保。")
    case.step(BAJIAO, "已联系本人, 开始办理")
    case.refused(BAJIAO, "改定类别, 告诉本人为什么", track="疑难复杂")
    with later(days=2):
        case.step(BAJIAO, "改定类别, 告诉本人为什么", track="疑难复杂", track_why="要和人社一起查二十家")
        assert case.running == {"answer_hard"} and case.limit("answer_hard") == "2026-03-17"
        assert ("为什么这样改", "要和人社一起查二十家") in case.story.written


def test_what_is_not_solved_comes_back_one_level_up_with_its_clocks_anew(tell):
    case = tell(KEY, "要求公开工会账目。", category="建议")
    case.stale(BAJIAO, "告知法定途径", first="已联系本人, 开始办理")
    case.refused(BAJIAO, "不予办理, 说明理由", reason="同一件事已在办或已办完, 没有新情况、新理由")
    with later(days=3):
        case.step(BAJIAO, "不予办理, 说明理由", "去年答复过。", reason="同一件事已在办或已办完, 没有新情况、新理由")
        assert case.stage == "refused"
        case.her_word("not_solved", "没有看到账目", contacted="no")
        assert case.stage == "contact" and case.running == {"contact", "answer"}
        assert case.limit("answer") == "2026-03-12"
        assert case.page(BAJIAO).status == 404
        case.step(DISTRICT, "联系时已当场答复", "账目已贴在公告栏, 也寄给您一份。")
        assert "已解决" in case.her_word("solved").text


def test_another_route_is_named_from_the_list_with_a_letter(tell):
    case = tell(KEY, "法院判了, 单位不给钱。")
    case.step(BAJIAO, "告知法定途径", "请到法院申请执行, 我们陪您去。", reason="向人民法院起诉")
    assert case.stage == "external" and case.number in case.letters["法定途径告知书"]
    case.her_word("partly")
    assert case.story.case.verdict == "partly" and case.story.case.ended

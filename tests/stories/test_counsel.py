"""Psychological support: an appointment within a week, nothing of the talks here, a crisis within the hour."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO = "union.psych.counsel", "bajiao_handler"


@pytest.fixture
def case(tell):
    return tell(KEY, "两个月睡不着。", mode="电话", slot="晚上八点以后", risk_ack="yes", topic="睡眠")


def test_the_first_talk_within_a_week_and_it_ends_when_she_has_enough(case):
    assert case.running == {"first_slot"} and case.limit("first_slot") == "2026-03-09"
    assert case.page("gucheng_handler").status == 404
    case.refused(BAJIAO, "已约好第一次")
    case.step(BAJIAO, "已约好第一次", appointment="周四晚八点, 电话")
    assert case.running == {"first_slot"} and "周四晚八点" in case.her().text
    with later(days=3):
        case.step(BAJIAO, "谈过一次, 再约", "下周四同一时间。")
        assert case.running == set()
        case.her_step("我觉得够了", "谢谢")
        assert "已解决" in case.her_word("solved").text and case.story.case.ended


def test_a_crisis_has_an_hour_and_then_the_talks_go_on(case):
    case.step(BAJIAO, "有自伤或生命危险, 马上处理")
    assert case.stage == "crisis" and case.running == {"crisis"} and "first_slot" in case.met
    with later(minutes=30):
        case.step(BAJIAO, "已送医或报警, 有人陪着")
        assert case.running == set() and case.stage == "session"
    case.refused(BAJIAO, "建议去医院看一看 (不作诊断)")
    case.step(BAJIAO, "建议去医院看一看 (不作诊断)", "愿意的话我们陪您去。")
    assert "不作诊断" in case.letters["就医建议"] and "睡不着" not in case.letters["就医建议"]
    case.her_word("not_solved", contacted="")
    assert case.stage == "book" and case.running == {"first_slot"} and case.page(BAJIAO).status == 404


def test_a_crisis_beyond_the_hour_is_late_for_all_to_see(case):
    case.stale(BAJIAO, "已约好第一次", first="有自伤或生命危险, 马上处理")
    with later(hours=2):
        assert any(clock.late for clock in case.story.clocks if clock.word.key == "crisis")
        case.step(BAJIAO, "已经安稳, 接着约")

"""What a visit heard, and help in hardship: promises with a date, a plan she says yes to, a label that expires."""

from __future__ import annotations

import pytest

from baiying.cases import queries
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
VISIT, HARDSHIP, HOME, STREET = "women.visit", "women.hardship", "home_handler", "bajiao_women"


@pytest.fixture
def hardship(tell):
    return tell(HARDSHIP, "丈夫病了, 我一个人带两个孩子。", situation=["照料负担重", "失业"], wanted=["临时救助"],
                family="两个孩子")


def test_what_was_heard_is_entered_in_two_days_promised_in_writing_and_told_back(tell):
    case = tell(VISIT, "楼道的灯坏了半年, 晚上怕摔。", visited_on="2026-02-27", topic="其他", where="楼门口")
    assert case.running == {"enter", "tell"}
    # Saturday the 28th is a working day: it makes up for the Spring Festival
    assert (case.limit("enter"), case.limit("tell")) == ("2026-03-02", "2026-03-19")
    case.refused(HOME, "已登记, 答应了办什么")
    case.step(HOME, "已登记, 答应了办什么", promise="本周五前请物业换灯")
    assert "本周五前请物业换灯" in case.letters["走访回执"] and case.running == {"tell"}
    case.step(HOME, "办了, 去告诉她")
    case.step(HOME, "她说还没办好, 接着办", "三层还没有换。")
    case.step(HOME, "办了, 去告诉她")
    case.refused(HOME, "已回去告诉她")
    case.step(HOME, "已回去告诉她", "每层都换好了, 您看看。")
    assert case.running == set() and "已解决" in case.her_word("solved").text


def test_a_promise_not_kept_goes_one_level_up(tell):
    case = tell(VISIT, "想请你们来听我说。", visited_on="2026-03-02")
    case.refused(HOME, "告知法定途径", "去别处。", reason="别处")
    case.step(HOME, "当场已说清", "周三下午来您家门口。")
    with later(days=2):
        case.her_word("not_solved", "没有人来", contacted="no")
        assert case.stage == "heard" and case.running == {"enter", "tell"} and case.limit("enter") == "2026-03-06"
        assert case.page(HOME).status == 404 and case.page(STREET).status == 200


def test_nothing_is_done_without_her_yes_and_the_plan_is_hers(hardship):
    assert hardship.running == {"plan"} and hardship.limit("plan") == "2026-03-16"
    hardship.refused(HOME, "方案写好了, 请她看")
    hardship.step(HOME, "方案写好了, 请她看", plan_words="一、申请临时救助; 二、周二周四有人接孩子")
    assert "周二周四有人接孩子" in hardship.letters["帮扶方案"]
    hardship.step(HOME, "同意方案, 转给有关部门")
    assert hardship.stage == "confirm" and "refer_ack" not in hardship.running
    hardship.her_step("同意方案, 转给有关部门")
    assert hardship.running == {"refer_ack", "label"} and hardship.limit("refer_ack") == "2026-03-09"
    assert hardship.letters["转介单"] and "丈夫病了" not in hardship.letters["转介单"]
    hardship.step(HOME, "对方已收下, 在办")
    hardship.step(HOME, "已落实", "救助金已到账。")
    assert hardship.running == {"label", "look_back"} and hardship.limit("look_back") == "2026-06-02"
    with later(days=80):
        hardship.step(HOME, "回看过, 还需要")
        assert hardship.limit("look_back") == "2026-08-21"
        hardship.her_step("我觉得够了")
        assert hardship.running == set(), "nobody stays in hardship by a label"
        assert "已解决" in hardship.her_word("solved").text
        kept = queries.her_ways(hardship.entry).judge_until
        assert kept is not None and kept.isoformat() == "2027-05-21", "a year after the end her words go"


def test_she_may_change_the_plan_or_need_it_no_longer(hardship):
    hardship.step(HOME, "方案写好了, 请她看", plan_words="送一箱米")
    hardship.her_step("要改一改", "不要米, 要有人接孩子")
    assert hardship.stage == "plan" and hardship.running == {"plan"}
    hardship.her_step("现在不需要了")
    assert hardship.stage == "answered" and hardship.running == set()
    hardship.her_word("not_solved", "又需要了")
    assert hardship.stage == "plan" and hardship.running == {"plan"} and hardship.page(HOME).status == 404

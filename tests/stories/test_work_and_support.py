"""Emotional support with a group and somebody for the child; work for women, recognition at the street, a fair job."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
SUPPORT, WORK, HOME, STREET = "women.psych", "women.employment", "home_handler", "bajiao_women"


@pytest.fixture
def support(tell):
    return tell(SUPPORT, "生了孩子以后总想哭。", mode="面谈", topic="产后", childcare="yes")


@pytest.fixture
def work(tell):
    return tell(
        WORK,
        "孩子上学了, 我想找个白天的活。",
        age="41",
        skills="做过收银, 想做文员",
        hours="九点到四点",
        training="电脑",
    )


def test_the_first_talk_is_in_a_week_and_says_who_looks_after_the_child(support):
    assert support.running == {"first_slot"} and support.limit("first_slot") == "2026-03-09"
    support.refused(HOME, "约好了")
    support.step(HOME, "约好了", appointment="周四下午妇女之家, 王老师; 孩子在隔壁有人看")
    assert "孩子在隔壁有人看" in support.her().text
    support.step(HOME, "她愿意参加小组")
    assert support.stage == "group" and support.running == set()
    support.step(HOME, "她想单独谈")
    support.her_step("够了, 谢谢")
    assert "已解决" in support.her_word("solved").text and support.story.case.ended


def test_danger_has_an_hour_and_an_advice_to_see_a_doctor_says_nothing_of_what_she_told(support):
    support.step(HOME, "看到危险, 先保安全")
    assert support.running == {"crisis"}
    with later(hours=2):
        assert any(clock.late for clock in support.story.clocks if clock.word.key == "crisis")
        support.step(HOME, "送医了, 有人陪着")
        support.step(HOME, "劝她去医院看看", "想去, 我们陪您去。")
        assert "不能诊断" in support.letters["去医院看看的建议"] and "想哭" not in support.letters["去医院看看的建议"]
        support.her_word("not_solved")
        assert support.stage == "book" and support.page(HOME).status == 404, "the level above takes it up"


def test_the_street_recognises_in_five_days_and_the_fifteen_days_of_a_review_are_hers(work):
    assert work.running == {"first_offer"} and work.limit("first_offer") == "2026-03-30"
    work.step(HOME, "可能够得上就业困难, 告诉她去哪里认定")
    letter = work.letters["就业困难认定怎么办"]
    assert "女满四十周岁" in letter and "不用告诉我们" in letter, "nobody asks her which group she is of"
    work.refused(HOME, "街道受理了")
    work.step(HOME, "街道受理了", street_accepted_on="2026-03-02")
    assert work.limit("recognition") == "2026-03-09"
    work.step(HOME, "结果出来了, 接着找工作", result_on="2026-03-02")
    assert work.running == {"first_offer", "recheck"} and work.limit("recheck") == "2026-03-23"


def test_a_job_for_men_only_or_with_questions_about_marriage_is_not_passed_on(work):
    work.refused(HOME, "有合适的岗位, 告诉她", offer="前台, 要求未婚", fair_offer="no")
    assert work.stage == "intake"


def test_a_fair_job_is_offered_she_may_say_no_and_is_asked_after_thirty_and_ninety_days(work):
    work.step(HOME, "有合适的岗位, 告诉她", offer="社区文员, 九点到四点", fair_offer="yes")
    assert work.running == set()
    work.her_step("不合适, 再看别的", "太远了")
    assert work.stage == "intake"
    work.step(HOME, "有合适的岗位, 告诉她", offer="楼下超市收银, 九点到三点", fair_offer="yes")
    work.step(HOME, "入职了", hired_on="2026-03-02")
    # the ninetieth day is a Sunday, so that the Monday after it still counts
    assert (work.limit("look_30"), work.limit("look_90")) == ("2026-04-01", "2026-06-01")
    with later(days=30):
        work.step(HOME, "三十天问过了")
        assert work.running == {"look_90"}
    with later(days=90):
        work.step(HOME, "九十天问过了", "还在做, 班次合适。")
        assert "已解决" in work.her_word("solved").text and work.running == set()

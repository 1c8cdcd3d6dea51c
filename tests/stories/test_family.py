"""Family mediation: asked alone first, never where there is violence, both must want it, parting is an outcome."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
KEY, STREET = "women.family.mediation", "bajiao_women"


@pytest.fixture
def case(tell):
    return tell(KEY, "分开以后他不让我看孩子。", issues=["探视"], other_side="孩子爸爸", children="女儿八岁, 跟他住")


def screened(case):
    case.step(STREET, "单独问过, 没有家庭暴力", dv_screen="no")
    case.step(STREET, "双方都愿意调解")
    case.her_step("双方都愿意调解")
    return case


def test_where_there_is_violence_nothing_is_mediated_whoever_says_so(case, tell):
    assert case.running == {"screen"} and case.limit("screen") == "2026-03-04"
    case.refused(STREET, "单独问过, 没有家庭暴力")
    case.refused(STREET, "单独问过, 没有家庭暴力", dv_screen="yes")
    case.refused(STREET, "有家庭暴力: 不调解, 转保护")
    case.step(STREET, "有家庭暴力: 不调解, 转保护", "这不是您的错, 我们先保护您。")
    assert case.stage == "answered" and case.running == set() and case.further == {"women.dv.protect"}
    later_seen = screened(tell(KEY, "第二件", issues=["财产"], other_side="他"))
    later_seen.step(STREET, "发现家庭暴力: 停止调解, 转保护", "今天不谈了, 我送您走。")
    assert later_seen.stage == "answered" and later_seen.further == {"women.dv.protect"}


def test_both_must_want_it_then_it_begins_in_five_days_and_is_kept(case):
    case.step(STREET, "单独问过, 没有家庭暴力", dv_screen="no")
    case.step(STREET, "双方都愿意调解")
    assert case.stage == "consent", "the other side's yes is not hers"
    case.her_step("双方都愿意调解")
    assert case.running == {"start"} and case.limit("start") == "2026-03-09"
    case.step(STREET, "谈过一次, 再约", "周六再谈。")
    assert case.running == set()
    case.step(STREET, "谈成了")
    case.step(STREET, "书面协议已签字盖章")
    case.her_step("书面协议已签字盖章")
    assert case.running == {"judicial_confirmation"} and "探视" in case.letters["人民调解协议书"]
    assert "孩子爸爸" in case.letters["人民调解协议书"]
    case.her_step("已共同申请司法确认")
    assert case.running == set()
    case.step(STREET, "问过她, 还在做")
    case.refused(STREET, "约定的都做到了")
    case.step(STREET, "约定的都做到了", "每周六都见到了。")
    assert "已解决" in case.her_word("solved").text


def test_leaving_is_an_outcome_at_every_stage_of_it(case, tell):
    case.step(STREET, "单独问过, 没有家庭暴力", dv_screen="no")
    case.her_step("我不调解了", "想好了, 去法院")
    assert case.stage == "answered" and "已解决" in case.her_word("solved", "分开也好").text
    talking = screened(tell(KEY, "再一件", issues=["财产"], other_side="他"))
    talking.her_step("我不谈了")
    assert talking.stage == "answered" and talking.running == set()
    unsigned = screened(tell(KEY, "又一件", issues=["彩礼"], other_side="他家"))
    unsigned.step(STREET, "谈成了")
    unsigned.her_step("我不签")
    assert unsigned.stage == "answered" and "judicial_confirmation" not in unsigned.running


def test_a_side_that_will_not_come_is_not_pressed(case):
    case.step(STREET, "单独问过, 没有家庭暴力", dv_screen="no")
    case.stale(STREET, "对方不愿意, 其他的路已说清", first="双方都愿意调解")
    case.step(STREET, "对方不愿意, 其他的路已说清", "可以起诉要求探视, 我们帮您写。")
    case.her_word("partly")
    assert case.story.case.ended and case.story.case.verdict == "partly"

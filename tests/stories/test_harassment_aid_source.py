"""Harassment at work, legal aid by referral, and opinions on rules: she chooses, nobody is named."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
HARASSMENT, AID, SOURCE = "women.harassment", "women.legal.aid", "women.source.opinion"
STREET, HOME = "bajiao_women", "home_handler"


def test_three_ways_are_hers_to_choose_and_an_employer_that_keeps_silent_is_called_in(tell):
    case = tell(HARASSMENT, "车间主任总摸我, 我叫安小满。", kind="性骚扰", employer="青石快送", told_employer="no")
    assert case.page(HOME).status == 404 and case.running == {"contact"}
    case.step(STREET, "已按她定的方式联系上")
    case.step(STREET, "定了: 致函单位, 问它的八项义务")
    assert case.stage == "advise", "one yes is not two"
    case.her_step("定了: 致函单位, 问它的八项义务")
    case.refused(STREET, "函已送达单位")
    case.step(STREET, "函已送达单位", served_on="2026-03-02")
    letter = case.letters["关于预防和制止性骚扰、性别歧视的函"]
    assert "第二十五条" in letter and "安小满" not in letter and "车间" not in letter
    with later(days=16):
        actions.climb()
        assert case.stage == "talk"
        case.step(STREET, "约谈没有用, 请监察立案")
        case.step(STREET, "请求监察的函已送达")
        case.refused(STREET, "部门已书面答复")
        case.step(STREET, "部门已书面答复", answered_in="责令单位改正, 调离该主任。")
        case.her_step("还不够, 重新选路")
        case.step(STREET, "定了: 报案或起诉, 陪她去")
        case.her_step("定了: 报案或起诉, 陪她去")
        case.step(STREET, "把书面结果告诉她", "派出所已出告诫书。")
        assert "women.legal.aid" in case.further
        assert "已解决" in case.her_word("solved").text


def test_legal_aid_is_handed_in_for_her_and_runs_on_the_centres_clocks(tell):
    case = tell(AID, "离婚他不给抚养费。", claim="赡养费、抚养费、扶养费", woman_lawyer="yes", limit_date="2026-03-20")
    assert case.running == {"advise", "first_act_before_expiry"}
    assert case.limit("first_act_before_expiry") <= "2026-03-13"
    case.step(STREET, "谈过了, 她要申请")
    case.refused(STREET, "申请已递交")
    case.step(STREET, "申请已递交", filed_on="2026-03-02")
    assert case.limit("decide") == "2026-03-09" and "是否要求女律师：是" in case.letters["法律援助转介函"]
    with later(days=13):
        assert "离期限不足 7 天, 先行提供" in case.offered(STREET)
        case.refused(STREET, "决定不予援助, 异议和复议的路已说清", "不够条件。", reason="不想办")
        case.step(STREET, "决定给予援助", granted_on="2026-03-13")
        assert case.limit("assign") == "2026-03-16"
        case.step(STREET, "已指派律师", lawyer_name="史明辩")
        case.her_step("请换一位律师", "想要女律师")
        case.step(STREET, "已指派律师", lawyer_name="另一位女律师")
        case.step(STREET, "办完了, 结果告诉本人", "判了, 每月一千二。")
        assert case.running == set() and "援助结果告知书" in case.letters


def test_an_opinion_is_drawn_from_ten_cases_or_none_and_its_answer_is_waited_for(tell):
    case = tell(SOURCE, "公园没有母婴室。", rule="街道公园管理办法", effect="带婴儿的妇女没法换尿布")
    assert case.running == {"begin"}
    case.refused(HOME, "意见征集好了", gathered="30", from_matters="9")
    case.step(HOME, "意见征集好了", gathered="30", from_matters="10")
    case.refused(HOME, "意见书已送制定机关", body="街道办事处")
    case.step(HOME, "意见书已送制定机关", body="街道办事处", proposal="每个公园设一间母婴室")
    assert "第八条" in case.letters["妇联意见书"] and case.limit("answer") == "2026-04-01"
    with later(days=31):
        actions.climb()
        case.step(HOME, "没有答复, 再催")
        case.refused(HOME, "收到答复")
        case.step(HOME, "收到答复", adopted="明年起设三间")
        case.step(HOME, "已公开, 告诉提意见的人", "答复在妇女之家门口贴着。")
        case.her_word("partly")
        assert case.story.case.ended

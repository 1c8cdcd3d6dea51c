"""Supervision of labour law: notice, opinion, proposal, each with its clock; and inspections without her name."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
LADDER, INSPECTION, BAJIAO = "union.supervision.labour_law", "union.supervision.inspection", "bajiao_handler"


@pytest.fixture
def case(tell):
    return tell(LADDER, "一直不给交社保, 加班没有钱, 问了就骂人。", employer="金顶装饰工程队",
                issue=["未依法缴纳社会保险费", "随意延长劳动时间或者不付加班工资"], affected="20")


def surveyed(case):
    case.step(BAJIAO, "受理", source="职工投诉")
    case.step(BAJIAO, "去调查")
    case.refused(BAJIAO, "查清了, 有问题", inspectors="1", surveyed_on="2026-03-02")
    case.step(BAJIAO, "查清了, 有问题", inspectors="2", surveyed_on="2026-03-02")


def test_notice_opinion_and_proposal_follow_one_another_by_the_clock(case):
    assert case.running == {"decline_notice"} and case.limit("decline_notice") == "2026-03-09"
    surveyed(case)
    case.step(BAJIAO, "提示函已送达", noticed_on="2026-03-02")
    assert "骂人" not in case.letters["劳动法律监督提示函"] and case.limit("notice_reply") == "2026-03-17"
    with later(days=16):
        actions.climb()
        assert case.stage == "opinion"
        case.refused(BAJIAO, "意见书已送达")
        case.step(BAJIAO, "意见书已送达", served_on="2026-03-18")
        assert (case.limit("reply"), case.limit("reply_alt")) == ("2026-04-02", "2026-04-09")
        assert "2名" in case.letters["劳动法律监督意见书"]
    with later(days=32):
        actions.climb()
        assert case.stage == "proposal" and "reply_alt" in case.met
        case.step(BAJIAO, "建议书已送达部门", body="区人力资源和社会保障局", proposed_on="2026-04-03")
        assert case.running == {"file_case"}
        case.step(BAJIAO, "部门已作出决定", decided_on="2026-04-03")
        assert case.running == {"tell_union"} and case.limit("tell_union") == "2026-04-27"
        case.step(BAJIAO, "收到部门的书面结果")
        case.her_step("其实没有改, 提意见书")
        assert case.stage == "opinion", "what she says is put right is put right, and nothing else"


def test_what_others_have_in_hand_is_declined_in_writing_and_a_put_right_wrong_is_hers_to_confirm(case, tell):
    case.refused(BAJIAO, "已由行政机关、仲裁或法院受理, 书面告知", "找仲裁。", reason="太忙")
    case.step(BAJIAO, "已由行政机关、仲裁或法院受理, 书面告知", "仲裁委已经受理了。", reason="仲裁机构已经受理")
    assert "不予受理告知书" in case.letters and case.stage == "external"
    other = tell(LADDER, "欠薪。", employer="某队", issue=["克扣或者拖欠工资"])
    surveyed(other)
    other.step(BAJIAO, "单位改了")
    other.her_step("确实改了")
    assert other.stage == "answered" and other.running == set()


def test_an_inspection_gets_her_question_without_her_and_her_two_years_stand_on_top(tell):
    case = tell(INSPECTION, "我是八号机的小石, 没有防护罩, 上个月停了。", employer="金顶装饰工程队",
                violation_ended_on="2026-02-01")
    assert case.running == {"no_longer_pursued", "begin"} and case.limit("no_longer_pursued") == "2028-02-01"
    case.refused(BAJIAO, "问题已去掉能认出人的内容")
    case.step(BAJIAO, "问题已去掉能认出人的内容", cleaned="八号机没有防护罩")
    case.her_step("带去的问题还认得出我, 请再改", "别写八号机")
    case.step(BAJIAO, "问题已去掉能认出人的内容", cleaned="有的机器没有防护罩")
    case.step(BAJIAO, "已请劳动监察去查", reported_on="2026-03-02")
    letter = case.letters["请求劳动监察的函"]
    assert "有的机器没有防护罩" in letter and "小石" not in letter and "八号机" not in letter
    assert "accept_complaint" in case.running
    case.step(BAJIAO, "劳动监察已立案", filed_on="2026-03-02")
    assert case.limit("investigation") == "2026-05-28" and "accept_complaint" in case.met
    case.step(BAJIAO, "收到调查结果", findings="两台机器没有防护")
    case.refused(BAJIAO, "结果告诉本人和职工, 不带姓名")
    case.step(BAJIAO, "结果告诉本人和职工, 不带姓名", "两台都装上了。")
    assert case.further == {"union.supervision.labour_law"} and case.running == {"no_longer_pursued"}

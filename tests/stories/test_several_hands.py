"""Partners and their own hands in the twelve matters: her yes first, least data, silence that climbs by itself."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from tests.stories.conftest import later
from tests.stories.telling import Told

pytestmark = pytest.mark.django_db
BAJIAO, STREET, HOME = "bajiao_handler", "bajiao_women", "home_handler"
LAW_FIRM, COURT, JUSTICE = "百问律师事务所(虚构)", "法院联络点(演示)", "司法行政联络点(演示)"
POLICE, HOSPITAL = "公安联络点(演示)", "青石医院(虚构)"
DISPUTE = {"respondent": "金顶装饰工程队", "issues": ["其他"], "other_routes": "都没有"}


def says(case: Told, yes: bool, key: str = "one", groups: list[str] | None = None) -> None:
    """Her word on whom the unit wants to bring in, and to which field groups she agrees (all, if not said)."""
    (asked,) = case.story.consents_asked
    actions.consent(case.entry, asked.ref, yes, key, groups)


def test_a_mediator_comes_with_her_yes_and_then_nobody_mediates_or_signs_in_his_place(tell):
    case = tell("union.dispute.mediation", "不给排班, 逼我走。", **DISPUTE)
    case.step(BAJIAO, "受理")
    case.step(BAJIAO, "同意这位调解员, 开始调解")
    case.her_step("同意这位调解员, 开始调解")
    assert "谈成了, 写协议" in case.offered(BAJIAO), "without a mediator's own hand the lead enters it"
    case.bring_in(BAJIAO, "mediator", LAW_FIRM, "请主持调解。")
    assert case.task("lawyer").status == 404, "she has not said yes"
    says(case, yes=True)
    task = case.task("lawyer")
    assert "逼我走" in task.text and "金顶装饰工程队" in task.text
    assert case.offered(BAJIAO) == {"没有谈成"}
    case.task_step("lawyer", "再约一次", "周六上午。")
    case.task_step("lawyer", "谈成了, 写协议")
    case.step(BAJIAO, "协议已签字盖章")
    case.her_step("协议已签字盖章")
    assert case.stage == "agree", "the mediator has not signed"
    case.task_step("lawyer", "协议已签字盖章")
    assert case.stage == "confirm" and case.running == {"judicial_confirmation"}


def test_a_mediation_that_takes_longer_than_fifteen_days_offers_her_the_way_on_by_itself(tell):
    case = tell("union.dispute.mediation", "一直拖着不谈。", **DISPUTE)
    case.step(BAJIAO, "受理")
    with later(days=16):
        actions.climb()
        assert case.stage == "panel" and "仲裁申请书 (代拟)" in case.letters
        assert any(clock.late for clock in case.story.clocks if clock.word.key == "mediate")
        actions.climb()
        assert len(case.story.letters) == 1


def test_the_police_are_told_by_duty_and_everybody_else_only_with_her_yes_and_what_she_opened(tell):
    case = tell("women.dv.protect", "他连孩子也打。", now_safe="no", injury="yes", weapons="no", want=["就医"],
                ward="yes")
    case.step(STREET, "未成年人或无行为能力人, 须依法报告")
    duty = "不能自己作主的人受到家庭暴力: 依法要向公安机关报案"
    case.bring_in(STREET, "police", POLICE, "请到场, 详情当面说。", duty=duty)
    task = case.task("police_link")
    assert task.status == 200 and "连孩子也打" not in task.text
    assert any("反家庭暴力法" in line.reason for line in case.story.lines)
    case.bring_in(STREET, "hospital", HOSPITAL, "请安排就诊。")
    assert case.task("hospital_link").status == 404
    says(case, yes=False)
    assert case.task("hospital_link").status == 404
    case.step(STREET, "已报告")
    case.bring_in(STREET, "court", COURT, "她想申请保护令。")
    says(case, yes=True, key="two", groups=["answer:injury"])
    court = case.task("court_clerk").text
    assert "她想申请保护令" in court and "有没有受伤" in court
    assert "连孩子也打" not in court and "刀具" not in court, "she agreed to one group alone"
    case.step(STREET, "她要申请保护令")
    case.her_step("法院已受理")
    case.task_step("court_clerk", "已作出保护令", "裁定书已送达。")
    assert case.stage == "follow" and case.running == {"order_valid", "safety_review"}


def test_an_hour_without_contact_calls_the_level_above(tell, staff):
    case = tell("women.dv.protect", "他在门外。", now_safe="no", injury="no", weapons="yes", want=["暂不行动"])
    with later(hours=2):
        actions.climb()
        called = staff("district_women").get("/federation/").content.decode()
        assert case.number in called and case.stage == "triage"


def test_a_body_that_keeps_silent_is_answered_with_the_next_letter_by_the_clock_alone(tell):
    case = tell("women.matter.rights", "同工不同酬。", topic="劳动就业", wish="补齐", children_danger="no")
    case.step(HOME, "已按她定的方式联系上, 眼下安全")
    case.step(HOME, "定了: 致函要求查处")
    case.her_step("定了: 致函要求查处")
    case.step(HOME, "函已发出", body="某公司")
    with later(days=14):
        actions.climb()
        assert case.stage == "department"
    with later(days=16):
        actions.climb()
        assert case.stage == "supervise" and case.running == {"supervise"}
        case.step(HOME, "督促处理意见已发")
        assert "某公司" in case.letters["督促处理意见书"]


def test_the_justice_bureau_decides_an_objection_by_its_own_hand(tell):
    case = tell("union.legal.aid", "想要回抚养费。", claim="其他", employer="孩子爸爸", ground="说不准, 请帮我看")
    ground = "不在法律援助的事项范围内 (法律援助法第31条)"
    case.step(BAJIAO, "决定不予法律援助, 书面说明理由", reason=ground)
    case.her_step("我有异议, 请司法行政部门审查", "抚养费在第三十一条里")
    case.bring_in(BAJIAO, "justice", JUSTICE, "请审查异议。")
    says(case, yes=True)
    assert case.offered(BAJIAO) == set() and "想要回抚养费" not in case.task("justice_link").text
    case.task_step("justice_link", "责令改正, 给予法律援助")
    assert case.stage == "assign" and case.running == {"assign"}


def test_help_in_hardship_that_nobody_renews_becomes_a_new_plan_after_a_year(tell):
    case = tell("women.hardship", "照顾不过来。", situation=["照料负担重"], wanted=["照料支持"])
    case.step(HOME, "方案写好了, 请她看", plan_words="每周两次有人接孩子")
    case.step(HOME, "同意方案, 我们自己办")
    case.her_step("同意方案, 我们自己办")
    with later(days=366):
        actions.climb()
        assert case.stage == "plan" and "label" not in case.running


def test_a_co_handler_reads_its_task_and_not_her_words(tell):
    case = tell("union.matter.request", "我们站长扣了大家的工资。", topic="工资", place="一家快送店")
    case.step(BAJIAO, "已联系本人, 开始办理")
    case.bring_in(BAJIAO, "co", "八角街道妇女联合会", "请问一问社区里有没有同样的情况。")
    task = case.task(STREET)
    assert "请问一问社区里" in task.text and "一家快送店" in task.text and "站长" not in task.text
    assert case.page(STREET).status == 404

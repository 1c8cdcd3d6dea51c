"""One case of violence, from the first word to the order, as each sees it: she, home, police, court, colleague."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from baiying.kit import number as numbers
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
DV, DISPUTE = "women.dv.protect", "union.dispute.mediation"
STREET, HOME, DISTRICT, UNION = "bajiao_women", "home_handler", "district_women", "bajiao_handler"
POLICE, COURT = "公安联络点(演示)", "法院联络点(演示)"
SECRET = "他昨晚又动手了, 锁了门"


def traces(staff, who: str, case) -> list[str]:
    """The pages of somebody on which a trace of the case stands: its number, its words, its kind."""
    client, found = staff(who), []
    for address in ("/today/", "/search/?q=动手", "/incidents/", f"/case/{numbers.read(case.number)}/",
                    f"/task/{numbers.read(case.number)}/"):
        said = client.get(address, follow=True).content.decode()
        if SECRET in said or case.number in said:
            found.append(address)
    return found


def test_from_the_first_word_to_the_order_each_sees_her_own_part_and_a_colleague_nothing(tell, staff):
    case = tell(DV, SECRET, now_safe="no", injury="yes", weapons="no", want=["保护令"], contact="下午两点发短信")
    assert SECRET in case.her().text and case.her().status == 200
    for who in (UNION, HOME, "police_link", "court_clerk"):
        assert traces(staff, who, case) == [], who
    with later(hours=2):
        actions.climb()
        above = staff(DISTRICT).get("/federation/").content.decode()
        assert case.number in above and SECRET not in above, "the hour climbs by itself, with number and clock alone"
    case.step(STREET, "已按她定的方式联系上, 眼下安全")
    assert SECRET in case.page(STREET).text and "下午两点发短信" in case.page(STREET).text
    case.bring_in(STREET, "police", POLICE, "请到场, 详情当面说。")
    case.bring_in(STREET, "court", COURT, "她想申请保护令。")
    assert case.task("police_link").status == case.task("court_clerk").status == 404, "she has not said yes"
    police, to_court = case.story.consents_asked
    actions.consent(case.entry, police.ref, False, "to the police")
    actions.consent(case.entry, to_court.ref, True, "to the court", ["answer:injury"])
    assert case.task("police_link").status == 404, "she said no to the police"
    court = case.task("court_clerk")
    assert court.status == 200 and "她想申请保护令" in court.text and SECRET not in court.text
    assert "有没有受伤" in court.text, "the one group that she opened for the court"
    case.step(STREET, "她要申请保护令")
    case.her_step("法院已受理, 情况紧急")
    assert case.running == {"order_urgent"} and case.limit("order_urgent") == "2026-03-03"
    case.task_step("court_clerk", "已作出保护令", "裁定书已送达。")
    assert {"order_valid", "safety_review"} == case.running
    assert "裁定书已送达" in case.her().text and "保护令有效期" in case.her().text
    for who in (HOME, "police_link"):
        assert traces(staff, who, case) == [], who


def test_a_dispute_that_fails_has_its_draft_ready_and_reaches_arbitration_on_time(tell):
    case = tell(DISPUTE, "三个月没有发工资。", respondent="金顶装饰工程队", other_routes="都没有", amount="21000",
                issues=["劳动报酬、工伤医疗费、经济补偿或者赔偿金"], knew_on="2025-04-10")
    assert case.limit("limitation") == "2026-04-10" and "申请仲裁的时效" in case.her().text
    case.step(UNION, "受理")
    with later(days=10):
        assert "申请仲裁的时效" in case.page(UNION).text, "who handles it sees her date too"
    with later(days=16):
        actions.climb()
        draft = case.letters["仲裁申请书 (代拟)"]
        assert "金顶装饰工程队" in draft, "filled in by what she answered, before anybody asked for it"
        case.step(UNION, "对方明确拒绝调解", "一直不来。")
        case.refused(UNION, "已申请仲裁, 工会接着陪")
        case.step(UNION, "已申请仲裁, 工会接着陪", arbitration_applied_on="2026-03-18")
        assert case.stage == "arbitration" and case.limit("arbitration_accept") == "2026-03-23"
        assert case.limit("limitation") > "2026-03-18", "in time"
        assert "申请仲裁的时效" in case.her().text

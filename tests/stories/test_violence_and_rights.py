"""Violence at home and women's rights: she decides each step, silence climbs, duties stand before she writes."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
DV, RIGHTS = "women.dv.protect", "women.matter.rights"
STREET, HOME, DISTRICT = "bajiao_women", "home_handler", "district_women"
TOLD = {"now_safe": "no", "injury": "yes", "weapons": "no", "want": ["保护令", "庇护"]}


@pytest.fixture
def violence(tell):
    return tell(DV, "他昨晚又动手了。", contact="下午两点到四点发短信", **TOLD)


def test_she_decides_every_step_to_an_order_and_ends_it_herself(violence):
    assert violence.running == {"triage"} and "triage" not in violence.met
    assert violence.page(HOME).status == 404 and violence.page("bajiao_handler").status == 404
    assert "调解" not in "".join(move.label for stage in violence.matter.stages.values() for move in stage.moves)
    violence.step(STREET, "已按她定的方式联系上, 眼下安全", "短信约好了下午三点。")
    assert violence.met == {"triage"} and "池暖阳" not in violence.her().text
    violence.step(STREET, "她要申请保护令")
    assert "您的最后一天" not in violence.page(STREET).text
    violence.her_step("法院已受理, 情况紧急")
    assert violence.running == {"order_urgent"} and violence.limit("order_urgent") == "2026-03-03"
    assert "第二十九条" in violence.letters["人身安全保护令申请书"]
    violence.step(STREET, "已作出保护令")
    assert violence.running == {"order_valid", "safety_review"} and violence.limit("order_valid") == "2026-09-02"
    with later(days=14):
        violence.step(STREET, "已按她定的方式回访", "她说安全。")
        assert violence.limit("safety_review") == "2026-03-31"
    with later(days=20):
        violence.her_step("安全计划我拿到了, 可以了")
        assert "110" in violence.letters["安全计划"] and violence.running == {"order_valid"}
        violence.her_word("solved")
        assert violence.story.case.ended and violence.running == {"order_valid"}


def test_an_order_refused_leaves_her_five_days_and_a_new_plan(violence):
    violence.step(STREET, "有即时危险, 已报警 (110)")
    violence.step(STREET, "她要申请保护令")
    violence.refused(STREET, "她受强制、威吓不能申请, 妇联代为申请, 已受理")
    violence.step(STREET, "她受强制、威吓不能申请, 妇联代为申请, 已受理", cannot_apply_why="他拿走了手机")
    assert "他拿走了手机" in violence.letters["人身安全保护令申请书 (代为申请)"] and violence.running == {"order"}
    violence.step(STREET, "裁定驳回")
    assert violence.stage == "plan" and violence.running == {"review"} and violence.limit("review") == "2026-03-09"
    violence.step(STREET, "她要告诫书")
    violence.step(STREET, "已出具", "告诫书给她一份。")
    violence.step(STREET, "她要庇护或就医")
    violence.step(STREET, "已安顿, 方案已与她定好")
    violence.refused(STREET, "安全计划已交给本人")
    violence.step(STREET, "安全计划已交给本人", "放在她姐姐家。")
    violence.her_word("not_solved", "他又找来了", contacted="no")
    assert violence.stage == "triage" and violence.page(STREET).status == 404
    assert "triage" in violence.running and violence.page(DISTRICT).status == 200


def test_a_child_that_is_hurt_is_reported_and_she_read_that_before_she_wrote(tell, browser):
    page = shown(browser.get(f"/catalogue/{DV}/"))
    assert "110" in page.text
    case = tell(DV, "他连孩子也打。", **TOLD, ward="yes")
    assert [duty.tells for duty in case.matter.duties] == [("police",), ("police",), ("police", "hospital")]
    case.step(STREET, "未成年人或无行为能力人, 须依法报告")
    case.step(STREET, "已报告", "已当面交给派出所。")
    assert "第十四条" in case.letters["依法报告"] and case.stage == "plan"


def test_a_letter_that_is_not_answered_climbs_to_an_opinion_and_to_the_government(tell):
    case = tell(RIGHTS, "怀孕了被调岗降薪。", topic="劳动就业", wish="恢复原岗", children_danger="no")
    assert case.running == {"contact", "plan"} and case.limit("plan") == "2026-03-09"
    assert case.page(STREET).status == 404
    case.step(HOME, "已按她定的方式联系上, 眼下安全")
    case.step(HOME, "定了: 致函要求查处")
    assert case.stage == "plan", "she has not said yes"
    case.her_step("定了: 致函要求查处")
    assert case.stage == "letter" and case.running == set()
    case.refused(HOME, "函已发出")
    case.step(HOME, "函已发出", body="某公司")
    assert "第七十三条" in case.letters["要求查处的函"] and "调岗" not in case.letters["要求查处的函"]
    assert case.limit("department_answer") == "2026-03-17"
    with later(days=16):
        case.her_step("没有答复, 或处理得不对")
        assert case.running == {"supervise"} and case.limit("supervise") == "2026-04-02"
        case.step(HOME, "督促处理意见已发")
        case.step(HOME, "已提请政府督查")
        assert {"督促处理意见书", "提请政府督查的报告"} & set(case.letters) >= {"督促处理意见书"}
        case.refused(HOME, "把结果告诉她")
        case.step(HOME, "把结果告诉她", "已恢复原岗, 补了差额。")
        assert "已解决" in case.her_word("solved").text


def test_violence_that_shows_is_offered_protection_and_a_plan_can_be_made_anew(tell):
    case = tell(RIGHTS, "他不让我出门。", topic="家庭暴力", wish="想离开", children_danger="yes")
    case.step(HOME, "有家庭暴力, 请她另开一件保护求助")
    assert case.further == {"women.dv.protect"}
    case.step(HOME, "定了: 帮她打官司、找律师或心理支持")
    case.her_step("定了: 帮她打官司、找律师或心理支持")
    case.her_step("还不够, 重新定")
    assert case.stage == "plan" and case.running == set()
    case.refused(HOME, "她只想问清楚, 已经说清")
    case.step(HOME, "她只想问清楚, 已经说清", "保护令怎么申请都写给您了。")
    for _ in range(2):
        case.her_word("not_solved")
        assert case.stage == "safety"
        who = STREET if case.page(STREET).status == 200 else DISTRICT
        case.step(who, "已按她定的方式联系上, 眼下安全")
        case.step(who, "她只想问清楚, 已经说清", "又说了一遍。")
    case.her_word("not_solved")
    assert case.stage == "answered" and not case.story.case.ended, "nobody but she ends it"

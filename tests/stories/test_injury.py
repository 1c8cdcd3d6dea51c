"""A work injury: two clocks on the first page, three papers, the authority's own time, a second grading."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO = "union.injury.recognition", "bajiao_handler"
PAPERS = {"paper_form": "3月5日本人填", "paper_relation": "平台接单记录", "paper_diagnosis": "青石医院 2月21日"}


@pytest.fixture
def case(tell):
    return tell(KEY, "送餐路上摔断了手腕。", injured_on="2026-02-20", employer="轻骑快送", place="八角路口",
                injury="手腕骨折", witness="同站骑手")


def test_the_employer_is_pressed_and_her_own_year_is_seen_from_the_first(case):
    assert case.running == {"worker_or_union_files", "employer_files", "begin"}
    assert (case.limit("employer_files"), case.limit("worker_or_union_files")) == ("2026-03-23", "2027-02-22")
    assert case.limit("begin") == "2026-03-04"
    case.step(BAJIAO, "已联系本人, 催单位申报", "函已寄出。")
    assert "轻骑快送" in case.letters["关于申报工伤认定的函"] and "begin" in case.met
    case.step(BAJIAO, "单位已经申报")
    assert case.running == set() and case.stage == "decision"


def test_without_the_three_papers_there_is_no_application_and_then_the_clocks_of_the_authority_run(case):
    case.step(BAJIAO, "已联系本人, 催单位申报")
    case.her_step("单位不报, 我们直接申请", "站长说不归他管")
    case.refused(BAJIAO, "三样材料齐了, 已提交申请", paper_form="3月5日本人填")
    case.refused(BAJIAO, "三样材料齐了, 已提交申请", **{**PAPERS, "paper_relation": " "})
    case.step(BAJIAO, "三样材料齐了, 已提交申请", **PAPERS)
    assert "平台接单记录" in case.letters["工伤认定申请 (要点)"] and case.running == set()
    with later(days=10):
        case.refused(BAJIAO, "人社部门已受理", accepted_on="2026-03-11")
        case.step(BAJIAO, "人社部门已受理", accepted_on="2026-03-11", facts_clear="yes")
        assert (case.limit("decide_clear"), case.limit("decide")) == ("2026-03-26", "2026-05-11")
    with later(days=20):
        case.step(BAJIAO, "认定为工伤", "决定书周一寄到。")
        assert case.running == set() and "再次鉴定" in case.letters["认定以后怎么办"]
        case.step(BAJIAO, "已申请鉴定", grade_applied_on="2026-03-20")
        assert case.limit("grade") == "2026-05-19"
    with later(days=70):
        case.step(BAJIAO, "鉴定延长 30 天", grade_extended_on="2026-05-10")
        assert "grade_extension" in case.running
    with later(days=90):
        case.refused(BAJIAO, "收到鉴定结论, 再次鉴定的日子已说清", "九级。")
        case.step(BAJIAO, "收到鉴定结论, 再次鉴定的日子已说清", "九级。", grading_received_on="2026-05-30")
        assert case.running == {"regrade"} and case.limit("regrade") == "2026-06-15"  # the 14th is a Sunday
        case.her_word("solved")
        assert case.running == {"regrade"}, "her own date outlives the case"


def test_facts_that_are_not_clear_leave_sixty_days_alone(case):
    case.step(BAJIAO, "单位不报或已过 30 天, 直接申请")
    case.step(BAJIAO, "三样材料齐了, 已提交申请", **PAPERS)
    case.step(BAJIAO, "人社部门已受理", accepted_on="2026-03-02", facts_clear="no")
    assert case.running == {"decide"}
    case.refused(BAJIAO, "没有认定: 说清复议和起诉的路")
    case.step(BAJIAO, "没有认定: 说清复议和起诉的路", "收到六十天内可以复议, 我们帮您申请法律援助。")
    assert "未解决" in case.her_word("not_solved").text and case.stage == "open"


def test_employment_itself_disputed_goes_to_arbitration_first(case):
    case.step(BAJIAO, "单位不报或已过 30 天, 直接申请")
    case.refused(BAJIAO, "劳动关系有争议, 先去仲裁", "先确认劳动关系。", reason="不知道")
    case.step(BAJIAO, "劳动关系有争议, 先去仲裁", "先确认劳动关系。", reason="申请劳动争议仲裁")
    assert case.stage == "external" and case.running == {"worker_or_union_files", "employer_files"}

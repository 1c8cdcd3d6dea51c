"""A labour dispute: both must agree, nobody need sign, the year runs on, arbitration with its own clocks."""

from __future__ import annotations

import pytest

from baiying.cases import queries
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO = "union.dispute.mediation", "bajiao_handler"
WAGES = "劳动报酬、工伤医疗费、经济补偿或者赔偿金"


@pytest.fixture
def case(tell):
    return tell(KEY, "三个月没有发工资, 两万一。", respondent="金顶装饰工程队", issues=[WAGES], amount="21000",
                other_routes="都没有", knew_on="2026-01-15")


def mediated(case):
    case.step(BAJIAO, "受理")
    case.step(BAJIAO, "同意这位调解员, 开始调解")
    case.her_step("同意这位调解员, 开始调解")
    case.step(BAJIAO, "谈成了, 写协议")
    return case


def test_signed_by_both_it_is_in_force_confirmed_in_thirty_days_and_kept(case):
    assert case.running == {"limitation", "accept", "mediate"}
    assert (case.limit("accept"), case.limit("mediate")) == ("2026-03-05", "2026-03-17")
    assert case.page("gucheng_handler").status == 404
    case.step(BAJIAO, "受理")
    case.step(BAJIAO, "同意这位调解员, 开始调解")
    assert case.stage == "panel", "one yes is not two"
    case.her_step("同意这位调解员, 开始调解")
    case.step(BAJIAO, "再约一次", "周五下午两点, 双方都来。")
    case.step(BAJIAO, "谈成了, 写协议")
    case.step(BAJIAO, "协议已签字盖章")
    assert case.stage == "agree" and "judicial_confirmation" not in case.running
    case.her_step("协议已签字盖章")
    assert case.running == {"limitation", "judicial_confirmation"}
    assert "金顶装饰工程队" in case.letters["调解协议书"] and case.limit("judicial_confirmation") == "2026-04-01"
    case.her_step("已共同申请确认")
    assert case.running == {"limitation"} and "第三十三条" in case.letters["司法确认申请书"]
    case.refused(BAJIAO, "已履行")
    case.step(BAJIAO, "已履行", "两万一已到账。")
    assert [ask.key for ask in queries.her_ways(case.entry).asks] == ["pressed"]
    done = case.her_word("solved", "钱到了")
    assert case.story.case.ended and "已解决" in done.text and case.running == {"limitation"}


def test_she_need_not_sign_and_goes_on_to_arbitration_with_its_clocks(case):
    mediated(case)
    case.her_step("我不签", "数目不对")
    assert case.stage == "fail" and "mediate" in case.met and "limitation" in case.running
    case.refused(BAJIAO, "已申请仲裁, 工会接着陪")
    case.step(BAJIAO, "已申请仲裁, 工会接着陪", arbitration_applied_on="2026-03-02")
    assert case.limit("arbitration_accept") == "2026-03-09"  # five days end on a Saturday
    assert WAGES in case.letters["仲裁申请书 (代拟)"]
    with later(days=4):
        case.refused(BAJIAO, "仲裁委已受理", arbitration_accepted_on="昨天")
        case.step(BAJIAO, "仲裁委已受理", arbitration_accepted_on="2026-03-05")
        assert case.limit("award") == "2026-04-20" and "arbitration_accept" in case.met  # the 19th is a Sunday
        assert case.limit("serve") == "2026-03-10"
        case.step(BAJIAO, "申请书副本已送到单位", copy_served_on="2026-03-06")
        assert case.limit("defence") == "2026-03-16" and "serve" in case.met
        case.step(BAJIAO, "开庭的日子定了", hearing_on="2026-04-02")
        (told,) = (one for one in case.story.clocks if one.word.key == "hearing_notice")
        assert str(told.reckoning.due_on) == "2026-03-28" and {"defence", "hearing_notice"} <= case.met
        assert "limitation" in case.running
    with later(days=40):
        case.step(BAJIAO, "仲裁委延期 (最多 15 天)", award_extended_on="2026-04-17")
        assert "award_extension" in case.running
    with later(days=60):
        case.step(BAJIAO, "收到裁决书", award_received_on="2026-04-30")
        assert case.running == {"limitation", "sue"} and case.limit("sue") == "2026-05-15"
        case.her_step("我知道了, 我自己定")
        case.her_word("partly")
        assert case.story.case.ended and case.running == {"limitation", "sue"}, "the end of ours is not the end of hers"


def test_a_claim_a_complaint_or_a_promise_starts_the_year_anew(tell):
    case = tell(KEY, "他答应过年给。", respondent="某队", issues=[WAGES], other_routes="已投诉", knew_on="2025-06-10",
                claimed_on="2025-09-01", promised_on="2026-01-20", employment_ended_on="2026-02-01")
    assert case.limit("limitation") == "2027-01-20" and case.limit("limitation_wages") == "2027-02-01"


def test_a_side_that_refuses_is_not_mediated_and_an_agreement_not_kept_goes_to_the_court(case, tell):
    case.step(BAJIAO, "受理")
    case.step(BAJIAO, "对方明确拒绝调解", "电话里说不谈。")
    case.step(BAJIAO, "仲裁申请书已代拟, 交给本人", "请核对后签字。")
    assert case.stage == "answered" and "仲裁申请书 (代拟)" in case.letters
    broken = mediated(tell(KEY, "又拖了。", respondent="某队", issues=[WAGES], other_routes="都没有"))
    broken.step(BAJIAO, "协议已签字盖章")
    broken.her_step("协议已签字盖章")
    broken.step(BAJIAO, "不申请, 直接履行")
    broken.step(BAJIAO, "没有履行, 已代拟支付令申请", "请到法院递交。")
    assert "第十六条" in broken.letters["支付令申请书"]
    other = mediated(tell(KEY, "假条不批。", respondent="某队", issues=["其他"], other_routes="都没有"))
    other.step(BAJIAO, "协议已签字盖章")
    other.her_step("协议已签字盖章")
    other.step(BAJIAO, "不申请, 直接履行")
    assert "没有履行, 已代拟支付令申请" not in other.offered(BAJIAO), "a payment order is for money (art. 16)"


def test_what_is_no_labour_dispute_is_told_its_own_way(case):
    case.refused(BAJIAO, "不属于调解范围, 告知法定途径", "请走别的路。", reason="随便")
    case.step(BAJIAO, "不属于调解范围, 告知法定途径", "这是承揽合同, 请起诉。", reason="向人民法院起诉")
    case.her_word("not_solved", "还是想请工会看看", contacted="no")
    assert case.stage == "accept" and case.page(BAJIAO).status == 404 and "accept" in case.running

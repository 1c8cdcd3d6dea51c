"""Collective disputes: each worker has a case, a sum, a yes and a word of her own; nowhere stands who leads them."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO = "union.dispute.collective", "bajiao_handler"
WAGES = "劳动报酬、工伤医疗费、经济补偿或者赔偿金"


def one_of_them(tell, words="四个月没发工资。", group_size="12", **answers):
    return tell(KEY, words, employer="金顶装饰工程队", group_size=group_size, common_claim=[WAGES],
                knew_on="2026-01-15", **answers)


def test_from_ten_people_they_choose_representatives_themselves_and_the_union_keeps_a_number(tell):
    case = one_of_them(tell, amount="8000", employment_ended_on="2026-02-20")
    assert case.running == {"limitation", "limitation_wages", "contact"}
    assert case.limit("limitation_wages") == "2027-02-22"  # a Saturday
    assert "不到十人: 说清各自调解、仲裁的路" not in case.offered(BAJIAO)
    case.step(BAJIAO, "十人以上、请求相同: 由职工自己推代表")
    case.refused(BAJIAO, "代表已由职工推出", reps_count="3")
    case.step(BAJIAO, "代表已由职工推出", reps_count="3", elected_on="2026-03-01")
    assert "3 人作为代表" in case.letters["推举代表书 (职工自己填、自己留)"]
    assert not [ask for ask in case.matter.asks.values() if ask.kind == "text" and "代表" in ask.label]
    case.step(BAJIAO, "书面要求已送达单位", served_on="2026-03-02")
    assert case.limit("employer_reply") == "2026-03-17" and "石小工" not in case.letters["集体协商和答复要求函"]
    with later(days=16):
        actions.climb()
        assert case.stage == "joint", "silence after fifteen days leads to the three-party talks by itself"
        case.refused(BAJIAO, "会商有了方案")
        case.step(BAJIAO, "劳动部门已受理协调", coordination_accepted_on="2026-03-18")
        assert case.limit("coordination") == "2026-04-17"
    with later(days=40):
        case.step(BAJIAO, "会商有了方案", result_words="四个月工资 4 月 20 日前打到各人卡上。")
        assert case.running == {"limitation", "limitation_wages"}
        case.her_step("我同意")
        case.refused(BAJIAO, "已兑现, 告诉本人")
        case.step(BAJIAO, "已兑现, 告诉本人", "八千已到账。")
        case.her_word("solved", pressed="no")
        assert case.story.case.ended and case.running == {"limitation", "limitation_wages"}


def test_fewer_than_ten_go_each_her_own_way_and_one_of_many_can_say_no(tell):
    few = one_of_them(tell, group_size="9")
    assert "十人以上、请求相同: 由职工自己推代表" not in few.offered(BAJIAO)
    few.step(BAJIAO, "不到十人: 说清各自调解、仲裁的路", "可以先调解, 也可以直接仲裁。")
    assert few.further == {"union.dispute.mediation", "union.legal.aid"}
    yes, no = one_of_them(tell, amount="5000"), one_of_them(tell, "我的不止这个数。", amount="9000")
    for case in (yes, no):
        case.step(BAJIAO, "不推代表, 工会直接去谈")
        case.step(BAJIAO, "单位答复了, 有了方案", result_words="按七折结清。")
    page = yes.her().text
    assert page.index("按七折结清") < page.index("我同意"), "she reads the offer before she says yes"
    yes.her_step("我同意")
    no.her_step("我不同意, 我去仲裁", "七折不行")
    assert (yes.stage, no.stage) == ("perform", "answered"), "nobody's yes counts for two"
    assert "9,000元" in no.letters["仲裁申请书 (代拟)"] and "5,000" not in no.letters["仲裁申请书 (代拟)"]

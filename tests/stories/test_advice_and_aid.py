"""Legal advice, and legal aid: her own year, papers told once, aid that begins first, an objection to a refusal."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
CONSULT, AID, BAJIAO = "union.legal.consult", "union.legal.aid", "bajiao_handler"
OWN = "经济有困难, 我如实说明并作诚信承诺"


def test_advice_comes_in_two_days_with_her_own_year_in_writing(tell):
    case = tell(CONSULT, "被辞退了, 有没有赔偿?", topic="解除", mode="电话", knew_on="2026-02-20")
    assert case.running == {"arbitration_limit", "answer_online"} and case.limit("answer_online") == "2026-03-04"
    assert case.limit("arbitration_limit") == "2027-02-22"  # the 20th and 21st are days off
    case.refused(BAJIAO, "已约好律师")
    case.step(BAJIAO, "已约好律师", meeting="周三上午十点, 八角站, 史律师")
    assert case.met == {"answer_online"} and "周三上午十点" in case.her().text
    case.refused(BAJIAO, "律师已答复, 要点已写下")
    case.step(BAJIAO, "律师已答复, 要点已写下", "可以要两个月工资的赔偿金, 先收好辞退通知。")
    assert "2026年2月20日" in case.letters["要点与时效提醒"] and "一年" in case.letters["要点与时效提醒"]
    assert case.running == {"arbitration_limit"}, "advice does not stop her year"
    assert case.further == {"union.dispute.mediation", "union.legal.aid", "union.injury.recognition"}
    case.her_word("solved")
    assert case.running == {"arbitration_limit"}, "and neither does her word"


def test_she_may_say_herself_that_she_knows_enough(tell):
    case = tell(CONSULT, "加班费怎么算?", topic="工时休假", mode="线上")
    case.step(BAJIAO, "已约好律师", meeting="周四线上")
    case.her_step("我已经问清楚了")
    assert case.stage == "answered" and "已解决" in case.her_word("solved").text


def test_wages_are_decided_the_same_day_and_a_lawyer_comes_within_three(tell):
    case = tell(AID, "干了三个月没有给钱。", claim="要求支付劳动报酬", employer="某装修队", ground=OWN)
    assert case.running == {"decide", "decide_bj", "same_day"} and case.limit("same_day") == "2026-03-03"
    assert case.limit("decide") == "2026-03-09"
    case.refused(BAJIAO, "材料不齐, 一次性告知")
    case.step(BAJIAO, "材料不齐, 一次性告知", missing_papers="身份证; 考勤照片")
    assert "身份证; 考勤照片" in case.letters["补充材料一次性告知书"]
    case.step(BAJIAO, "决定给予法律援助")
    assert {"decide", "decide_bj"} <= case.met and case.limit("assign") == "2026-03-05"
    case.refused(BAJIAO, "已指派律师")
    case.step(BAJIAO, "已指派律师", lawyer_name="史明辩, 百问律师事务所")
    assert case.running == set() and "史明辩" in case.letters["指派通知"]
    case.her_step("请换一位律师", "他不接我电话")
    assert case.stage == "assign" and case.running == {"assign"}
    case.step(BAJIAO, "已指派律师", "换成李律师。")
    case.step(BAJIAO, "向本人通报进展", "仲裁已立案。")
    case.step(BAJIAO, "援助办完, 交结案材料")
    case.refused(BAJIAO, "材料齐全, 结果告诉本人")
    case.step(BAJIAO, "材料齐全, 结果告诉本人", "裁决单位付两万一。")
    case.her_word("solved", "钱到了")
    assert case.story.case.ended


def test_with_few_days_left_aid_begins_first_and_with_many_it_is_not_offered(tell):
    near = tell(AID, "过几天时效就到了。", claim="要求确认劳动关系", employer="某站点", ground=OWN,
                limit_date="2026-03-06")
    assert "first_act_before_expiry" in near.running and near.limit("first_act_before_expiry") < "2026-03-02"
    assert "same_day" not in near.running
    near.step(BAJIAO, "离期限不足 7 天, 先行提供")
    assert near.stage == "assign" and "2026年3月6日" in near.letters["先行提供法律援助通知书"]
    near.step(BAJIAO, "已指派律师", lawyer_name="史明辩")
    assert near.running == set()
    for day, claim in (("2026-06-01", "其他"), ("", "要求工伤赔偿")):
        far = tell(AID, "还早。", claim=claim, employer="某站点", ground=OWN, limit_date=day)
        assert "离期限不足 7 天, 先行提供" not in far.offered(BAJIAO)


def test_a_refusal_has_its_ground_and_her_objection_stops_it_before_it_counts(tell):
    case = tell(AID, "想打官司要回彩礼。", claim="其他", employer="前男友家", ground="说不准, 请帮我看")
    case.refused(BAJIAO, "决定不予法律援助, 书面说明理由", reason="不想办")
    ground = "不在法律援助的事项范围内 (法律援助法第31条)"
    case.step(BAJIAO, "决定不予法律援助, 书面说明理由", "这一类不在范围内。", reason=ground)
    assert case.stage == "declined" and "第四十九条" in case.letters["不予法律援助决定书"] and case.running == set()
    with later(days=1):
        case.her_step("我有异议, 请司法行政部门审查", "我还被打过")
        assert case.running == {"objection_answer"}
        assert case.limit("objection_answer") == "2026-03-09"  # the 8th is a Sunday
        case.step(BAJIAO, "责令改正, 给予法律援助", "家庭暴力不受经济条件限制。")
        assert case.stage == "assign" and case.running == {"assign"}
    other = tell(AID, "第二件", claim="其他", employer="某人", ground="说不准, 请帮我看")
    other.step(BAJIAO, "决定不予法律援助, 书面说明理由", reason=ground)
    other.refused(BAJIAO, "本人没有异议", reason=ground)
    other.step(BAJIAO, "本人没有异议", "已当面说清, 另给了咨询电话。", reason=ground)
    assert other.stage == "refused"
    other.her_word("not_solved")
    assert other.stage == "check", "her word brings even a refusal one level up"

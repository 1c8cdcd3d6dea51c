"""Requests for services on the pages: papers, two people, the ledger, her word. One of each kind of service."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from baiying.kit import moment
from tests.stories.asking import ABOVE, UNIT, fund, her, hold_above_too, in_the_books, pay_all, put_account, stands
from tests.stories.conftest import later
from tests.web.pages import shown
from tests.web.test_both_languages import faults
from tests.web.test_way import come_back

pytestmark = pytest.mark.django_db
ILLNESS, REGISTER, CANCERS = "union.hardship.major_illness", "union.hardship.register", "women.illness.two_cancers"
CERTIFICATE, PATENT, RETREAT = "union.growth.certificate", "union.innovation.project", "union.rehab.retreat"
BY_RULE, ANOTHER, AGREED = "照规则算的金额, 提请复核", "另定金额并说明理由, 提请复核", "同意, 记入台账"
PLAIN, CLASSED, ANSWERED = "材料都看过, 提请复核", "照材料认定档次, 提请复核", "同意, 记入台账并答复本人"
WHY = {"amount_why": "来源没有核实, 照今年的方案核定"}
PURPOSES = ("identity", "means", "health", "work")
MUTUAL = {
    "accident": ({"event_time": "2026-02-20", "event_place": "路口", "event_desc": "骑车摔伤"}, "proof"),
    "home": ({"kind": "家财火灾", "loss": "8000"}, "proof"),
    "hospital": ({"adm": "2026-02-01", "dis": "2026-02-11"}, "summary"),
    "illness": ({"diag_date": "2026-02-20", "disease_code": "急性心肌梗死"}, "diag"),
    "medical": ({"diag_date": "2026-02-20"}, "diag"),
    "women_illness": ({"diag_date": "2026-02-20", "disease_code": "乳腺癌", "in_situ": "no"}, "diag"),
}
OTHERS = tuple(one for one in MUTUAL if one != "hospital")


def test_grave_illness_from_the_form_to_her_word_with_a_paper_sent_back_and_two_people(staff):
    fund(ILLNESS, 50_000)
    she = her(staff).know(card__active=True)
    wish = {"self_paid": "200000", "payee": "6217 0000", "agree": ("health",), "papers": ("settlements",)}
    asked = she.ask(ILLNESS, **wish)
    assert asked.running == {"look"} and BY_RULE not in asked.offered(UNIT)
    asked.look(UNIT, "settlements", "sent_back", status=400)
    asked.look(UNIT, "settlements", "sent_back", "第二页看不清, 请重拍一张。")
    assert "第二页看不清" in asked.hers().text
    asked.hand_in("settlements")
    asked.look(UNIT, "settlements")
    asked.step(UNIT, BY_RULE)
    assert asked.stage == "decide" and asked.page(UNIT).status == 404
    assert stands(ILLNESS) == (12_000_00, 0, 0, 38_000_00) and "钱已经留出来" in asked.desk(ABOVE).text
    asked.step(ABOVE, AGREED)
    assert in_the_books(asked, promises=True) == [("promise", 12_000_00), ("release", -12_000_00)]
    assert stands(ILLNESS) == (0, 12_000_00, 0, 38_000_00)
    assert in_the_books(asked) == [("grant", 12_000_00)] and "12,000" in asked.hers().text
    assert "已到账, 告诉本人" not in asked.offered(ABOVE)
    pay_all()
    asked.step(ABOVE, "已到账, 告诉本人", "一万二千元已经到您的卡上。")
    assert "已解决" in asked.her_word("solved").text
    again = she.ask(ILLNESS, **wish)
    again.look(UNIT, "settlements")
    again.step(UNIT, ANOTHER, amount="5000", **WHY)
    again.refused(ABOVE, AGREED, status=409)
    assert in_the_books(again) == [], "person, rule and year are granted once"
    assert stands(ILLNESS) == (5_000_00, 12_000_00, 12_000_00, 33_000_00)
    again.step(ABOVE, "不能给, 讲清理由", "今年已经给过, 明年可以再来。", reason="不符合这项服务的条件")
    assert stands(ILLNESS) == (0, 12_000_00, 12_000_00, 38_000_00), "what was refused is free again"


def test_who_proposed_does_not_decide_over_two_posts_either(staff):
    fund(ILLNESS, 50_000)
    she = her(staff).know(card__active=True)
    asked = she.ask(ILLNESS, self_paid="60000", payee="1", agree=("health",), papers=("settlements",))
    hold_above_too(UNIT)
    asked.look(UNIT, "settlements")
    asked.step(UNIT, ANOTHER, amount="4000", **WHY)
    asked.refused(UNIT, AGREED)
    assert stands(ILLNESS)[0] == 4_000_00
    asked.step(UNIT, "退回再看, 说明哪里不清楚", "请把 2 月的单子补上。")
    assert in_the_books(asked) == [] and stands(ILLNESS) == (0, 0, 0, 50_000_00)
    asked.step(UNIT, ANOTHER, amount="3000", **WHY)
    assert stands(ILLNESS)[0] == 3_000_00
    browser, mine = come_back(asked.number, asked.code)
    assert "已撤回" in mine.press(browser, "/mine/withdraw/", **{"back-sure": "on"}).text
    assert stands(ILLNESS) == (0, 0, 0, 50_000_00), "what she withdrew is free again"


@pytest.mark.parametrize("of", [("hospital",), pytest.param(OTHERS, marks=pytest.mark.deep)])
def test_the_six_of_mutual_aid_are_reckoned_shown_and_settled_by_people(staff, of):
    for turn, kind in enumerate(of, start=1):
        service, (told, paper) = f"union.mutual.{kind}", MUTUAL[kind]
        fund(service, 20_000)
        she = her(staff, turn).know(
            person__in_work=True, person__sex="女", person__born="1986-03-04", card__active=True,
            insurance__basic_medical=True, cover__by_unit=True, cover__shares=1, cover__days_at_event=90,
            cover__ill_before=False, unit__workers=100, cover__unit_share=60, cover__tier=100,
            medical__self_paid_year=9_000_00,
        )  # fmt: skip
        asked = she.ask(service, period="2026", payee="6217", agree=PURPOSES, papers=(paper,), **told)
        asked.look(UNIT, paper)
        assert BY_RULE not in asked.offered(UNIT), "no sum of a mirror page, and none that nobody filled, by itself"
        assert "来源没有核实" in asked.desk(UNIT).text or "由人来算" in asked.desk(UNIT).text
        asked.refused(UNIT, ANOTHER, amount="280")
        asked.step(UNIT, ANOTHER, amount="280", **WHY)
        asked.step(ABOVE, AGREED)
        assert in_the_books(asked) == [("grant", 280_00)] and "照今年的方案核定" in asked.hers().text


def test_hardship_is_reckoned_by_its_formula_and_where_the_line_is_missing_a_person_finds_the_class(staff):
    told = {"own_income": "2000", "household_size": "3", "household_income_year": "60000", "rigid_spend": "6000",
            "members": "我和两个孩子", "cause_main": "收入低", "payee": "6217"}  # fmt: skip
    facts = {"home.homes": "1", "person.migrant": "no", "home.shock_spend": "0"}
    said = {"agree": PURPOSES, "papers": ("docs",), "facts": facts}
    she = her(staff).know(home__exclusions=[])
    asked = she.ask(REGISTER, **told, **said)
    asked.look(UNIT, "docs")
    assert "1,500" in asked.desk(UNIT).text or "1500" in asked.desk(UNIT).text, "(60000 - 6000) / 12 / 3"
    asked.refused(UNIT, CLASSED, **{"class": "很困难"})
    asked.step(UNIT, CLASSED, **{"class": "相对困难"})
    asked.step(ABOVE, ANSWERED, "已经建档, 属于相对困难, 明年再看一次。")
    assert in_the_books(asked) == [("grant", 0)] and "相对困难" in asked.hers().text
    asked.her_word("solved")


@pytest.mark.deep
def test_with_the_line_filled_the_rule_finds_the_class_itself(staff):
    facts = {"home.homes": "1", "person.migrant": "no", "home.shock_spend": "0"}
    said = {"agree": PURPOSES, "papers": ("docs",), "facts": facts}
    told = {"own_income": "2000", "household_size": "3", "household_income_year": "60000", "rigid_spend": "6000",
            "members": "我和两个孩子", "cause_main": "收入低", "payee": "6217"}  # fmt: skip
    with moment.frozen(datetime(2024, 6, 3, 4, tzinfo=UTC)):
        for turn, (rigid, found) in enumerate((("8000", "深度困难"), ("6000", "相对困难")), start=2):
            other = her(staff, turn).know(home__exclusions=[]).ask(REGISTER, **{**told, "rigid_spend": rigid}, **said)
            assert found in other.desk(UNIT).text, "by the line of 2024"


def test_two_cancers_go_to_the_womens_federation(staff):
    fund(CANCERS, 100_000, "women")
    she = her(staff).know(person__sex="女", person__civil_low_income=True)
    asked = she.ask(CANCERS, id="身份证随后交", low_income="低保", stage="乳腺浸润癌", before="no", payee="6217",
                    agree=PURPOSES, papers=("diag",))  # fmt: skip
    asked.look("bajiao_women", "diag")
    asked.step("bajiao_women", ANOTHER, amount="10000", **WHY)
    asked.step("district_women", AGREED)
    assert in_the_books(asked) == [("grant", 10_000_00)]


def test_a_certificate_and_a_patent_are_granted_paid_and_judged_by_her(staff):
    for one in (CERTIFICATE, PATENT):
        fund(one, 9_000)
    she = her(staff).know(person__in_work=True, person__front_line=True, card__active=True)
    asked = she.ask(CERTIFICATE, cert_no="京-0007", occupation="电工", level="二级/技师", issuer="人社局",
                    issued="2026-01-10", payee="6217", papers=("scan",))  # fmt: skip
    asked.look(UNIT, "scan")
    asked.put(UNIT, **{"ask.on_list": "yes"})
    assert "照规则符合" in asked.desk(UNIT).text and "6217" not in asked.desk(UNIT).text
    asked.step(UNIT, ANOTHER, amount="1000", **WHY)
    asked.step(ABOVE, AGREED)
    assert in_the_books(asked) == [("grant", 1_000_00)]
    patent = she.ask(PATENT, type="专利", title="焊接夹具", grant_date="2025-05-01", in_use="yes",
                     papers=("applied_proof",), words="已经在车间用上了。")  # fmt: skip
    assert PLAIN not in patent.offered(UNIT)
    patent.look(UNIT, "applied_proof")
    assert "照规则符合" in patent.desk(UNIT).text and BY_RULE not in patent.offered(UNIT), "a sum of grade C"
    patent.step(UNIT, ANOTHER, amount="3000", **WHY)
    patent.step(ABOVE, AGREED)
    assert in_the_books(patent) == [("grant", 3_000_00)]
    put_account(PATENT, "安小满", "6217000011112222")  # its file asks for none, so the treasurer writes it down
    pay_all()
    for one, told in ((asked, "一千元已经到您的卡上。"), (patent, "三千元已经到您的卡上。")):
        one.step(ABOVE, "已到账, 告诉本人", told)
        assert "已解决" in one.her_word("solved").text
    assert stands(PATENT) == (0, 3_000_00, 3_000_00, 6_000_00)


def test_a_no_of_the_rule_leads_to_a_request_that_a_person_decides(staff):
    she = her(staff).know(card__active=False, medical__self_paid_year=1_000_00)
    page = shown(she.browser.get("/entitled/"))
    form = next(one for one in page.forms if one.fields.get("service") == [ILLNESS])
    led = she.browser.post(form.action, form.fields)
    assert led["Location"] == f"/entitled/{ILLNESS}/request/" and "由人来定" in she.page(ILLNESS).text
    asked = she.ask(ILLNESS, self_paid="1000", payee="1", agree=("health",), papers=("settlements",))
    assert "规则没有说符合" in asked.desk(UNIT).text
    asked.look(UNIT, "settlements")
    asked.step(UNIT, "不能给, 讲清理由", "自付还不到五万元, 达到了随时再来。", reason="不符合这项服务的条件")
    asked.her_word("not_solved", "还有去年的单子")
    assert asked.stage == "papers" and asked.page(UNIT).status == 404


@pytest.mark.deep
def test_places_are_drawn_by_open_rules_and_anybody_can_draw_again(staff):
    desk = staff(ABOVE)
    page = shown(desk.get("/rounds/new/"))
    form = page.form("/rounds/new/")
    made = {"service": RETREAT, "name": "三月疗养", "places": "1", "opens": "2026-03-01", "closes": "2026-03-06"}
    round_ = desk.post(form.action, {**form.fields, **made})["Location"]
    ref = round_.strip("/").rpartition("/")[2]
    told = {"batch": "三月", "basis": "抽签", "share_ok": "yes", "round": ref, "health": "有一点高血压"}
    names = enumerate(("安小满", "路远行", "石小工"), start=1)
    asked = [her(staff, turn, name).ask(RETREAT, **told) for turn, name in names]
    for one in asked:
        assert "高血压" not in one.desk(UNIT).text, "a note for the camp's doctor alone"
        one.step(UNIT, PLAIN)
        one.step(ABOVE, "符合, 进入名额排队")
    early = desk.post(f"/rounds/{ref}/draw/", page.forms[0].fields)
    assert early.status_code == 400
    with later(days=5):
        desk = staff(ABOVE)
        token = shown(desk.get("/rounds/new/")).forms[0].fields
        assert desk.post(f"/rounds/{ref}/draw/", token).status_code == 302
        drawn = shown(desk.get(f"/rounds/{ref}/"))
        assert not list(faults(drawn, "zh-hans"))
        won = [one for one in asked if "有名额, 告诉本人" in one.offered(ABOVE)]
        assert len(won) == 1 and "高血压" not in drawn.text and "安小满" not in drawn.text
        told = drawn.answer.content.decode().replace("<wbr>", "")
        seed = next(one for one in re.findall("[0-9a-f]{64}", told) if sha256(one.encode()).hexdigest() in told)
        numbers = [one.story_lot for one in asked]
        assert sorted(numbers, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())[0] == won[0].story_lot
        won[0].step(ABOVE, "有名额, 告诉本人", "三月十日早上八点在东门上车。")
        assert in_the_books(won[0]) == [("grant", 0)]

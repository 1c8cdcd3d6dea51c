"""The federation's day: decisions for the units below, with counts that obey what the asker may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baiying.cases import actions as cases
from baiying.kit import moment
from baiying.kit import number as numbers
from tests.web.desks import answer, bare, case_of, do, option
from tests.web.pages import Shown, shown
from tests.web.test_concerns import look_for
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
GROUND = "不属于本组织的职责"


def tally(page: Shown, anchor: str) -> int:
    """The number before one of the lists; 0 when it is no link."""
    content = page.answer.content.decode()
    found = content.partition(f'href="#{anchor}"><strong>')[2]
    return int(found.partition("<")[0]) if found else 0


def entry(number: str, code: str) -> bytes:
    """What number and code open together."""
    return numbers.entry(numbers.read(number), numbers.read_code(code))


def given_back(staff, number: str) -> None:
    do(staff("bajiao_handler"), number, "give_back", ground=GROUND, text="应由别的单位办")


def named(client, number: str, unit: str, text: str = "离本人最近") -> Shown:
    page = shown(client.get(f"/ruling/{bare(number)}/"))
    return page.press(client, "ruling", unit=option(page, unit), text=text)


def test_a_case_given_back_is_named_to_another_unit_with_its_load(send, staff):
    number, code = keepsake(send())
    given_back(staff, number)
    desk = staff("district_union")
    front = shown(desk.get("/federation/"))
    assert tally(front, "rulings") == 1 and tally(front, "round") == 1 and number in front.text
    page = shown(desk.get(f"/ruling/{bare(number)}/"))
    assert "三个月没有发工资" in page.text and GROUND in page.text and "在岗" in page.text
    assert option(page, "八角街道总工会") == "", "who gave it back is not offered again"
    after = named(desk, number, "古城街道工会服务站")
    assert "已指定" in after.text and tally(after, "rulings") == 0
    assert case_of(staff("gucheng_handler"), number).status == 200
    assert "离本人最近" in come_back(number, code)[1].text


def test_after_two_returns_it_is_ruled_and_cannot_be_given_back(send, staff):
    number = keepsake(send())[0]
    given_back(staff, number)
    desk = staff("district_union")
    named(desk, number, "古城街道总工会")
    do(staff("duty_union"), number, "give_back", ground=GROUND, text="也不归我们")
    named(desk, number, "八宝山街道总工会")
    do(staff("duty_union"), number, "give_back", ground=GROUND, text="还是不归我们")
    page = shown(desk.get(f"/ruling/{bare(number)}/"))
    assert "裁定" in page.text and "退回过" in page.text
    named(desk, number, "八角街道总工会", "由首接单位办")
    back = case_of(staff("bajiao_handler"), number)
    assert back.status == 200 and "已裁定" in back.text
    assert not [form for form in back.forms if form.id == "act_give_back"]


def test_a_ruling_without_a_unit_or_words_comes_back_as_it_was(send, staff):
    number = keepsake(send())[0]
    given_back(staff, number)
    desk = staff("district_union")
    back = shown(desk.get(f"/ruling/{bare(number)}/")).press(desk, "ruling", text="写了一半")
    assert back.status == 400 and back.form("ruling").fields["text"] == ["写了一半"] and "请选由谁承办" in back.text


def test_more_time_is_granted_by_another_person_one_level_up(send, staff):
    number = keepsake(send())[0]
    do(staff("bajiao_handler"), number, "extend", reason="要等单位盖章")
    desk = staff("district_union")
    assert tally(shown(desk.get("/federation/")), "extensions") == 1
    page = shown(desk.get(f"/extension/{bare(number)}/"))
    assert "要等单位盖章" in page.text
    after = page.press(desk, "decision", yes="yes", text="同意")
    assert "已决定" in after.text and tally(after, "extensions") == 0
    assert shown(desk.get(f"/extension/{bare(number)}/")).status == 404


def test_an_end_without_her_word_is_decided_above_and_told_to_her(send, staff):
    number, code = keepsake(send("本人就是发错了"))
    do(staff("bajiao_handler"), number, "set_aside", ground="mistake", text="本人来电说发错了")
    desk = staff("district_union")
    page = shown(desk.get(f"/ending/{bare(number)}/"))
    assert "误提交" in page.text and "本人来电说发错了" in page.text
    refused = page.press(desk, "decision", yes="", text="想一想")
    assert refused.status == 400 and refused.form("decision").fields["text"] == ["想一想"]
    page.press(desk, "decision", yes="yes", text="与本人核对过")
    assert "与本人核对过" in come_back(number, code)[1].text


def test_a_verdict_by_telephone_is_recorded_above_and_never_by_those_who_answered(send, staff):
    number, code = keepsake(send(phone="13800138000"))
    handler = staff("bajiao_handler")
    answer(handler, number, "已经发了")
    do(handler, number, "call_back", text="老人不会上网")
    assert handler.get(f"/back/{bare(number)}/").status_code in (400, 404)
    desk = staff("district_union")
    assert tally(shown(desk.get("/federation/")), "call_backs") == 1
    page = shown(desk.get(f"/back/{bare(number)}/"))
    assert "13800138000" in page.text and "已经发了" in page.text and "老人不会上网" in page.text
    after = page.press(desk, "heard", verdict="solved", contacted="yes", via="phone", why="都发了")
    assert after.status == 200 and tally(after, "call_backs") == 0
    assert "都发了" in come_back(number, code)[1].text


def test_what_is_late_and_soon_late_below_is_counted_and_a_guarded_case_is_not(send, staff):
    plain, hidden = keepsake(send())[0], keepsake(send("老公又打我,我怕"))[0]
    with moment.frozen(moment.now() + timedelta(days=9)):
        desk = staff("district_union")
        page = shown(desk.get("/federation/"))
        assert tally(page, "late") == 1 and plain in page.text and hidden not in page.text


def test_what_is_asked_of_one_level_above_is_unseen_to_everybody_else(send, staff):
    number = keepsake(send())[0]
    do(staff("bajiao_handler"), number, "extend", reason="要等单位盖章")
    given_back(staff, number)
    for key in ("bajiao_handler", "gucheng_handler", "district_women", "court_clerk"):
        for path in ("ruling", "extension", "ending", "complaint", "climb", "back"):
            assert staff(key).get(f"/{path}/{bare(number)}/").status_code == 404, (key, path)


def test_a_complaint_is_answered_above_and_leaves_no_trace_below(send, staff):
    number, code = keepsake(send())
    cases.complain(entry(number, code), "没有人来过, 也不接电话", "one")
    desk, handler = staff("district_union"), staff("bajiao_handler")
    page = shown(desk.get(f"/complaint/{bare(number)}/"))
    assert "没有人来过, 也不接电话" in page.text
    after = page.press(desk, "decision", text="已责成今天上门")
    assert "已答复" in after.text and tally(after, "complaints") == 0
    below = case_of(handler, number).text
    assert "没有人来过" not in below and "已责成今天上门" not in below


def test_a_clock_about_to_run_out_climbs_with_the_unit_to_call_and_none_of_her_words(send, staff):
    number = keepsake(send("三个月没有发工资了。"))[0]
    with moment.frozen(moment.now() + timedelta(hours=20)):
        cases.climb()
        desk = staff("district_union")
        assert tally(shown(desk.get("/federation/")), "climbs") == 1
        page = shown(desk.get(f"/climb/{bare(number)}/"))
        assert "八角街道总工会" in page.text and "联系本人" in page.text and "三个月没有发工资" not in page.text


def test_a_clock_that_climbed_is_no_find_for_the_call_back_desk_of_the_same_unit(send, staff):
    number = keepsake(send())[0]
    with moment.frozen(moment.now() + timedelta(hours=20)):
        cases.climb()
        assert number in look_for(staff("district_union"), number).text
        assert "没有找到" in look_for(staff("callback"), number).text


def test_the_call_back_desk_has_a_list_of_its_own_and_no_other_desk(send, staff):
    number = keepsake(send(phone="13800138000"))[0]
    answer(staff("bajiao_handler"), number, "已经发了")
    desk = staff("callback")
    assert number not in shown(desk.get("/back/")).text
    with moment.frozen(moment.now() + timedelta(days=15)):
        again = staff("callback")
        page = shown(again.get("/back/"))
        assert number in page.text and "八角街道总工会" in page.text
        assert again.get("/federation/").status_code == 404 and again.get("/today/").status_code == 404
        assert "13800138000" in shown(again.get(f"/back/{bare(number)}/")).text


def test_a_guarded_case_that_went_round_is_counted_by_the_unit_that_has_it_alone(send, staff):
    number = keepsake(send("老公又打我,我怕"))[0]
    do(staff("bajiao_women"), number, "give_back", ground=GROUND, text="应由别的单位办")
    desk = staff("district_women")
    assert tally(shown(desk.get("/federation/")), "round") == 1, "the district has it until it names who leads"
    assert "已指定" in named(desk, number, "古城街道妇女联合会").text
    page = shown(desk.get("/federation/"))
    assert tally(page, "round") == 0 and number not in page.text

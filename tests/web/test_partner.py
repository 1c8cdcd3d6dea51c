"""Those who were brought in: their own tasks and nothing else, and what they say back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import moment
from tests.web.desks import bare, bring_in, case_of
from tests.web.pages import COMMUNITY, shown
from tests.web.test_way import come_back, example, keepsake

pytestmark = pytest.mark.django_db
FIRM = "百问律师事务所(虚构)"
WOMEN = "八角街道妇女联合会"
PARTNERS = ("mediator", "lawyer", "court_clerk", "police_link")


@pytest.fixture
def asked(send, staff) -> tuple[str, str]:
    """A case for which the street's women's federation was asked to help; its number and query code."""
    number, code = keepsake(send("三个月没有发工资了。", phone="13800138000", contact="只发短信"))
    bring_in(staff("bajiao_handler"), number, "co", WOMEN, "请到社区问一问")
    return number, code


def test_a_task_shows_what_is_asked_and_no_more_of_her_than_its_part_reads(asked, staff):
    number, _code = asked
    women = staff("bajiao_women")
    page = shown(women.get(f"/task/{bare(number)}/"))
    assert page.status == 200 and "请到社区问一问" in page.text and "八角街道总工会" in page.text
    assert "13800138000" not in page.text and "只发短信" not in page.text
    assert case_of(women, number).status == 404


def test_another_units_task_is_unseen(asked, staff):
    number, _code = asked
    nowhere = shown(staff("court_clerk").get("/task/23456789AB/"))
    for key in (*PARTNERS, "gucheng_handler", "district_women"):
        client = staff(key)
        page = shown(client.get(f"/task/{bare(number)}/"))
        assert page.status == 404 and page.text == nowhere.text, key
        assert number not in shown(client.get("/tasks/")).text
        token = shown(client.get("/tasks/")).forms[0].fields["csrfmiddlewaretoken"][0]
        sent = client.post(f"/task/{bare(number)}/finish/", {
            "csrfmiddlewaretoken": token, "key": "k", "party": "co", "text": "越权"})
        assert sent.status_code == 404, key


@pytest.mark.parametrize("key", PARTNERS)
def test_a_partner_sees_nothing_else_of_the_product(asked, staff, key):
    client = staff(key)
    assert client.get("/desk/")["Location"] == "/tasks/"
    assert client.get("/tasks/").status_code == 200
    for path in ("/today/", "/late/", "/federation/", "/enter/", "/visit/", "/texts/", f"/case/{bare(asked[0])}/",
                 f"/case/{bare(asked[0])}/print/"):
        assert client.get(path).status_code == 404, path


def test_the_opening_of_a_task_is_a_reading_that_she_sees(asked, staff):
    number, code = asked
    before = come_back(number, code)[1].text.count(WOMEN)
    staff("bajiao_women").get(f"/task/{bare(number)}/")
    assert come_back(number, code)[1].text.count(WOMEN) > before


def test_a_finished_task_is_gone_from_the_desk_and_its_words_reach_the_lead(asked, staff):
    number, _code = asked
    women = staff("bajiao_women")
    done = shown(women.get(f"/task/{bare(number)}/")).press(women, "finish", text="已问过, 社区明天上门")
    assert "已回复" in done.text and number not in done.text
    assert women.get(f"/task/{bare(number)}/").status_code == 404
    assert "已问过, 社区明天上门" in case_of(staff("bajiao_handler"), number).text


def test_a_refusal_needs_a_ground_and_words_and_keeps_what_was_typed(asked, staff):
    number, _code = asked
    women = staff("bajiao_women")
    page = shown(women.get(f"/task/{bare(number)}/"))
    back = page.press(women, "refuse", ground="随便", text="我们没有人手")
    assert back.status == 400 and back.form("refuse").fields["text"] == ["我们没有人手"]
    empty = page.press(women, "refuse", text="")
    assert empty.status == 400
    sent = page.press(women, "refuse", text="应由街道办去做")
    assert "已说明理由" in sent.text
    assert "应由街道办去做" in case_of(staff("bajiao_handler"), number).text


def test_a_task_stands_on_the_list_with_its_own_clock_and_is_marked_when_late(asked, staff):
    number, _code = asked
    assert number in shown(staff("bajiao_women").get("/today/")).text
    with moment.frozen(moment.now() + timedelta(days=14)):
        page = shown(staff("bajiao_women").get("/tasks/"))
        assert number in page.text and "逾期" in page.text


def asked_for_mediation(browser) -> tuple[str, str]:
    """A protected case with several parties; its number and query code."""
    kind = next(one for one in catalogue.matters() if "mediator" in one.parts and one.org == "union")
    page = shown(browser.get(f"/catalogue/{kind.key}/"))
    said = {f"ask.{ask.key}": example(ask) for ask in flow.form_asks(kind) if ask.need}
    return keepsake(page.press(browser, "need", words="单位不给加班费", area=COMMUNITY, **said))


def test_until_she_agrees_a_unit_that_is_to_be_brought_in_sees_nothing(browser, staff):
    number, code = asked_for_mediation(browser)
    page = bring_in(staff("bajiao_handler"), number, "mediator", FIRM, "请来主持调解")
    assert "等本人同意" in page.text
    lawyer = staff("lawyer")
    assert lawyer.get(f"/task/{bare(number)}/").status_code == 404
    assert number not in shown(lawyer.get("/tasks/")).text
    client, mine = come_back(number, code)
    assert FIRM in mine.text and "您的电话" in mine.text
    mine.press(client, "/mine/consent/", yes="yes")
    task = shown(lawyer.get(f"/task/{bare(number)}/"))
    assert task.status == 200 and "单位不给加班费" in task.text and "请来主持调解" in task.text


def test_her_no_keeps_the_unit_out_and_is_told_to_the_lead(browser, staff):
    number, code = asked_for_mediation(browser)
    bring_in(staff("bajiao_handler"), number, "mediator", FIRM, "请来主持调解")
    client, mine = come_back(number, code)
    mine.press(client, "/mine/consent/", yes="no")
    assert staff("lawyer").get(f"/task/{bare(number)}/").status_code == 404
    assert "没有办" in case_of(staff("bajiao_handler"), number).text

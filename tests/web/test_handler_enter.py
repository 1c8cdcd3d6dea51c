"""Written down for somebody: a call, a paper, the counter, a visit; read back before it is stored, with a slip."""

from __future__ import annotations

import re

import pytest

from baiying.catalogue import queries as catalogue
from baiying.kit import moment
from tests.web.desks import case_of
from tests.web.pages import COMMUNITY, Shown, shown
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
WORDS = "三个月没有发工资, 老人说的。"


def read_back(client, **typed: str) -> Shown:
    return shown(client.get("/enter/")).press(client, "enter", step="read",
                                              **{"words": WORDS, "area": COMMUNITY, "channel": "phone", **typed})


def test_a_call_is_read_back_confirmed_and_gets_a_slip_that_opens_the_case(staff):
    handler = staff("bajiao_handler")
    aloud = read_back(handler, phone="13800138000", contact="只在上午打")
    assert aloud.status == 200 and WORDS in aloud.text and "13800138000" in aloud.text and "只在上午打" in aloud.text
    slip = aloud.press(handler, "read_back", step="store", right="yes")
    number, code = keepsake(slip)
    assert "答复" in slip.text and "八角街道总工会" in slip.text
    _client, mine = come_back(number, code)
    assert mine.status == 200 and WORDS in mine.text
    assert "代为登记" in case_of(handler, number).text


def test_nothing_is_stored_before_it_was_read_back(staff):
    handler = staff("bajiao_handler")
    aloud = read_back(handler)
    refused = aloud.press(handler, "read_back", step="store")
    assert refused.status == 400 and WORDS in refused.text
    assert not re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-", refused.text)
    assert WORDS not in shown(handler.get("/today/")).text
    back = refused.press(handler, "read_back", step="pick")
    assert back.form("enter").fields["words"] == [WORDS] and back.form("enter").fields["channel"] == ["phone"]


def test_the_slip_leaves_no_door_open_in_the_browser_of_the_desk(staff):
    handler = staff("bajiao_handler")
    read_back(handler).press(handler, "read_back", step="store", right="yes")
    assert handler.get("/mine/")["Location"] == "/find/"
    assert "没有要打印的单子" in shown(staff("gucheng_handler").get("/enter/slip/")).text


def test_another_kind_brings_its_questions_and_keeps_what_was_typed(staff):
    handler = staff("bajiao_handler")
    kind = next(one for one in catalogue.matters() if any(ask.kind == "text" for ask in one.asks.values()))
    page = shown(handler.get("/enter/")).press(handler, "enter", step="pick", words="说到一半", matter=kind.key)
    assert page.form("enter").fields["words"] == ["说到一半"] and page.status == 200
    asked = next(ask.key for ask in kind.asks.values() if ask.kind == "text")
    again = page.press(handler, "enter", step="pick", **{f"ask.{asked}": "答了这个"})
    assert again.form("enter").fields[f"ask.{asked}"] == ["答了这个"]


def test_a_faulty_entry_comes_back_as_it_was(staff):
    page = read_back(staff("bajiao_handler"), phone="电话不知道")
    assert page.status == 400 and page.form("enter").fields["words"] == [WORDS]
    assert page.form("enter").fields["phone"] == ["电话不知道"]


def test_the_guardian_of_a_child_is_written_down_with_what_he_is_to_the_child(staff):
    handler = staff("bajiao_handler")
    missing = read_back(handler, guardian="安小满").press(handler, "read_back", step="store", right="yes")
    assert missing.status == 400 and "14" in missing.text
    aloud = read_back(handler, guardian="安小满", relation="母亲", guardian_consents="on")
    assert "母亲" in aloud.text
    assert keepsake(aloud.press(handler, "read_back", step="store", right="yes"))


def test_the_same_call_stored_twice_is_one_case(staff):
    handler = staff("bajiao_handler")
    aloud = read_back(handler)
    first = aloud.press(handler, "read_back", step="store", right="yes")
    assert keepsake(first) == keepsake(aloud.press(handler, "read_back", step="store", right="yes"))


def visited(client, **rows: str) -> Shown:
    page = shown(client.get("/visit/"))
    return page.press(client, "visit", area=COMMUNITY, on=moment.today().isoformat(), **rows)


def test_a_visit_makes_a_slip_of_each_yes_and_a_count_of_each_no(staff):
    handler = staff("home_handler")
    slips = visited(handler, **{"row1-topic": "婚姻家庭", "row1-consents": "yes", "row1-words": "想找人说说话",
                                "row2-topic": "工资", "row2-consents": "no"})
    number, code = keepsake(slips)
    assert slips.answer.content.decode().count("data-number") == 1
    assert "想找人说说话" in come_back(number, code)[1].text


def test_words_without_a_yes_are_refused_and_stay_on_the_page(staff):
    handler = staff("home_handler")
    back = visited(handler, **{"row1-topic": "婚姻家庭", "row1-consents": "no", "row1-words": "不该留下的话"})
    assert back.status == 400 and back.form("visit").fields["row1-words"] == ["不该留下的话"]
    longer = back.press(handler, "visit", more="1")
    assert longer.status == 200 and "row6-topic" in longer.form("visit").fields
    assert longer.form("visit").fields["row1-words"] == ["不该留下的话"]


def test_a_visit_on_which_nobody_agreed_keeps_no_word(staff):
    after = visited(staff("home_handler"), **{"row1-topic": "工资", "row1-consents": "no"})
    assert "没有留下一个字" in after.text


@pytest.mark.parametrize("key", ["court_clerk", "auditor", "administrator"])
def test_who_has_no_such_power_writes_nothing_down(staff, key):
    for path in ("/enter/", "/enter/slip/", "/visit/"):
        assert staff(key).get(path).status_code == 404


def test_words_of_danger_bring_the_numbers_before_anything_is_stored(staff):
    handler = staff("bajiao_handler")
    aloud = read_back(handler, words="老公又打我, 我怕")
    assert "不要挂断" in aloud.text and any(given.get("href") == "tel:110" for _tag, given in aloud.tags)
    assert "不要挂断" not in read_back(handler).text

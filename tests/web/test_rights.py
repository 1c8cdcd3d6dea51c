"""The pages of her rights: what is shown, what goes out as a file, whose page shows an address; neutral for safety."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.test import Client

from baiying.cases import actions
from baiying.cases.models import Demand
from baiying.kit import door
from tests.web.desks import bare
from tests.web.pages import COMMUNITY, shown
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
WORDS = "三个月没有发工资了, 老板不接电话。"
GUARDED = "他打我, 我怕。"


@pytest.fixture
def browser(db):
    """What tokens a form sends is looked at elsewhere (test_markup); here only what the address does."""
    return Client()


@pytest.fixture
def her(browser):
    """Sends a need and opens the case with number and query code."""
    def sending(words: str = WORDS, **told):
        receipt = actions.submit(actions.Submission(key=words, words=words, area=COMMUNITY, name="石小工",
                                                    phone="138 0000 0000", **told))
        assert browser.post("/find/", {"number": receipt.number, "code": receipt.code}).status_code == 302
        return browser
    return sending


def unpacked(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))


def test_she_takes_along_everything_that_she_told(her):
    answer = her(contact="晚上打").post("/mine/rights/export/")
    book = unpacked(answer)
    told = json.loads(book.read("data.json"))["cases"][0]
    assert (told["words"], told["name"], told["safe_contact"]) == (WORDS, "石小工", "晚上打")
    assert WORDS in book.read("index.html").decode()
    assert 'filename="data.zip"' in answer.headers["Content-Disposition"], "the name says nothing"


def test_looking_alone_gives_no_file(her):
    assert her().get("/mine/rights/export/").status_code == 302


def test_how_she_is_reached_changes_at_once_and_what_was_refused_comes_back(her):
    browser = her()
    wrong = browser.post("/mine/rights/reach/", {"reach-phone": "keine", "reach-contact": "别打电话"})
    assert wrong.status_code == 400 and "别打电话" in wrong.content.decode()
    browser.post("/mine/rights/reach/", {"reach-name": "小石", "reach-phone": "", "reach-contact": "",
                                         "reach-reach": "evening"})
    page = browser.get("/mine/rights/").content.decode()
    assert "小石" in page and re.search(r'value="evening"[^>]*selected', page)


def test_a_correction_is_asked_for_and_stands_on_her_page(her):
    browser = her()
    page = browser.get("/mine/rights/").content.decode()
    key = re.search(r'name="correct-key" value="([^"]+)"', page)[1]
    sent = browser.post("/mine/rights/correct/", {"correct-key": key, "correct-about": "words",
                                                  "correct-text": "四个月。"}, follow=True)
    assert sent.status_code == 200 and "四个月。" in sent.content.decode() and "等答复" in sent.content.decode()


def test_erased_at_her_press_alone_and_then_nothing_can_be_read(her):
    browser = her()
    key = re.search(r'name="erase-key" value="([^"]+)"', browser.get("/mine/rights/").content.decode())[1]
    assert browser.post("/mine/rights/erase/", {"erase-key": key}).status_code == 400, "without the tick nothing goes"
    assert browser.post("/mine/rights/erase/", {"erase-key": key, "erase-sure": "on"}).status_code == 302
    for place in ("/mine/", "/mine/rights/"):
        assert WORDS not in browser.get(place).content.decode()
    assert json.loads(unpacked(browser.post("/mine/rights/export/")).read("data.json"))["cases"][0]["words"] == ""


def test_pages_of_a_protected_case_have_a_neutral_title_and_the_quick_exit(her):
    browser = her(GUARDED)
    for place in ("/mine/", "/mine/rights/", "/slip/"):
        page = browser.get(place).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
        assert title == "百应 · 查询" and "data-quick-exit" in page, place
    book = unpacked(browser.post("/mine/rights/export/"))
    assert "<title>数据</title>" in book.read("index.html").decode()


def test_whoever_is_not_the_asker_finds_no_page_of_rights(browser):
    for place in ("/mine/rights/", "/mine/rights/export/", "/mine/rights/erase/"):
        assert browser.get(place).status_code == 302
        assert browser.post(place).status_code == 302
    assert browser.get("/account/export/").status_code == 302
    assert browser.get("/rights/").status_code == 302


def test_the_page_says_by_when_and_where_else_she_can_go(her):
    page = shown(her().get("/mine/rights/"))
    assert "法院" in page.text and "15 天" in page.text


@pytest.fixture
def desk(staff):
    """A browser of somebody of the unit that leads; tokens are looked at elsewhere."""
    client = staff("bajiao_handler")
    client.handler.enforce_csrf_checks = False
    return client


def test_the_unit_that_leads_finds_the_demand_answers_it_and_she_reads_why(her, desk):
    browser = her(contact="晚上打, 别提工会")
    key = re.search(r'name="correct-key" value="([^"]+)"', browser.get("/mine/rights/").content.decode())[1]
    browser.post("/mine/rights/correct/", {"correct-key": key, "correct-about": "words", "correct-text": "四个月。"})
    link = re.search(r"/case/(\w+)/rights/", desk.get("/rights/").content.decode())
    page = desk.get(link[0]).content.decode()
    assert "四个月。" in page
    ref = re.search(r'name="demand" value="([^"]+)"', page)[1]
    sent = {"demand": ref, "kind": "correct", "yes": "yes"}
    refused = desk.post(f"/case/{link[1]}/rights/decide/", {**sent, "reason": ""})
    assert refused.status_code == 400
    assert desk.post(f"/case/{link[1]}/rights/decide/", {**sent, "reason": "与工资条一致"}).status_code == 302
    assert "与工资条一致" in browser.get("/mine/rights/").content.decode()
    case = desk.get(f"/case/{link[1]}/").content.decode()
    assert case.index("晚上打, 别提工会") < case.index("四个月。"), "how it is safe to reach her stands on top"
    assert desk.post(f"/case/{link[1]}/address/").status_code == 404, "she told no address"


def test_what_the_law_makes_us_tell_stands_before_the_button_of_the_first_page(browser):
    page = browser.get("/").content.decode()
    assert 0 < page.index("孩子受到伤害") < page.rindex(">送出<")


def test_she_learns_on_her_page_that_somebody_asks_in_her_place_and_says_no(send, staff, browser):
    number = keepsake(send())[0]
    desk = staff("bajiao_handler")
    typed = {"relative-name": "石某", "relative-relation": "丈夫", "relative-state": "helpless", "relative-wish": "see",
             "relative-why": "想看看", "relative-proof": "看过户口本"}
    shown(desk.get(f"/case/{bare(number)}/rights/")).press(desk, "relative/", **typed)
    assert "自己作不了主" in shown(browser.get("/mine/")).text
    page = shown(browser.get("/mine/rights/"))
    assert "不是您：有人自称家属来要" in page.text and "丈夫" in page.text
    done = page.press(browser, "refuse/")
    assert "不再需要" in done.text and "自己作不了主" not in shown(browser.get("/mine/")).text
    assert staff("district_union").get(f"/climb/{bare(number)}/").status_code == 404


def test_a_relatives_demand_is_entered_on_the_page_keeps_what_was_typed_and_is_answered(send, staff):
    number = keepsake(send())[0]
    desk = staff("bajiao_handler")
    page = shown(desk.get(f"/case/{bare(number)}/rights/"))
    typed = {"relative-name": "石某", "relative-relation": "儿子", "relative-state": "died", "relative-wish": "see",
             "relative-why": "办理继承", "relative-proof": "看过户口本和死亡证明"}
    back = page.press(desk, "relative/", **{**typed, "relative-proof": ""})
    assert back.status == 400 and back.form("relative/").fields["relative-why"] == ["办理继承"]
    page = back.press(desk, "relative/", **typed)
    assert "家属来要" in page.text and "看过户口本和死亡证明" in page.text
    assert not [one for one in page.forms if one.action.endswith("/rights/decide/")], "who wrote it down decides not"
    with door.errand("demands"):
        made = Demand.objects.get()
    forced = desk.post(f"/case/{bare(number)}/rights/decide/", {
        "csrfmiddlewaretoken": page.form("relative/").fields["csrfmiddlewaretoken"],
        "demand": made.ref, "kind": "relative", "yes": "yes", "reason": "自己录入，自己同意。"})
    assert forced.status_code == 400 and "由另一个人来决定" in shown(forced).text
    assert "自己录入，自己同意。" in shown(forced).text, "what was typed is not lost"
    above = staff("district_union")
    asked = shown(above.get(f"/climb/{bare(number)}/"))
    assert "石某" in asked.text and "看过户口本和死亡证明" in asked.text
    missing = asked.press(above, f"relative_{made.ref}", yes="no", text="")
    assert missing.status == 400
    done = missing.press(above, f"relative_{made.ref}", yes="no", text="户口本上的关系对不上。")
    assert "石某" not in done.text and "已决定" in done.text
    assert above.get(f"/climb/{bare(number)}/").status_code == 404
    assert "户口本上的关系对不上" in shown(desk.get(f"/case/{bare(number)}/rights/")).text
    assert staff("gucheng_handler").get(f"/case/{bare(number)}/rights/").status_code == 404

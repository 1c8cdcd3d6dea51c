"""Bad input gets a clear sentence and nothing is lost."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.db import OperationalError
from django.test import Client

from baiying.cases import actions as cases
from baiying.engine.text.readable import readable
from baiying.web.forms.words import MOST
from tests.web.pages import COMMUNITY, shown

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def test_a_stale_form_comes_back_with_everything_and_a_token_that_works(browser):
    front = shown(browser.get("/"))
    typed = {**front.form("need").fields, "words": "孩子没有地方上学", "phone": "010-0000-0001"}
    back = shown(browser.post("/", {**typed, "csrfmiddlewaretoken": "x" * 64}))
    assert back.status == 403 and "页面放得太久了" in back.text
    again = next(form for form in back.forms if "words" in form.fields)
    assert again.fields["words"] == ["孩子没有地方上学"] and again.fields["phone"] == ["010-0000-0001"]
    assert again.fields["key"] == front.form("need").fields["key"]
    assert "请收好这两样" in shown(browser.post(again.action, again.fields, follow=True)).text


def test_a_lost_session_is_a_stale_form_too(browser):
    fields = {**shown(browser.get("/")).form("need").fields, "words": "孩子没有地方上学"}
    fresh = Client(enforce_csrf_checks=True)
    back = shown(fresh.post("/", fields))
    again = next(form for form in back.forms if "words" in form.fields)
    assert "请收好这两样" in shown(fresh.post(again.action, again.fields, follow=True)).text


def test_what_another_site_posts_is_not_offered_for_sending_again(browser):
    fields = shown(browser.get("/")).form("need").fields
    back = shown(browser.post("/", {**fields, "words": "钓鱼"}, headers={"Origin": "https://elsewhere.example"}))
    assert back.status == 403 and "再按一次" not in [form.action for form in back.forms if "words" in form.fields]
    assert not any(form.buttons == [""] and "words" in form.fields for form in back.forms)


def test_a_password_never_comes_back(browser):
    page = shown(browser.post("/in/", {"login": "he.yingsheng", "password": "a secret of mine"}))
    assert page.status == 403 and "a secret of mine" not in page.answer.content.decode()


def test_a_database_that_is_away_keeps_the_words_and_the_key(browser, monkeypatch):
    def away(told: object) -> None:
        raise OperationalError("the server closed the connection")

    front = shown(browser.get("/"))
    with monkeypatch.context() as broken:
        broken.setattr(cases, "submit", away)
        page = front.press(browser, "need", words="水管漏了")
    assert page.status == 503 and "请过一分钟再按一次" in page.text
    again = next(form for form in page.forms if "words" in form.fields)
    assert again.fields["words"] == ["水管漏了"] and again.fields["key"] == front.form("need").fields["key"]
    assert "请收好这两样" in shown(browser.post(again.action, again.fields, follow=True)).text


def test_too_long_a_text_is_told_with_its_length_and_stays_in_the_box(send):
    page = send("难" * (MOST + 1))
    assert page.status == 400 and "20,001" in page.text
    assert page.form("need").fields["words"] == ["难" * (MOST + 1)]


def test_the_longest_text_that_is_allowed_is_taken(send):
    assert "请收好这两样" in send("难" * MOST).text


def test_a_body_beyond_all_measure_is_refused_and_shown(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    page = send_raw(browser, ("words=" + quote("难" * 5_000)).encode())
    assert page.status == 413 and "难" * 4_000 in page.text


@pytest.mark.parametrize("raw", [True, False], ids=["bare bytes", "percent-encoded"])
def test_gbk_where_utf8_was_expected_is_converted_and_said(browser, raw):
    words = "老板拖欠工资"
    body = words.encode("gb18030") if raw else quote(words, encoding="gb18030").encode()
    page = send_raw(browser, b"words=" + body, follow=True)
    again = next(form for form in page.forms if "words" in form.fields)
    assert again.fields["words"] == [words] and "GBK" in page.text


def test_a_need_in_gbk_is_stored_as_it_was_meant_and_the_receipt_says_so(browser):
    fields = {name: said[0] for name, said in shown(browser.get("/")).form("need").fields.items()}
    page = send_raw(browser, urlencode({**fields, "words": "老板拖欠工资"}, encoding="gb18030").encode(), follow=True)
    assert "请收好这两样" in page.text and "老板拖欠工资" in page.text and "GBK" in page.text


def test_bytes_of_no_known_encoding_are_told(browser):
    page = send_raw(browser, b"words=" + "工资".encode() + b"%FF%FF%FF")
    again = next(form for form in page.forms if "words" in form.fields)
    assert page.status == 400 and "读不出来" in page.text and "工资" in again.fields["words"][0]


def send_raw(browser: Client, body: bytes, follow: bool = False):
    """Post bytes as they are. Without a token: the page that comes back is looked at."""
    return shown(browser.post("/", body, content_type=FORM, follow=follow))


def test_an_unknown_area_and_an_unknown_matter_are_told_beside_their_fields(send):
    page = send("水管漏了", area="999999999999")
    assert page.status == 400 and "没有区划代码“999999999999”" in page.text
    page = send("水管漏了", matter="no.such.matter")
    assert page.status == 400 and "没有这一类事项" in page.text
    assert page.form("need").fields["words"] == ["水管漏了"]


def test_an_empty_box_and_a_strange_telephone_are_told(send):
    assert "一句话也行" in send("   ").text
    page = send("水管漏了", phone="找我老公")
    assert page.status == 400 and "这不像电话号码" in page.text
    invalid = next(given for tag, given in page.tags if tag == "input" and given.get("name") == "phone")
    assert invalid["aria-invalid"] == "true" and "id_phone_error" in str(invalid["aria-describedby"])
    assert any(given.get("id") == "id_phone_error" for _tag, given in page.tags)


def test_invisible_characters_are_taken_out_and_counted(send):
    page = send("工\u200b资\ufeff没\u202e发")
    assert "去掉了 3 个看不见的字符" in page.text and "工资没发" in page.text


def test_only_invisible_characters_are_no_words(send):
    assert "全是看不见的字符" in send("\u200b\ufeff\u2060").text


MEANT = ["👨\u200d👩\u200d👧", "ئۇيغۇر\u200cچە", "龘䶮𠮷", "阿卜杜拉·买买提", "第一行\n第二行"]


@pytest.mark.parametrize("kept", MEANT)
def test_what_carries_meaning_is_kept(kept):
    assert readable(kept) == (kept, 0)


@pytest.mark.parametrize(("typed", "read"), [("工\u200d资", "工资"), ("e\u0301", "é"), ("一\r\n二", "一\n二"),
                                             ("a\u0000b", "ab"), ("\u00ad工资", "工资")])
def test_what_carries_none_goes(typed, read):
    assert readable(typed)[0] == read


def test_an_unknown_address_is_told_in_a_sentence(browser):
    page = shown(browser.get("/wp-login.php"))
    assert page.status == 404 and "请返回再试" in page.text


def test_a_defect_of_ours_is_a_page_with_the_words(browser, monkeypatch):
    def defect(told: object) -> None:
        raise ValueError("planted")

    monkeypatch.setattr(cases, "submit", defect)
    browser.raise_request_exception = False
    page = shown(browser.get("/")).press(browser, "need", words="水管漏了", area=COMMUNITY)
    assert page.status == 500 and "planted" not in page.text
    assert next(form for form in page.forms if "words" in form.fields).fields["words"] == ["水管漏了"]
    boxes = [given["name"] for tag, given in page.tags if tag == "textarea"]
    assert boxes == ["words"] and "请再按一次" in page.text, "what stayed empty needs no box"


def test_a_page_of_ours_that_breaks_asks_to_open_it_again_and_not_to_press(browser, monkeypatch):
    def defect(*told: object) -> None:
        raise ValueError("planted")

    monkeypatch.setattr("baiying.web.views.offered.page", defect)
    browser.raise_request_exception = False
    page = shown(browser.get("/about/"))
    assert page.status == 500 and "planted" not in page.text
    told = page.text.partition("我们这边出错了")[2].partition("有没有丢东西")[0]
    assert "再打开一次" in told and "再按一次" not in told

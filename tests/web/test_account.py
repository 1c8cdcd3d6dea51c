"""Signing in through the pages, without JavaScript: by telephone, by password, with a second factor, by invitation."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from baiying.kit import messages, moment
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.actions import NewMember, NewPerson
from baiying.members.models import Person
from baiying.web.guard import DEVICE_COOKIE
from tests.members.authenticator import Passkey, code_of
from tests.members.figures import street, telephone
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse staple"


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The codes that go out."""
    out: list[str] = []
    monkeypatch.setattr(messages, "send", lambda phone, text: out.extend(re.findall(r"\d{6}", text)))
    return out


@pytest.fixture
def colleague() -> Person:
    return members.add_person(NewPerson("k", "mei.youren", "梅有人", PASSWORD, telephone(5)))


def member(turn: int = 1, name: str = "石小工") -> UUID:
    return members.enter_person(f"{name}{turn}", NewMember(1, name, street(), (), telephone(turn)), UUID(int=9))


def by_telephone(browser: Client, sent: list[str], number: str, me: bool = True) -> Shown:
    page = shown(browser.get("/in/")).press(browser, "by-telephone", telephone=number)
    assert page.form("code").fields["code"] == [""]
    page = page.press(browser, "code", code=sent[-1])
    asked = [given["value"] for tag, given in page.tags if tag == "input" and given.get("name") == "who"]
    return page.press(browser, "who", who=str(asked[0])) if me and len(asked) == 2 else page  # a new device: is it you?


def by_password(browser: Client, login: str = "mei.youren", password: str = PASSWORD, **more: str) -> Shown:
    return shown(browser.get("/in/")).press(browser, "by-password", login=login, password=password, **more)


def test_she_signs_in_by_telephone_and_sees_her_account(browser, sent):
    member()
    page = by_telephone(browser, sent, "010-0000-0001")
    assert page.status == 200 and "我的账号" in page.text and "0001" in page.text and telephone(1) not in page.text
    assert "这是一台新设备" in page.text and browser.cookies[DEVICE_COOKIE]["httponly"]


def test_a_known_and_an_unknown_number_are_answered_by_the_same_page(browser, sent):
    member()
    told = []
    for turn in (1, 2):
        page = shown(browser.get("/in/")).press(browser, "by-telephone", telephone=telephone(turn))
        told.append((page.status, page.text))
    assert told[0] == told[1] and len(sent) == 2


def test_a_wrong_code_is_told_and_typed_again(browser, sent):
    page = shown(browser.get("/in/")).press(browser, "by-telephone", telephone=telephone(1))
    wrong = page.press(browser, "code", code="000000" if sent[0] != "000000" else "111111")
    assert wrong.status == 400 and "验证码不对" in wrong.text
    assert "我的账号" in wrong.press(browser, "code", code=sent[0]).text


def test_a_code_belongs_to_the_browser_that_asked_for_it(browser, sent):
    shown(browser.get("/in/")).press(browser, "by-telephone", telephone=telephone(1))
    thief = Client(enforce_csrf_checks=True)
    assert shown(thief.get("/in/code/")).form("by-telephone")


def test_several_people_at_one_number_are_named_in_part_only(browser, sent):
    member()
    second = member(1, "路远行")
    page = by_telephone(browser, sent, telephone(1))
    assert "路**" in page.text and "石**" in page.text and "路远行" not in page.text
    assert "我的账号" in page.press(browser, "who", who=str(second)).text
    with moment.frozen(moment.now()):
        assert browser.session["member"] == str(second)


def test_choosing_somebody_who_is_not_reached_there_opens_nothing(browser, sent):
    member()
    member(1, "路远行")
    stranger = member(2, "安小满")
    page = by_telephone(browser, sent, telephone(1)).press(browser, "who", who=str(stranger))
    assert page.status == 400 and "member" not in browser.session


def test_signing_in_gives_a_session_that_nobody_knew_before(browser, sent):
    browser.get("/in/")
    by_telephone(browser, sent, telephone(1))
    first = browser.session.session_key
    by_telephone(browser, sent, telephone(1))
    assert browser.session.session_key != first


def test_her_draft_comes_along_when_she_signs_in(browser, sent):
    front = shown(browser.get("/"))
    browser.post("/draft/", {**front.form("need").fields, "words": "三个月没有发工资了。"})
    by_telephone(browser, sent, telephone(1))
    assert "三个月没有发工资了。" in shown(browser.get("/")).form("need").fields["words"][0]


def test_only_a_page_of_ours_comes_after_signing_in(browser, sent, colleague):
    asked = shown(browser.get("/in/?next=https://elsewhere.test/"))
    page = asked.press(browser, "by-telephone", telephone=telephone(1))
    answer = browser.post("/in/code/", {**page.form("code").fields, "code": sent[-1]})
    assert answer["Location"] == "/account/"
    other = Client(enforce_csrf_checks=True)
    told = shown(other.get("/in/?next=//elsewhere.test/")).form("by-password").fields
    answer = other.post("/in/", {**told, "login": "mei.youren", "password": PASSWORD})
    assert answer.status_code == 302 and "elsewhere" not in answer["Location"]


def test_the_page_of_messages_is_there_in_the_demo_alone(browser, settings, tmp_path):
    settings.BAIYING_KEYS = tmp_path / "keys"
    messages.send(telephone(1), "123456 是验证码")
    page = shown(browser.get("/messages/"))
    assert "123456" in page.text and telephone(1) not in page.text
    settings.BAIYING_DEMO = False
    assert browser.get("/messages/").status_code == 404


def enrolled(person: Person, browser: Client) -> tuple[str, list[str]]:
    """She adds an authenticator on the page; gives its secret and her backup codes."""
    page = shown(browser.get("/account/factors/totp/"))
    secret = members.pending_totp(person)
    assert secret[:4] in page.text
    codes = page.press(browser, "totp", code=code_of(secret, moment.now()))
    assert codes.status == 200
    return secret, re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", codes.text)


def test_with_a_second_factor_the_password_alone_opens_nothing(browser, colleague):
    by_password(browser)
    _secret, codes = enrolled(colleague, browser)
    assert len(codes) == 10
    again = Client(enforce_csrf_checks=True)
    page = by_password(again)
    assert "第二步" in page.text and "_auth_user_id" not in again.session
    assert again.get("/account/").status_code == 302
    wrong = page.press(again, "code", code="AAAAA-AAAAA")
    assert wrong.status == 400 and "_auth_user_id" not in again.session
    wrong.press(again, "code", code=codes[0])
    assert again.session["_auth_user_id"] == str(colleague.id)
    third = Client(enforce_csrf_checks=True)
    assert by_password(third).press(third, "code", code=codes[0]).status == 400


def test_half_way_lasts_ten_minutes(browser, colleague):
    by_password(browser)
    _secret, codes = enrolled(colleague, browser)
    again = Client(enforce_csrf_checks=True)
    page = by_password(again)
    session = again.session
    session["half_way"] = {**session["half_way"], "until": 1}
    session.save()
    assert page.press(again, "code", code=codes[0]).form("by-password") and "_auth_user_id" not in again.session


def test_a_passkey_is_added_and_opens(browser, colleague):
    by_password(browser)
    page, device = shown(browser.get("/account/factors/")), Passkey()
    made = page.press(browser, "passkey", called="我的手机", credential=device.create(options_of(page)))
    assert made.status == 200 and "备用码" in made.text
    assert "我的手机" in shown(browser.get("/account/factors/")).text
    again = Client(enforce_csrf_checks=True)
    asked = by_password(again)
    told = device.show(options_of(asked))
    asked.press(again, "passkey", credential=told)
    assert again.session["_auth_user_id"] == str(colleague.id)
    thief = Client(enforce_csrf_checks=True)
    assert by_password(thief).press(thief, "passkey", credential=told).status == 400


def options_of(page: Shown) -> dict[str, Any]:
    """What the page asks the browser for."""
    return dict(json.loads(next(str(given["data-passkey"]) for _tag, given in page.tags if "data-passkey" in given)))


def test_where_a_second_factor_is_demanded_nothing_opens_before_it(browser, staff, settings):
    settings.BAIYING_SECOND_FACTOR = True
    handler = staff("bajiao_handler")
    assert handler.get("/today/")["Location"] == "/account/factors/"
    assert handler.get("/account/factors/").status_code == 200
    kept = handler.post("/case/23456789AB/move/", {
        "csrfmiddlewaretoken": handler.get("/in/").cookies["csrftoken"].value, "text": "已经联系上了"})
    assert "已经联系上了" in shown(kept).text
    person = queries.person(UUID(handler.session["_auth_user_id"]))
    assert person is not None
    enrolled(person, handler)
    assert handler.get("/today/").status_code == 200


def test_an_older_session_adds_no_factor_beside_the_one_that_is_there(browser, colleague):
    by_password(browser)
    older = members.begin(colleague.id, "Android")
    enrolled(colleague, browser)
    assert members.visit(older, colleague.id) is None


def test_a_colleague_joins_by_her_link_once(browser, colleague):
    told = members.invite("i", "mei.xinren", "梅新人", colleague.id)
    page = shown(browser.get(f"/join/{told.token}/"))
    assert "梅新人" in page.text
    assert page.press(browser, "join", password="short").status == 400
    joined = page.press(browser, "join", password="four good words here")
    assert "第二步验证" in joined.text and browser.session["_auth_user_id"] == str(told.person.id)
    assert browser.get(f"/join/{told.token}/").status_code == 410
    assert browser.get("/join/nothing/").status_code == 410


@pytest.mark.parametrize("typed", ["\x00", "' OR 1=1 --", "<script>alert(1)</script>", "９９９９９９", "1" * 5000])
@pytest.mark.parametrize(("form", "field"), [("by-telephone", "telephone"), ("by-password", "login")])
def test_hostile_words_are_answered_with_a_page(browser, form, field, typed):
    page = shown(browser.get("/in/")).press(browser, form, **{field: typed, "password": typed})
    assert page.status == 400 and "<script>alert" not in page.answer.content.decode()


def test_whoever_has_the_number_now_begins_an_account_of_her_own(browser, sent):
    owner = member()
    page = by_telephone(browser, sent, telephone(1), me=False)
    assert "石" not in page.text and browser.session.get("member") is None
    assert page.press(browser, "who").status == 400, "nothing was chosen, so nobody signs in"
    assert page.press(browser, "who", who="").status == 200
    assert browser.session["member"] != str(owner)
    again = Client(enforce_csrf_checks=True)
    assert "**" in by_telephone(again, sent, telephone(1)).text, "two people are reached there from now on"


def test_on_a_browser_that_signed_in_as_her_before_nobody_asks_whether_it_is_she(browser, sent):
    owner = member()
    by_telephone(browser, sent, telephone(1))
    shown(browser.get("/account/")).press(browser, "/out/")
    page = by_telephone(browser, sent, telephone(1), me=False)
    assert browser.session["member"] == str(owner) and not any(form.id == "who" for form in page.forms)

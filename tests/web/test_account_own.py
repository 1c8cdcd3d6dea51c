"""My account: what is listed there, what can be ended, and that nobody reaches another's."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from baiying.kit import moment
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.actions import NewMember, NewPerson
from baiying.members.models import Person
from baiying.web import signing
from baiying.web.guard import DEVICE_COOKIE, MEMBER, MEMBER_IN_SESSION, SELF, SIGN_IN
from baiying.web.routes import ROUTES
from baiying.web.templatetags.show import device_said
from tests.members.figures import street, telephone
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
PASSWORD, TOKEN = "correct horse staple", "a" * 32
OWN = [route for route in ROUTES if route.power in (MEMBER, SELF)]
STAFF_ALONE = [route for route in OWN if route.says.endswith("staff alone")]


def member(turn: int = 1, name: str = "石小工") -> UUID:
    return members.enter_person(f"{name}{turn}", NewMember(1, name, street(), (), telephone(turn)), UUID(int=9))


def signed_in(person: UUID, token: str = TOKEN) -> Client:
    """A browser in which she is signed in by telephone."""
    client = Client(enforce_csrf_checks=True)
    client.get("/in/")
    session = client.session
    session[MEMBER_IN_SESSION], session[SIGN_IN] = str(person), str(members.begin(person, "Android"))
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.cookies[DEVICE_COOKIE] = token
    members.recognise(person, token, "Android")
    return client


@pytest.fixture
def colleague() -> Person:
    return members.add_person(NewPerson("k", "mei.youren", "梅有人", PASSWORD))


def at_work(person: Person) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend=signing.BACKEND)
    return client


@pytest.mark.parametrize("route", OWN, ids=lambda route: route.name)
def test_nobody_is_led_to_the_sign_in(browser, route):
    if "<" not in route.path:
        assert browser.get("/" + route.path)["Location"].startswith("/in/?next=")


@pytest.mark.parametrize("route", STAFF_ALONE, ids=lambda route: route.name)
def test_what_is_staffs_alone_is_not_there_for_a_member(route):
    client = signed_in(member())
    assert client.get("/" + route.path).status_code in (302, 404)
    token = shown(client.get("/account/")).form("text-only").fields["csrfmiddlewaretoken"][0]
    assert client.post("/" + route.path, {"csrfmiddlewaretoken": token}).status_code in (404, 302)
    assert len(STAFF_ALONE) == 6


def test_a_member_reaches_no_page_of_a_post(staff):
    client = signed_in(member())
    for path in ("/today/", "/late/", "/case/23456789AB/"):
        assert client.get(path).status_code == 302
    assert staff("bajiao_handler").get("/account/").status_code == 200


def test_a_session_that_was_ended_elsewhere_is_over_at_once(colleague):
    first, second = at_work(colleague), at_work(colleague)
    page = shown(second.get("/account/"))
    assert first.get("/account/").status_code == 200
    page.press(second, "end-all")
    assert first.get("/account/").status_code == 302 and second.get("/account/").status_code == 200


def test_one_session_is_ended_and_nobody_ends_anothers(colleague):
    person = member()
    mine, other = at_work(colleague), signed_in(person)
    members.prove_device(person, TOKEN, person)
    row = mine.session[SIGN_IN]
    page = shown(other.get("/account/"))
    told = {"csrfmiddlewaretoken": page.form("text-only").fields["csrfmiddlewaretoken"][0], "row": row}
    assert other.post("/account/sessions/end/", told).status_code == 404
    assert mine.get("/account/").status_code == 200


def test_signing_out_ends_the_session_in_the_list_too(colleague):
    client = at_work(colleague)
    shown(client.get("/account/")).press(client, "/out/")
    assert queries.account(colleague.id).sessions == [] and client.get("/account/").status_code == 302


def test_a_device_becomes_trusted_and_a_stranger_again(rf):
    person = member()
    client = signed_in(person)
    assert "这是一台新设备" in shown(client.get("/account/")).text
    request = rf.get("/find/")
    found = members.come_back(person, UUID(client.session[SIGN_IN]), TOKEN)
    assert found is not None
    request.member, request.COOKIES[DEVICE_COOKIE] = found[0], TOKEN
    assert not signing.proved_here(request, member(2, "路远行"))
    assert signing.proved_here(request, person)
    page = shown(client.get("/account/"))
    assert "这台设备可信" in page.text
    page.press(client, "/account/devices/end/")
    assert "这是一台新设备" in shown(client.get("/account/")).text


def test_on_a_device_that_is_not_proved_nobody_ends_a_session_or_forgets_a_device_of_hers():
    person = member()
    hers, other = signed_in(person), signed_in(person, "b" * 32)
    page = shown(other.get("/account/"))
    assert {form.action for form in page.forms} & {"/account/sessions/end/", "/account/devices/end/"} == set()
    device = queries.account(person).devices[0].id
    token = next(form.fields["csrfmiddlewaretoken"][0] for form in page.forms if "csrfmiddlewaretoken" in form.fields)
    for path, row in (("/account/sessions/end/", ""), ("/account/sessions/end/", hers.session[SIGN_IN]),
                      ("/account/devices/end/", str(device))):
        answer = other.post(path, {"row": row, "csrfmiddlewaretoken": token})
        assert answer.status_code == 302 and answer["Location"].endswith("#trust")
    assert hers.get("/account/").status_code == 200 and len(queries.account(person).sessions) == 2
    assert all(one.ended_at is None for one in queries.account(person).devices)
    assert members.prove_device(person, TOKEN, person)
    shown(hers.get("/account/")).press(hers, "end-all")
    assert other.get("/account/").status_code == 302


def test_she_says_that_she_is_written_to_and_not_called():
    client = signed_in(member())
    page = shown(client.get("/account/")).press(client, "text-only", text_only="1")
    assert "只发文字" in page.text
    assert "可以给您打电话" in page.press(client, "text-only", text_only="0").text


def test_somebody_who_died_or_was_merged_is_signed_out():
    person = member()
    client = signed_in(person)
    members.note_death(person, moment.today(), UUID(int=9))
    assert client.get("/account/").status_code == 302


def test_a_new_password_keeps_this_session_and_ends_the_others(colleague):
    here, elsewhere = at_work(colleague), at_work(colleague)
    page = shown(here.get("/account/password/"))
    assert page.press(here, "password", old="wrong", new="four good words here").status == 400
    page.press(here, "password", old=PASSWORD, new="four good words here")
    assert here.get("/account/").status_code == 200 and elsewhere.get("/account/").status_code == 302
    assert members.sign_in("mei.youren", "four good words here") == colleague


def test_passwords_and_codes_never_come_back_on_a_page(colleague):
    client = at_work(colleague)
    page = shown(client.get("/account/password/")).press(client, "password", old="geheimes altes", new="geheimes neues")
    assert "geheimes" not in page.answer.content.decode()


@pytest.mark.parametrize(("kept", "said"), [
    ("HarmonyOS · WeChat", "鸿蒙 · 微信"), ("iPhone · Safari", "iPhone · Safari"),
    ("?", "一台没有说明自己是什么的设备"),
])
def test_her_device_bears_the_name_that_she_knows(kept, said):
    assert device_said(kept) == said

"""Somebody who wants in, or wants to keep her out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from baiying.cases.actions import coming
from baiying.jobs.sweep import sweep
from baiying.kit import moment
from baiying.kit.source import address
from tests.web.pages import shown
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db


def guess(client: Client, number: str, source: str) -> int:
    page = shown(client.get("/find/"))
    data = {**page.form("/find/").fields, "number": number, "code": "2345-6789"}
    return client.post("/find/", data, REMOTE_ADDR=source).status_code


def test_a_number_written_in_other_ways_gives_no_further_tries(send):
    number, _code = keepsake(send())
    plain, client = number.replace("-", ""), Client(enforce_csrf_checks=True)
    ways = [number, plain, plain.lower(), " ".join(plain), f"{plain[:3]} {plain[3:]}", "_".join(plain)]
    seen = [guess(client, ways[turn % len(ways)], "203.0.113.7") for turn in range(coming.TRIES_HERE + 2)]
    assert seen == [404] * coming.TRIES_HERE + [429] * 2


def test_a_stranger_who_knows_her_number_does_not_lock_her_out(send):
    number, code = keepsake(send())
    stranger = Client(enforce_csrf_checks=True)
    for _turn in range(coming.TRIES_HERE + 5):
        guess(stranger, number, "203.0.113.7")
    assert guess(stranger, number, "203.0.113.7") == 429
    assert come_back(number, code)[1].status == 200


def test_a_session_that_somebody_knew_before_never_comes_to_hold_her_case(send, browser):
    front = shown(browser.get("/"))
    browser.post("/draft/", {**front.form("need").fields, "words": "写到一半"})
    known = browser.cookies["sessionid"].value
    send("水管漏了")
    assert browser.get("/mine/").status_code == 200
    assert browser.cookies["sessionid"].value != known
    browser.cookies["sessionid"] = known
    assert browser.get("/mine/").status_code == 302


def test_who_reads_the_database_can_take_no_session_over(send, browser):
    send("水管漏了")
    key = browser.cookies["sessionid"].value
    assert not Session.objects.filter(session_key=key).exists() and Session.objects.count() == 1
    thief = Client()
    thief.cookies["sessionid"] = Session.objects.get().session_key
    assert thief.get("/mine/").status_code == 302 and browser.get("/mine/").status_code == 200


def test_a_session_that_is_over_is_no_session_and_goes_in_the_night(send, browser):
    send("水管漏了")
    with moment.frozen(moment.now() + timedelta(hours=13)):
        assert browser.get("/mine/").status_code == 302
        sweep(0)
        assert not Session.objects.exists()


def test_quick_exit_leaves_no_cookie(send, browser):
    send("水管漏了")
    shown(browser.get("/")).press(browser, "/prefer/", large="1")
    browser.get("/leave/")
    assert not [name for name, kept in browser.cookies.items() if kept.value]


@pytest.mark.parametrize(("proxies", "told", "seen"), [
    (0, "198.51.100.9", "203.0.113.7"), (1, "198.51.100.9", "198.51.100.9"),
    (1, "10.9.9.9, 198.51.100.9", "198.51.100.9"), (2, "10.9.9.9, 198.51.100.9, 192.0.2.1", "198.51.100.9"),
    (2, "198.51.100.9", "203.0.113.7"), (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    (1, "::ffff:198.51.100.9", "198.51.100.9"), (1, "nonsense", "nonsense"),
])
def test_the_address_is_what_our_own_proxies_saw_and_nobody_elses_word(settings, proxies, told, seen):
    settings.BAIYING_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR="203.0.113.7")
    assert address(request) == seen


def test_forms_work_behind_a_proxy_that_speaks_https(browser, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # as settings set it with BAIYING_HTTPS=1
    https = {"Host": "testserver", "X-Forwarded-Proto": "https", "Origin": "https://testserver"}
    fields = {**shown(browser.get("/", headers=https)).form("need").fields, "words": "水管漏了"}
    assert browser.post("/", fields, headers=https).status_code == 302

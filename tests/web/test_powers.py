"""Every route names its power, and the wrapper asks for it before the view runs (promise 6)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from django.urls import get_resolver

from baiying.catalogue import queries as catalogue
from baiying.kit import queries as kit
from baiying.project.demo.cast import cast
from baiying.web.guard import ASKER, WAYS
from baiying.web.routes import ROUTES
from tests.web.pages import shown

CHECKOUT = Path(__file__).resolve().parents[2]
SIGNED_IN = ("bajiao_handler", "district_union", "district_women", "auditor", "administrator")
STAFF = [route for route in ROUTES if route.power not in WAYS]


def address(route) -> str:
    return "/" + route.path.replace("<str:number>", "23456789AB").replace("<str:key>", "no.such.matter")


def test_every_address_of_the_web_names_a_power():
    nameless = [str(found.pattern) for found in get_resolver("baiying.web.urls").url_patterns
                if not getattr(found.callback, "power", "")]
    assert not nameless


@pytest.mark.django_db
def test_every_power_of_a_route_is_given_to_some_role():
    given = {power for role in catalogue.roles().values() for power in role.powers}
    assert {route.power for route in STAFF} <= given


@pytest.mark.django_db
@pytest.mark.parametrize("route", STAFF, ids=lambda route: route.name)
def test_nobody_is_led_to_the_sign_in_whatever_the_case_is(browser, route):
    answer = browser.get(address(route))
    assert answer.status_code == 302 and answer["Location"].startswith("/in/?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in ROUTES if route.power == ASKER], ids=lambda route: route.name)
def test_without_number_and_code_her_pages_lead_to_the_look_up(browser, route):
    assert browser.get(address(route))["Location"] == "/find/"


@pytest.mark.django_db
@pytest.mark.parametrize("key", SIGNED_IN)
@pytest.mark.parametrize("route", STAFF, ids=lambda route: route.name)
def test_a_route_answers_as_the_power_of_the_post_says(staff, route, key):
    player = next(player for player in cast() if player.key == key)
    held = kit.powers_of([office.role for office in player.posts])
    answer = staff(key).get(address(route))
    if route.power not in held:
        assert answer.status_code == 404
    elif "<" in route.path:  # allowed, but there is no such case; a move is made by POST only
        assert answer.status_code in (302, 404)
    else:
        assert answer.status_code == 200


@pytest.mark.django_db
def test_what_may_not_be_seen_and_what_does_not_exist_are_one_page(staff, send):
    number = send().text.split("编号 ")[1].split()[0].replace("-", "")
    stranger = staff("gucheng_handler")
    theirs, nobodys = shown(stranger.get(f"/case/{number}/")), shown(stranger.get("/case/23456789AB/"))
    nowhere, forbidden = shown(stranger.get("/no/such/page/")), shown(staff("auditor").get("/today/"))
    assert {page.status for page in (theirs, nobodys, nowhere, forbidden)} == {404}
    assert len({page.text for page in (theirs, nobodys, nowhere, forbidden)}) == 1


@pytest.mark.django_db
def test_a_page_behind_a_power_is_kept_by_no_cache(staff, browser):
    assert staff("bajiao_handler").get("/today/")["Cache-Control"] == "no-store"
    assert browser.get("/")["Cache-Control"] == "no-store"


def test_the_table_of_powers_in_the_docs_is_fresh():
    made = importlib.util.spec_from_file_location("powers", CHECKOUT / "tools" / "powers.py")
    tool = importlib.util.module_from_spec(made)
    made.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.table(), "run: .venv/bin/python tools/powers.py"

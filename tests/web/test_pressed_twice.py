"""A form pressed twice leads both times to the page to which the first press led, though the case is elsewhere by
then; pressed by somebody else, or with another key, it is what it was before."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.kit import moment
from baiying.kit.number import ref_of
from baiying.members.models import Person
from baiying.project.demo.cast import person
from baiying.web import presses
from tests.cases.answering import above, answer, row
from tests.cases.conftest import people_of, send  # noqa: F401  a fixture
from tests.web.conftest import BACKEND

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def client_of(unit_id) -> Client:
    return signed_in(people_of(unit_id).who)


def signed_in(who) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=who), backend=BACKEND)
    return client


def desk() -> Client:
    """The district's desk, which stands above the street."""
    return signed_in(person("district_union").new.id)


def ground(name: str) -> str:
    return next(iter(catalogue.options(name))).label


def twice(client: Client, path: str, typed: dict[str, object]) -> str:
    """Press twice; gives where both presses led."""
    first, again = client.post(path, typed), client.post(path, typed)
    assert first.status_code == again.status_code == 302, again.content.decode()[:2000]
    assert first["Location"] == again["Location"]
    assert client.get(first["Location"], follow=True).status_code == 200
    return first["Location"]


@pytest.mark.parametrize(("act", "typed"), [
    ("give_back", {"ground": "return", "text": "不归我们。"}),
    ("transfer", {"ground": "recusal", "text": "都是亲属。"}),
    ("recuse", {"sure": "on"}),
])
def test_giving_a_case_away_twice_leads_to_the_day_both_times(send, act, typed):  # noqa: F811
    receipt = send()
    typed = typed | ({"ground": ground("return_grounds")} if act == "give_back" else {})
    where = twice(client_of(receipt.unit.id), f"/case/{receipt.number}/do/{act}/", {"key": "k", **typed})
    assert where == f"/today/?done={act}" and row(receipt).unassigned


def test_a_ruling_pressed_twice_is_one(send):  # noqa: F811
    receipt = send()
    upper = above(receipt)
    actions.give_back(people_of(receipt.unit.id), receipt.number, ground("return_grounds"), "不归我们。", "b")
    lead = next(one.unit for one in queries.naming(people_of(upper.id), receipt.number).candidates
                if one.unit.id != upper.id)
    client = desk()
    twice(client, f"/ruling/{receipt.number}/", {"key": "k", "unit": ref_of(lead.id), "text": "由你们办。"})
    assert row(receipt).unit_id == lead.id
    other = client.post(f"/ruling/{receipt.number}/", {"key": "another", "unit": ref_of(lead.id), "text": "由你们办。"})
    assert other.status_code == 404


def test_a_verdict_heard_by_telephone_pressed_twice_is_one(send):  # noqa: F811
    receipt = send()
    answer(receipt)
    actions.ask_call_back(people_of(receipt.unit.id), receipt.number, "她不会上网。", "c")
    typed = {"key": "k", "verdict": "partly", "contacted": "yes", "via": "phone", "why": "还差一点。"}
    twice(desk(), f"/back/{receipt.number}/", typed)
    assert row(receipt).verdict == "partly"


def test_what_was_refused_can_be_pressed_again_and_another_person_gains_nothing(send):  # noqa: F811
    receipt = send()
    client, path = client_of(receipt.unit.id), f"/case/{receipt.number}/do/give_back/"
    typed = {"key": "k", "ground": ground("return_grounds"), "text": ""}
    assert client.post(path, typed).status_code == 400
    assert twice(client, path, typed | {"text": "不归我们。"})
    assert desk().post(path, typed | {"text": "不归我们。"}).status_code != 302


def test_the_second_press_waits_for_the_first_that_is_under_way(send, monkeypatch):  # noqa: F811
    receipt = send()
    client, path = client_of(receipt.unit.id), f"/case/{receipt.number}/do/give_back/"
    client.get("/today/")
    looks = iter([presses.BEGUN, presses.BEGUN, "/today/?done=give_back"])
    monkeypatch.setattr(presses, "led_to", lambda request, name: next(looks))
    monkeypatch.setattr(presses, "LOOK_EVERY", 0)
    actions.give_back(people_of(receipt.unit.id), receipt.number, ground("return_grounds"), "不归我们。", "elsewhere")
    answer = client.post(path, {"key": "k", "ground": ground("return_grounds"), "text": "不归我们。"})
    assert (answer.status_code, answer["Location"]) == (302, "/today/?done=give_back")

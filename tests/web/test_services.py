"""The self-test keeps nothing; her own page keeps with consent; a unit's list names its own people alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from baiying.kit import door
from baiying.members import queries as members
from baiying.project.demo.cast import person
from baiying.services import access
from baiying.services.queries import entitlement
from tests.services.little import use
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
SWIM, CHECK = "union.trial.swim", "union.trial.check"
COUNTED = ("kit_line", "kit_draft", "django_session", "services_profile", "cases_case")


@pytest.fixture(autouse=True)
def few(monkeypatch):
    use(monkeypatch)


def rows() -> list[int]:
    """How many rows there are in the tables that could remember somebody, and what any table had written to it."""
    found = []
    with door.errand("members"), connection.cursor() as cursor:
        for table in COUNTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def test_the_self_test_asks_until_it_is_settled_and_stores_nothing_anywhere(browser):
    before = rows()
    page = shown(browser.get("/selftest/"))
    asked = 0
    answers = {"person.migrant": "no", "member.active": "yes", "person.born": "1980-05-06", "person.sex": "女"}
    while (form := next((one for one in page.forms if "fact" in one.fields), None)) and asked < 12:
        name = form.fields["fact"][0]
        act = {"act": "answer", "value": answers[name]} if name in answers else {"act": "skip"}
        sent = {key: value[-1] for key, value in form.fields.items()} | act
        answer = browser.post("/selftest/", sent)
        page, asked = shown(answer), asked + 1
        assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
    assert rows() == before
    assert set(browser.cookies) <= {"csrftoken"} and "1980-05-06" not in str(browser.cookies)
    found = entitlement.guest({"person.born": "1980-05-06", "person.sex": "女", "member.active": True,
                               "person.migrant": False})
    assert [one.service.key for one in found.of("yes")] == [SWIM, CHECK]
    assert "试用·union.trial.check" in page.text and "200 元" in page.text and "999" not in page.text


def test_a_wrong_day_is_said_and_kept_on_the_page_and_a_step_back_is_possible(browser):
    first = shown(browser.get("/selftest/"))
    token = first.forms[-1].fields["csrfmiddlewaretoken"][0]
    sent = {"csrfmiddlewaretoken": token, "said": '{"member.active":true}', "trail": "member.active",
            "fact": "person.born", "value": "1980-02-31", "act": "answer"}
    wrong = shown(browser.post("/selftest/", sent))
    assert wrong.status == 400 and "日历上没有这一天" in wrong.text
    back = shown(browser.post("/selftest/", {**sent, "act": "back"}))
    form = next(one for one in back.forms if "fact" in one.fields)
    assert form.fields["fact"] == ["member.active"] and form.fields["said"] == ["{}"]


def test_what_is_forged_into_the_form_is_left_out(browser):
    first = shown(browser.get("/selftest/"))
    token = first.forms[-1].fields["csrfmiddlewaretoken"][0]
    said = '{"person.sex":"x","person.age":"1980-01-01","member.active":"yes","home.size":-1,"no.such":1}'
    page = shown(browser.post("/selftest/", {"csrfmiddlewaretoken": token, "said": said, "trail": "a,b"}))
    assert next(one for one in page.forms if "fact" in one.fields).fields["said"] == ["{}"]


def test_every_no_leads_to_a_person_with_the_service_named(browser):
    token = shown(browser.get("/selftest/")).forms[-1].fields["csrfmiddlewaretoken"][0]
    answer = browser.post("/selftest/person/", {"csrfmiddlewaretoken": token, "service": SWIM})
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert "我想请人看看能不能办" in shown(browser.get("/")).answer.content.decode()


def test_her_own_page_keeps_an_answer_with_consent_and_gives_it_back(staff):
    client: Client = staff("bajiao_handler")
    found = members.by_login(person("bajiao_handler").login)
    assert found is not None
    page = shown(client.get("/entitled/"))
    token = next(one for one in page.forms if "fact" in one.fields).fields["csrfmiddlewaretoken"][0]

    def told() -> dict[str, object]:
        with door.errand("members"):
            held = access.profile(found.id)
            return {} if held is None else dict(held.said)

    client.post("/entitled/answer/", {"csrfmiddlewaretoken": token, "fact": "person.migrant", "value": "yes"})
    assert told() == {"person.migrant": True}
    refused = shown(client.post("/entitled/answer/", {"csrfmiddlewaretoken": token, "fact": "home.size", "value": "3"}))
    assert refused.status == 400 and "同意" in refused.text
    client.post("/entitled/back/", {"csrfmiddlewaretoken": token, "fact": "person.migrant"})
    assert told() == {}


def test_a_units_list_is_for_those_with_the_power_and_works_on_one_person(staff):
    from baiying.services.actions import standing

    standing.sweep_all("110107")
    lines = shown(staff("bajiao_handler").get("/unserved/"))
    assert "试用·union.trial.swim" in lines.text and "试用·union.trial.relief" not in lines.text
    client = staff("bajiao_handler")
    people = shown(client.get(f"/unserved/{SWIM}/"))
    assert "舒织云" in people.text and "宁静" not in people.text
    form, *others = (one for one in people.forms if one.action.endswith("/done/"))
    client.post(form.action, {**{key: value[-1] for key, value in form.fields.items()}, "step": "tell",
                              "result": "not_wanted"})
    left = [one.fields["person"] for one in shown(client.get(f"/unserved/{SWIM}/")).forms if "person" in one.fields]
    assert left == [one.fields["person"] for one in others] and form.fields["person"] not in left
    assert staff("auditor").get("/unserved/").status_code == 404
    assert client.get("/unserved/union.trial.relief/").status_code == 404
    assert "舒织云" not in shown(staff("gucheng_handler").get(f"/unserved/{SWIM}/")).text

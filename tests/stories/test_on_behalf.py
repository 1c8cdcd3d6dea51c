"""She asks for her child: the self-test and the request are about the child, nothing about a household is filed, and
two parents are not granted the same twice. The catalogue declares no such service; here one of it is made to."""

from __future__ import annotations

import pytest

from baiying.catalogue import actions as catalogue
from baiying.kit import door
from baiying.members.models import Person
from baiying.services.models import Profile, Request
from tests.members.figures import identity_number as paper
from tests.services.changing import asks, edited
from tests.stories.asking import ABOVE, UNIT, Her, a_file, fund, her, in_the_books
from tests.stories.asking import Request as Asked
from tests.web.pages import shown
from tests.web.test_both_languages import faults
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
ILLNESS, BY_RULE, AGREED = "union.hardship.major_illness", "照规则算的金额, 提请复核", "同意, 记入台账"
YOUNG = {"fact": "person.age", "below": 14, "otherwise": "要不满14周岁。", "otherwise_en": "You must be under 14."}


@pytest.fixture(autouse=True)
def in_force(db):
    found = edited(ILLNESS, asks(YOUNG, **{"for": ["self", "child"]}))
    with door.errand("members"):
        catalogue.store(found)
        catalogue.bring_into_force(found.edition)


def begin(she: Her, born: str = "2020-05-01"):
    """The self-test for her child, as far as one answer; then the form that it leads to."""
    page = shown(she.browser.get("/selftest/?for=child"))
    assert "“您”都指孩子" in page.text and not list(faults(page, "zh-hans"))
    form = page.form("ask")
    told = {**form.fields, "fact": "person.born", "value": born, "act": "answer"}
    after = shown(she.browser.post("/selftest/", told))
    (way,) = [one for one in after.forms if one.action == f"/entitled/{ILLNESS}/request/"]
    return shown(she.browser.post(way.action, way.fields))


def send(she: Her, page, number: str, **typed: object):
    form = page.form("ask")
    who = {"of_name": "安小苗", "relation": "母亲", "kind": "id", "number": number}
    told = {"ask.self_paid": "200000", "ask.payee": "6217 0000", "agree": ["health"], "paper.settlements": a_file("s")}
    return shown(she.browser.post(form.action, {**form.fields, **who, **told, **typed}, follow=True))


def test_she_asks_for_her_child_in_her_name_and_what_she_said_comes_along(staff):
    fund(ILLNESS, 50_000)
    she, number = her(staff), paper(31)
    page = begin(she)
    assert page.form("ask").fields["ask.fact:person.born"] == ["2020-05-01"], "nobody answers twice"
    refused = send(she, page, number, relation="")
    assert refused.status == 400 and refused.form("ask").fields["of_name"] == ["安小苗"]
    assert send(she, page, "110107202005010000").status == 400, "no identity number"
    asked = Asked(*keepsake(send(she, page, number)), staff)
    asked.look(UNIT, "settlements")
    desk = asked.desk(UNIT).text
    assert "这是给安小苗申请的" in desk and "母亲" in desk and "照规则符合" in desk and number not in desk
    assert "您在给安小苗申请" in asked.hers().text
    asked.step(UNIT, BY_RULE)
    asked.step(ABOVE, AGREED)
    assert in_the_books(asked) == [("grant", 12_000_00)]
    # Nobody files who belongs to whom: no person was made, and her profile knows nothing of it.
    with door.errand("members"):
        assert not Person.objects.filter(name="安小苗").exists()
        assert not Profile.objects.filter(person_id=she.id).exclude(said={}).exists()
        assert not Request.objects.filter(person_id=she.id).exists()


def test_two_parents_are_not_granted_the_same_child_twice_and_each_may_ask_for_herself(staff):
    fund(ILLNESS, 50_000)
    number = paper(31)
    mother, father = her(staff, 1), her(staff, 2, "路远行")
    for she in (mother, father):
        asked = Asked(*keepsake(send(she, begin(she), number)), staff)
        asked.look(UNIT, "settlements")
        if she is mother:
            asked.step(UNIT, BY_RULE)
            asked.step(ABOVE, AGREED)
        else:
            asked.step(UNIT, "另定金额并说明理由, 提请复核", amount="1000", amount_why="再看一次")
            asked.refused(ABOVE, AGREED, status=409)
    page = shown(mother.browser.get(f"/entitled/{ILLNESS}/request/"))
    assert "of_name" not in page.form("ask").fields, "asked for herself it is her own"
    assert mother.browser.get(f"/entitled/{ILLNESS}/request/?for=parent").status_code == 404


def test_a_child_too_old_is_told_so_by_the_facts_of_the_child(staff):
    page = begin(her(staff), born="2001-05-01")
    assert "规则" in page.text and "要不满14周岁" in page.text


def test_who_is_not_signed_in_tries_it_for_a_parent_and_is_told_that_nothing_is_asked_for_so(client):
    page = shown(client.get("/selftest/?for=parent"))
    assert "目前没有哪项服务是由家人出面申请的" in page.text and page.form("ask").fields["for"] == ["parent"]
    assert "由本人申请" in page.text and not list(faults(page, "zh-hans"))
    child = shown(client.get("/selftest/?for=child"))
    assert "目前没有哪项服务" not in child.text
    (form,) = [one for one in child.forms if one.fields.get("for") == ["child"] and "service" in one.fields]
    led = shown(client.post(form.action, form.fields, follow=True))
    assert "给我的孩子办" in "".join(str(one.fields) for one in led.forms)
    assert shown(client.get("/selftest/?for=neighbour")).form("ask").fields.get("for") is None

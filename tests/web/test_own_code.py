"""Who had her need written down takes a 查询码 that nobody else has seen: once, and pressed twice it is one."""

from __future__ import annotations

import pytest
from django.test import Client

from baiying.cases import actions, queries
from baiying.cases.actions import Submission
from baiying.kit import moment, number
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.project.demo.cast import person
from tests.cases.conftest import COMMUNITY, entry, people_of, send  # noqa: F401  a fixture
from tests.web.pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered():
    """A call that a handler wrote down."""
    handler = person("bajiao_handler").new.id
    unit = network.posts_of(handler, moment.today())[0].unit_id
    return actions.enter(people_of(unit), Submission(key="call", words="三个月没有发工资了。", area=COMMUNITY,
                                                     channel="desk"), unit, True)


def come_back(receipt, code: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    shown(client.get("/find/")).press(client, "/find/", number=receipt.number, code=code)
    return client


def test_her_new_code_opens_the_case_and_the_one_on_the_slip_opens_nothing(entered):
    her = come_back(entered, entered.code)
    page = shown(her.get("/mine/")).press(her, "/mine/code/")
    code = page.answer.content.decode().split('class="code">')[1].split("<")[0].replace("-", "").strip()
    assert queries.entry_for(entered.number, entered.code) is None
    assert queries.entry_for(entered.number, code) is not None and code != entered.code
    again = shown(her.get("/mine/"))
    assert again.status == 200 and not any(form.action == "/mine/code/" for form in again.forms)


def test_pressed_twice_it_is_one_code_and_a_second_one_is_refused(entered):
    old = entry(entered)
    first = actions.take_code(old, entered.number, "k")
    assert actions.take_code(old, entered.number, "k") == first
    with pytest.raises(Unseen):
        actions.take_code(old, entered.number, "another")  # the old entry opens nothing
    with pytest.raises(Refusal):
        actions.take_code(first[1], entered.number, "another")
    assert number.entry(entered.number, first[0]) == first[1]


def test_in_a_case_that_she_sent_herself_nothing_is_offered(send):  # noqa: F811
    receipt = send()
    assert not queries.her_ways(entry(receipt)).may_take_code
    with pytest.raises(Refusal):
        actions.take_code(entry(receipt), receipt.number, "k")


def test_another_case_is_not_reached_by_its_number(entered, send):  # noqa: F811
    receipt = send()
    with pytest.raises(Unseen):
        actions.take_code(entry(entered), receipt.number, "k")

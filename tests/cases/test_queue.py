"""The handler's list and the case's page: the same questions to the database for ten cases and for a thousand, and
each list read from its index, with row security on."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baiying.cases import actions, queries
from baiying.cases.models import Case
from baiying.cases.queries.today import GROUPS, first_of
from baiying.kit import door, moment
from baiying.members.models import Person
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.web.day import AT_SIGHT
from tests.cases.conftest import people_of
from tests.web.conftest import BACKEND, plain_static  # noqa: F401  the styles of the pages, by their own names

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def number_of(index: int) -> str:
    """A text in the shape of a number; only its being another one matters here."""
    text = ""
    for _ in range(10):
        index, place = divmod(index, len(LETTERS))
        text = LETTERS[place] + text
    return text


def copies(receipt, count: int, **changed) -> None:
    """So many further cases of the same unit, as rows alone."""
    with door.open(door.Asker(units=frozenset({receipt.unit.id}), case=receipt.case_id)):
        seed = Case.objects.get(id=receipt.case_id)
        made = []
        for index in range(count):
            values = {field.attname: getattr(seed, field.attname) for field in Case._meta.concrete_fields}
            name = f"{sorted(changed)}:{index}"
            values |= {"id": uuid.uuid5(uuid.NAMESPACE_OID, name), "number": number_of(hash_of(name)),
                       "entry": uuid.uuid5(uuid.NAMESPACE_OID, name).bytes * 2,
                       "received_at": NOON - timedelta(minutes=index),
                       "next_due_at": NOON + timedelta(hours=index), **changed}
            made.append(Case(**values))
        Case.objects.bulk_create(made, batch_size=500)


def hash_of(name: str) -> int:
    return uuid.uuid5(uuid.NAMESPACE_OID, name).int % (31 ** 10)


@contextmanager
def counted():
    with CaptureQueriesContext(connection) as seen:
        yield seen


@pytest.mark.parametrize("groups", [{}, {"next_due_at": None}, {"next_due_at": None, "verdict": "not_solved"}])
def test_ten_cases_and_a_thousand_take_the_same_number_of_questions(send, groups):
    receipt = send()
    handler = people_of(receipt.unit.id)
    copies(receipt, 9, **groups)
    queries.today(handler)
    with counted() as few:
        assert len(queries.today(handler)) == 10
    copies(receipt, 200, **groups, channel="desk")
    with counted() as many:
        assert len(queries.today(handler)) == queries.AT_ONCE
    assert len(many) <= len(few)


def test_the_list_of_two_units_is_one_list_in_one_order(send):
    first, second = send(key="one"), send(key="two", area="110107004001")
    assert first.unit.id != second.unit.id
    copies(first, 60)
    copies(second, 60, channel="desk")
    handler = people_of(first.unit.id)
    both = door.Asker(who=handler.who, units=frozenset({first.unit.id, second.unit.id}))
    rows = queries.today(both)
    assert len(rows) == queries.AT_ONCE and {row.case.unit_id for row in rows} == both.units
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


def test_the_day_is_opened_with_its_first_lines_and_says_how_many_more_there_are(send, client):
    receipt = send()
    client.force_login(Person.objects.get(id=people_of(receipt.unit.id).who), backend=BACKEND)
    copies(receipt, 39, next_due_at=NOON + timedelta(days=9))
    opened, whole = (client.get(path).content.decode() for path in ("/today/", "/today/?all=1"))
    assert (opened.count("queue-row"), whole.count("queue-row")) == (AT_SIGHT, 40)
    assert "后面还有 15 件。" in opened and 'href="?all=1"' in opened and "后面还有" not in whole


def test_what_is_late_is_shown_however_much_it_is(send, client):
    receipt = send()
    client.force_login(Person.objects.get(id=people_of(receipt.unit.id).who), backend=BACKEND)
    copies(receipt, 30, next_due_at=NOON - timedelta(days=1))
    copies(receipt, 9, next_due_at=NOON + timedelta(days=9), channel="desk")
    page = client.get("/today/").content.decode()
    assert page.count("queue-late") == 30 and "后面还有 10 件。" in page


def plans(asker: door.Asker) -> list[str]:
    """The plans of the list's statements, as the web role with its row security.

    What reads all rows or sorts them is made dear, so that the plan of a full table is seen with few rows.
    """
    with door.open(asker), counted() as seen:
        for group, order in GROUPS:
            first_of(asker, group, order)
    asked = [one["sql"] for one in seen if "cases_case" in one["sql"] and one["sql"].startswith("SELECT")]
    with door.open(asker), connection.cursor() as cursor:
        found = []
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        for sql in asked:
            cursor.execute("EXPLAIN (COSTS OFF) " + sql)
            found.append("\n".join(line for (line,) in cursor.fetchall()))
    return found


def test_each_list_is_read_from_its_index_in_order_with_row_security_on(send):
    receipt = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('cases_case')")
        assert cursor.fetchone() == (True,)
    unheard, running, waiting = plans(people_of(receipt.unit.id))
    assert "case_unheard" in unheard and "case_todays_list" in running and "case_todays_list" in waiting
    for plan in (unheard, running, waiting):
        assert "Seq Scan on cases_case" not in plan
        assert not re.search(r"^\s*(->\s*)?Sort\b", plan, re.MULTILINE), plan


def test_the_page_of_a_case_takes_the_same_number_of_questions_in_a_full_house(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    queries.open_case(handler, receipt.number)
    with counted() as few:
        queries.open_case(handler, receipt.number)
    copies(receipt, 1000)
    with counted() as many:
        queries.open_case(handler, receipt.number)
    assert len(many) == len(few)


# The case, and each table that hangs on it once: sealed texts, moves, tasks, clocks, pauses, granted time, its concern,
# the letters that wait for an answer; and, as there is a party, its referral.
ONE_CASE = 10
# Who is signed in, as what, the door, the case, the templates of the unit. A case with a party asks once more, for the
# referrals of all parties together; the ways in of parties outside are asked for only where there is one.
WHOLE_PAGE = 19


def test_a_case_is_read_table_by_table_once_however_much_hangs_on_it(send, trial):
    receipt = send(matter=trial, phone="13800138000")
    handler = people_of(receipt.unit.id)
    fill_up(handler, receipt)
    with counted() as asked:
        seen = queries.open_case(handler, receipt.number)
    assert seen.lines and seen.tasks and seen.pauses and seen.clocks and seen.phone_masked
    tables = Counter(found[1] for one in asked if (found := re.search(r'FROM "(cases_\w+)" ', one["sql"])))
    assert set(tables.values()) == {1} and len(tables) == ONE_CASE, tables


def test_the_page_of_a_case_takes_a_fixed_number_of_questions(send, client):
    receipt = send(phone="13800138000")
    client.force_login(Person.objects.get(id=people_of(receipt.unit.id).who), backend=BACKEND)
    for step, referrals in ((None, 0), (fill_up, 1)):
        if step:
            step(people_of(receipt.unit.id), receipt)
        client.get(f"/case/{receipt.number}/")
        with counted() as asked:
            assert client.get(f"/case/{receipt.number}/").status_code == 200
        told = [one["sql"][:90] for one in asked if "_edition" not in one["sql"]]  # asked once a second
        assert len(told) == WHOLE_PAGE + referrals, "\n".join(told)


def fill_up(handler, receipt) -> None:
    """A party brought in and a pause: rows of every table that hangs on a case."""
    police = network.posts_of(person("police_link").new.id, moment.today())[0].unit_id
    actions.bring_in(handler, receipt.number, actions.Call("co", police, "请协助。"), "in")
    ground = receipt.matter.pauses[0]
    actions.pause(handler, receipt.number, ground, moment.today() + timedelta(days=3), "等您的材料。", "pause")

"""What lists of members say of people: it outweighs their word, and gives it back when the list is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from baiying.kit import door, moment
from baiying.members import actions as members
from baiying.members.actions import NewMember
from baiying.services import access
from baiying.services.actions import rosters, telling
from baiying.services.models import Listed
from baiying.services.queries.knowing import told
from tests.members.figures import street, telephone

pytestmark = pytest.mark.django_db
NOON, SPRING, AUTUMN, CLERK = datetime(2026, 11, 23, 4, tzinfo=UTC), UUID(int=71), UUID(int=72), UUID(int=9)
SEX, FRONT = "person.sex", "person.front_line"


@pytest.fixture(autouse=True)
def noon(db):
    with moment.frozen(NOON):
        yield


def her(turn: int = 1) -> UUID:
    return members.enter_person(f"roster{turn}", NewMember(1, "安小满", street(), (), telephone(turn)), CLERK)


def known(person: UUID) -> dict[str, tuple[Any, str]]:
    with door.errand("members"):
        return {one.fact: (one.value, one.source) for one in told(access.profile(person)).values()}


def bring(batch: UUID, person: UUID, **facts: object) -> None:
    said = {name.replace("__", "."): value for name, value in facts.items()}
    rosters.bring({person: said}, batch=batch, district="110107", by=CLERK)


def test_taking_a_list_back_gives_her_own_word_back():
    she, other = her(), her(2)
    telling.tell(she, {SEX: "女"}, by=she)
    bring(SPRING, she, person__sex="男", person__front_line=True)
    bring(AUTUMN, other, person__sex="女")
    assert known(she) == {SEX: ("男", "roster"), FRONT: (True, "roster")}
    rosters.take_back(SPRING, CLERK)
    assert known(she) == {SEX: ("女", "declared")}
    assert known(other) == {SEX: ("女", "roster")}
    rosters.take_back(SPRING, CLERK)
    assert known(she) == {SEX: ("女", "declared")}


@pytest.mark.parametrize("first", [SPRING, AUTUMN])
def test_of_two_lists_each_goes_by_itself_in_whichever_order(first):
    she = her()
    telling.tell(she, {SEX: "女", FRONT: False}, by=she)
    bring(SPRING, she, person__sex="男", person__front_line=True)
    bring(AUTUMN, she, person__sex="女", person__front_line=True)  # another value, and the same one again
    rosters.take_back(first, CLERK)
    assert known(she) == {SEX: ("男" if first == AUTUMN else "女", "roster"), FRONT: (True, "roster")}
    rosters.take_back(SPRING if first == AUTUMN else AUTUMN, CLERK)
    assert known(she) == {SEX: ("女", "declared"), FRONT: (False, "declared")}


def test_what_a_paper_proved_or_she_took_back_since_does_not_come_back():
    she = her()
    telling.tell(she, {SEX: "女", FRONT: False}, by=she)
    bring(SPRING, she, person__sex="男", person__front_line=True)
    telling.tell(she, {SEX: "女"}, by=CLERK, source="paper")
    telling.take_back(she, [FRONT], by=she)
    rosters.take_back(SPRING, CLERK)
    assert known(she) == {SEX: ("女", "paper")}


def test_a_list_is_found_by_its_index_and_leaves_nothing_behind():
    she = her()
    bring(SPRING, she, person__sex="女")
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT person_id FROM services_listed WHERE batch = %s", [SPRING])
        assert "Index Cond" in "\n".join(line for (line,) in cursor.fetchall())
    rosters.take_back(SPRING, CLERK)
    with door.errand("members"):
        assert not Listed.objects.exists()

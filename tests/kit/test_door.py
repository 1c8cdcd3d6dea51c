"""The door: nothing said is no rows, and what was said is forgotten when it closes."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door, rows
from baiying.kit.errors import Misuse

ANNA, BEN = UUID(int=11), UUID(int=12)
STREET, HOME = UUID(int=21), UUID(int=22)
CASES = [UUID(int=number) for number in (31, 32, 33)]
NAMES = ("who", "units", "case", "door", "errand")
SEEN = " OR ".join([rows.is_who("who"), rows.in_units("unit"), rows.is_case("id"), rows.is_door("entry"),
                    rows.on_errand("clocks")])


def heard() -> list[str]:
    """What the database has been told, in the order of NAMES; '' when nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('baiying.{name}', true), '')"
                                             for name in NAMES))
        return list(cursor.fetchone())


def seen() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM kit_test_row ORDER BY note")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def table(owner: psycopg.Cursor) -> psycopg.Cursor:
    """A protected table with three rows: Anna's, the street's, and one with a door."""
    owner.execute("CREATE TABLE kit_test_row (id uuid, who uuid, unit uuid, entry bytea, note int)")
    owner.execute(psycopg.sql.SQL("GRANT ALL ON kit_test_row TO {}").format(
        psycopg.sql.Identifier(django_settings.BAIYING_WEB_ROLE)))
    owner.executemany("INSERT INTO kit_test_row VALUES (%s, %s, %s, %s, %s)", [
        (CASES[0], ANNA, None, None, 1), (CASES[1], None, STREET, None, 2), (CASES[2], None, None, b"\x07" * 32, 3)])
    for statement, _ in rows.protect("kit_test_row", SEEN, insert="note > 0", delete=rows.is_who("who")).sql:
        owner.execute(statement)
    return owner


@pytest.mark.usefixtures("table")
def test_each_asker_sees_what_is_theirs_and_nothing_said_is_no_rows():
    assert seen() == []
    for asker, expected in [
        (door.Asker(), []),
        (door.Asker(who=ANNA), [1]),
        (door.Asker(who=BEN), []),
        (door.Asker(who=BEN, units=frozenset({HOME, STREET})), [2]),
        (door.Asker(door=b"\x07" * 32), [3]),
        (door.Asker(door=b"\x08" * 32), []),
        (door.Asker(who=ANNA, units=frozenset({STREET}), case=CASES[2]), [1, 2, 3]),
        (door.Asker(errand="clocks"), [1, 2, 3]),
        (door.Asker(errand="backup"), []),  # the owner's word; from the web role it opens nothing
        (door.Asker(errand="keys"), []),
    ]:
        with door.open(asker):
            assert seen() == expected, asker
        assert seen() == []


def test_only_the_owner_on_a_backup_sees_all_rows(table):
    assert table.execute("SELECT count(*) FROM kit_test_row").fetchone() == (0,)
    table.execute("SET baiying.errand = 'backup'")
    assert table.execute("SELECT count(*) FROM kit_test_row").fetchone() == (3,)


@pytest.mark.usefixtures("table")
def test_a_write_obeys_its_own_condition():
    with door.open(door.Asker(who=BEN)), connection.cursor() as cursor:
        cursor.execute("INSERT INTO kit_test_row (id, note) VALUES (%s, 4)", [CASES[0]])
        cursor.execute("UPDATE kit_test_row SET note = 9")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("INSERT INTO kit_test_row (id, note) VALUES (%s, -1)", [CASES[0]])
    with door.open(door.Asker(who=ANNA, units=frozenset({STREET}))), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_test_row")
        assert cursor.rowcount == 1  # what she sees by her unit is not hers to delete


@pytest.mark.usefixtures("committed_db")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(
    st.builds(door.Asker, who=st.uuids(), units=st.frozensets(st.uuids(), max_size=3), case=st.none() | st.uuids(),
              door=st.none() | st.binary(min_size=32, max_size=32))
    | st.builds(door.Asker, errand=st.sampled_from(["sealer", "clocks"])),
    st.sampled_from(["commit", "fail", "look"])), max_size=6))
def test_a_persistent_connection_carries_nothing_from_one_transaction_to_the_next(visits):
    for asker, ending in visits:
        assert heard() == [""] * 5
        try:
            with door.open(asker):
                assert heard() == asker.said()
                if ending == "look":
                    door.look_at(CASES[1])
                    assert heard()[2] == str(CASES[1])
                if ending == "fail":
                    raise ValueError
        except ValueError:
            pass
        assert not door.is_open()
    assert heard() == [""] * 5


@pytest.mark.django_db
def test_nothing_stays_said_inside_a_longer_transaction_either():
    with door.open(door.Asker(who=ANNA)):
        assert heard()[0] == str(ANNA)
    assert heard() == [""] * 5


@pytest.mark.django_db
def test_the_same_asker_joins_and_another_is_refused():
    with door.open(door.Asker(who=ANNA)):
        door.look_at(CASES[0])
        with door.open(door.Asker(who=ANNA)):
            assert heard()[2] == str(CASES[0])
        assert door.asker() == door.Asker(who=ANNA)
        with pytest.raises(Misuse), door.open(door.Asker(who=BEN)):
            pass
        with pytest.raises(Misuse), door.errand("clocks"):
            pass
        assert heard()[0] == str(ANNA)


@pytest.mark.django_db
def test_a_door_adds_no_statement_of_django_to_the_transaction(django_assert_num_queries):
    with door.open(door.Asker(who=ANNA)):
        pass  # the first use of a connection may ask more
    with transaction.atomic(), django_assert_num_queries(2):  # savepoint and release; it is said beside Django
        with door.open(door.Asker(who=ANNA, units=frozenset({STREET, HOME}), case=CASES[0])):
            pass


@pytest.mark.django_db
def test_without_a_door_nobody_asks_and_no_case_is_looked_at():
    assert not door.is_open()
    with pytest.raises(Misuse):
        door.asker()
    with pytest.raises(Misuse):
        door.look_at(CASES[0])


@pytest.mark.parametrize("wrong", [
    {"errand": "backup", "who": ANNA}, {"errand": "x'); --"}, {"errand": "sealer", "door": b"\x07" * 32},
    {"door": b"short"},
])
def test_an_asker_that_cannot_be_is_refused(wrong):
    with pytest.raises(Misuse):
        door.Asker(**wrong)


def test_the_log_calls_an_asker_by_what_it_is():
    assert door.Asker(who=ANNA).name == str(ANNA)
    assert door.Asker(errand="clocks").name == "errand:clocks"
    assert door.Asker(door=b"\x07" * 32).name == "door"
    assert door.Asker().name == "nobody"


@pytest.mark.parametrize("name", ["Case", "a b", "a;drop", "naïve", ""])
def test_only_plain_table_names_reach_a_migration(name):
    with pytest.raises(ValueError):
        rows.protect(name, "true")


@pytest.mark.parametrize("bad", ["'; DROP TABLE kit_line; --", "A", "a b", "中"])
def test_only_identifiers_are_said(db, bad):
    with transaction.atomic(), pytest.raises(Misuse):
        door._say(connection, [bad, "", "", "", ""])

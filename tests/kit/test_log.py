"""The log: one line with what it tells, chained within a moment, and provable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door, keys, log, moment, sealing
from baiying.kit.errors import Misuse
from baiying.kit.log import sealer

CASE, OTHER = UUID(int=1), UUID(int=2)
WHO = str(UUID(int=9))
AT = datetime(2026, 5, 6, 4, 0, tzinfo=UTC)
INSERT_BY_HAND = ("INSERT INTO kit_line (at, who, verb, subject, payload, mac) "
                  "VALUES ('2026-05-06', 'x', 'y', %s, NULL, %s)")


def write_some(count: int, subject: UUID = CASE) -> None:
    with door.open(door.Asker()):
        for number in range(count):
            log.write("case.read", subject, WHO, {"n": number})


def links() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, line_id FROM kit_link ORDER BY seq")
        return cursor.fetchall()


@pytest.mark.django_db
def test_a_line_is_read_back_by_whom_the_door_lets_see_it():
    key = sealing.new_key(CASE)
    with door.open(door.Asker()):
        with moment.frozen(AT):
            log.write("case.read", CASE, WHO, {"fields": ["words"], "理由": "接待"}, key)
        log.write("case.listed", CASE, "errand:clocks")
        log.write("case.read", OTHER, WHO, {"unit": "u"})
        assert log.lines_about(CASE) == []
        door.look_at(CASE)
        first, second = log.lines_about(CASE, key)
        assert (first.at, first.who, first.verb, first.erased) == (AT, WHO, "case.read", False)
        assert first.payload == {"fields": ["words"], "理由": "接待"}
        assert (second.verb, second.payload, second.erased) == ("case.listed", None, False)
        assert [line.erased for line in log.lines_about(CASE)] == [True, False]
        assert log.lines_about(OTHER) == []
        door.look_at(OTHER)
        assert [line.payload for line in log.lines_about(OTHER)] == [{"unit": "u"}]


@pytest.mark.django_db
def test_a_line_costs_one_statement_and_hides_its_payload(django_assert_num_queries, monkeypatch):
    sent = []
    execute = psycopg.RawCursor.execute
    monkeypatch.setattr(psycopg.RawCursor, "execute",
                        lambda *said, **how: sent.append(said[1]) or execute(*said, **how))
    with door.open(door.Asker(case=CASE)), connection.cursor() as cursor:
        with django_assert_num_queries(0):  # it is sent beside Django
            log.write("case.read", CASE, WHO, {"reason": "私下"})
        assert len(sent) == 1 and sent[0].startswith("INSERT INTO")
        cursor.execute("SELECT payload FROM kit_line WHERE subject = %s", [CASE])
        assert "私下".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_payload_moved_to_another_case_does_not_open():
    with door.open(door.Asker(case=CASE)), connection.cursor() as cursor:
        log.write("case.read", CASE, WHO, {"n": 1})
        cursor.execute("INSERT INTO kit_line (at, who, verb, subject, payload, mac) "
                       "SELECT at, who, verb, %s, payload, mac FROM kit_line WHERE subject = %s", [OTHER, CASE])
        door.look_at(OTHER)
        with pytest.raises(sealing.Altered):
            log.lines_about(OTHER)


@pytest.mark.usefixtures("committed_db")
def test_a_line_is_written_in_a_transaction_or_not_at_all():
    with pytest.raises(Misuse):
        log.write("case.read", CASE, WHO)
    with pytest.raises(ValueError), door.open(door.Asker()):
        log.write("case.read", CASE, WHO)
        raise ValueError
    assert log.verify() == log.Proof(0, 0, None)


@pytest.mark.usefixtures("committed_db")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=10),
                          st.none() | st.dictionaries(st.text(max_size=4), st.integers()),
                          st.sampled_from(["", "link", "fail"])), max_size=6))
def test_whatever_is_written_is_linked_in_order_and_holds(writings):
    before = len(links())
    written = 0
    for verb, payload, then in writings:
        try:
            with door.open(door.Asker()):
                log.write(verb, CASE, WHO, payload)
                if then == "fail":
                    raise ValueError
            written += 1
        except ValueError:
            pass
        if then == "link":
            log.link_waiting()
    proof = log.verify()
    assert proof.broken is None
    assert proof.linked == before + written
    ordered = links()
    assert [seq for seq, _line in ordered] == list(range(1, len(ordered) + 1))


@pytest.mark.usefixtures("committed_db")
def test_the_sealer_links_what_waits_once_and_in_portions():
    write_some(7)
    assert [log.link_waiting(3) for _ in range(4)] == [3, 3, 1, 0]
    write_some(2)
    assert log.verify() == log.Proof(2, 9, None)
    assert log.verify() == log.Proof(0, 9, None)


def test_a_long_transaction_holds_up_nobody_and_is_linked_when_it_ends(second):
    second.execute(INSERT_BY_HAND, [CASE, b"\x01" * 40])  # lowest id, still open
    for _ in range(3):
        write_some(2)
        assert log.link_waiting() == 2
    second.commit()
    assert log.link_waiting() == 1
    assert log.link_waiting() == 0
    ids = [line for _seq, line in links()]
    assert ids[-1] == min(ids)


def test_a_pass_looks_at_nothing_that_an_earlier_pass_has_linked(second):
    write_some(50)
    log.link_waiting()
    still_open = second.execute("SELECT pg_current_xact_id()::text").fetchone()[0]
    write_some(1)
    log.link_waiting()
    with door.errand("sealer"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(seen)::text, ARRAY(SELECT pg_snapshot_xip(seen)::text) FROM kit_seal")
        beyond, running = cursor.fetchone()
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        assert still_open in running, "others of the same server may be running too, this one surely is"
        cursor.execute("SELECT count(*) FROM kit_line WHERE xid >= %s::xid8 OR xid = ANY (%s::xid8[])",
                       [beyond, running])
        assert cursor.fetchone() == (0,)


def test_only_one_sealer_works_at_a_time(second):
    write_some(2)
    second.execute("SELECT pg_advisory_xact_lock(%s)", [sealer.LOCK])
    assert log.link_waiting() == 0
    second.rollback()
    assert log.link_waiting() == 2


def test_in_a_restored_cluster_where_transactions_count_from_low_again_nothing_is_left_out(owner):
    write_some(3)
    log.link_waiting()
    # As after a restore: the snapshot of the old cluster is far ahead, and the cluster is another.
    owner.execute("UPDATE kit_seal SET seen = '900000000:900000000:', cluster = cluster + 1")
    write_some(2)
    assert log.link_waiting() == 2
    assert log.link_waiting() == 0
    assert log.verify() == log.Proof(0, 5, None)


def test_even_a_wrong_snapshot_hides_nothing_from_the_proof(owner):
    write_some(3)
    log.link_waiting()
    owner.execute("UPDATE kit_seal SET seen = '900000000:900000000:'")
    write_some(2)
    assert log.link_waiting() == 0
    assert log.verify() == log.Proof(2, 5, None)


@pytest.mark.parametrize("table", ["kit_line", "kit_link", "kit_remembered"])
@pytest.mark.parametrize("attack", [
    "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}", "ALTER TABLE {0} DISABLE TRIGGER ALL",
    "DROP TABLE {0}", "ALTER TABLE {0} NO FORCE ROW LEVEL SECURITY", "SET LOCAL session_replication_role = replica",
    "DROP FUNCTION kit_append_only() CASCADE",
])
@pytest.mark.django_db
def test_the_web_role_can_change_nothing_that_was_written(table, attack):
    first = {"kit_line": "verb", "kit_link": "chained", "kit_remembered": "at"}[table]
    with door.errand("sealer"), connection.cursor() as cursor:
        log.write("case.read", CASE, WHO)
        with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
            cursor.execute(attack.format(table, first))


def test_even_the_owner_must_take_the_trigger_away_first(owner):
    write_some(2)
    log.link_waiting()
    owner.execute("SET baiying.errand = 'backup'")
    for attack in ("UPDATE kit_line SET verb = 'x'", "DELETE FROM kit_line", "TRUNCATE kit_line",
                   "UPDATE kit_link SET seq = 9", "DELETE FROM kit_link", "TRUNCATE kit_link"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
            owner.execute(attack)


@pytest.mark.usefixtures("committed_db")
def test_many_writers_at_once_lose_nothing_and_every_committed_line_has_one_link():
    def write_and_fail(writer: int) -> int:
        try:
            for number in range(30):
                with suppress(ValueError), door.open(door.Asker()):
                    log.write("case.read", UUID(int=writer), WHO)
                    if number % 3 == writer % 3:
                        raise ValueError
            return 20
        finally:
            connection.close()

    def seal(_pass: int) -> int:
        try:
            return log.link_waiting(7)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as crowd:
        written = [crowd.submit(write_and_fail, writer) for writer in range(3)]
        linked = [crowd.submit(seal, number) for number in range(12)]
    before = sum(job.result() for job in linked)
    committed = sum(job.result() for job in written)
    proof = log.verify()
    assert proof == log.Proof(committed - before, committed, None)
    assert len({line for _seq, line in links()}) == committed == 60


@pytest.mark.usefixtures("committed_db")
def test_erasing_a_person_leaves_the_proof_whole():
    key = sealing.new_key(CASE)
    with door.open(door.Asker(case=CASE)):
        log.write("case.told", CASE, WHO, {"words": "x"}, key)
    with door.open(door.Asker(case=CASE)):
        assert [line.erased for line in log.lines_about(CASE, None)] == [True]
    assert log.verify() == log.Proof(1, 1, None)


@pytest.mark.usefixtures("committed_db")
def test_lines_open_and_hold_after_the_master_key_is_rotated(ring):
    write_some(2)
    keys.add_master()
    keys.drop_master(ring.current)
    write_some(1)
    with door.open(door.Asker(case=CASE)):
        assert [line.payload for line in log.lines_about(CASE)] == [{"n": 0}, {"n": 1}, {"n": 0}]
    assert log.verify() == log.Proof(3, 3, None)

"""Somebody who owns the database alters the log behind the program's back: each fault is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door, keys, log

CASE = UUID(int=1)
LINES = 6
Attack = Callable[[psycopg.Cursor, list[int]], None]


@pytest.fixture
def lines(owner: psycopg.Cursor) -> list[int]:
    """Six lines, linked; gives their ids, first to last. The proof holds before anybody touches them."""
    return afresh(owner)


def afresh(owner: psycopg.Cursor) -> list[int]:
    """Nothing but six lines, linked."""
    with disarmed(owner):
        owner.execute("TRUNCATE kit_line, kit_link, kit_seal")
    with door.open(door.Asker()):
        for number in range(LINES):
            log.write("case.read", CASE, "somebody", {"n": number})
    assert log.verify() == log.Proof(LINES, LINES, None)
    owner.execute("SELECT line_id FROM kit_link ORDER BY seq")
    return [row[0] for row in owner.fetchall()]


@contextmanager
def disarmed(owner: psycopg.Cursor) -> Iterator[None]:
    """The owner takes both locks away: triggers and row-level security."""
    for table in ("kit_line", "kit_link"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute("SET baiying.errand = 'backup'")
    yield
    for table in ("kit_line", "kit_link"):
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def swap(owner: psycopg.Cursor, table: str, key: str, one: int, other: int) -> None:
    """Let two rows change their keys."""
    for old, new in ((one, -1), (other, one), (-1, other)):
        owner.execute(f"UPDATE {table} SET {key} = %s WHERE {key} = %s", [new, old])


def alter_word(owner, lines):
    owner.execute("UPDATE kit_line SET who = 'nobody' WHERE id = %s", [lines[2]])


def alter_time(owner, lines):
    owner.execute("UPDATE kit_line SET at = at + interval '1 microsecond' WHERE id = %s", [lines[2]])


def alter_payload(owner, lines):
    owner.execute("UPDATE kit_line SET payload = NULL WHERE id = %s", [lines[2]])


def move_a_letter(owner, lines):
    owner.execute("UPDATE kit_line SET who = who || 'c', verb = substr(verb, 2) WHERE id = %s", [lines[2]])


def change_subject(owner, lines):
    owner.execute("UPDATE kit_line SET subject = %s WHERE id = %s", [UUID(int=2), lines[2]])


def alter_mac(owner, lines):
    owner.execute("UPDATE kit_line SET mac = set_byte(mac, 3, get_byte(mac, 3) # 1) WHERE id = %s", [lines[2]])


def delete_line(owner, lines):
    owner.execute("DELETE FROM kit_line WHERE id = %s", [lines[2]])


def delete_link(owner, lines):
    owner.execute("DELETE FROM kit_link WHERE line_id = %s", [lines[2]])


def delete_both(owner, lines):
    delete_link(owner, lines)
    delete_line(owner, lines)


def close_the_gap(owner, lines):
    delete_both(owner, lines)
    for seq in (4, 5, 6):
        owner.execute("UPDATE kit_link SET seq = seq - 1 WHERE seq = %s", [seq])


def swap_lines(owner, lines):
    swap(owner, "kit_line", "id", lines[2], lines[4])


def swap_links(owner, lines):
    swap(owner, "kit_link", "seq", 3, 5)


def swap_lines_and_links(owner, lines):
    swap(owner, "kit_line", "id", lines[2], lines[4])
    swap(owner, "kit_link", "line_id", lines[2], lines[4])


def forge_line(owner, lines):
    owner.execute("INSERT INTO kit_line (at, who, verb, subject, mac) "
                  "VALUES ('2026-05-06', 'somebody', 'case.read', %s, %s)", [CASE, b"\x05" * 40])


def copy_line(owner, lines):
    owner.execute("INSERT INTO kit_line (at, who, verb, subject, payload, mac) "
                  "SELECT at, who, verb, subject, payload, mac FROM kit_line WHERE id = %s", [lines[2]])


def forge_link(owner, lines):
    owner.execute("INSERT INTO kit_link VALUES (7, %s, %s)", [lines[5] + 1, b"\x05" * 32])


def alter_link(owner, lines):
    owner.execute("UPDATE kit_link SET chained = %s WHERE seq = 3", [b"\x05" * 32])


def cut_the_end(owner, lines):
    owner.execute("DELETE FROM kit_link WHERE seq > 4")
    owner.execute("DELETE FROM kit_line WHERE id = ANY (%s)", [lines[4:]])


def cut_the_end_and_its_record(owner, lines):
    cut_the_end(owner, lines)
    owner.execute("UPDATE kit_seal SET seq = 4, chained = (SELECT chained FROM kit_link WHERE seq = 4)")


def remove_the_record(owner, lines):
    owner.execute("DELETE FROM kit_seal")


def take_all(owner, lines):
    owner.execute("DELETE FROM kit_link")
    owner.execute("DELETE FROM kit_line")


ATTACKS: list[tuple[Attack, int, int | None, str]] = [  # attack, seq, index of the line, what
    (alter_word, 3, 2, "mac"), (alter_time, 3, 2, "mac"), (alter_payload, 3, 2, "mac"), (move_a_letter, 3, 2, "mac"),
    (change_subject, 3, 2, "mac"), (alter_mac, 3, 2, "mac"), (delete_line, 3, 2, "missing"),
    (delete_link, 3, None, "gap"), (delete_both, 3, None, "gap"), (close_the_gap, 3, 3, "chain"),
    (swap_lines, 3, 2, "chain"), (swap_links, 3, 4, "chain"), (swap_lines_and_links, 3, 4, "chain"),
    (alter_link, 3, 2, "chain"), (cut_the_end, 5, None, "end"), (cut_the_end_and_its_record, 5, None, "end"),
    (remove_the_record, 7, None, "end"), (take_all, 1, None, "end"),
]


def test_each_planted_fault_is_found_and_the_first_broken_link_is_named(owner):
    for attack, seq, index, what in ATTACKS:  # one database for all: making it takes longer than the attacks
        lines = afresh(owner)
        with disarmed(owner):
            attack(owner, lines)
        named = log.Broken(seq, None if index is None else lines[index], what)
        assert log.verify().broken == named, attack
        with door.open(door.Asker()):
            log.write("case.read", CASE, "somebody")  # later work goes on, and hides nothing
        assert log.verify().broken == named, attack


@pytest.mark.parametrize(("attack", "what"), [(forge_line, "mac"), (copy_line, "copy")])
def test_a_forged_or_copied_line_is_linked_and_named(owner, lines, attack, what):
    owner.execute("SET baiying.errand = 'backup'")
    attack(owner, lines)  # inserting needs no trigger taken away
    broken = log.verify().broken
    assert (broken.seq, broken.what) == (7, what)
    assert broken.line_id not in lines


def test_a_forged_link_is_named_and_no_line_is_linked_behind_it(owner, lines):
    with disarmed(owner):
        forge_link(owner, lines)
    with pytest.raises(log.ChainCut) as told:
        log.link_waiting()
    assert "7" in told.value.sentence
    assert log.verify().broken == log.Broken(7, lines[5] + 1, "missing")


def test_the_first_of_several_faults_is_named(owner, lines):
    with disarmed(owner):
        owner.execute("UPDATE kit_line SET who = 'x' WHERE id = ANY (%s)", [[lines[4], lines[1], lines[3]]])
    assert log.verify() == log.Proof(0, 1, log.Broken(2, lines[1], "mac"))


def test_without_the_keys_nobody_writes_a_line_that_holds(owner, lines, other_ring):
    own = keys.settings.BAIYING_KEYS
    other_ring()
    with door.open(door.Asker()):
        log.write("case.read", CASE, "somebody")
    keys.settings.BAIYING_KEYS = own
    broken = log.verify().broken
    assert (broken.seq, broken.what) == (7, "mac")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, LINES - 1), st.sampled_from(["who", "verb", "payload", "mac"]), st.data())
def test_any_flipped_bit_of_any_line_is_found(owner, lines, index, column, data):
    words = column in ("who", "verb")
    get, put = ("convert_to({}, 'UTF8')", "convert_from(%s, 'UTF8')") if words else ("{}", "%s")
    with disarmed(owner):
        owner.execute(f"SELECT {get.format(column)} FROM kit_line WHERE id = %s", [lines[index]])
        value = bytes(owner.fetchone()[0])
        bit = data.draw(st.integers(0, len(value) * 8 - 1).filter(lambda n: n % 8 < 3 or not words))  # still text
        flipped = bytearray(value)
        flipped[bit // 8] ^= 1 << bit % 8
        owner.execute(f"UPDATE kit_line SET {column} = {put} WHERE id = %s", [bytes(flipped), lines[index]])
        broken = log.verify().broken
        owner.execute(f"UPDATE kit_line SET {column} = {put} WHERE id = %s", [value, lines[index]])
    assert broken == log.Broken(index + 1, lines[index], "mac")
    assert log.verify().broken is None

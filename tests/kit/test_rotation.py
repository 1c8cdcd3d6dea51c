"""A new master key: every case's key is wrapped anew, whatever else goes on."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from baiying.kit import keys, rows, sealing
from baiying.kit.errors import Refusal
from baiying.kit.sealing import rotation
from tests.conftest import use_role

CASES = [UUID(int=number) for number in range(1, 26)]


@pytest.fixture
def table(owner: psycopg.Cursor, ring, monkeypatch) -> Iterator[psycopg.Cursor]:
    """A protected table of wrapped keys, registered; Django works as the owner, as `baiying keys rotate` does."""
    owner.execute("CREATE TABLE kit_test_key (id uuid PRIMARY KEY, wrapped bytea)")
    owner.executemany("INSERT INTO kit_test_key VALUES (%s, %s)", [(case, sealing.new_key(case)) for case in CASES])
    for statement, _ in rows.protect("kit_test_key", rows.is_case("id"), update="false").sql:
        owner.execute(statement)
    owner.execute("SET baiying.errand = 'keys'")
    monkeypatch.setattr(rotation, "_columns", {})
    monkeypatch.setattr(rotation, "BATCH", 10)
    sealing.register("kit_test_key", "wrapped")
    use_role("owner")
    yield owner
    use_role("web")


def stored(owner: psycopg.Cursor) -> dict[UUID, bytes | None]:
    return dict(owner.execute("SELECT id, wrapped FROM kit_test_key").fetchall())


def test_every_key_is_wrapped_anew_and_everything_opens_before_and_after(table, ring):
    before = stored(table)
    blobs = {case: sealing.seal(before[case], case, "words", str(case)) for case in CASES}
    told = []
    assert sealing.rotate(progress=lambda done, total: told.append((done, total))) == len(CASES)
    assert told == [(10, 25), (20, 25), (25, 25)]
    after = stored(table)
    for case in CASES:
        assert after[case] != before[case]
        assert sealing.unseal(after[case], case, "words", blobs[case]) == str(case)
        assert sealing.unseal(before[case], case, "words", blobs[case]) == str(case)
    assert set(keys.keyring().masters) == {ring.current, keys.keyring().current}


def test_a_rotation_that_was_interrupted_is_finished_and_old_master_keys_can_then_be_dropped(table, ring):
    keys.add_master()
    rotation._rewrap_batch(rotation.columns()[0])
    assert rotation.finish() == 15
    assert sealing.rotate(drop_old=True) == 25
    assert list(keys.keyring().masters) == [keys.keyring().current]
    for case, wrapped in stored(table).items():
        sealing.seal(wrapped, case, "words", "opens")


def test_what_was_forgotten_stays_forgotten(table):
    table.execute("UPDATE kit_test_key SET wrapped = NULL WHERE id = %s", [CASES[0]])
    assert sealing.rotate(drop_old=True) == 24
    assert stored(table)[CASES[0]] is None


def test_a_key_that_was_tampered_with_stops_the_rotation_and_loses_nothing(table):
    table.execute("UPDATE kit_test_key SET wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1) WHERE id = %s",
                  [CASES[3]])
    before = stored(table)
    with pytest.raises(sealing.Altered):
        sealing.rotate(drop_old=True)
    after = stored(table)
    assert set(after) == set(before)
    for case in set(CASES) - {CASES[3]}:
        sealing.seal(after[case], case, "words", "opens")


def test_one_who_does_not_see_every_row_rotates_nothing_and_drops_no_key(table, ring):
    table.execute("GRANT ALL ON kit_test_key TO PUBLIC")
    use_role("web")
    before = stored(table)
    for act in (sealing.rotate, rotation.finish):
        with pytest.raises(Refusal):
            act(drop_old=True)
    assert stored(table) == before
    assert set(keys.reload().masters) == {ring.current}

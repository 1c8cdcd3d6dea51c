"""The keyring: private, whole or not at all, and never silently replaced."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from baiying.kit import keys
from baiying.kit.models import Remembered


def test_a_keyring_is_made_private_and_read_again_the_same(ring):
    place = keys.folder()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}
    again = keys.reload()
    assert (again.seed, again.masters, again.payload) == (ring.seed, ring.masters, ring.payload)
    assert len({ring.seed, ring.index, ring.log, ring.payload, *ring.masters.values()}) == 5


def test_the_keys_do_not_show_when_a_keyring_is_printed(ring):
    assert ring.seed.hex() not in repr(ring)
    assert repr(ring.seed) not in repr(ring)


def test_making_a_keyring_twice_at_once_makes_one(tmp_path: Path):
    place = tmp_path / "keys" / keys.FOLDER
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: keys.create(place), range(8)))
    assert [path.name for path in place.parent.iterdir()] == [keys.FOLDER]
    assert len(list(place.glob("master-*"))) == 1


def damage_modes(place: Path) -> None:
    (place / "seed").chmod(0o644)


def damage_missing(place: Path) -> None:
    (place / "index").unlink()


def damage_short(place: Path) -> None:
    (place / "log").write_text("abcd")


def damage_master(place: Path) -> None:
    next(place.glob("master-*")).unlink()


def damage_payload(place: Path) -> None:
    (place / "payload").write_text("01" * 77)


@pytest.mark.parametrize("damage", [damage_modes, damage_missing, damage_short, damage_master, damage_payload])
def test_a_damaged_keyring_is_refused_with_a_sentence_that_says_what_to_do(ring, damage):
    damage(keys.folder())
    with pytest.raises(keys.KeysMissing) as told:
        keys.reload()
    assert str(keys.folder()) in told.value.sentence
    assert ring.seed.hex() not in told.value.sentence


def test_rotation_changes_the_master_key_and_nothing_that_numbers_and_indexes_depend_on(ring):
    new = keys.add_master()
    grown = keys.keyring()
    assert grown.current == new != ring.current
    assert ring.masters.items() < grown.masters.items()
    assert (grown.seed, grown.index, grown.log, grown.payload) == (ring.seed, ring.index, ring.log, ring.payload)
    assert grown.fingerprint == ring.fingerprint
    with pytest.raises(keys.KeysMissing):
        keys.drop_master(new)
    keys.drop_master(ring.current)
    assert set(keys.keyring().masters) == {new}


def test_a_process_that_did_not_rotate_finds_the_new_master_key(ring):
    stale = keys.keyring()
    new = keys.add_master()
    assert new not in stale.masters
    assert new in keys.master(new).masters


def forget(owner: psycopg.Cursor) -> None:
    """Make the database one that no keyring has filled yet."""
    owner.execute("ALTER TABLE kit_remembered DISABLE TRIGGER USER")
    owner.execute("DELETE FROM kit_remembered")
    owner.execute("ALTER TABLE kit_remembered ENABLE TRIGGER USER")


def test_a_lost_key_folder_is_not_replaced_when_the_database_was_filled_under_it(tmp_path, settings, owner):
    settings.BAIYING_KEYS = tmp_path / "lost"
    forget(owner)
    first = keys.establish()
    assert bytes(Remembered.objects.get().fingerprint) == first.fingerprint
    keys.folder().rename(tmp_path / "elsewhere")
    with pytest.raises(keys.KeysMissing) as told:
        keys.reload()
    assert str(keys.folder()) in told.value.sentence
    assert not keys.folder().exists()
    (tmp_path / "elsewhere").rename(keys.folder())
    assert keys.establish() == first


def test_another_key_folder_than_the_databases_own_is_refused(tmp_path, settings, owner):
    settings.BAIYING_KEYS = tmp_path / "one"
    forget(owner)
    keys.establish()
    assert keys.disagreement() is None
    settings.BAIYING_KEYS = tmp_path / "two"
    keys.create(keys.folder())
    with pytest.raises(keys.KeysMissing) as told:
        keys.establish()
    assert str(keys.folder()) in told.value.sentence


def test_an_empty_installation_makes_its_keys_on_first_use(tmp_path, settings, owner):
    settings.BAIYING_KEYS = tmp_path / "new"
    forget(owner)
    assert keys.keyring().folder == keys.folder()
    assert os.listdir(settings.BAIYING_KEYS) == [keys.FOLDER]


@pytest.mark.django_db
def test_after_migrating_the_database_remembers_its_keyring():
    assert bytes(Remembered.objects.get().fingerprint) == keys.keyring().fingerprint
    assert keys.disagreement() is None

"""Backup from day one: what was brought back is, row by row, what was there; keys travel apart."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile

import psycopg
import pytest

from baiying.project.postgres import OWNER, WEB
from tests import live as product
from tests.project.conftest import inside

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("restored")]

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SHAPE = {
    "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "forced": "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1",
    "triggers": "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT tgisinternal ORDER BY 1, 2",
    "grants": "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
              "WHERE grantee = 'baiying_web' ORDER BY 1, 2",
    "owners": "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, convalidated FROM pg_constraint "
                   "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    # A condition with IN is told with its casts in other places once it was read back from its own words.
    "indexes": "SELECT indexname, regexp_replace(indexdef, '::(text|character varying)(\\[\\])?|[()]', '', 'g') "
               "FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
}


def rows(direct: psycopg.Connection, table: str) -> list[str]:
    """Every row of a table as text, sorted."""
    return [row[0] for row in direct.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')]


def photograph(data) -> tuple[dict[str, list[str]], dict[str, list[tuple]]]:
    """All rows of all tables, and the shape around them."""
    with inside(data) as direct:
        tables = [name for (name,) in direct.execute(TABLES)]
        return ({name: rows(direct, name) for name in tables},
                {name: direct.execute(question).fetchall() for name, question in SHAPE.items()})


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A backup of a stopped installation: (database file, keys file, its folder)."""
    folder, data = tmp_path_factory.mktemp("backup"), product.copy()
    done = product.Live(data, 1, None).command("backup", str(folder / "b.dump"), "--keys", str(folder / "k"))
    assert done.returncode == 0 and "The database is in" in done.stdout, done
    yield folder / "b.dump", folder / "k", data
    product.remove(data)


@pytest.fixture(scope="module")
def restored(kept):
    """The backup in a new data folder."""
    dump, keys, _data = kept
    fresh = product.new_folder()
    done = product.Live(fresh, 1, None).command("restore", str(dump), "--keys", str(keys))
    assert done.returncode == 0 and "The backup is in place" in done.stdout, done
    yield fresh
    product.remove(fresh)


def test_every_row_of_every_table_is_there_again_and_all_that_guards_them(kept, restored, started):
    with started(kept[2]):
        before, shape = photograph(kept[2])
    with started(restored):
        after, shape_after = photograph(restored)
    assert len(before) > 30 and sum(map(len, before.values())) > 500
    assert any(name.startswith("procrastinate_") for name in before)
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert [name for name in SHAPE if shape[name] != shape_after[name]] == []
    assert len(shape["policies"]) > 10 and len(shape["triggers"]) > 5 and shape["forced"]


def test_what_was_sealed_opens_with_the_keys_that_were_brought(kept, restored, started):
    opened = unsealed(restored, started)
    assert opened and opened == unsealed(kept[2], started)


def test_row_security_grants_and_triggers_hold_on_the_restored_one(restored, started):
    with started(restored):
        with inside(restored, WEB) as web:
            assert web.execute("SELECT count(*) FROM cases_case").fetchone() == (0,), "nothing said, no rows"
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute("DELETE FROM kit_line")
        with inside(restored, OWNER) as owner:
            assert owner.execute("SELECT count(*) FROM cases_case").fetchone() == (0,), "the owner is held too"
            owner.execute("SET baiying.errand = 'backup'")
            assert owner.execute("SELECT count(*) FROM cases_case").fetchone() != (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
                owner.execute("UPDATE kit_line SET who = 'x'")


def test_the_restored_one_is_whole_well_and_never_written_over(kept, restored):
    type_there = product.Live(restored, 1, None).command
    proof = type_there("verify", "log")
    assert proof.returncode == 0 and "The log is whole" in proof.stdout, proof
    assert "Nothing is wrong" in type_there("doctor").stdout
    refused = type_there("restore", str(kept[0]))
    assert refused.returncode == 1 and "never writes over anything" in refused.stderr
    held = type_there("restore", str(kept[0]), "--keys", str(kept[1]))
    assert held.returncode == 1 and "already holds a keyring" in held.stderr


def test_a_backup_of_a_running_installation_can_be_restored_and_is_readable_by_its_owner_only(standing, bare, tmp_path):
    done = standing.command("backup", str(tmp_path / "b.dump"), "--keys", str(tmp_path / "k"))
    assert done.returncode == 0, done
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("b.dump", "k")} == {0o600}
    type_there = product.Live(bare, 1, None).command
    assert type_there("restore", str(tmp_path / "b.dump"), "--keys", str(tmp_path / "k")).returncode == 0
    assert "The log is whole" in type_there("verify", "log").stdout


def unsealed(data, started) -> list[str]:
    """Every sealed text of an installation, opened with its own keys by its own program."""
    code = ("import django; django.setup()\n"
            "from baiying.kit import door, sealing\nfrom baiying.cases.models import Case, Sealed\n"
            "with door.errand('backup'):\n"
            "    for row in Sealed.objects.select_related('case').order_by('id'):\n"
            "        print(sealing.unseal(bytes(row.case.key), row.case_id, row.field, bytes(row.blob)))\n")
    with started(data):
        environment = product.environment(data, 1) | {"BAIYING_AS_OWNER": "1",
                                                      "DJANGO_SETTINGS_MODULE": "baiying.project.settings"}
        done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=product.CHECKOUT,
                              capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_keys_and_database_never_travel_together(kept):
    dump, keys, data = kept
    with tarfile.open(keys) as book:
        names = book.getnames()
    assert "ring/seed" in names and "postgres.json" not in names
    content = dump.read_bytes()
    for path in (data / "keys" / "ring").iterdir():
        assert path.read_text().strip().encode() not in content


def test_without_the_keys_a_restore_says_so_and_makes_nothing(kept, bare):
    done = product.Live(bare, 1, None).command("restore", str(kept[0]))
    assert done.returncode == 1 and "--keys FILE" in done.stderr and "Traceback" not in done.stderr
    assert not (bare / "postgres").exists()


def test_keys_of_another_installation_are_refused_and_nothing_is_left(kept, bare, tmp_path):
    """The fingerprint in the database is that of the keyring it was filled under."""
    with tarfile.open(kept[1]) as book:
        book.extractall(tmp_path / "k", filter="data")
    seed = tmp_path / "k" / "ring" / "seed"
    seed.write_text("ab" * 32 + "\n")
    with tarfile.open(tmp_path / "other", "w:gz") as book:
        for path in sorted((tmp_path / "k").rglob("*")):
            if path.is_file():
                book.add(path, arcname=str(path.relative_to(tmp_path / "k")))
    done = product.Live(bare, 1, None).command("restore", str(kept[0]), "--keys", str(tmp_path / "other"))
    assert done.returncode == 1 and "Traceback" not in done.stderr, done
    assert not (bare / "keys" / "ring").exists()
    done = product.Live(bare, 1, None).command("restore", str(kept[0]), "--keys", str(kept[1]))
    assert done.returncode == 0, done


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "flipped"])
def test_a_damaged_file_is_refused_and_nothing_is_left_half_done(kept, bare, tmp_path, damage):
    whole = bytearray(kept[0].read_bytes())
    if damage == "flipped":
        whole[-len(whole) // 3] ^= 0xFF
    broken = {"cut": whole[:len(whole) * 2 // 3], "empty": b"", "noise": b"\x00" * 5000, "flipped": whole}[damage]
    (tmp_path / "bad.dump").write_bytes(broken)
    type_there = product.Live(bare, 1, None).command
    done = type_there("restore", str(tmp_path / "bad.dump"), "--keys", str(kept[1]))
    assert done.returncode == 1 and "Traceback" not in done.stderr, done
    assert str(tmp_path / "bad.dump") in done.stderr
    assert not (bare / "keys" / "ring").exists()
    if damage == "cut":
        done = type_there("restore", str(kept[0]), "--keys", str(kept[1]))
        assert done.returncode == 0, "after a failure the folder takes the whole file"


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_strange_file_of_keys_is_refused(kept, bare, tmp_path, content):
    if content is not None:
        (tmp_path / "k").write_bytes(content)
    done = product.Live(bare, 1, None).command("restore", str(kept[0]), "--keys", str(tmp_path / "k"))
    assert done.returncode == 1 and str(tmp_path / "k") in done.stderr and "Traceback" not in done.stderr
    assert not (bare / "postgres").exists()


def test_a_backup_that_cannot_be_written_says_so_and_keeps_the_older_one(baiying, tmp_path):
    assert "There is no folder" in baiying("backup", str(tmp_path / "none" / "b")).stderr
    assert "is a folder" in baiying("backup", str(tmp_path)).stderr
    same = baiying("backup", str(tmp_path / "x"), "--keys", str(tmp_path / "x"))
    assert same.returncode == 1 and "a file each" in same.stderr
    assert os.listdir(tmp_path) == []

"""`baiying doctor`: each fault of its list is planted in a sound installation, found, and told with what to do."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from baiying.project.commands import doctor
from baiying.project.postgres import OWNER
from tests import live as product
from tests.project.conftest import inside

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("operations")]


@contextlib.contextmanager
def as_if_in(data: Path, monkeypatch) -> Iterator[None]:
    """Look with the doctor's own functions, in this process, at another installation."""
    with monkeypatch.context() as there:
        there.setenv("BAIYING_DATA", str(data))
        there.delenv("DATABASE_URL", raising=False)
        yield


def sentences(look, data: Path, monkeypatch) -> list[str]:
    with as_if_in(data, monkeypatch):
        return list(look())


def test_a_sound_installation_is_said_to_be_sound_running_or_not(standing, baiying):
    running = standing.command("doctor")
    *advice, verdict = running.stdout.splitlines()
    assert (running.returncode, verdict) == (0, "Nothing is wrong with this installation."), running
    assert all(one.startswith("· In ") and "one person alone" in one for one in advice) and advice, advice
    stopped = baiying("doctor")
    assert stopped.returncode == 0 and "It is not running; type `make run`" in stopped.stdout, stopped


def test_no_installation_is_said_and_none_is_made(tmp_path):
    nothing = product.Live(tmp_path / "none", 1, None).command("doctor")
    assert nothing.returncode == 1 and "There is no installation" in nothing.stdout
    assert not (tmp_path / "none").exists()


def test_a_key_that_others_may_read_and_a_lost_keyring_are_found(baiying, folder):
    (folder / "keys" / "ring" / "seed").chmod(0o644)
    found = baiying("doctor")
    assert found.returncode == 1 and "can be read by other users. Type: chmod -R go=" in found.stdout
    (folder / "keys" / "ring" / "seed").chmod(0o600)
    (folder / "keys" / "ring").rename(folder / "keys" / "away")
    found = baiying("doctor")
    assert found.returncode == 1 and str(folder / "keys" / "ring") in found.stdout and "Traceback" not in found.stderr
    assert not (folder / "keys" / "ring").exists(), "the doctor makes no new keys"


def test_keys_of_another_installation_and_a_database_that_does_not_start_are_found(baiying, folder):
    seed = folder / "keys" / "ring" / "seed"
    seed.write_text("ab" * 32 + "\n")
    found = baiying("doctor")
    assert found.returncode == 1 and str(folder / "keys" / "ring") in found.stdout
    (folder / "postgres" / "data" / "PG_VERSION").write_text("14\n")
    found = baiying("doctor")
    assert found.returncode == 1 and "made by PostgreSQL 14" in found.stdout and "baiying restore" in found.stdout


def test_keys_inside_the_database_folder_and_none_at_all_are_found(monkeypatch, tmp_path):
    data = tmp_path / "d"
    (data / "postgres" / "keys").mkdir(parents=True)
    (data / "postgres" / "keys").chmod(0o700)
    (data / "keys").symlink_to(data / "postgres" / "keys")
    told = sentences(doctor.keys_are_private, data, monkeypatch)
    assert any("inside the database's folder" in sentence and "Move it" in sentence for sentence in told)
    (data / "keys").unlink()
    assert "Bring it back" in sentences(doctor.keys_are_private, data, monkeypatch)[0]


def test_a_closed_folder_and_a_full_disk_are_found(monkeypatch, tmp_path):
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    (closed / "d").mkdir()
    if os.geteuid() == 0:
        assert "chmod o+x" in sentences(doctor.data_is_reachable, closed / "d", monkeypatch)[0]
    assert sentences(doctor.disk_has_room, closed / "d", monkeypatch) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12, 5_000_000))
    assert "has 5 MB left. Make room" in sentences(doctor.disk_has_room, closed / "d", monkeypatch)[0]


def test_a_catalogue_with_faults_is_found_with_its_first_fault(monkeypatch, tmp_path):
    shutil.copytree(product.CHECKOUT / "catalogue", tmp_path / "c")
    first = sorted((tmp_path / "c" / "matters").glob("*.toml"))[0]
    first.write_text("stray = 1\n" + first.read_text("utf-8"), "utf-8")
    monkeypatch.setenv("BAIYING_CATALOGUE", str(tmp_path / "c"))
    told = list(doctor.catalogue_is_whole())
    assert len(told) == 1 and first.name in told[0] and "baiying catalogue check" in told[0]


def test_a_web_role_that_owns_tables_or_passes_row_security_is_found(standing, monkeypatch):
    with inside(standing.data) as direct:
        for plant, heal, said in (
            ("CREATE TABLE stray (x int); ALTER TABLE stray OWNER TO baiying_web", "DROP TABLE stray", "owns tables"),
            ("ALTER ROLE baiying_web BYPASSRLS", "ALTER ROLE baiying_web NOBYPASSRLS", "bypasses row security"),
        ):
            direct.execute(plant)
            try:
                told = sentences(doctor.roles_are_apart, standing.data, monkeypatch)
            finally:
                direct.execute(heal)
            assert len(told) == 1 and said in told[0]
        assert sentences(doctor.roles_are_apart, standing.data, monkeypatch) == []


def test_row_security_and_triggers_switched_off_are_found(standing, monkeypatch):
    with inside(standing.data, OWNER) as owner:
        for plant, heal, said in (
            ("cases_sealed NO FORCE ROW LEVEL SECURITY", "cases_sealed FORCE ROW LEVEL SECURITY",
             "Row security of the table cases_sealed"),
            ("kit_line DISABLE TRIGGER append_only_row", "kit_line ENABLE TRIGGER append_only_row",
             "its trigger append_only_row is switched off"),
        ):
            owner.execute(f"ALTER TABLE {plant}")
            try:
                told = sentences(doctor.tables_are_protected, standing.data, monkeypatch)
            finally:
                owner.execute(f"ALTER TABLE {heal}")
            assert len(told) == 1 and said in told[0] and "Type: ALTER TABLE" in told[0]
        assert sentences(doctor.tables_are_protected, standing.data, monkeypatch) == []


ROW = ("INSERT INTO cases_file (id, case_id, district, at, kind, party, side, released_to, level, media, size, name,"
       " blob) SELECT gen_random_uuid(), id, district, received_at, 'paper', 'asker', '', '{}', 'P2', 'pdf', 1, '', %s "
       "FROM cases_case LIMIT 1")


def test_files_that_are_missing_damaged_or_nobodys_are_found(standing, monkeypatch):
    place = standing.data / "files" / "aa"
    with inside(standing.data) as direct:
        direct.execute(ROW, ["aa" * 32])
        try:
            assert "1 files of cases are missing" in sentences(doctor.files_are_there, standing.data, monkeypatch)[0]
            place.mkdir(parents=True)
            (place / ("aa" * 32)).write_bytes(b"not what was written")
            assert "damaged on the disk" in sentences(doctor.files_are_there, standing.data, monkeypatch)[0]
        finally:
            direct.execute("DELETE FROM cases_file")
    assert sentences(doctor.files_are_there, standing.data, monkeypatch) == []  # an orphan of today is swept at night
    os.utime(place / ("aa" * 32), (0, 0))
    assert "named by no row" in sentences(doctor.files_are_there, standing.data, monkeypatch)[0]
    shutil.rmtree(standing.data / "files")
    assert sentences(doctor.files_are_there, standing.data, monkeypatch) == []


def test_writes_that_a_crash_could_lose_are_found(standing, monkeypatch):
    with inside(standing.data) as direct:
        direct.execute("ALTER ROLE baiying_web SET synchronous_commit = off")
        try:
            told = sentences(doctor.writes_are_kept, standing.data, monkeypatch)
        finally:
            direct.execute("ALTER ROLE baiying_web RESET synchronous_commit")
    assert len(told) == 1 and "synchronous_commit is off" in told[0]


def test_a_role_that_is_not_let_in_is_found(standing, monkeypatch):
    with inside(standing.data) as direct:
        direct.execute("ALTER ROLE baiying_web NOLOGIN")
        try:
            told = sentences(doctor.database_answers, standing.data, monkeypatch)
        finally:
            direct.execute("ALTER ROLE baiying_web LOGIN")
    assert len(told) == 1 and "does not let the web role in" in told[0]


def test_tables_older_than_the_program_are_found(baiying, folder, started):
    with started(folder), inside(folder, OWNER) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'boards'")
    found = baiying("doctor")
    assert found.returncode == 1 and "tables are older than this program" in found.stdout, found
    assert "baiying migrate" in found.stdout


@pytest.mark.parametrize(("today", "wrong"), [("2026-11-30", False), ("2026-12-01", True), ("2027-01-02", True)])
def test_a_calendar_that_ends_too_soon_is_found(db, today, wrong):
    from datetime import datetime

    from baiying.kit import moment

    with moment.frozen(datetime.fromisoformat(today + "T12:00+08:00")):
        told = list(doctor.calendar_is_there())
    assert bool(told) is wrong
    if wrong:
        assert "ends with 2026" in told[0] and "baiying calendar import FILE" in told[0]

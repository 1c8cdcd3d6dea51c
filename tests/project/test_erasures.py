"""What was erased stays erased: a restore of an older backup erases it again before anything is served, and files of
keys do not live longer than they may."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile

import pytest

from tests import live as product

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("restored")]

OPEN = "import django; django.setup()\nfrom baiying.kit import door\nfrom baiying.cases.models import Case\n"
SUBMIT = OPEN + """
from baiying.cases import actions
from baiying.project.errand import serve_the_district
serve_the_district()
for key in ("stays", "goes"):
    print(actions.submit(actions.Submission(key=key, words="三个月没有发工资了。", phone="010-0000-0001")).case_id)
"""
ERASE = OPEN + """
import sys, uuid
from baiying.cases.actions import retention
print(retention.forget(uuid.UUID(sys.argv[1]), asked=True))
"""
LOOK = OPEN + """
import json, sys
with door.errand("retention"):
    rows = Case.objects.in_bulk(sys.argv[1:])
print(json.dumps({str(key): [row.key is not None, bool(row.words), row.phone_index is not None]
                  for key, row in rows.items()}))
"""
THERE, GONE = [True, True, True], [False, False, False]


def run(data, started, code: str, *words: str) -> str:
    with started(data):
        environment = product.environment(data, 1) | {"DJANGO_SETTINGS_MODULE": "baiying.project.settings"}
        done = subprocess.run([sys.executable, "-c", code, *words], env=environment, cwd=product.CHECKOUT,
                              capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def erased(started, tmp_path_factory):
    """A backup with two cases, of which one was erased since: (backup, keys of then, ledger of now, the two ids)."""
    folder, data = tmp_path_factory.mktemp("erased"), product.copy()
    stays, goes = run(data, started, SUBMIT).split()
    type_there = product.Live(data, 1, None).command
    assert type_there("backup", str(folder / "b.dump"), "--keys", str(folder / "k")).returncode == 0
    assert run(data, started, ERASE, goes) == "1\n"
    shutil.copy(data / "keys" / "erased.jsonl", folder / "ledger")
    yield folder / "b.dump", folder / "k", folder / "ledger", (stays, goes)
    product.remove(data)


def brought_back(erased, started, *words: str):
    """What a new installation says and holds after the old backup was restored."""
    fresh = product.new_folder()
    try:
        done = product.Live(fresh, 1, None).command("restore", str(erased[0]), "--keys", str(erased[1]), *words)
        assert done.returncode == 0, done
        ledger = fresh / "keys" / "erased.jsonl"
        lines = len(ledger.read_text().splitlines()) if ledger.exists() else 0
        return done.stdout, json.loads(run(fresh, started, LOOK, *erased[3])), lines
    finally:
        product.remove(fresh)


def test_an_older_backup_does_not_bring_back_what_was_erased(erased, started):
    said, rows, lines = brought_back(erased, started, "--erasures", str(erased[2]))
    stays, goes = erased[3]
    assert rows == {stays: THERE, goes: GONE}
    assert "1 cases and people that were erased since the backup were erased again" in said
    assert lines == 2, "the new installation goes on with the ledger it was brought"


@pytest.mark.deep
def test_without_the_ledger_it_would_come_back_so_it_is_the_ledger_that_does_it(erased, started):
    _said, rows, lines = brought_back(erased, started)
    assert rows == dict.fromkeys(erased[3], THERE) and lines == 0


def test_a_ledger_that_was_altered_stops_the_restore_and_nothing_is_served(erased, tmp_path):
    cut, fresh = tmp_path / "ledger", product.new_folder()
    line = json.loads(erased[2].read_text().splitlines()[0])
    cut.write_text(json.dumps({**line, "what": "00" * 32}) + "\n")
    type_there = product.Live(fresh, 1, None).command
    done = type_there("restore", str(erased[0]), "--keys", str(erased[1]), "--erasures", str(cut))
    assert done.returncode == 1 and "销毁记录" in done.stderr and not (fresh / "keys" / "ring").exists()
    assert not (fresh / "restoring").exists(), "nothing of it is left, so nothing has to be kept from being served"
    (fresh / "restoring").touch()
    assert "A restore was broken off" in type_there("run", "--demo").stderr
    product.remove(fresh)


def test_a_file_of_keys_says_until_when_it_may_live_and_is_removed_then(erased, tmp_path):
    data, keys = product.new_folder(), tmp_path / "k"
    with tarfile.open(erased[1]) as book:
        assert len(book.extractfile("expires").read()) == 10
    with tarfile.open(keys, "w:gz") as book:
        member = tarfile.TarInfo("expires")
        member.size = 10
        book.addfile(member, io.BytesIO(b"2026-01-31"))
    shutil.copy(erased[1], tmp_path / "young")
    (data / "key_backups.jsonl").write_text("".join(
        json.dumps({"path": str(path), "expires": "2026-01-31"}) + "\n" for path in (keys, tmp_path / "young")))
    type_there = product.Live(data, 1, None).command
    done = type_there("keys", "expire")
    assert done.returncode == 0 and str(keys) in done.stdout, done
    assert not keys.exists() and (tmp_path / "young").exists(), "what a file says of itself counts, not the register"
    product.remove(data)

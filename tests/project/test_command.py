"""The command line: help and status 2 for words not understood, one sentence and status 1 for what cannot be done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from baiying.kit.errors import Refusal
from baiying.project import command
from baiying.project.commands import run as running
from baiying.project.errors import Trouble
from baiying.project.ports import cannot_bind, chosen_port
from tests import live as product

CATALOGUE = product.CHECKOUT / "catalogue"


def typed(capsys, *words: str) -> tuple[int, str, str]:
    """Status, what was printed, what was said on the side."""
    try:
        status = command.main(words)
    except SystemExit as ended:
        status = int(ended.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("words", [(), ("nonsense",), ("clock",), ("clock", "explain"), ("verify", "everything"),
                                   ("intake", "replay"), ("backup",), ("run", "--fast")])
def test_missing_or_wrong_words_are_answered_by_the_whole_help_and_status_2(capsys, words):
    status, out, err = typed(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith("usage: baiying") and "-h, --help" in err
    if not words:
        assert all(errand in err for errand in command.ERRANDS)


def test_every_errand_has_help_and_a_module(capsys):
    for errand in command.ERRANDS:
        status, out, _err = typed(capsys, errand, "--help")
        assert status == 0 and command.ERRANDS[errand].split(":")[0] in " ".join(out.split())


@pytest.mark.parametrize(("error", "sentence"), [
    (Trouble("It is so."), "It is so."),
    (Refusal("It is %(what)s.", what="refused"), "It is refused."),
    (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied. Check the path"),
    (psycopg.OperationalError("connection refused\nmore"), "The database is away: connection refused. Type `baiying"),
])
def test_what_we_know_is_told_in_a_sentence_with_status_1(capsys, monkeypatch, error, sentence):
    def refuse(chosen):
        raise error
    monkeypatch.setattr(command.module("doctor"), "run", refuse)
    status, _out, err = typed(capsys, "doctor")
    assert status == 1 and err.startswith(sentence) and err.count("\n") == 1


def test_a_fault_of_the_program_itself_is_shown_whole(monkeypatch):
    def fail(chosen):
        raise ZeroDivisionError
    monkeypatch.setattr(command.module("doctor"), "run", fail)
    with pytest.raises(ZeroDivisionError):
        command.main(["doctor"])


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "8000.5", "８０００"])
def test_a_port_that_is_none_is_refused(capsys, monkeypatch, port):
    monkeypatch.setenv("BAIYING_PORT", port)
    status, _out, err = typed(capsys, "run")
    assert status == 1 and "a port is a number from 1 to 65535" in err


def test_the_port_is_8000_unless_said_otherwise(monkeypatch):
    monkeypatch.delenv("BAIYING_PORT", raising=False)
    assert chosen_port() == 8000
    monkeypatch.setenv("BAIYING_PORT", " 8123 ")
    assert chosen_port() == 8123
    assert cannot_bind("127.0.0.1", product.free_port()) is None
    assert "8123" in running.web(8123).command


def test_no_installation_is_said_and_none_is_made_by_looking(tmp_path):
    for words in (["verify", "log"], ["keys", "rotate"], ["intake", "replay", "/dev/null"], ["backup", "b.dump"],
                  ["territory", "load", "110107"]):
        nothing = product.Live(tmp_path / "none", 1, None).command(*words)
        assert nothing.returncode == 1 and "There is no installation in" in nothing.stderr, nothing
        assert "Traceback" not in nothing.stderr and not (tmp_path / "none").exists()


# --- clock explain


@pytest.mark.parametrize(("rule", "due_on", "due_at"), [
    ("15 calendar_day", "2026-10-13", "2026-10-14T00:00:00+08:00"),
    ("3 working_day", "2026-10-08", "2026-10-09T00:00:00+08:00"),
    ("72 hour", "2026-10-01", "2026-10-01T10:00:00+08:00"),
    ("1 month", "2026-10-28", "2026-10-29T00:00:00+08:00"),
    ("1 year", "2027-09-28", "2027-09-29T00:00:00+08:00"),
])
def test_a_clock_explains_itself_in_every_unit(capsys, rule, due_on, due_at):
    status, out, _err = typed(capsys, "clock", "explain", "--rule", rule, "--from", "2026-09-28T10:00", "--json")
    found = json.loads(out)
    assert status == 0 and (found["due_on"], found["due_at"]) == (due_on, due_at)
    assert found["days"][0]["date"] == "2026-09-28"
    assert {"date", "counted", "why"} <= set(found["days"][0])
    assert all(isinstance(day["counted"], bool) and day["why"] for day in found["days"])
    _status, words, _err = typed(capsys, "clock", "explain", "--rule", rule, "--from", "2026-09-28T10:00")
    assert f"due on {due_on}; late from {due_at}" in words and found["days"][-1]["why_zh"] in words


@pytest.mark.parametrize(("rule", "start", "kind", "sentence"), [
    ("15 fortnight", "2026-09-28", "deadline", "no unit called 'fortnight'"),
    ("x day", "2026-09-28", "deadline", "is no length of time"),
    ("15 calendar_day", "2026-13-28", "deadline", "is no date or time"),
    ("15 calendar_day", "", "deadline", "is no date or time"),
    ("99999999 year", "2026-01-01", "deadline", "from 1 to 100000"),
    ("3 days", "9999-12-30", "deadline", "beyond the calendar"),
    ("3 days", "2026-01-01", "dead", "no kind of clock called 'dead'"),
])
def test_bad_input_of_a_clock_gets_a_sentence(capsys, rule, start, kind, sentence):
    status, out, err = typed(capsys, "clock", "explain", "--rule", rule, f"--from={start}", "--kind", kind)
    assert (status, out) == (1, "") and sentence in err and err.count("\n") == 1


# --- catalogue check


def test_the_catalogue_of_this_checkout_has_no_faults(capsys):
    status, out, _err = typed(capsys, "catalogue", "check")
    assert status == 0 and out.splitlines()[-2:] == ["0 faults", "68 of 68"]


def test_all_faults_of_all_files_are_told_at_once_and_the_counts_last(capsys, tmp_path):
    """Plant six faults in five files; each is named with file and place, and the nearest known word."""
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    matters = sorted((folder / "matters").glob("*.toml"))
    assert len(matters) >= 3
    text = matters[0].read_text("utf-8")
    matters[0].write_text("nmae_of = 1\n" + text.replace("label", "lable", 1), "utf-8")
    matters[1].write_bytes(matters[1].read_text("utf-8").encode("gb18030"))
    matters[2].write_text(matters[2].read_text("utf-8") + "\n[broken\n", "utf-8")
    (folder / "roles.toml").write_text((folder / "roles.toml").read_text("utf-8") + "\nstray = 1\n", "utf-8")
    (folder / "strange.toml").write_text("?", "utf-8")
    status, out, _err = typed(capsys, "catalogue", "check", str(folder))
    lines = out.splitlines()
    assert status == 1
    for file in (*matters[:3], folder / "roles.toml", folder / "strange.toml"):
        assert any(file.name in line for line in lines[:-2]), f"{file.name} in {out}"
    assert any("lable" in line and "label" in line.replace("lable", "") for line in lines), "the nearest known word"
    assert any(f"{matters[0].name}:" in line for line in lines), "the place"
    count = int(lines[-2].removesuffix(" faults"))
    assert count >= 6 and "," in lines[-4] and lines[-1] == "66 of 68"


def test_a_catalogue_with_faults_is_not_loaded(capsys, tmp_path):
    (tmp_path / "matters").mkdir()
    (tmp_path / "matters" / "union.x.y.toml").write_text("= 1", "utf-8")
    status, out, _err = typed(capsys, "catalogue", "load", str(tmp_path))
    assert status == 1 and "in force" not in out


# --- static: nothing that is looked at in `ps` gets a secret


def test_no_program_is_given_an_address_with_a_password_on_its_command_line():
    for path in (product.CHECKOUT / "baiying" / "project").rglob("*.py"):
        text = path.read_text()
        assert "--dbname={addresses()" not in text and "dbname=postgresql" not in text, path


def test_the_module_is_run_as_a_program_too():
    done = subprocess.run([sys.executable, "-m", "baiying.project.command"], capture_output=True, text=True,
                          cwd=Path("/"), env={**os.environ})
    assert done.returncode == 2 and "ERRAND" in done.stderr

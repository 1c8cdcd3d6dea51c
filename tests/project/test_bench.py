"""Benches: all of them are called, and a missed target ends with 1."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from baiying.project.command import main
from baiying.project.commands import bench

ROOT = Path(__file__).resolve().parents[2]


def test_make_bench_calls_every_bench():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = re.search(r"^BENCHES := (.*)$", text, re.MULTILINE)
    assert called is not None
    assert {one.split(",")[0] for one in called[1].split()} == set(bench.BENCHES)
    assert "--json || missed=1" in text


@pytest.mark.parametrize(("met", "status"), [(True, 0), (False, 1)])
def test_a_missed_target_ends_with_1_and_machines_read_the_figures(met, status, monkeypatch, capsys):
    monkeypatch.setattr(bench, "agreed", lambda: {"differences": int(not met), "met": met})
    assert main(["bench", "rules", "--json"]) == status
    assert json.loads(capsys.readouterr().out)["met"] is met


def test_each_figure_of_the_database_is_held_against_its_target(db):
    from baiying.project.bench.sweep_database import targets

    figures = {"sweep": {"times_copy": 3.1}, "one": {"times_bare": 3.5}, "thousand": {"median_seconds": 0.9}}
    assert [one["met"] for one in targets(figures).values()] == [False, True, True]


def test_the_made_rules_are_what_is_promised_for_the_time_of_a_block(db):
    from baiying.catalogue.promised import promised
    from baiying.project.bench.sweep_register import in_force, made
    from baiying.services.queries.rulebook import current

    before = current().version
    rules = made(5, 1)
    with in_force(rules):
        assert current() is rules and promised() is rules.held
        assert all(name in rules.held.facts for name in rules.facts)
    assert current().version == before

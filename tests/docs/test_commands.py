"""Every command that a page shows is understood: by the command line (parsed only), by make, by the test runner."""

from __future__ import annotations

import re
import shlex
from types import SimpleNamespace

import pytest

from baiying.project import command
from tests.docs.pages import CHECKOUT, PAGES, READMES, blocks, inline, told

OURS = re.compile(r"^(?:[A-Z_]+=\S+ +)*(?:\.venv/bin/)?baiying +(.+)$")
MAKE = re.compile(r"^make +([a-z]+)")
TOOL = re.compile(r"\.venv/bin/(?:python|pytest|djlint) +(?:-\S+ +)*((?:tools|tests|baiying|docs)/\S+)")


def lines(page) -> list[str]:
    """All that could be typed: lines of blocks without a language, and what stands between backquotes."""
    return [*(line.strip() for block in blocks(page) for line in block.splitlines()), *inline(page)]


def shown(page) -> list[list[str]]:
    """The words after `baiying` of every command a page shows."""
    return [shlex.split(found[1], comments=True) for line in lines(page) if (found := OURS.match(line))]


@pytest.fixture
def only_parsed(monkeypatch):
    """The command line takes its words and does nothing."""
    real = command.module
    monkeypatch.setattr(command, "module", lambda name: SimpleNamespace(arguments=real(name).arguments,
                                                                        run=lambda chosen: 0))


def understood(words: list[str]) -> bool:
    try:
        return command.main(words) == 0
    except SystemExit as left:
        return left.code == 0  # --help


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_the_command_line_understands_every_command_of_a_page(page, only_parsed, capsys):
    assert not [words for words in shown(page) if not understood(words)]


def test_commands_are_found_and_a_wrong_one_is_noticed(only_parsed, capsys):
    assert sum(len(shown(page)) for page in PAGES) > 30
    assert not understood(["verify", "lock"]) and not understood(["restoer", "x"])


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_make_knows_every_target_of_a_page(page):
    known = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    assert not {found[1] for line in lines(page) if (found := MAKE.match(line))} - known


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_every_file_that_a_command_names_exists(page):
    named = [path for line in lines(page) for path in TOOL.findall(line)]
    assert not [path for path in named if not (CHECKOUT / path).exists()]


def test_both_readmes_show_the_same_commands():
    assert sorted(shown(READMES[0])) == sorted(shown(READMES[1]))

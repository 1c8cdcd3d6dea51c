"""A share that is none, and one that would decide what she is asked, are refused at their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baiying.engine.loader import read_catalogue
from tests.engine.flow.real import FOLDER

FILE = "union.bargaining.contract.toml"


@pytest.mark.parametrize(("old", "new", "code"), [
    ('of = "ask.delegates", at_least = "2/3"', 'of = "ask.delegates", at_least = "two thirds"', "no_share"),
    ('of = "ask.delegates", at_least = "2/3"', 'of = "ask.delegates", is = "2/3"', "no_share"),
    ('of = "ask.delegates", at_least = "2/3"', 'of = "ask.topics", at_least = "2/3"', "no_share"),
    ('of = "ask.delegates", at_least = "2/3"', 'of = "ask.present", at_least = "2/3"', "no_share"),
    ('of = "ask.delegates", at_least = "2/3"', 'of = "ask.delegate", at_least = "2/3"', "unknown"),
    ('in_favour = { label = "同意多少人"', 'in_favour = { when = [{ fact = "ask.present", of = "ask.delegates", '
     'above = "1/2" }], label = "同意多少人"', "share_on_a_form"),
])
def test_a_share_with_a_slip_is_refused(tmp_path: Path, old, new, code):
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("territory", "cn_20[01]*", "text"))
    file = copy / "matters" / FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    assert code in {fault.code for fault in read_catalogue(copy).faults}

"""The letter of the how-to is a catalogue's, and the fault it quotes is the one told."""

from __future__ import annotations

import shutil

import pytest

from baiying.catalogue import check
from tests.docs.pages import CHECKOUT, blocks

PAGE = CHECKOUT / "docs" / "how-to" / "new-letter.md"
MATTER = "union.matter.request.toml"


@pytest.fixture
def catalogue(tmp_path):
    """A copy of the product's catalogue with the letter of the how-to in it."""
    folder = shutil.copytree(CHECKOUT / "catalogue", tmp_path / "catalogue")
    template, letter = blocks(PAGE, "toml")
    (folder / "letters" / "lost_receipt.toml").write_text(template, encoding="utf-8")
    with (folder / "matters" / MATTER).open("a", encoding="utf-8") as file:
        file.write("\n" + letter)
    return folder


def test_the_letter_of_the_how_to_has_no_fault(catalogue):
    lines, status = check.report(catalogue)
    assert status == 0, lines


def test_the_fault_that_it_quotes_is_the_one_that_is_told(catalogue):
    file = catalogue / "letters" / "lost_receipt.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("您的{thing}", "您的{thnig}"), encoding="utf-8")
    lines, status = check.report(catalogue)
    quoted = [line for block in blocks(PAGE) for line in block.splitlines() if ".toml:" in line]
    assert status == 1 and quoted == [line for line in lines if "lost_receipt" in line]


@pytest.mark.parametrize(("was", "now", "said"), [
    ('fill = { thing', 'fill = { thnig', "'thnig'"),
    ('template = "lost_receipt"', 'template = "lost_recipt"', "lost_receipt"),
    ('template = "lost_receipt"', 'template = "lost_receipt"\ntext = "字"', "template 已经有正文"),
])
def test_what_is_wrong_beside_a_template_is_told_with_the_nearest_word(catalogue, was, now, said):
    file = catalogue / "matters" / MATTER
    file.write_text(file.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 1 and any(said in line for line in lines), lines


@pytest.mark.parametrize(("was", "now", "said"), [
    ("numbered = true", "numbered = true\nhers = true", "hers"),
    ("edit = true\n", "edit = true\nlable = \"字\"\n", "'label'"),
    ('basis = "house"\ngrade', 'basis = "hous"\ngrade', "'house'"),
])
def test_what_is_wrong_in_a_template_is_told(catalogue, was, now, said):
    file = catalogue / "letters" / "lost_receipt.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 1 and any(said in line for line in lines), lines

"""Every sentence has its Chinese, and the compiled messages are those of the text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "locale" / "zh_Hans" / "LC_MESSAGES"
PLAIN = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext"}
PLACES = re.compile(r"%\(\w+\)[sd]")


def plural_zero(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


@pytest.fixture(scope="module")
def text() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def test_every_sentence_has_its_chinese(text):
    assert not [entry.msgid for entry in text if not entry.obsolete and (not plural_zero(entry) or entry.fuzzy)]


def test_every_place_in_a_sentence_is_filled_in_chinese_too(text):
    wrong = [entry.msgid for entry in text
             if set(PLACES.findall(entry.msgid_plural or entry.msgid)) != set(PLACES.findall(plural_zero(entry)))]
    assert not wrong


def test_the_compiled_messages_are_those_of_the_text(text):
    compiled = polib.mofile(str(FOLDER / "django.mo"))
    assert {(entry.msgctxt, entry.msgid): plural_zero(entry) for entry in compiled} == \
           {(entry.msgctxt, entry.msgid): plural_zero(entry) for entry in text if not entry.obsolete}


def test_no_sentence_of_the_code_is_missing_from_the_text(text):
    known = {(entry.msgctxt, entry.msgid) for entry in text if not entry.obsolete}
    missing = {sentence for path in (CHECKOUT / "baiying").rglob("*.*") for sentence in sentences(path)} - known
    assert not missing, "run: make messages, then translate"


def sentences(path: Path) -> set[tuple[str | None, str]]:
    """(context, sentence) of every call of gettext in a file. No gettext program is needed to look."""
    if path.suffix == ".html":
        return in_calls(ast.parse(as_python(path.read_text(encoding="utf-8"))))
    return in_calls(ast.parse(path.read_text(encoding="utf-8"))) if path.suffix == ".py" else set()


def as_python(template: str) -> str:
    """Only the calls that Django makes of a template's translate tags, one a line."""
    called = re.findall(r"(?:n|np|p)?gettext\((?:[^()]|\([^()]*\))*?\)(?= |$)", templatize(template))
    return "\n".join(called)


def in_calls(tree: ast.AST) -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(node.func, "id", "")
        texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
        if name in PLAIN and texts and isinstance(texts[0], str):
            found.add((None, texts[0]))
        elif name in WITH_CONTEXT and len(texts) > 1:
            found.add((str(texts[0]), str(texts[1])))
    return found

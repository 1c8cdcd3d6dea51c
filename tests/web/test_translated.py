"""Every sentence of a template and of the code has its Chinese: nobody forgets one, whatever page it is on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib

CHECKOUT = Path(__file__).resolve().parents[2]
PO = CHECKOUT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
TOLD = re.compile(r"""{%\s*translate\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s+context\s+"([^"]*)")?""")
PLAIN = {"_", "gettext", "gettext_lazy", "ngettext"}
WITH_CONTEXT = {"_p", "pgettext", "pgettext_lazy", "npgettext"}
Said = tuple[str | None, str]


def in_templates() -> Iterator[tuple[str, Said]]:
    for path in (CHECKOUT / "baiying" / "web" / "templates").rglob("*.html"):
        for found in TOLD.finditer(path.read_text(encoding="utf-8")):
            yield path.name, (found[2], found[1][1:-1])


def in_code() -> Iterator[tuple[str, Said]]:
    for path in (CHECKOUT / "baiying").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLAIN | WITH_CONTEXT:
                given = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
                if node.func.id in WITH_CONTEXT and len(given) == 2:
                    yield path.name, (given[0], given[1])
                elif node.func.id in PLAIN and given:
                    yield path.name, (None, given[0])


def test_every_sentence_of_templates_and_code_has_its_chinese():
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(PO))
             if not entry.obsolete and (entry.msgstr or entry.msgstr_plural)}
    said = [*in_templates(), *in_code()]
    assert len(said) > 1_000
    assert not {one for one in said if one[1] not in known}

"""Every module, class, function and path that a page names is there; every word of the design is in the glossary."""

from __future__ import annotations

import ast
import importlib
import re

import pytest

from tests.docs.pages import CHECKOUT, PAGES, WRITTEN, inline, text, told

DOTTED = re.compile(r"^(baiying(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?$")
PATH = re.compile(r"^(?:baiying|catalogue|tests|tools|locale|requirements|docs)/[\w./*-]*$")
BESIDE = re.compile(r"`([A-Za-z_]\w*)`[^`\n]{0,12} (?:in|of) `(baiying/[\w/]+\.py)`")
# What a how-to tells the reader to write: it is not there before.
TO_BE_WRITTEN = {
    "baiying/jobs/count_late.py", "baiying/web/templates/web/streets.html", "catalogue/calendar/cn_YYYY.toml",
}


def is_there(name: str) -> bool:
    """Whether a dotted name leads to a module or something in one."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:size]))
        except ModuleNotFoundError:
            continue
        for part in parts[size:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_every_dotted_name_of_a_page_exists(page):
    named = {found[1] for code in inline(page) if (found := DOTTED.match(code))}
    assert not {name for name in named if not is_there(name)}


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_every_path_of_a_page_exists(page):
    named = {code for code in inline(page) if PATH.match(code)} - TO_BE_WRITTEN
    assert not {path for path in named if not any(CHECKOUT.glob(path.rstrip("/")))}


@pytest.mark.parametrize("page", WRITTEN, ids=told)
def test_what_a_page_places_in_a_module_stands_in_it(page):
    wrong = [(name, path) for name, path in BESIDE.findall(text(page))
             if not re.search(rf"\b{name}\b", (CHECKOUT / path).read_text(encoding="utf-8"))]
    assert not wrong


def test_names_are_found_and_a_wrong_one_is_noticed():
    assert is_there("baiying.kit.door.open") and not is_there("baiying.kit.door.shut")
    assert not is_there("baiying.kit.cellar.x")
    assert sum(bool(DOTTED.match(code)) for page in PAGES for code in inline(page)) > 60


def test_the_glossary_has_every_word_of_the_design(shared):
    section = shared("design.md").read_text(encoding="utf-8").split("## 2. Words")[1].split("## 3.")[0]
    pairs = [pair.strip().rstrip(".") for pair in section.split("\n", 1)[1].split("A synonym")[0].split("·")]
    glossary = text(CHECKOUT / "docs" / "glossary.md")
    words = {word for pair in pairs for word in re.split(r"[/、\s,.]+", pair) if word}
    assert len(words) > 80
    assert not {word for word in words if word not in glossary}


def test_the_notice_names_every_vendored_part_and_every_converted_table():
    notice = text(CHECKOUT / "NOTICE")
    parts = laid_down(ast.parse(text(CHECKOUT / "tools" / "vendor.py")))
    assert len(parts) >= 2
    assert not [part for part in parts if " ".join(part) not in notice]
    assert not [path.name for path in (CHECKOUT / "catalogue" / "territory").glob("*.csv") if path.name not in notice]
    vendor = CHECKOUT / "baiying" / "web" / "static" / "vendor"
    assert not [path.name for path in vendor.iterdir() if path.is_dir() and f"  {path.name}/ " not in notice]


def laid_down(tree: ast.Module) -> list[tuple[str, str]]:
    """(package, version) of every part that tools/vendor.py lays down."""
    table = next(node for node in tree.body if isinstance(node, ast.AnnAssign)
                 and getattr(node.target, "id", "") == "PARTS")
    rows = table.value.elts if isinstance(table.value, ast.Tuple) else []
    return [tuple(ast.literal_eval(part) for part in row.elts[:2]) for row in rows if isinstance(row, ast.Tuple)]


def test_the_licence_stands_in_both_languages_to_its_end():
    licence = text(CHECKOUT / "LICENSE")
    assert "木兰宽松许可证， 第2版" in licence and "条款结束" in licence
    assert "Mulan PSL v2" in licence and "END OF THE TERMS AND CONDITIONS" in licence
    assert [f"   {number}. " in licence for number in range(7)] == [True] * 7

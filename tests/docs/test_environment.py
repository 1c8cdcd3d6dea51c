"""What the code reads from the environment stands in both READMEs, and what stands there is read."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, READMES, inline, told

OURS = re.compile(r"(BAIYING_[A-Z_]+|DATABASE_URL)")
CODE = CHECKOUT / "baiying"


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in CODE.rglob("*.py"))


def constants() -> dict[str, set[str]]:
    """Names that stand for a text somewhere in the code, as `AS_OWNER = "BAIYING_AS_OWNER"`."""
    found: dict[str, set[str]] = {}
    for _path, tree in trees():
        for node in tree.body:
            value = getattr(node, "value", None)
            if isinstance(node, ast.Assign) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                for target in node.targets:
                    found.setdefault(getattr(target, "id", ""), set()).add(value.value)
    return found


def environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def asked(node: ast.AST) -> ast.expr | None:
    """The name that this expression asks the environment for: os.environ.get(X), .pop(X), os.environ[X], a call that
    passes a variable's name on, as words_of("DATABASE_URL")."""
    if isinstance(node, ast.Subscript) and environ(node.value):
        return node.slice
    if isinstance(node, ast.Call) and node.args:
        method = isinstance(node.func, ast.Attribute) and environ(node.func.value)
        return node.args[0] if method or isinstance(node.func, ast.Name) else None
    return None


@cache
def read_by_the_code() -> set[str]:
    named, found = constants(), set()
    for _path, tree in trees():
        for node in ast.walk(tree):
            name = asked(node)
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
            elif isinstance(name, ast.Name):
                found |= named.get(name.id, set())
    return {name for name in found if OURS.fullmatch(name)}


@pytest.mark.parametrize("page", READMES, ids=told)
def test_the_readme_tells_every_variable_that_is_read_and_no_other(page):
    told_of = {name for code in inline(page) if (found := OURS.match(code)) and (name := found[1])}
    assert told_of == read_by_the_code()


def test_variables_are_found_in_each_way_they_are_read():
    assert {"BAIYING_PORT", "BAIYING_DATA", "DATABASE_URL", "BAIYING_AS_OWNER", "BAIYING_HTTPS"} <= read_by_the_code()

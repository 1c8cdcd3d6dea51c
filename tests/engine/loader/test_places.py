from __future__ import annotations

import json
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.loader.places import lines_of, shown
from baiying.engine.loader.reading import read

TEXT = '''# a comment with [brackets] = signs
a = 1
[b."c.d"]
e = { f = [1, 2], g.h = "]" }
i = [
  { j = 1 }, # }
  { j = """
two
lines""" },
]
[[k]]
l = 1
[[k]]
l = 2
[k.m]
n = \'\'\'raw\'\'\'
'''


def test_every_value_has_its_line():
    lines = {shown(path): line for path, line in lines_of(TEXT).items()}
    assert lines["a"] == 2
    assert lines["b.c.d.e.f[1]"] == lines["b.c.d.e.g.h"] == 4
    assert (lines["b.c.d.i[0].j"], lines["b.c.d.i[1].j"]) == (6, 7)
    assert lines["k"] == 11, "a mistyped [[block]] is told with its line"
    assert (lines["k[0].l"], lines["k[1].l"], lines["k[1].m.n"]) == (12, 14, 16)


PIECES = st.sampled_from(
    ["[", "]", "[[", "]]", "{", "}", "=", ",", ".", "\n", " ", '"', "'", '"""', "'''", "#", "a", "ask", "stage",
     "to", "1", "true", "1979-05-27", "\\", "\u200b", "键", "[stage.a]\n", 'label = "x"\n', "when = [{ all = [", "inf"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reading_of_a_file(text):
    source = read("x.toml", text.encode("utf-8", "replace"))
    assert source.faults or source.table == tomllib.loads(
        text.encode("utf-8", "replace").decode().replace("\r\n", "\n")
    )


@given(st.binary(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_reading_of_a_file(data):
    read("x.toml", data)


KEYS = st.sampled_from(["a", "b c", "键", "d.e", '"'])
VALUES = st.recursive(
    st.integers(0, 9) | st.booleans() | st.sampled_from(["x", "]", "}", "#", "a = 1", "\n"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(toml, value)) + "\n]"
    return json.dumps(value)


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} | {deeper for key, one in inner for deeper in paths(one, (*path, key))}


@given(st.dictionaries(KEYS, VALUES, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_path_of_every_document_is_found(document):
    text = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    assert set(lines) == paths(document) - {()}
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())

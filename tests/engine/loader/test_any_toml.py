"""No TOML, however shaped, makes the loader fall over: it answers with faults."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.loader import build, folder, letters, read_catalogue, services
from baiying.engine.loader.reading import Source
from baiying.engine.loader.schema import BLOCKS, FILES

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
SHARED = {kind: folder._read(CATALOGUE, file) for file, kind in FILES.items()}
NAMES = folder._names(SHARED)

KNOWN = sorted(
    {word for words in BLOCKS.values() for word in words} | {"any", "all", "none", "asker", "contact", "x y"}
)
TEXTS = st.sampled_from(
    ["lead", "asker", "answered", "closed", "a", "@topics", "@", "7 days", "L-TJZC art.2", "union", "P3", ""]
)
PLAIN = TEXTS | st.integers(-5, 10**9) | st.booleans() | st.floats(allow_nan=False) | st.dates()
ANY = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KNOWN), inner, max_size=5),
    max_leaves=30,
)


@given(st.dictionaries(st.sampled_from(KNOWN), ANY, max_size=8))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_as_a_matter_is_answered_with_faults(table):
    faults = list(folder._matter_faults(Source("matters/union.a.b.toml", table), SHARED, NAMES))
    assert faults
    assert all(one.zh and one.en for one in faults)


@given(st.dictionaries(st.sampled_from(KNOWN), ANY, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_as_a_service_is_answered_with_faults(table):
    faults = list(services.check([Source("services/union.a.b.toml", table)], NAMES, SHARED))
    assert faults
    assert all(one.zh and one.en for one in faults)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), ANY)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_anywhere_in_a_service_is_answered_or_it_can_be_built(path, new):
    real = dict(folder._read(CATALOGUE, "services/union.hardship.register.toml").table)
    table = changed(real, path, new)
    if isinstance(table, dict):
        source = Source("services/union.hardship.register.toml", table)
        found = list(services.check([source], NAMES, SHARED))
        assert all(one.zh and one.en for one in found)
        if not found:
            lists, sources = SHARED["lists"].table["list"], SHARED["sources"].table["source"]
            assert services.service("service", "union.a.b", services.resolved(source, lists, sources)).steps


def real_matter() -> dict[str, object]:
    return dict(folder._read(CATALOGUE, "matters/women.dv.protect.toml").table)


@given(st.sampled_from(["ask", "stage", "letter", "clock", "closing"]), ANY)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_in_place_of_a_block_is_answered(word, value):
    source = Source("matters/women.dv.protect.toml", {**real_matter(), word: value})
    for fault in folder._matter_faults(source, SHARED, NAMES):
        assert fault.zh and fault.en


def changed(value: object, path: list[int], new: object) -> object:
    """The same value with what lies at this path (numbers of steps down) replaced, or taken away for None."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key, rest = keys[path[0] % len(keys)], path[1:]
    inner = value[key]
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is None and (not rest or not isinstance(inner, dict | list) or not inner):
        del copy[key]
    else:
        copy[key] = changed(inner, rest, new)
    return copy


MATTERS = [folder._read(CATALOGUE, f"matters/{path.name}") for path in sorted((CATALOGUE / "matters").glob("*.toml"))]

PAPERS = [folder._read(CATALOGUE, f"letters/{path.name}") for path in sorted((CATALOGUE / "letters").glob("*.toml"))]
TEMPLATES = {letters.stem(one): {**letters.resolved(one.table, SHARED["sources"].table["source"]), "id": "x"}
             for one in PAPERS}  # fmt: skip


@given(st.sampled_from(MATTERS), st.lists(st.integers(0, 50), min_size=1, max_size=7), st.none() | ANY)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_real_matter_with_one_thing_changed_has_faults_or_can_be_built_and_walked(source, path, new):
    table = changed(source.table, path, new)
    if not isinstance(table, dict):
        return
    held = Source(source.file, table)
    if [*folder._matter_faults(held, SHARED, NAMES), *letters.fitting(held, PAPERS)]:
        return
    lists, sources = SHARED["lists"].table["list"], SHARED["sources"].table["source"]
    whole = letters.written_in(build.resolved(table, lists, sources), TEMPLATES, sources)
    matter = build.matter(folder._stem(source), whole)
    flow.clocks_touched(matter, flow.begin(matter).events)
    for stage in matter.stages:
        flow.offers(matter, stage, frozenset({"asker", "lead"}), {})
    flow.judge(matter, "not_solved", 0)
    assert all(clock.rule.length for clock in matter.clocks.values())


@given(st.sampled_from(sorted(FILES)), st.dictionaries(st.sampled_from(KNOWN), ANY, max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_as_a_shared_file_is_answered(file, table):
    shared = {**SHARED, FILES[file]: Source(file, table)}
    names = folder._names(shared)
    matter = Source("matters/women.dv.protect.toml", real_matter())
    for fault in [*folder._matter_faults(matter, shared, names)]:
        assert fault.zh and fault.en
    folder._counts(shared, [matter])


def test_an_empty_folder_names_every_file_that_is_missing():
    with tempfile.TemporaryDirectory() as empty:
        shutil.rmtree(Path(empty) / "x", ignore_errors=True)
        missing = {fault.file for fault in read_catalogue(Path(empty)).faults}
    assert set(FILES) <= missing

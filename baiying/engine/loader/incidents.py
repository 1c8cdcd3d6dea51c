"""The plans for incidents of a catalogue: their files read, judged and built. A plan = one file, and no Python."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from baiying.engine.incidents import DESTROY, EVENTS, Check, Level, Plan
from baiying.engine.loader import build, sense, structure
from baiying.engine.loader.basis import basis_shown
from baiying.engine.loader.faults import Fault
from baiying.engine.loader.fitting import comparisons
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.loader.structure import NAME

BAND = "case.band"
#: No plan has a question for these: who leads, who urges, who was there, who knows whom (report, section 7).
PERSONS = ("组织者", "带头", "牵头人", "领头", "煽动", "骨干", "串联", "名单", "微信群主", "群主",
           "organiser", "organizer", "instigator", "ringleader")  # fmt: skip


def stem(source: Source) -> str:
    return source.file.removeprefix("incidents/").removesuffix(".toml")


def check(found: list[Source], names: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """All faults of all plans."""
    for source in found:
        yield from source.faults
        if not source.table and source.faults:
            continue
        asks = tables(source.table, "ask")
        known = {**names, "event": set(EVENTS), "fact": {BAND, *(f"ask.{key}" for key in asks)},
                 "level": {one["key"] for _, one in _levels(source) if isinstance(one.get("key"), str)}}
        yield from structure.check(source, "incident", known)
        yield from sense.forbidden(source, "ask")
        yield from _fitting(source)


def _fitting(source: Source) -> Iterator[Fault]:
    """Words that are good one by one and do not fit one another."""
    if not NAME.fullmatch(stem(source)):
        yield source.fault((), "bad_name", name=stem(source)[:40])
    keys = [one.get("key") for _, one in _levels(source)]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield source.fault(("level", number, "key"), "same_band", name=str(key)[:40])
    if DESTROY not in tables(source.table, "clock"):
        yield source.fault(("clock",), "missing", word=DESTROY)
    for key, ask in tables(source.table, "ask").items():
        said = f"{key} {ask.get('label', '')} {ask.get('label_en', '')}".lower()
        word = next((word for word in PERSONS if word in said), None)
        if word:
            yield source.fault(("ask", key), "lists_people", word=word)
    for key, clock in tables(source.table, "clock").items():
        for fact, value, here in comparisons(clock.get("when"), ("clock", key, "when")):
            for one in value if isinstance(value, list) else [value]:
                if fact == BAND and one not in keys:
                    yield source.fault(here, "not_an_option", value=str(one)[:40], fact=fact)


def _levels(source: Source) -> list[tuple[int, Table]]:
    value = source.table.get("level")
    return [(n, one) for n, one in enumerate(value) if isinstance(one, dict)] if isinstance(value, list) else []


def resolved(table: Table, lists: Mapping[str, Table], sources: Mapping[str, Table]) -> dict[str, Any]:
    """A plan's table with its lists and sources written in."""
    plan = build.resolved(table, lists, sources)
    plan["level"] = [{**one, **basis_shown(one["basis"], sources)} for one in table["level"]]
    return plan


def plan(key: str, table: Table) -> Plan:
    """Build a plan from its resolved table."""
    shell = build.matter(key, {**table, "org": "union", "class": "P3", "stage": {},
                               "closing": {"question": "", "question_en": ""},
                               "band": [{"name": one["key"], **one} for one in table["level"]]})
    return Plan(
        key=key, name=shell.name, name_en=shell.name_en, help=shell.help, help_en=shell.help_en,
        levels=tuple(
            Level(one["key"], one["label"], one["label_en"], band, texts(one.get("calls", [])),
                  texts(one.get("calls_en", [])), one["basis_zh"], one["basis_en"], one["grade"])
            for one, band in zip(table["level"], shell.bands, strict=True)
        ),
        asks=shell.asks,
        checks=tuple(
            Check(name, one["label"], one["label_en"], one.get("help", ""), one.get("help_en", ""),
                  texts(one.get("levels", [])))
            for name, one in tables(table, "check").items()
        ),
        clocks=shell.clocks,
    )

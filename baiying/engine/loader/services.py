"""The services of a catalogue: their files read, judged and built. A service = one file, and no Python.

One reader for `services`, `programmes`, `appraisals` and `callouts`: they say the same things of themselves, and what
has no engine of its own yet is shown as declared, with a person to ask.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from baiying.engine.flow.matter import ASKER, Option
from baiying.engine.loader import lines, rules, sense, structure
from baiying.engine.loader.basis import basis_shown
from baiying.engine.loader.faults import Fault
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.rules import Line
from baiying.engine.rules.language import RULE_WORDS
from baiying.engine.services import (
    FOLDERS,
    SOURCE_GRADES,
    Actor,
    Basis,
    Clock,
    Figure,
    Guard,
    Paper,
    Service,
    StepOf,
    Terms,
)

STEM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
# Whose turn a step may be beside the parties that the file names: hers who asks, and ours.
HOUSE = {ASKER: Actor(ASKER, "本人", "You", True), "system": Actor("system", "系统", "The system", True)}
WITH_SOURCES = ("terms", "figure", "clock")
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def stem(source: Source) -> str:
    return source.file.rpartition("/")[2].removesuffix(".toml")


def folder_of(source: Source) -> str:
    return source.file.partition("/")[0]


def check(found: list[Source], names: Mapping[str, Collection[str]], shared: Mapping[str, Source]) -> Iterator[Fault]:
    """All faults of all services. `shared`: the files beside them, for what sources, facts and lines they can name."""
    sources = tables(shared["sources"].table, "source")
    known = rules.Known(
        rules.facts_of(shared["facts"].table), _lines(shared), names.get("source"), grades(names),
        {*map(stem, found), *names.get("matter", ())},
    )
    for source in found:
        yield from source.faults
        if source.table or not source.faults:
            own = {"actor": {*HOUSE, *tables(source.table, "party")}, "ask": set(tables(source.table, "ask"))}
            yield from structure.check(source, "service", {**names, **own})
            yield from sense.forbidden(source, "ask")
            yield from _named(source)
            yield from _fitting(source, sources)
            yield from rules.check_rule(_with_options(source, shared), known)


def grades(names: Mapping[str, Collection[str]]) -> set[str] | None:
    """What a rule or a line may be graded by: the words of `words.toml`, and the grades of sources. None: not known,
    since that file cannot be read, which is told once."""
    return {*names["grade"], *SOURCE_GRADES} if "grade" in names else None


def _lines(shared: Mapping[str, Source]) -> dict[str, Line]:
    """What a rule may name with `@`: a line, or a list."""
    return {**lines.lines_of_lists(tables(shared["lists"].table, "list")), **lines.read_lines(shared["lines"])[0]}


def _with_options(source: Source, shared: Mapping[str, Source]) -> Source:
    """The same file with the options of its lists written in: a rule compares answers with them."""
    lists = tables(shared["lists"].table, "list")
    asks = {}
    for key, ask in tables(source.table, "ask").items():
        named = ask.get("options")
        listed = lists.get(named[1:], {}).get("options") if isinstance(named, str) else None
        asks[key] = {**ask, "options": listed} if listed else ask
    return Source(source.file, {**source.table, "ask": asks}, source.lines, source.faults)


def ids(found: list[Source]) -> Iterator[Fault]:
    """An id is that of one file, in whatever folder it stands."""
    first: dict[str, Source] = {}
    for source in found:
        one = source.table.get("id")
        if isinstance(one, str) and first.setdefault(one, source) is not source:
            yield source.fault(("id",), "id_twice", other=first[one].file)


def kinds_by_id(found: list[Source]) -> dict[str, str]:
    """What each file calls itself, and its kind."""
    told = ((source.table.get("id"), source.table.get("kind")) for source in found)
    return {one: kind for one, kind in told if isinstance(one, str) and isinstance(kind, str)}


def id_fits(source: Source, called: str) -> Iterator[Fault]:
    """The id that a file carries is the one it is called by."""
    one = source.table.get("id")
    if isinstance(one, str) and one != called:
        yield source.fault(("id",), "other_id", id=one[:60], stem=called)


def _named(source: Source) -> Iterator[Fault]:
    called, org = stem(source), source.table.get("org")
    if not STEM.fullmatch(called):
        yield source.fault((), "bad_stem")
    elif isinstance(org, str) and called.split(".")[0] != org:
        yield source.fault(("org",), "other_org", stem=called.split(".")[0], org=org[:40])
    yield from id_fits(source, called)


def _fitting(source: Source, sources: Mapping[str, Table]) -> Iterator[Fault]:
    """Words that are good one by one and do not fit one another."""
    grade = source.table.get("grade")
    told = [str(sources[key].get("grade")) for key in map(_key, texts(source.table.get("source"))) if key in sources]
    weakest = max((one for one in told if one in SOURCE_GRADES), key=SOURCE_GRADES.index, default="")
    if grade in SOURCE_GRADES and weakest and SOURCE_GRADES.index(grade) < SOURCE_GRADES.index(weakest):
        yield source.fault(("grade",), "grade_better", grade=grade, weakest=weakest)
    valid = source.table.get("valid")
    if isinstance(valid, dict):
        first, last = valid.get("from"), valid.get("until")
        if type(first) is date and type(last) is date and last < first:
            yield source.fault(("valid", "until"), "years_backward")
    for key, ask in tables(source.table, "ask").items():
        if "options" in ask and ask.get("kind") not in ("choice", "choices"):
            yield source.fault(("ask", key, "options"), "needless_options", kind=ask.get("kind"))


def _key(basis: str) -> str:
    return basis.split(" ")[0]


def resolved(source: Source, lists: Mapping[str, Table], sources: Mapping[str, Table]) -> dict[str, Any]:
    """A service's table with its lists and sources written in, as it is stored."""
    table = dict(source.table)
    table["sources"] = _bases(texts(table["source"]), sources)
    for word in WITH_SOURCES:
        many = table.get(word, {})
        if isinstance(many, dict):
            table[word] = {key: {**one, "basis": _bases(texts(one["basis"]), sources)} for key, one in many.items()}
        else:
            table[word] = [{**one, "basis": _bases(texts(one.get("basis", [])), sources)} for one in many]
    table["ask"] = {
        key: {**ask, "options": lists[ask["options"][1:]]["options"]} if isinstance(ask.get("options"), str) else ask
        for key, ask in tables(table, "ask").items()
    }
    whole: dict[str, Any] = _as_text(table)
    return whole


def _bases(keys: tuple[str, ...], sources: Mapping[str, Table]) -> list[dict[str, str]]:
    found = []
    for key in keys:
        shown = basis_shown(key, sources)
        found.append({"key": key, "name": shown["basis_zh"], "name_en": shown["basis_en"],
                      "grade": sources[_key(key)]["grade"]})
    return found


def _as_text(value: Any) -> Any:
    """Days as texts: a stored declaration is plain JSON."""
    if isinstance(value, dict):
        return {key: _as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _with_days(value: Any) -> Any:
    """The other way round: a text that is a day is that day."""
    if isinstance(value, dict):
        return {key: _with_days(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_days(one) for one in value]
    return date.fromisoformat(value) if isinstance(value, str) and _A_DAY.fullmatch(value) else value


def service(kind: str, key: str, table: Table) -> Service:
    """Build a service from its resolved table. `kind`: of the declaration, which is that of its folder."""
    actors = {**HOUSE, **{name: Actor(name, one["label"], one["label_en"], one.get("must", False))
                          for name, one in tables(table, "party").items()}}
    valid = _with_days(table.get("valid", {}))
    plain = {word: table.get(word, "") for word in ("matter", "where", "where_en", "closes", "closes_en")}
    return Service(
        key=key,
        folder=next(folder for folder, one in FOLDERS.items() if one == kind),
        kind=table["kind"],
        situation=table["situation"],
        name=table["name"],
        name_en=table["name_en"],
        help=table["help"],
        help_en=table["help_en"],
        org=table["org"],
        privacy=table["class"],
        grade=table["grade"],
        sources=_built(table["sources"]),
        terms=tuple(Terms(one["text"], one.get("text_en", ""), _built(one["basis"]), *_note(one))
                    for one in table["terms"]),
        steps=tuple(StepOf(name, one["label"], one["label_en"], tuple(actors[by] for by in texts(one["by"])))
                    for name, one in tables(table, "step").items()),
        order=table.get("order", 0),
        valid_from=valid.get("from"),
        valid_until=valid.get("until"),
        keywords=texts(table.get("keywords", [])),
        figures=tuple(_figure(one) for one in table.get("figure", [])),
        parties=tuple(one for name, one in actors.items() if name not in HOUSE),
        papers=tuple(_paper(name, one) for name, one in tables(table, "ask").items()),
        clocks=tuple(_clock(name, one) for name, one in tables(table, "clock").items()),
        guards=tuple(Guard(one["text"], one.get("text_en", "")) for one in table.get("guard", [])),
        rule={part: _with_days(table[part]) for part in RULE_WORDS if part in table},
        **plain,
    )


def _built(bases: list[Table]) -> tuple[Basis, ...]:
    return tuple(Basis(one["key"], one["name"], one["name_en"], one["grade"]) for one in bases)


def _note(one: Table) -> tuple[str, str]:
    return one.get("note", ""), one.get("note_en", "")


def _figure(one: Table) -> Figure:
    return Figure(one["label"], one["label_en"], one["value"], one["value_en"], one.get("year", 0),
                  _built(one["basis"]), one.get("past", False), *_note(one))


def _clock(key: str, one: Table) -> Clock:
    return Clock(key, one["label"], one["label_en"], one["limit"], one["from"], one["from_en"], _built(one["basis"]),
                 one["grade"], *_note(one))


def _paper(key: str, one: Table) -> Paper:
    plain = {word: one.get(word, "") for word in ("by", "fact", "proof", "help", "help_en")}
    return Paper(key, one["label"], one["label_en"], one["kind"], one["class"], one.get("need", False),
                 tuple(Option(each["label"], each.get("label_en", "")) for each in one.get("options", [])), **plain)

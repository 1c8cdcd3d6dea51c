"""Reads a whole catalogue folder and tells all faults of all its files at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any

from baiying.engine.clock import ClockError
from baiying.engine.flow.hands import heard_of
from baiying.engine.flow.letters import PLACEHOLDERS
from baiying.engine.flow.matter import BUILT_IN, SEEN, UPPER, WAITING, Matter
from baiying.engine.loader import boards, build, facts, fitting, incidents, letters, lines, sense, services, structure
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.reading import Source, Table, read
from baiying.engine.loader.schema import FILES, FOLDERS
from baiying.engine.loader.sense import marks_of, tables, texts
from baiying.engine.services import FOLDERS as SERVICE_FOLDERS

# Which kinds of name come from which shared file.
NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "words": ("party", "event", "effect", "fact", "grade"),
    "sources": ("source",),
    "lists": ("list",),
    "roles": ("power",),
    "danger": ("door",),
    "facts": ("rule_fact",),
}
# The shared files that have readers of their own.
READ_APART = ("facts", "lines")
# The shared files that are stored as they are, each under its own kind.
STORED = ("words", "roles", "danger", "lists", "topics", "facts", "lines")
_STEM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration in the form it is stored in: a text that says everything by itself, and the hash of it."""

    kind: str
    key: str
    body: str

    @property
    def id(self) -> str:
        """The SHA-256 of kind, key and content: the same content always has the same id."""
        return hashlib.sha256(f"{self.kind}\n{self.key}\n{self.body}".encode()).hexdigest()

    @property
    def table(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a folder declares. With any fault there are no declarations: a catalogue is taken whole or not at all.

    `ids`: what every service, matter and plan calls itself, and its kind.
    """

    declarations: tuple[Declaration, ...] = ()
    faults: tuple[Fault, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def matters(self) -> tuple[Matter, ...]:
        return tuple(build.matter(one.key, one.table) for one in self.declarations if one.kind == "matter")


def read_catalogue(folder: Folder) -> Catalogue:
    """Read every file of a catalogue folder. Never raises for what a file contains."""
    if not folder.is_dir():
        return Catalogue(faults=(Fault(str(folder), "", "no_folder"),))
    faults = list(_strays(folder))
    shared = {kind: _read(folder, file) for file, kind in FILES.items()}
    matters = [
        _read(folder, f"matters/{path.name}") for path in sorted((folder / "matters").glob("*.toml")) if path.is_file()
    ]
    papers = [_read(folder, f"letters/{path.name}") for path in sorted((folder / "letters").glob("*.toml"))]
    names = _names(shared) | {"matter": {_stem(source) for source in matters},
                              "letter_template": {letters.stem(source) for source in papers}}
    faults += letters.check(papers, names)
    faults += facts.check(shared["facts"])
    faults += [*shared["lines"].faults, *lines.check(shared["lines"], names.get("source"), services.grades(names))]
    for kind, source in shared.items():
        if kind in READ_APART:
            continue
        faults += source.faults
        if source.table or not source.faults:
            # What is somebody else's business has doors of its own, apart from those of danger, and stands under a
            # topic.
            own = {word: tables(source.table, word) for word in ("door", "topic")} if kind == "topics" else {}
            faults += structure.check(source, kind, names | own)
    faults += [
        *sense.forbidden(shared["lists"], "list"),
        *sense.forbidden(shared["words"], "fact"),
        *sense.short_words(shared["danger"], "kind", "words"),
        *sense.patterns(shared["danger"]),
        *sense.weights(shared["danger_weights"], len(tables(shared["danger"].table, "kind"))),
        *sense.short_words(shared["topics"], "topic", "keywords"),
        *sense.short_words(shared["topics"], "elsewhere", "words"),
    ]
    for source in matters:
        faults += source.faults
        if source.table or not source.faults:
            faults += _matter_faults(source, shared, names)
            faults += letters.fitting(source, papers)
    if all(source.table for source in matters):
        faults += _default_faults(matters)
    shown = [_read(folder, f"boards/{path.name}") for path in sorted((folder / "boards").glob("*.toml"))]
    faults += boards.check(shown)
    plans = [_read(folder, f"incidents/{path.name}") for path in sorted((folder / "incidents").glob("*.toml"))]
    faults += incidents.check(plans, names)
    offered = _offered(folder)
    faults += services.check(offered, names, shared)
    faults += services.ids([*offered, *matters, *plans])
    calendars = _calendars(folder)
    faults += [one for one in calendars if isinstance(one, Fault)]
    faults = sorted({str(one): one for one in faults}.values(), key=lambda one: (one.file, one.line))
    counts = {**_counts(shared, matters), "services": len(offered), "letter templates": len(papers),
              "boards": len(shown), "plans": len(plans), "calendars": len(calendars)}
    ids = services.kinds_by_id([*offered, *matters, *plans])
    if faults:
        return Catalogue((), tuple(faults), counts, ids)
    years = (one for one in calendars if isinstance(one, Declaration))
    declared = (_declaration("board", boards.stem(source), source.table) for source in shown)
    promised = (*_declared(shared, matters, papers), *declared, *_plans(shared, plans), *_services(shared, offered))
    return Catalogue((*promised, *years), (), counts, ids)


def _read(folder: Folder, file: str) -> Source:
    try:
        return read(file, (folder / file).read_bytes())
    except OSError as error:
        return Source(file, faults=(Fault(file, "", "unreadable", {"why": error.strerror or "?"}),))


def _offered(folder: Folder) -> list[Source]:
    """The files of services, programmes, appraisals and callouts."""
    return [_read(folder, f"{room}/{path.name}") for room in SERVICE_FOLDERS
            for path in sorted((folder / room).glob("*.toml")) if path.is_file()]


def _calendars(folder: Folder) -> list[Declaration | Fault]:
    """The years of the working-day calendar, which `engine.clock` reads and judges."""
    found: list[Declaration | Fault] = []
    for path in sorted((folder / "calendar").glob("cn_*.toml")):
        file = f"calendar/{path.name}"
        try:
            content = path.read_bytes().decode("utf-8-sig")
            build.calendar([{"file": path.name, "content": content}])
            found.append(_declaration("calendar", path.stem, {"file": path.name, "content": content}))
        except ClockError as error:
            found.append(Fault(file, "", "calendar", {"zh": error.sentence_zh, "en": error.sentence}))
        except (OSError, UnicodeDecodeError) as error:
            found.append(Fault(file, "", "unreadable", {"why": str(error)[:80]}))
    if found and not any(isinstance(one, Fault) for one in found):
        try:
            build.calendar(one.table for one in found if isinstance(one, Declaration))
        except ClockError as error:
            found.append(Fault("calendar", "", "calendar", {"zh": error.sentence_zh, "en": error.sentence}))
    return found or [Fault("calendar", "", "no_calendar")]


def _strays(folder: Folder) -> Iterator[Fault]:
    files = [file for file in FILES if "/" not in file]
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in FOLDERS and nearest(path.name, FOLDERS):
            yield Fault(path.name, "", "stray_folder", nearest=nearest(path.name, FOLDERS))
        elif path.suffix == ".toml" and path.is_file() and path.name not in files:
            yield Fault(path.name, "", "stray_file", nearest=nearest(path.name, files))


def _names(shared: Mapping[str, Source]) -> dict[str, Collection[str]]:
    """What the shared files declare, by kind of name. What a file would name that cannot be read is not asked for."""
    words = shared["words"].table
    found: dict[str, Collection[str]] = {
        "party": tables(words, "party"),
        "event": {*tables(words, "event"), *BUILT_IN, *_heard(words)},
        "effect": tables(words, "effect"),
        "fact": tables(words, "fact"),
        "grade": tables(words, "grade"),
        "source": tables(shared["sources"].table, "source"),
        "list": tables(shared["lists"].table, "list"),
        "power": tables(shared["roles"].table, "power"),
        "door": tables(shared["danger"].table, "door"),
        "line": tables(shared["lines"].table, "line"),
        "rule_fact": set(shared["facts"].table),
    }
    lost = {kind for file, kinds in NAMED_IN.items() if not shared[file].table for kind in kinds}
    return {kind: names for kind, names in found.items() if kind not in lost}


def _heard(words: Table) -> set[str]:
    """What clocks hear about the tasks of parties."""
    return {heard for party in tables(words, "party") for what in ("called", "done") for heard in heard_of(party, what)}


def _matter_faults(source: Source, shared: Mapping[str, Source], names: dict[str, Collection[str]]) -> Iterator[Fault]:
    stages = set(tables(source.table, "stage"))
    told = {event for ask in tables(source.table, "ask").values() for event in texts(ask.get("event"))}
    asks = tables(source.table, "ask")
    known = {
        **names,
        "ask": set(asks),
        "seen": {*SEEN, *asks},
        "placeholder": {*PLACEHOLDERS, *(f"ask.{key}" for key in asks)},
        "stage": {*stages, *BUILT_IN},  # a move to `closed` is known and refused, with a sentence of its own
        "reopen": {*stages, UPPER},
        "event": {*names.get("event", ()), *stages, *marks_of(source.table), *told},
        "letter": set(tables(source.table, "letter")),
        "fact": {*names.get("fact", ()), *(f"ask.{key}" for key in asks)},
        "reserved": {*names.get("event", ()), *stages, *WAITING},  # no mark and no told event may sound like these
    }
    for kind in {"event", "fact"} - set(names):
        del known[kind]
    yield from structure.check(source, "matter", known)
    yield from sense.check(source)
    yield from fitting.check(source, tables(shared["lists"].table, "list"))
    stem = _stem(source)
    org = source.table.get("org")
    yield from services.id_fits(source, stem)
    if not _STEM.fullmatch(stem):
        yield source.fault((), "bad_stem")
    elif isinstance(org, str) and stem.split(".")[0] != org:
        yield source.fault(("org",), "other_org", stem=stem.split(".")[0], org=org[:40])


def _default_faults(matters: list[Source]) -> Iterator[Fault]:
    marked = [source for source in matters if source.table.get("default") is True]
    if len(marked) != 1:
        for source in marked[1:] or [Source("matters")]:
            yield source.fault(("default",), "defaults", count=len(marked))


def _counts(shared: Mapping[str, Source], matters: list[Source]) -> dict[str, int]:
    def total(word: str) -> int:
        return sum(len(tables(source.table, word)) for source in matters)

    return {
        "matters": len(matters),
        "stages": total("stage"),
        "moves": sum(len(sense.moves_of(s)) for source in matters for s in tables(source.table, "stage").values()),
        "clocks": total("clock"),
        "questions": total("ask"),
        "letters": total("letter"),
        "roles": len(tables(shared["roles"].table, "role")),
        "powers": len(tables(shared["roles"].table, "power")),
        "lists": len(tables(shared["lists"].table, "list")),
        "sources": len(tables(shared["sources"].table, "source")),
        "topics": len(tables(shared["topics"].table, "topic")),
    }


def _declared(shared: Mapping[str, Source], matters: list[Source],
              papers: list[Source]) -> tuple[Declaration, ...]:
    lists, sources = tables(shared["lists"].table, "list"), tables(shared["sources"].table, "source")
    templates = {letters.stem(one): _declaration("letter", letters.stem(one), letters.resolved(one.table, sources))
                 for one in papers}
    templated = {stem: {**one.table, "id": one.id} for stem, one in templates.items()}
    whole = {kind: source.table for kind, source in shared.items()}
    whole["danger"] = build.with_weights(whole["danger"], whole["danger_weights"])
    ordered = sorted(matters, key=lambda source: (source.table.get("order", 0), source.file))
    return (
        *(_declaration(kind, kind, whole[kind]) for kind in STORED),
        *(_declaration("matter", _stem(source),
                       letters.written_in(build.resolved(source.table, lists, sources), templated, sources))
          for source in ordered),
        *templates.values(),
    )


def _plans(shared: Mapping[str, Source], plans: list[Source]) -> Iterator[Declaration]:
    lists, sources = tables(shared["lists"].table, "list"), tables(shared["sources"].table, "source")
    for source in plans:
        yield _declaration("incident", incidents.stem(source), incidents.resolved(source.table, lists, sources))


def _services(shared: Mapping[str, Source], offered: list[Source]) -> Iterator[Declaration]:
    lists, sources = tables(shared["lists"].table, "list"), tables(shared["sources"].table, "source")
    for source in sorted(offered, key=lambda one: (one.table.get("order", 0), one.file)):
        kind = SERVICE_FOLDERS[services.folder_of(source)]
        yield _declaration(kind, services.stem(source), services.resolved(source, lists, sources))


def _stem(source: Source) -> str:
    return source.file.removeprefix("matters/").removesuffix(".toml")


def _declaration(kind: str, key: str, table: Table) -> Declaration:
    # The order of keys is kept: the first stage written is the first.
    return Declaration(kind, key, json.dumps(table, ensure_ascii=False, separators=(",", ":"), default=str))

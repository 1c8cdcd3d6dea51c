"""From the table of a declaration without faults to frozen values, by way of a form that stands on its own.

A matter refers to lists and sources that may change after a case was opened under it. `resolved` writes them into the
table, so that a stored declaration says everything by itself; `matter` reads exactly that form, now and years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from baiying.engine.clock import Calendar, read_calendar_toml
from baiying.engine.flow.conditions import COMPARISONS, GROUPS, Comparison, Condition, Group
from baiying.engine.flow.matter import (
    ASKER,
    BUILT_IN_STAGES,
    UPPER,
    USUAL_KEEP,
    USUAL_PAUSES,
    USUAL_RECEIPT,
    USUAL_TIES,
    Ask,
    Band,
    ClockWord,
    Closing,
    Duty,
    Expired,
    Matter,
    Move,
    Option,
    Part,
    Party,
    Stage,
)
from baiying.engine.loader import letters
from baiying.engine.loader.basis import basis_shown
from baiying.engine.loader.reading import Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.text import Danger, Door, Elsewhere, Peril, Topic, Topics, Way


@dataclass(frozen=True, slots=True)
class Named:
    """A key of the catalogue with the names people are shown."""

    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a post: its powers, each with the reason it is given for; whether two persons give and end it."""

    key: str
    name: str
    name_en: str
    powers: Mapping[str, str]
    two_persons: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    powers: Mapping[str, Named]
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Words:
    """The words that matters share, for showing them: parties, events, grades."""

    parties: Mapping[str, Party]
    events: Mapping[str, Named]
    grades: Mapping[str, Named]


def resolved(table: Table, lists: Mapping[str, Table], sources: Mapping[str, Table]) -> dict[str, Any]:
    """A matter's table with its lists and sources written in."""
    matter = dict(table)
    matter["ask"] = {key: _with_options(ask, "options", lists) for key, ask in tables(table, "ask").items()}
    matter["stage"] = {
        key: {**stage, "moves": [_with_options(move, "reason", lists) for move in stage["moves"]]}
        for key, stage in tables(table, "stage").items()
    }
    matter["clock"] = {
        key: {**clock, **basis_shown(clock["basis"], sources)} for key, clock in tables(table, "clock").items()
    }
    if "duty" in table:
        matter["duty"] = [{**duty, **basis_shown(duty["basis"], sources)} for duty in table["duty"]]
    return matter


def _with_options(table: Table, word: str, lists: Mapping[str, Table]) -> dict[str, Any]:
    value = table.get(word)
    return {**table, word: lists[value[1:]]["options"]} if isinstance(value, str) else dict(table)


def matter(key: str, table: Table) -> Matter:
    """Build a matter from its resolved table."""
    privacy = table["class"]
    return Matter(
        key=key,
        name=table["name"],
        name_en=table["name_en"],
        org=table["org"],
        privacy=privacy,
        stages={name: _stage(name, one, table["stage"]) for name, one in table["stage"].items()},
        closing=_closing(table["closing"]),
        asks={name: _ask(name, one, privacy) for name, one in tables(table, "ask").items()},
        letters={
            name: letters.letter(name, one)
            for name, one in tables(table, "letter").items()
        },
        clocks={name: _clock(name, one) for name, one in tables(table, "clock").items()},
        kind=table.get("kind", ""),
        situation=table.get("situation", ""),
        order=table.get("order", 0),
        default=table.get("default", False),
        visit=table.get("visit", False),
        of_services=table.get("of_services", False),
        safe=table.get("safe", False),
        lead_level=table.get("lead_level", ""),
        ties=texts(table["ties"]) if "ties" in table else USUAL_TIES,
        bands=tuple(
            Band(one["name"], one["label"], one["label_en"], _conditions(one.get("when", ())))
            for one in table.get("band", ())
        ),
        duties=tuple(_duty(str(number), one) for number, one in enumerate(table.get("duty", ()), start=1)),
        parts={name: _part(name, one, privacy) for name, one in tables(table, "party").items()},
        pauses=texts(table["pauses"]) if "pauses" in table else USUAL_PAUSES,
        keep=table.get("keep", USUAL_KEEP),
        **_help(table),
    )


def _part(party: str, table: Table, privacy: str) -> Part:
    return Part(
        party,
        texts(table.get("sees", [])),
        table.get("consent", privacy == "P3"),
        table.get("purpose", ""),
        table.get("purpose_en", ""),
        table.get("receipt", USUAL_RECEIPT),
        texts(table.get("between")),
    )


def _duty(key: str, table: Table) -> Duty:
    return Duty(
        key=key,
        label=table["label"],
        label_en=table["label_en"],
        tells=texts(table["tells"]),
        basis=table["basis"],
        basis_zh=table["basis_zh"],
        basis_en=table["basis_en"],
        when=_conditions(table.get("when", ())),
    )


def _help(table: Table) -> dict[str, str]:
    return {"help": table.get("help", ""), "help_en": table.get("help_en", "")}


def lists(table: Table) -> dict[str, tuple[Option, ...]]:
    """The lists of `reference/lists.toml` by name, for what the house itself offers to choose from."""
    return {key: _options(one["options"]) for key, one in tables(table, "list").items()}


def _options(value: Any) -> tuple[Option, ...]:
    return tuple(Option(one["label"], one.get("label_en", "")) for one in value or ())


def _ask(key: str, table: Table, privacy: str) -> Ask:
    return Ask(
        key=key,
        label=table["label"],
        label_en=table["label_en"],
        kind=table["kind"],
        privacy=table.get("class", privacy),
        options=_options(table.get("options")),
        need=table.get("need", False),
        event=table.get("event", ""),
        by=table.get("by", ASKER),
        when=_conditions(table.get("when", ())),
        **_help(table),
    )


def _stage(key: str, table: Table, stages: Table) -> Stage:
    task = texts(table["task"])
    seen: dict[str, int] = {}
    moves = []
    for move in table["moves"]:
        to = move["to"]
        seen[to] = seen.get(to, 0) + 1
        moves.append(_move(to if seen[to] == 1 else f"{to}-{seen[to]}", move, task, stages))
    return Stage(key, table["label"], table["label_en"], task, tuple(moves), **_help(table))


def _move(key: str, table: Table, task: tuple[str, ...], stages: Table) -> Move:
    target = stages.get(table["to"])
    there = BUILT_IN_STAGES.get(table["to"])
    label = target["label"] if target else there.label if there else ""
    label_en = target["label_en"] if target else there.label_en if there else ""
    agree = texts(table.get("agree"))
    return Move(
        key=key,
        to=table["to"],
        by=agree or texts(table.get("by")) or task,
        label=table.get("label", label),
        label_en=table.get("label_en", "" if "label" in table else label_en),
        needs=texts(table.get("needs")),
        when=_conditions(table.get("when", ())),
        agree=agree,
        reasons=_options(table.get("reason")),
        letter=table.get("letter", ""),
        then=texts(table.get("then")),
        marks=texts(table.get("marks")),
        opens=texts(table.get("opens")),
        other_than=texts(table.get("other_than")),
        up=table.get("up", False),
    )


def _conditions(value: Any) -> tuple[Condition, ...]:
    return tuple(_condition(one) for one in value)


def _condition(table: Table) -> Condition:
    for how in GROUPS:
        if how in table:
            return Group(how, _conditions(table[how]))
    how = next(how for how in COMPARISONS if how in table)
    value = table[how]
    return Comparison(table["fact"], how, tuple(value) if isinstance(value, list) else value, table.get("of", ""))


def _clock(key: str, table: Table) -> ClockWord:
    before, expired = table.get("before", ""), table.get("expired", {})
    return ClockWord(
        key=key,
        label=table["label"],
        label_en=table["label_en"],
        limit=table["limit"],
        kind="backward" if before else table.get("kind", "deadline"),
        starts=texts(before or table["from"]),
        until=texts(table.get("until")),
        of=table["of"],
        owner=table.get("owner", "ours"),
        basis=table["basis"],
        basis_zh=table["basis_zh"],
        basis_en=table["basis_en"],
        grade=table["grade"],
        warn=tuple(table.get("warn", ())),
        when=_conditions(table.get("when", ())),
        before=before,
        extend=table.get("extend", ""),
        expired=Expired(expired.get("to", ""), texts(expired.get("then")), expired.get("letter", "")),
        **_help(table),
    )


def _closing(table: Table) -> Closing:
    return Closing(
        question=table["question"],
        question_en=table["question_en"],
        reopen=table.get("reopen", UPPER),
        times=table.get("times", 1),
        shelf=table.get("shelf", ""),
        asks=texts(table.get("asks")),
    )


def roles(table: Table) -> Roles:
    """Build the roles and powers from the table of `roles.toml`."""
    return Roles(
        powers=_named(table, "power"),
        roles={
            key: Role(
                key,
                one["name"],
                one["name_en"],
                {g["power"]: g["reason"] for g in one.get("powers", ())},
                one.get("two_persons", False),
            )
            for key, one in table["role"].items()
        },
    )


def words(table: Table) -> Words:
    """Build the shared words from the table of `words.toml`."""
    return Words(
        parties={
            key: Party(key, one["name"], one["name_en"], texts(one.get("plays"))) for key, one in table["party"].items()
        },
        events=_named(table, "event"),
        grades=_named(table, "grade"),
    )


def _named(table: Table, word: str) -> dict[str, Named]:
    return {key: Named(key, one["name"], one["name_en"]) for key, one in tables(table, word).items()}


def calendar(years: Iterable[Table]) -> Calendar:
    """Build the working-day calendar from its years. Raises ClockError when one is missing between two."""
    read = [read_calendar_toml(year["content"], year["file"]) for year in years]
    return reduce(Calendar.merged, read)


def with_weights(table: Table, weights: Table) -> Table:
    """The table of `danger.toml` with that of `text/danger_weights.toml` in it: the form it is declared in."""
    return {**table, "leaning": weights}


def danger(table: Table) -> Danger:
    """Build the words of danger from their table `with_weights`; without weights there is no second look."""
    return Danger(
        perils=tuple(
            Peril(key, one["name"], one["name_en"], texts(one["doors"]), texts(one["words"]),
                  texts(one.get("patterns")), one.get("matter", ""))
            for key, one in table["kind"].items()
        ),
        doors={key: Door(key, one["name"], one["name_en"]) for key, one in table["door"].items()},
        harmless=texts(table.get("harmless")),
        parts={name: texts(words) for name, words in table.get("part", {}).items()},
        calm=texts(table.get("calm")),
        sounds=texts(table.get("sounds")),
        same=texts(table.get("same")),
        leaning={name: texts(lines) for name, lines in table.get("leaning", {}).items()},
    )


def topics(table: Table) -> Topics:
    """Build the topics from the table of `topics.toml`."""
    ways = {key: Way(key, one["name"], one["name_en"], one["grade"]) for key, one in table["door"].items()}
    declared = {
        key: Topic(key, one["name"], one["name_en"], one["group"], texts(one["matters"]), texts(one["keywords"]))
        for key, one in table["topic"].items()
    }
    rest = list(declared)[-1]
    return Topics(
        topics=declared,
        elsewhere={
            key: Elsewhere(
                key, one["name"], one["name_en"], one.get("topic", rest), ways[one["door"]], texts(one["words"])
            )
            for key, one in table["elsewhere"].items()
        },
    )

"""What is declared: the matters in force, and every older one that a case was opened under.

Declarations never change, so what is built from one is kept for ever under its hash. Only one thing can change: which
edition is in force. That is asked of the database at most once a second and process, so a submission does not pay for
it, and a new load is noticed by every process within a second.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from baiying.catalogue import access
from baiying.catalogue.models import Declaration
from baiying.engine import loader
from baiying.engine import text as reading
from baiying.engine.boards import Board
from baiying.engine.clock import Calendar
from baiying.engine.flow import Matter, Option
from baiying.engine.incidents import Plan
from baiying.engine.text import Danger, Elsewhere, Model, Peril, Suggestion, Topic, Topics, find
from baiying.kit.errors import Misuse, Unseen

FRESH_SECONDS = 1.0
_kept: dict[str, tuple[float, str]] = {}  # database -> (when it was asked, the edition in force)


class Labelled(Protocol):
    """A stage, move, clock, question, option or letter."""

    @property
    def label(self) -> str: ...
    @property
    def label_en(self) -> str: ...


@dataclass(frozen=True)
class Loaded:
    """One edition, built."""

    matters: Mapping[str, Matter]
    ids: Mapping[str, str]
    words: loader.Words
    roles: loader.Roles
    danger: Danger
    topics: Topics
    model: Model | None
    lists: Mapping[str, tuple[Option, ...]]
    boards: tuple[Board, ...]
    calendar: Calendar
    plans: Mapping[str, str]  # plans for incidents: key -> id of the declaration in force


def matters() -> tuple[Matter, ...]:
    """The matters in force that may be chosen by themselves, in the order of the catalogue."""
    return tuple(one for one in _loaded().matters.values() if not one.of_services)


def every_matter() -> tuple[Matter, ...]:
    """All of them: those too that handle requests for services, and are offered by these alone."""
    return tuple(_loaded().matters.values())


def matter(key: str) -> Matter:
    """The matter in force under this key. Raises Unseen."""
    try:
        return _loaded().matters[key]
    except KeyError:
        raise Unseen from None


def default_matter() -> Matter:
    """The matter of a request for which none was chosen."""
    return next(one for one in matters() if one.default)


def declaration_of(key: str) -> str:
    """The id of the declaration in force of this matter, to open a case under. Raises Unseen."""
    try:
        return _loaded().ids[key]
    except KeyError:
        raise Unseen from None


@lru_cache(maxsize=1024)
def matter_of(declaration_id: str) -> Matter:
    """The matter that a case was opened under, in force or not."""
    found = access.declarations().get(id=declaration_id, kind="matter")
    return loader.matter(found.key, _table(found))


def words() -> loader.Words:
    """Parties, events and grades with their names, for showing them."""
    return _loaded().words


def options(name: str) -> tuple[Option, ...]:
    """The options of a list of the catalogue, e.g. the grounds of a return. Raises Misuse for a list nobody wrote."""
    found = _loaded().lists.get(name)
    if found is None:
        raise Misuse(f"no list is called {name}: write it in catalogue/reference/lists.toml")
    return found


def roles() -> Mapping[str, loader.Role]:
    """Roles of posts by key, each with its powers and why it has them."""
    return _loaded().roles.roles


def boards() -> tuple[Board, ...]:
    """The boards in force, in their order."""
    return _loaded().boards


def plans() -> Mapping[str, str]:
    """The plans for incidents in force: key to the id of the declaration."""
    return _loaded().plans


@lru_cache(maxsize=64)
def plan_of(declaration_id: str) -> Plan:
    """The plan that an incident was opened under, in force or not."""
    found = access.declarations().get(id=declaration_id, kind="incident")
    return loader.plan(found.key, _table(found))


def calendar() -> Calendar:
    """The working-day calendar of all years loaded."""
    return _loaded().calendar


def danger(text: str) -> bool:
    """Whether a text speaks of danger."""
    return bool(perils(text))


def perils(text: str) -> tuple[Peril, ...]:
    """The kinds of danger a text speaks of, with the doors to show."""
    return find(_loaded().danger, text)


def suggest(words: str) -> Suggestion:
    """What her words are probably about: topic, matter and how sure that is; three to choose from; whose business it
    clearly is when not ours. Nothing is stored."""
    loaded = _loaded()
    return reading.suggest(loaded.topics, words, loaded.model)


def topics() -> tuple[Topic, ...]:
    """The kinds of need in force, in the order of the catalogue."""
    return tuple(_loaded().topics.topics.values())


def topic(key: str) -> Topic:
    """The topic in force under this key. Raises Unseen."""
    try:
        return _loaded().topics.topics[key]
    except KeyError:
        raise Unseen from None


def elsewhere(key: str) -> Elsewhere:
    """What is somebody else's business, under this key, with its door. Raises Unseen."""
    try:
        return _loaded().topics.elsewhere[key]
    except KeyError:
        raise Unseen from None


def danger_words() -> dict[str, object]:
    """For the check in the browser: the very data that the server reads with, as `static/web/danger.js` takes them."""
    return _loaded().danger.for_browser


def doors() -> tuple[tuple[str, str], ...]:
    """The telephone numbers that help at once, each with its name in the reader's language."""
    chinese = speaks_chinese()
    return tuple((door.number, door.name if chinese else door.name_en) for door in _loaded().danger.doors.values())


def speaks_chinese() -> bool:
    """Whether the reader is shown Chinese: always, unless she chose another language."""
    return (get_language() or "zh").startswith("zh")


def said(labelled: Labelled) -> str:
    """The label of something declared, in the reader's language."""
    return labelled.label if speaks_chinese() or not labelled.label_en else labelled.label_en


def edition() -> str:
    """The id of the edition in force. Raises Misuse when nothing was ever loaded."""
    database = str(connection.settings_dict["NAME"])
    if is_changing():
        return _asked()
    kept = _kept.get(database)
    if kept is None or time.monotonic() - kept[0] >= FRESH_SECONDS:
        kept = _kept[database] = (time.monotonic(), _asked())
    return kept[1]


def settle() -> None:
    """Called when a load is committed: what this process kept is asked anew."""
    _kept.clear()


def is_changing() -> bool:
    """Whether this connection's transaction has loaded an edition, which may yet be rolled back: nothing is kept."""
    return any(settle in waiting for waiting in connection.run_on_commit)


def in_force() -> str:
    """The id of the edition in force, asked now; empty when nothing was ever loaded."""
    return access.editions().filter(in_force=True).values_list("id", flat=True).first() or ""


def declarations_of(edition_id: str) -> list[loader.Declaration]:
    """The declarations of an edition, in force or not, in their order."""
    ids = access.editions().get(id=edition_id).declarations
    found = access.declarations().in_bulk(ids)
    return [loader.Declaration(found[one].kind, found[one].key, found[one].body) for one in ids]


def _asked() -> str:
    found = in_force()
    if not found:
        raise Misuse("no catalogue is loaded: type `baiying catalogue load`")
    return found


def _loaded() -> Loaded:
    return _built(edition())


@lru_cache(maxsize=4)
def _built(edition_id: str) -> Loaded:
    ids = access.editions().get(id=edition_id).declarations
    found = access.declarations().in_bulk(ids)
    of_kind: dict[str, list[Declaration]] = {}
    for each in ids:
        of_kind.setdefault(found[each].kind, []).append(found[each])
    kinds = ("words", "roles", "danger", "topics", "lists")
    (shared_words,), (roles_,), (danger_,), (topics_,), (lists_,) = (of_kind[kind] for kind in kinds)
    topics = loader.topics(_table(topics_))
    return Loaded(
        matters={one.key: matter_of(one.id) for one in of_kind["matter"]},
        ids={one.key: one.id for one in of_kind["matter"]},
        words=loader.words(_table(shared_words)),
        roles=loader.roles(_table(roles_)),
        danger=loader.danger(_table(danger_)),
        topics=topics,
        model=_model(topics),
        lists=loader.lists(_table(lists_)),
        boards=tuple(sorted((loader.board(one.key, _table(one)) for one in of_kind.get("board", [])),
                            key=lambda one: (one.order, one.key))),
        calendar=loader.calendar(_table(one) for one in of_kind["calendar"]),
        plans={one.key: one.id for one in of_kind.get("incident", [])},
    )


def _model(topics: Topics) -> Model | None:
    """The model that lies beside the declarations. Without one the keywords alone must do, and the log says so."""
    try:
        return reading.load(Path(settings.BAIYING_CATALOGUE) / "text", topics)
    except reading.BadModel as error:
        logging.getLogger(__name__).warning("words are read by keywords alone: %s", error)
        return None


def _table(declaration: Declaration) -> loader.Table:
    return loader.Declaration(declaration.kind, declaration.key, declaration.body).table

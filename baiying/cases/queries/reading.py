"""The parts of a case that several pages show: clocks with their explanation, the story, who opened it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases import access, clocks
from baiying.cases.facts import answers_of, facts_of, roles_in
from baiying.cases.models import Case, Clock, Move
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import Reckoning
from baiying.kit import door, log, moment, sealing
from baiying.network import queries as network

# Who is first on the page: her own legal clocks, then ours, then those of outside bodies.
ORDER = {"asker": 0, "ours": 1, "other": 2}


@dataclass(frozen=True)
class ClockView:
    """A clock as a page shows it. ``reckoning`` explains it day by day, when asked."""

    row: Clock
    word: flow.ClockWord

    @cached_property
    def reckoning(self) -> Reckoning:
        return clocks.reckoned(self.word, self.row.started_at)

    @property
    def due_at(self) -> datetime | None:
        return self.row.due_at

    @property
    def late(self) -> bool:
        """Whether it ran out before it was met."""
        ended = self.row.met_at or moment.now()
        return self.row.due_at is not None and ended >= self.row.due_at

    @property
    def running(self) -> bool:
        return self.row.met_at is None

    @property
    def hers(self) -> bool:
        return self.row.owner == "asker"


@dataclass(frozen=True)
class Line:
    """One line of the story."""

    at: datetime
    verb: str
    unit: str
    by_her: bool
    label: str
    words: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """One opening of what is protected: when, which unit, under which names of office, in the reader's language."""

    at: datetime
    unit: str
    role: str


def clock_views(case: Case, matter: flow.Matter, rows: list[Clock] | None = None) -> list[ClockView]:
    """All clocks of a case, hers first, each group by the one that runs out first."""
    found = [ClockView(row, matter.clocks[row.name]) for row in (access.clocks(case) if rows is None else rows)]
    latest = {view.row.name: view for view in sorted(found, key=lambda view: view.row.started_at)}
    return sorted(latest.values(), key=lambda view: (ORDER[view.row.owner], not view.running,
                                                     view.row.due_at or view.row.started_at))


def lines(case: Case, matter: flow.Matter, texts: dict[str, str]) -> list[Line]:
    """The story so far, oldest first."""
    return [
        Line(one.at, one.verb, network.unit_said(one.unit), one.unit is None and one.verb != "calendar",
             told(one, matter), one.words or texts.get(f"move:{one.id}", ""), reason(one, matter))
        for one in access.moves(case)
    ]


def told(move: Move, matter: flow.Matter) -> str:
    """What a line of the story says happened, in the reader's language."""
    if move.verb == "judged":
        return str(VERDICTS[move.reason])
    if move.verb == "calendar":
        return str(_("A new official calendar has come, and this deadline was counted again"))
    return catalogue.said(flow.stage_of(matter, move.after))


def reason(move: Move, matter: flow.Matter) -> str:
    """The ground of a move; a verdict is no ground, and clocks are named as the matter names them."""
    if move.verb == "judged":
        return ""
    if move.verb == "calendar":
        return ", ".join(catalogue.said(matter.clocks[name]) for name in move.reason.split(","))
    return move.reason


VERDICTS = {
    "solved": pgettext_lazy("verdict", "solved"),
    "partly": pgettext_lazy("verdict", "partly solved"),
    "not_solved": pgettext_lazy("verdict", "not solved"),
}


def texts_of(case: Case) -> dict[str, str]:
    """The sealed texts of a case, opened. The case must be looked at; the caller logs the reading."""
    if case.key is None:
        return {}
    return {row.field: sealing.unseal(case.wrapped, case.id, row.field, bytes(row.blob))
            for row in access.sealed(case) if row.field not in ("phone", "answers")}


def offers_to(case: Case, matter: flow.Matter, asker: door.Asker) -> tuple[flow.Offer, ...]:
    """The moves that this asker may make now. The case must be looked at."""
    agreements = {name: frozenset(parties) for name, parties in case.agreed.items()}
    return flow.offers(matter, case.stage, roles_in(case, asker), facts_of(case), agreements)


def answers(case: Case, matter: flow.Matter) -> list[tuple[str, str]]:
    """Her answers as (question, answer) in the reader's language, in the order of the file."""
    given = answers_of(case)
    chinese = catalogue.speaks_chinese()
    return [(catalogue.said(ask), shown(given[key], chinese))
            for key, ask in matter.asks.items() if key in given]


def shown(value: object, chinese: bool) -> str:
    """An answer as text."""
    if isinstance(value, bool):
        return str(pgettext_lazy("answer", "yes") if value else pgettext_lazy("answer", "no"))
    if isinstance(value, tuple):
        return ("、" if chinese else ", ").join(str(one) for one in value)
    return str(value)


def readings(case: Case) -> list[Reading]:
    """Every opening of what she told, newest first. Hers to see; the staff see that she can."""
    looks = [line for line in reversed(log.lines_about(case.id, case.wrapped)) if line.verb == "case.read"]
    told = [line.payload or {} for line in looks]  # nothing once the case's key was destroyed
    units = network.units_by_id(UUID(payload["unit"]) for payload in told if payload.get("unit"))
    return [
        Reading(line.at, network.unit_said(units.get(UUID(payload["unit"])) if payload.get("unit") else None),
                offices_said(payload.get("roles", ())))
        for line, payload in zip(looks, told, strict=True)
    ]


def offices_said(roles: Iterable[str]) -> str:
    """The names of office behind these roles, in the reader's language; a role no longer named is left out."""
    named, chinese = catalogue.roles(), catalogue.speaks_chinese()
    held = [named[role].name if chinese else named[role].name_en for role in roles if role in named]
    return ("、" if chinese else ", ").join(dict.fromkeys(held))

"""The parts of a case that several pages show: clocks with their explanation, answers, who opened it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import clocks
from baiying.cases.dossier import Dossier
from baiying.cases.facts import facts_of, history_of, own_marks, played, roles_in
from baiying.cases.models import Case, Clock
from baiying.cases.queries.lines import party_said
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import Reckoning
from baiying.kit import door, log, moment
from baiying.network import queries as network
from baiying.network.models import Unit

# Who is first on the page: her own legal clocks, then ours, then those of outside bodies.
ORDER = {"asker": 0, "ours": 1, "other": 2}


@dataclass(frozen=True)
class ClockView:
    """A clock as a page shows it. ``reckoning`` explains it day by day, when asked."""

    row: Clock
    word: flow.ClockWord
    held: clocks.Given = clocks.NOTHING

    @cached_property
    def reckoning(self) -> Reckoning:
        return clocks.reckoned(self.word, self.row.started_at, self.held)

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

    @property
    def days_left(self) -> int | None:
        """Whole days from today to the last day in time, 0 on that day; nothing once it is met, over or endless."""
        last = self.reckoning.due_on
        return (last - moment.today()).days if self.running and last is not None and last >= moment.today() else None


@dataclass(frozen=True)
class Reading:
    """One opening of what is protected: when, which unit, under which names of office, what was opened and why, in the
    reader's language. ``what``: read, taken, handed or glass. ``text``: the reason that was written with it."""

    at: datetime
    unit: str
    role: str
    what: str = "read"
    why: str = ""
    text: str = ""
    until: str = ""


def clock_views(held: Dossier) -> list[ClockView]:
    """All clocks of a case, hers first, each group by the one that runs out first. The case must be looked at.

    One whose condition fails by what is known now (another track) is not shown.
    """
    facts, given = facts_of(held), given_to(held)
    found = [ClockView(row, held.matter.clocks[row.name], given) for row in held.clocks]
    latest = {view.row.name: view for view in sorted(found, key=lambda view: view.row.started_at)
              if flow.all_hold(view.word.when, facts) is not False}
    return sorted(latest.values(), key=lambda view: (ORDER[view.row.owner], not view.running,
                                                     view.row.due_at or view.row.started_at))


def given_to(held: Dossier) -> clocks.Given:
    """What moves the clocks of this case: pauses, granted time, and what started a limitation of hers anew."""
    given = clocks.given(held)
    if any(word.kind == "limitation" and len(word.starts) > 1 for word in held.matter.clocks.values()):
        states = flow.clocks_after(held.matter, history_of(held, held.answers), facts_of(held))
        given = replace(given, interruptions=clocks.interruptions_of(states))
    return given


def offers_to(held: Dossier, asker: door.Asker) -> tuple[flow.Offer, ...]:
    """The moves that this asker may make now. The case must be looked at."""
    agreements = {name: frozenset(parties) for name, parties in held.case.agreed.items()}
    return flow.offers(held.matter, held.case.stage, roles_in(held, asker), facts_of(held), agreements,
                       played=played(held), own=own_marks(held, asker))


def answers(held: Dossier, only: Container[str] | None = None) -> list[tuple[str, str]]:
    """The answers as (question, answer) in the reader's language, in the order of the file; of some questions only."""
    given, chinese = held.answers, catalogue.speaks_chinese()
    return [(catalogue.said(ask), flow.answer_text(ask, given[key], english=not chinese))
            for key, ask in held.matter.asks.items() if key in given and (only is None or key in only)]


#: Why something was opened, by the word that the log keeps.
WHYS = {
    "handle": _("to handle it"), "phone": _("your telephone number, to call you"), "file": _("a file"),
    "task": _("for a task in it"), "call_back": _("to ask for your word"), "complaint": _("to answer your complaint"),
    "set_aside": _("to decide on an end"), "glass": _("emergency"), "print": _("on paper"), "letter": _("a letter"),
    "payment": _("to pay you: name and account for the bank"), "address": _("where you stay"),
    "rights": _("to answer what you asked about your information"),
    "relative": _("to decide on what a relative asks about your information"),
}
#: The lines of the log that she is shown, and what each says.
LOOKS = {"case.read": "read", "case.taken": "taken", "case.handed": "handed", "case.glass": "glass",
         "ledger.exported": "read"}


def note_reading(case: Case, asker: door.Asker, unit: Unit | None = None, why: str = "handle",
                 party: str = "") -> None:
    """The line of the log behind promise 7: who, when, of which unit, in which office, and why (a word of WHYS). Names
    are read when shown. ``party``: in which part, when it came by a link from outside and is no unit of ours."""
    of = {"unit": str((unit or case.unit).id)} if asker.outside is None else {"unit": "", "party": party}
    log.write("case.read", case.id, asker.name, {**of, "roles": sorted(asker.roles), "why": why}, case.wrapped)


def readings(case: Case) -> list[Reading]:
    """Every opening of what she told, newest first, and who took it up. Hers to see; the staff see that she can."""
    looks = [line for line in reversed(log.lines_about(case.id, case.wrapped)) if line.verb in LOOKS]
    told = [line.payload or {} for line in looks]  # nothing once the case's key was destroyed
    units = network.units_by_id(UUID(payload["unit"]) for payload in told if payload.get("unit"))
    return [
        Reading(line.at, network.unit_said(units.get(UUID(payload["unit"])) if payload.get("unit") else None),
                offices_said(payload.get("roles", ())) or party_said(payload.get("party", "")), LOOKS[line.verb],
                str(WHYS[payload["why"]]) if payload.get("why") in WHYS else "", payload.get("text", ""),
                payload.get("until", ""))
        for line, payload in zip(looks, told, strict=True)
    ]


@dataclass(frozen=True)
class Looks:
    """The openings of one day by the same office for the same purpose: the last of them, and when each was."""

    reading: Reading
    times: tuple[datetime, ...]


def by_day(found: Iterable[Reading]) -> list[Looks]:
    """Many openings of one day stand together; the newest stay on top, and none is left out."""
    together: dict[tuple[object, ...], list[Reading]] = {}
    for one in found:
        key = (moment.shanghai(one.at).date(), one.unit, one.role, one.what, one.why, one.text)
        together.setdefault(key, []).append(one)
    return [Looks(same[0], tuple(one.at for one in same)) for same in together.values()]


def offices_said(roles: Iterable[str]) -> str:
    """The names of office behind these roles, in the reader's language; a role no longer named is left out."""
    named, chinese = catalogue.roles(), catalogue.speaks_chinese()
    held = [named[role].name if chinese else named[role].name_en for role in roles if role in named]
    return ("、" if chinese else ", ").join(dict.fromkeys(held))

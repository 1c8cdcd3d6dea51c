"""Break-glass: a protected case, read for some hours by somebody else; and what the level above sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import pgettext_lazy

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import BreakGlass, Case
from baiying.cases.queries.files import FileLine, FileRead, Looking, listed, one, opened
from baiying.cases.queries.lines import Line, lines
from baiying.cases.queries.reading import ClockView, answers, clock_views, note_reading
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.kit.errors import Unseen
from baiying.members import queries as members
from baiying.network import queries as network

LASTS = timedelta(hours=4)  # proposed: as long as one night of duty hands over to the next; then it ends by itself
LEAST_REASON = 10  # characters
SHOWN_FOR = timedelta(days=30)
READS = Looking(frozenset({flow.LEAD}), shared=True)  # as the unit that leads; of the files too
#: Why it may be broken. A list of our own (proposed): the law names danger to life and minors in danger.
GROUNDS = {
    "life": pgettext_lazy("glass", "somebody's life or health is in danger now"),
    "minor": pgettext_lazy("glass", "a child is in danger"),
    "deadline": pgettext_lazy("glass", "a legal deadline ends today and nobody who holds it can be reached"),
    "asked": pgettext_lazy("glass", "the person herself is here or on the telephone and asks for it"),
}


@dataclass(frozen=True)
class Glass:
    """One break-glass as the level above, and whoever broke it, see it: never what was read."""

    number: str
    address: str
    unit: str
    who: str
    ground: str
    at: datetime
    until: datetime
    over: bool


@dataclass(frozen=True)
class GlassView:
    """A protected case, opened in an emergency: for reading alone, until a moment."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    words: str
    name: str
    phone: str
    contact: str
    answers: list[tuple[str, str]]
    clocks: list[ClockView]
    lines: list[Line]
    files: list[FileLine]
    until: datetime

    @property
    def number(self) -> str:
        return number.shown(self.case.number)


def open_glass(asker: door.Asker, typed_number: str) -> GlassView:
    """The case, while the time of this person's own break-glass runs. Every look is logged and shown to her who asked.
    Raises Unseen."""
    with door.open(asker):
        case, row = broken(asker, typed_number)
        held = Dossier(case)
        texts = held.texts
        return GlassView(case, held.matter, flow.stage_of(held.matter, case.stage),
                         case.words or texts.get("words", ""),
                         texts.get("name", ""), held.phone, texts.get("contact", ""), answers(held), clock_views(held),
                         lines(held), listed(case, READS), row.until)


def glass_file(asker: door.Asker, typed_number: str, ref: str) -> FileRead:
    """One of its files, while that time runs; logged like the case. Raises Unseen."""
    with door.open(asker):
        case, _row = broken(asker, typed_number)
        return opened(case, one(case, READS, ref))


def broken(asker: door.Asker, typed_number: str) -> tuple[Case, BreakGlass]:
    """The case that this person has broken and may still read, opened and noted. Raises Unseen."""
    row = (BreakGlass.objects.filter(person_id=somebody(asker), number=access.read(typed_number),
                                     until__gt=moment.now()).order_by("-until").first())
    if row is None:
        raise Unseen
    door.look_at(row.case_id)
    case = access.by_id(row.case_id)
    if case is None or case.key is None or case.id in set(access.kept_out(asker)):
        raise Unseen
    note_reading(case, asker, network.unit(row.unit_id), "glass")
    return case, row


def mine(asker: door.Asker) -> list[Glass]:
    """What this person has broken and may still read."""
    who = somebody(asker)
    with door.open(asker):
        return shown(list(BreakGlass.objects.filter(person_id=who, until__gt=moment.now()).order_by("-at")))


def below(asker: door.Asker) -> list[Glass]:
    """What was broken of which the asker's units are told, of the last SHOWN_FOR, the newest on top."""
    who = somebody(asker)
    with door.open(asker):
        found = BreakGlass.objects.filter(above_id__in=asker.units, at__gte=moment.now() - SHOWN_FOR)
        return shown(list(found.exclude(person_id=who).order_by("-at")))


def stands_at_the_top(asker: door.Asker) -> bool:
    """Whether no unit stands above one of hers: then her own colleagues are told in its place."""
    today = moment.today()
    return any(network.upper(unit, today) is None for unit in network.units_by_id(asker.units).values())


def somebody(asker: door.Asker) -> UUID:
    """Who asks, by name: nobody else breaks or reads anything here. Raises Unseen."""
    if asker.who is None:
        raise Unseen
    return asker.who


def shown(rows: list[BreakGlass]) -> list[Glass]:
    people, now = members.people_by_id(row.person_id for row in rows), moment.now()
    units = network.units_by_id(row.unit_id for row in rows)
    return [Glass(number.shown(row.number), row.number, network.unit_said(units.get(row.unit_id)),
                  people[row.person_id].name if row.person_id in people else "", str(GROUNDS[row.ground]), row.at,
                  row.until, row.until <= now) for row in rows]

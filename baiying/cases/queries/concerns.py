"""Concerns as pages show them: suggested ones, those that are held, one of them, and what a case's own page says.

Of a case that a unit below leads, whoever holds or may hold a concern reads number, kind, place and day, and what many
of the texts have in common: never the words of one person. These are for the unit that leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.models import Case, Concern, ConcernAnswer, ConcernCase
from baiying.cases.queries.late import wide
from baiying.cases.queries.today import Row
from baiying.catalogue import queries as catalogue
from baiying.engine.text import near
from baiying.kit import door, moment
from baiying.kit import number as numbers
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Unit

ERRAND = "concerns"
LOOKED_AT, SINCE = 1_000, timedelta(days=90)  # the latest open cases that are compared with one another
PEOPLE = 3  # fewer are no need of many
NEAR_ENOUGH = 0.12  # proposed: of two short texts; a suggestion too much costs one press
STREET, ELSEWHERE, LONG_AGO = 0.9, 0.6, 0.8  # what another community, another street, more than four weeks weigh
WEEKS = timedelta(weeks=4)
SAME_PERSON = 0.5  # how alike two requests of one telephone must be before the handler is asked
IN_COMMON = 0.5  # share of the texts in which what is shown of them must stand

ONE_PERSON = _("One person, several requests")  # what a concern is called that joins them
# Why one answer to all did not reach a case.
OUT, AWAY, WAITS, NO_WAY, REFUSED = "out", "away", "waits", "no_way", "refused"
NOT_REACHED = {
    OUT: _("it was taken out of this common need before the answer came"),
    AWAY: _("another unit leads it by now"),
    WAITS: _("it was answered already, or is at its end"),
    NO_WAY: _("at its stage no answer can be given yet: the unit that leads takes its next step first"),
    REFUSED: _("something else has to be done in it first: open it and answer it there"),
}


@dataclass(frozen=True)
class CaseLine:
    """One case of a concern or a suggestion. ``gist``: the beginning of her words, for the unit that leads alone."""

    row: Row
    unit: str
    gist: str
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Suggestion:
    """Cases that seem to have one need. Nothing is joined before a person says so."""

    lines: tuple[CaseLine, ...]
    topic: str
    area: str
    common: tuple[str, ...]
    first: datetime
    last: datetime

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(line.row.address for line in self.lines)

    @property
    def title(self) -> str:
        """What it might be called: place and topic, no word of anybody's."""
        return f"{network.area_said(self.area)} {self.topic}".strip()


@dataclass(frozen=True)
class ConcernRow:
    """A concern on a list."""

    concern: Concern
    unit: str
    size: int

    @property
    def topic(self) -> str:
        return topic_said(self.concern.topic)

    @property
    def area(self) -> str:
        return network.area_said(self.concern.area)


@dataclass(frozen=True)
class Gone:
    """A case that is no longer in a concern: since when, and why."""

    number: str
    joined_at: datetime
    left_at: datetime
    why: str


@dataclass(frozen=True)
class Answered:
    """One answer that went to all: whom it reached, and who was left, each with the reason."""

    at: datetime
    unit: str
    text: str
    reached: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConcernView:
    """A concern on its own page. ``away``: in it, and led where nobody here reaches any more."""

    row: ConcernRow
    lines: tuple[CaseLine, ...]
    away: tuple[str, ...]
    gone: tuple[Gone, ...]
    answers: tuple[Answered, ...]
    others: tuple[ConcernRow, ...]
    goes_on: str


@dataclass(frozen=True)
class Together:
    """What the page of a case says of the concern it is in. ``others``: how many beside it."""

    ref: str
    called: str
    unit: str
    kind: str
    since: datetime
    others: int


def suggested(asker: door.Asker) -> list[Suggestion]:
    """What the open cases of the asker's units and those below have in common, the largest group first."""
    reach = wide(asker)
    with door.open(reach):
        taken = ConcernCase.objects.filter(left_at=None).values_list("case_id", flat=True)
        cases = list(access.visible(reach)
                     .filter(ended=False, guarded=False, received_at__gte=moment.now() - SINCE)
                     .exclude(id__in=taken).select_related("unit").order_by("-received_at")[:LOOKED_AT])
        apart = parted(cases)

        def weigh(one: int, other: int) -> float:
            return 0.0 if frozenset((cases[one].id, cases[other].id)) in apart else fit(cases[one], cases[other])
        groups = near.together([("", case.words) for case in cases], NEAR_ENOUGH, weigh)
        found = [suggestion(asker, [cases[place] for place in group]) for group in groups
                 if people([cases[place] for place in group]) >= PEOPLE]
        return sorted(found, key=lambda one: (-len(one.lines), one.last))


def fit(one: Case, other: Case) -> float:
    """How much two cases count as near beside their words: another topic is another need."""
    if one.topic and other.topic and one.topic != other.topic:
        return 0.0
    weight = 1.0
    if one.area and other.area and one.area != other.area:
        weight = STREET if one.area[:9] == other.area[:9] else ELSEWHERE
    return weight * (LONG_AGO if abs(one.received_at - other.received_at) > WEEKS else 1.0)


def people(cases: Sequence[Case]) -> int:
    """How many people ask, as far as telephones tell."""
    return len({bytes(case.phone_index) if case.phone_index else case.id for case in cases})


def parted(cases: Sequence[Case]) -> set[frozenset[UUID]]:
    """The pairs of which a person has said that they do not belong together. Behind an open door."""
    rows = ConcernCase.objects.filter(case_id__in=[case.id for case in cases], left_why=ConcernCase.Left.TAKEN_OUT)
    left: dict[UUID, set[UUID]] = {}
    for concern, case in rows.values_list("concern_id", "case_id"):
        left.setdefault(concern, set()).add(case)
    inside = ConcernCase.objects.filter(concern_id__in=left).values_list("concern_id", "case_id")
    return {frozenset((out, case)) for concern, case in inside for out in left[concern] if out != case}


def suggestion(asker: door.Asker, cases: Sequence[Case]) -> Suggestion:
    """One group of cases, the earliest first."""
    cases = sorted(cases, key=lambda case: (case.received_at, case.number))
    topics, areas = {case.topic for case in cases}, {case.area for case in cases}
    texts = [case.words for case in cases[:50]]
    common = near.in_common(texts, max(PEOPLE, round(len(texts) * IN_COMMON)))
    return Suggestion(tuple(line(asker, case) for case in cases),
                      topic_said(topics.pop()) if len(topics) == 1 else "", areas.pop() if len(areas) == 1 else "",
                      tuple(common), cases[0].received_at, cases[-1].received_at)


def line(asker: door.Asker, case: Case, joined_at: datetime | None = None) -> CaseLine:
    """A case on a list of several. Its words for its own unit only."""
    row = Row(case, catalogue.matter_of(case.declaration_id))
    return CaseLine(row, network.unit_said(case.unit), row.gist if case.unit_id in asker.units else "", joined_at)


def topic_said(key: str) -> str:
    """The name of a topic in the reader's language; empty for none, and for one that is no longer named."""
    try:
        found = catalogue.topic(key) if key else None
    except Unseen:
        return ""
    if found is None:
        return ""
    return found.name if catalogue.speaks_chinese() or not found.name_en else found.name_en


def concerns(asker: door.Asker, closed: bool = False) -> list[ConcernRow]:
    """The concerns that the asker's units and those below hold, the latest first; closed ones if asked for."""
    reach = wide(asker)
    with door.open(reach):
        found = (Concern.objects.filter(unit_id__in=reach.units, declined=False, closed_at__isnull=not closed)
                 .select_related("unit").order_by("-opened_at")[:200])
        return rows_of(list(found))


def rows_of(found: Sequence[Concern]) -> list[ConcernRow]:
    """Concerns with their sizes."""
    sizes: dict[UUID, int] = {}
    for concern_id in (ConcernCase.objects.filter(concern__in=found, left_at=None)
                       .values_list("concern_id", flat=True)):
        sizes[concern_id] = sizes.get(concern_id, 0) + 1
    return [ConcernRow(one, network.unit_said(one.unit), sizes.get(one.id, 0)) for one in found]


def concern(asker: door.Asker, ref: str) -> ConcernView:
    """One concern, with what is in it, what has left, and what was answered. Raises Unseen."""
    reach = wide(asker)
    with door.open(reach):
        found = (Concern.objects.filter(ref=ref, unit_id__in=reach.units, declined=False)
                 .select_related("unit", "merged_into").first())
        if found is None:
            raise Unseen
        rows = list(ConcernCase.objects.filter(concern=found).order_by("joined_at", "number"))
        living = {row.case_id: row for row in rows if row.left_at is None}
        cases = (access.visible(reach).filter(id__in=living, guarded=False).select_related("unit")
                 .order_by("received_at"))
        lines = tuple(line(asker, case, living[case.id].joined_at) for case in cases)
        seen = {one.row.case.id for one in lines}
        others = [one for one in concerns(asker) if one.concern.id != found.id]
        return ConcernView(
            rows_of([found])[0], lines,
            tuple(numbers.shown(row.number) for key, row in living.items() if key not in seen),
            tuple(Gone(numbers.shown(row.number), row.joined_at, row.left_at, row.left_why)
                  for row in rows if row.left_at is not None and row.left_why != ConcernCase.Left.GUARDED),
            answers_of(found), tuple(others), found.merged_into.ref if found.merged_into is not None else "")


def answers_of(found: Concern) -> tuple[Answered, ...]:
    """The answers that went to all, the latest first."""
    return tuple(
        Answered(one.at, network.unit_said(one.unit), one.text, tuple(map(numbers.shown, one.reached)),
                 tuple((numbers.shown(number), str(NOT_REACHED[why])) for number, why in one.left))
        for one in ConcernAnswer.objects.filter(concern=found).select_related("unit").order_by("-at"))


def concern_of(asker: door.Asker, typed_number: str) -> Together | None:
    """The concern that a case is in, for the unit that leads it. Raises Unseen."""
    with door.open(asker):
        row = joined(access.one(asker, typed_number))
    return together(row) if row is not None else None


def her_concern(entry: bytes) -> Together | None:
    """Where her need has gone, when it is answered together with that of others: it stays hers. Raises Unseen.

    That two requests seem to be one person's is the handler's own guess, by a telephone: she is not told of it.
    """
    with door.open(door.Asker(door=entry)):
        row = joined(access.one(door.asker()))
    return together(row) if row is not None and row.kind == Concern.Kind.MANY else None


def joined(case: Case) -> ConcernCase | None:
    """What joins a case to a concern now. The case must be looked at."""
    return ConcernCase.objects.filter(case=case, left_at=None).select_related("unit").first()


def together(row: ConcernCase) -> Together:
    """How many there are and what it is called now, asked for on an errand: who opens one case sees no other."""
    with door.errand(ERRAND):
        concern = Concern.objects.get(id=row.concern_id)
        size = ConcernCase.objects.filter(concern=concern, left_at=None).count()
    unit: Unit = row.unit
    return Together(concern.ref, concern.title, network.unit_said(unit), concern.kind, row.joined_at, size - 1)


def same_person(asker: door.Asker, typed_number: str) -> list[CaseLine]:
    """Open cases of the asker's units that came from the same telephone in much the same words, and are not together
    with this one yet. A telephone is no identity: the handler decides, and nobody else is told. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        if case.guarded or not case.phone_index or case.ended:
            return []
        row = joined(case)
        beside = ConcernCase.objects.filter(concern_id=row.concern_id, left_at=None).values("case_id") if row else ()
        found = (access.visible(asker).filter(ended=False, guarded=False, phone_index=bytes(case.phone_index))
                 .exclude(id=case.id).select_related("unit").order_by("received_at")[:20])
        inside = {one["case_id"] for one in beside}
        return [line(asker, other) for other in found
                if other.id not in inside and near.alike(case.words, other.words) >= SAME_PERSON]

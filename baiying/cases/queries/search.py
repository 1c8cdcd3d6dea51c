"""Searching what one may see: numbers, the words of cases that are not guarded, names of matters and topics.

Candidates come from `cases_candidates`, which looks for the units that the door was told; each is then read as a case
under the policy of cases, and holds the words or is not shown. Protected text is in none of it (promise 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from baiying.cases import access
from baiying.cases.models import Case
from baiying.cases.queries.tasks import TaskRow
from baiying.cases.queries.today import Row
from baiying.catalogue import queries as catalogue
from baiying.engine.text import grams
from baiying.engine.text.danger import normalised
from baiying.kit import door
from baiying.kit.errors import Unseen

MOST = 200  # candidates that are looked at for one way of finding, the latest first
SHOWN = 50
CANDIDATES = "SELECT cases_candidates(%s, %s)"


@dataclass(frozen=True)
class Hit:
    """A case that was found, with the passage in which the words stand; why it was found where they do not."""

    row: Row
    passage: tuple[tuple[str, bool], ...]
    by: str  # "number", "words" or "kind"


@dataclass(frozen=True)
class Results:
    """What was found. ``terms``: what was looked for; none of them: too little was typed."""

    typed: str
    terms: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    more: bool = False
    kinds: tuple[str, ...] = field(default=())

    @property
    def too_short(self) -> bool:
        return bool(self.typed.strip()) and not self.terms and not self.hits and not self.tasks


def search(cases: door.Asker | None, given: Sequence[TaskRow], typed: str) -> Results:
    """What these words find among the cases that ``cases`` leads, may be none, and the tasks in ``given``.

    ``typed``: a number, or words of two characters or more, of which all must occur.
    """
    terms = grams.terms(typed)
    kinds = kinds_named(terms)
    hits = found_cases(cases, typed, terms, kinds) if cases is not None and cases.units else []
    rows = found_tasks(given, typed, terms)
    return Results(typed, tuple(terms), tuple(hits[:SHOWN]), tuple(rows[:SHOWN]), len(hits) > SHOWN,
                   tuple(said for _mark, said in kinds))


def found_cases(asker: door.Asker, typed: str, terms: list[str], kinds: list[tuple[str, str]]) -> list[Hit]:
    """The cases of the asker's units: by number, then by words, then by kind, the latest first of each."""
    with door.open(asker):
        wanted = number_in(typed)
        numbered = access.listed(asker, access.known(asker).filter(number=wanted)) if wanted else None
        by_number = hits_of(asker, [], numbered, "number") if numbered is not None else []
        if by_number or not terms:
            return by_number
        by_words = [hit for hit in candidates(asker, grams.needed(terms), terms, "words")
                    if grams.holds(hit.row.case.words, terms)]
        known = {hit.row.case.id for hit in by_words}
        by_kind = [hit for mark, _said in kinds for hit in candidates(asker, [mark], terms, "kind")]
        rest = {hit.row.case.id: hit for hit in by_kind if hit.row.case.id not in known}
        return by_words + sorted(rest.values(), key=lambda hit: hit.row.case.received_at, reverse=True)


def candidates(asker: door.Asker, marks: Sequence[str], terms: list[str], by: str) -> list[Hit]:
    """The latest cases with all these marks, none of them guarded."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [list(marks), MOST])
        ids = [UUID(str(row[0])) for row in cursor.fetchall()]
    return hits_of(asker, terms, access.visible(asker).filter(id__in=ids, guarded=False), by)


def hits_of(asker: door.Asker, terms: list[str], found: QuerySet[Case], by: str) -> list[Hit]:
    """Cases as hits, the latest first."""
    rows = found.select_related("unit").order_by("-received_at", "id")
    return [Hit(Row(case, catalogue.matter_of(case.declaration_id), free=access.is_closed(asker, case)),
                tuple(grams.marked(case.words, terms)), by) for case in rows]


def found_tasks(given: Sequence[TaskRow], typed: str, terms: list[str]) -> list[TaskRow]:
    """Those of these tasks found by the number of their case or the name of its matter; never by her words."""
    wanted = number_in(typed)
    return [row for row in given
            if row.task.number == wanted or (terms and not row.closed and all(in_names(term, row) for term in terms))]


def in_names(term: str, row: TaskRow) -> bool:
    return any(term in normalised(name) for name in (row.matter.name, row.matter.name_en))


def number_in(typed: str) -> str:
    """The number that was typed, as it is stored; empty when it is none."""
    try:
        return access.read(typed.strip())
    except Unseen:
        return ""


def kinds_named(terms: list[str]) -> list[tuple[str, str]]:
    """The marks of matters and topics whose name holds all that was typed, each with that name. A matter of class P3
    is not among them: all of its cases are guarded."""
    if not terms:
        return []
    chinese = catalogue.speaks_chinese()
    named = [(f"m:{one.key}", one.name, one.name_en) for one in catalogue.matters() if one.privacy != "P3"]
    named += [(f"t:{one.key}", one.name, one.name_en) for one in catalogue.topics()]
    return [(mark, zh if chinese or not en else en) for mark, zh, en in named
            if all(term in normalised(zh) or term in normalised(en) for term in terms)]



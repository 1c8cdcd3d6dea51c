"""Which lines and budgets one may see: those of one's own units. Row security says the same.

Whoever grants need not see the budget; what must be known of it then is asked of functions of the owner, which answer
to whoever holds the id or the mark of a line: only the keys of the house make these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from baiying.ledger.models import Batch, Budget, Correction, Item, Line, Matching, Notice, Payee
from baiying.ledger.words import Kind


def budgets(units: Iterable[UUID]) -> QuerySet[Budget]:
    """The budgets of these units, the newest year first."""
    return Budget.objects.filter(unit_id__in=list(units)).order_by("-year", "service", "unit_id")


def lines(units: Iterable[UUID]) -> QuerySet[Line]:
    """The lines of these units, the last first."""
    return Line.objects.filter(unit_id__in=list(units)).order_by("-at", "-seq", "id")


def of_case(case: UUID) -> QuerySet[Line]:
    """The lines of one case, as far as the door lets them be seen, in the order in which they were written."""
    return Line.objects.filter(case=case).order_by("at", "seq", "id")


def line(line_id: UUID) -> Line | None:
    """One line, as far as the door lets it be seen."""
    return Line.objects.filter(id=line_id).first()


def is_taken_back(grant: Line) -> bool:
    """Whether counter-lines took all of a grant back."""
    back = list(Line.objects.filter(of=grant, kind=Kind.COUNTER).values_list("fen", flat=True))
    return bool(back) and grant.fen + sum(back) == 0


def last(budget_ids: Iterable[UUID]) -> dict[UUID, Line]:
    """The last line of each of these budgets: how it stands."""
    found = Line.objects.filter(budget_id__in=list(budget_ids)).order_by("budget_id", "-seq").distinct("budget_id")
    return {line.budget_id: line for line in found if line.budget_id is not None}


def batches(units: Iterable[UUID]) -> QuerySet[Batch]:
    """The payment batches of these units, the last first."""
    return Batch.objects.filter(unit_id__in=list(units)).order_by("-made_at", "id")


def items(batch: UUID) -> QuerySet[Item]:
    """What is in a batch."""
    return Item.objects.filter(batch_id=batch).select_related("line").order_by("ref")


def results(batch: UUID) -> dict[UUID, frozenset[str]]:
    """What the bank has said of each payment of a batch so far: kinds of lines, by item."""
    found: dict[UUID, frozenset[str]] = {}
    for item, kind in Line.objects.filter(item__batch_id=batch).values_list("item_id", "kind"):
        if item is not None:
            found[item] = found.get(item, frozenset()) | {kind}
    return found


def payees(line_ids: Iterable[UUID]) -> dict[UUID, list[Payee]]:
    """To whom these grants are or were paid, by their line, the last one last."""
    found: dict[UUID, list[Payee]] = {}
    for row in Payee.objects.filter(line_id__in=list(line_ids)).order_by("nth"):
        found.setdefault(row.line_id, []).append(row)
    return found


def retries(case: UUID) -> list[tuple[UUID, int, int, datetime | None]]:
    """(line, which account the next one would be, attempt, when she wrote one for it) of each grant of a case that the
    bank sent back and for which nobody who keeps the books has written an account since. Whoever may see them."""
    return _asked("SELECT line, nth, turn, written FROM ledger_retries(%s) ORDER BY line", case)


def in_batch(line: UUID) -> bool:
    """Whether a grant stands in a batch of which the bank has said nothing yet."""
    said = Line.objects.filter(of_id=line, item__isnull=False).values("item_id")
    return Item.objects.filter(line_id=line, batch__dropped_at=None).exclude(id__in=said).exists()


def grant_numbered(units: Iterable[UUID], number: str) -> list[Line]:
    """Every line of one grant by its number, as far as these units bear it, in the order in which they were written."""
    return list(lines(units).exclude(kind=Kind.REDEEM).filter(number=number).order_by("at", "seq", "id"))


def corrections(line: UUID) -> QuerySet[Correction]:
    """What was asked of taking this grant (its first line) back, the last first."""
    return Correction.objects.filter(line_id=line).order_by("-asked_at", "id")


def corrections_open(units: Iterable[UUID]) -> QuerySet[Correction]:
    """What these units asked to take back and nobody has decided yet, the oldest first."""
    found = Correction.objects.filter(unit_id__in=list(units), decided_at=None)
    return found.select_related("line").order_by("asked_at", "id")


def corrections_of_case(case: UUID) -> QuerySet[Correction]:
    """What was taken back in a case, in that order."""
    return Correction.objects.filter(case=case, agreed=True).order_by("decided_at", "id")


def matchings(units: Iterable[UUID]) -> QuerySet[Matching]:
    """What these units add to others' grants, and what others add to theirs: the newest year first, ended ones last."""
    ours = list(units)
    found = Matching.objects.filter(Q(unit_id__in=ours) | Q(to_id__in=ours))
    return found.order_by("-year", F("ended_at").asc(nulls_first=True), "service", "at", "id")


def matched(matching: UUID) -> list[tuple[bool, int, int, int]]:
    """(whether it is the unit that adds, fen promised, granted, paid) of each side of a matching."""
    return _asked("SELECT added, promised, granted, paid FROM ledger_matched(%s)", matching)


def matchings_to(unit: UUID, service: str, year: int) -> list[tuple[UUID, UUID, int, int]]:
    """(matching, unit that adds, yuan for each hundred, fen that it may still add), whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT matching, unit, per_hundred, room FROM ledger_matchings(%s, %s, %s) ORDER BY unit",
            [unit, service, year],
        )
        return list(cursor.fetchall())


def notices(district: str, on: date) -> QuerySet[Notice]:
    """What stands on the public notice of a district on this day."""
    return Notice.objects.filter(district=district, since__lte=on, until__gte=on).order_by("service", "number")


def stands(line: UUID) -> bool:
    """Whether this very line was written before, whoever may see it."""
    return bool(_asked("SELECT line FROM ledger_stands(%s)", line))


def open_promise(promise: UUID) -> list[tuple[UUID, UUID, int]]:
    """(line, budget, fen still kept free) of each share of a promise."""
    return _asked("SELECT line, budget, fen FROM ledger_promised(%s) ORDER BY budget", promise)


def open_grant(grant: UUID) -> list[tuple[UUID, UUID | None, int]]:
    """(line, budget, fen not taken back) of each share of a grant."""
    return _asked("SELECT line, budget, fen FROM ledger_granted(%s) ORDER BY budget", grant)


def used(marks: Sequence[bytes]) -> list[tuple[bytes, str, date, int]]:
    """(mark, period, day, fen) of each grant of these marks that stands, all its shares together."""
    rows = _asked("SELECT mark, period, given_on, fen FROM ledger_used(%s) ORDER BY given_on", list(marks))
    return [(bytes(mark), period, on, fen) for mark, period, on, fen in rows]


def are_there(budget_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these budgets that exist, whoever may see them."""
    return frozenset(one for (one,) in _asked("SELECT budget FROM ledger_budgets(%s::uuid[])", list(budget_ids)))


def _asked(query: str, value: UUID | list[bytes] | list[UUID]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return list(cursor.fetchall())

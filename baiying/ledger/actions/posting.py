"""One line into the ledger. The database reckons and refuses; here its refusals become sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from baiying.ledger.models import Line


class NoBudget(Refusal):
    """Nobody set money aside for this service in this year."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody has set money aside for this service in this year, so nothing was granted. Whoever "
                "looks after the budget can open one; then try again."
            )
        )


class Spent(Refusal):
    """The budget would fall below zero."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The money that was set aside for this service in this year is not enough for this amount, so "
                "nothing was written. Whoever looks after the budget can add to it; then try again."
            )
        )


class Capped(Refusal):
    """What another unit adds has reached its ceiling meanwhile, or was ended."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "What another unit adds to this grant is used up or was ended a moment ago, so nothing was written. "
                "Load the page again to see what it comes to now."
            )
        )


class Twice(Refusal):
    """Person, rule and period have been granted before."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "This person has had this service for this time already, so nothing more was granted. If "
                "the earlier one was a mistake, take it back first."
            )
        )


class Again(Refusal):
    """The very same deed was written at the same moment on another connection; its caller finds it."""


class NotOpen(Refusal):
    """What a line is about is not open for so much."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is more than is still open: part of it was paid, taken back or ended before. Nothing "
                "was written. Load the page again to see how it stands."
            )
        )


class Waits(Refusal):
    """It stands in a batch whose result is not known."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "It stands in a payment batch whose result is not known yet, so it cannot be changed now. "
                "Drop the batch, or wait for the bank."
            )
        )


class NotReleased(Refusal):
    """The batch was not released, or is closed."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "The payment batch is not at this point: it was not released yet, or was dropped or released "
                "meanwhile. Load the page again to see how it stands."
            )
        )


class Declared(Refusal):
    """This unit adds to that one's grants of the service already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Your unit adds to these grants already. End that first; then you can declare another share or ceiling.")
        )


REFUSALS: dict[str, Callable[[], Refusal]] = {
    "BY101": NoBudget,
    "BY102": NotOpen,
    "BY103": NotReleased,
    "BY104": Waits,
    "BY105": Waits,
    "BY106": Capped,
    "ledger_budget_left": Spent,
    "ledger_sums": NotOpen,
    "ledger_matching_once": Declared,
    "ledger_claim_pkey": Twice,
    "ledger_line_pkey": lambda: Again(""),
    "ledger_item_in_turn": Waits,
    "ledger_result_once": NotOpen,
}


@contextmanager
def told() -> Iterator[None]:
    """What the database refuses inside is raised as a sentence, and nothing of it is written."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        cause = error.__cause__
        code = str(getattr(cause, "sqlstate", "") or "")
        name = str(getattr(getattr(cause, "diag", None), "constraint_name", "") or "")
        known = REFUSALS.get(code) or REFUSALS.get(name)
        if known is None:
            raise
        raise known() from error


def hold(budgets: Iterable[UUID]) -> None:
    """Take these budgets' locks to the end of the transaction, in one order for everybody and before any claim: else
    one who ends a promise first and one who claims first would wait for each other."""
    with connection.cursor() as cursor:
        for one in sorted({str(one) for one in budgets}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261123))", [one])  # as ledger_post


def post(line: Line) -> None:
    """Write one line in the caller's transaction, with a line of the log that names ids only."""
    asker = door.asker()
    line.by, line.at = asker.who, moment.now()
    line.on = line.on or moment.today()
    line.save(force_insert=True)
    log.write(f"ledger.{line.kind}", line.case or line.id, asker.name, {"line": str(line.id)})

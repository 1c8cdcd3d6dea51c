"""What judging one person by one rule gives: the answer with its reasons, clause by clause.

Named tuples: a page judges one person by a thousand rules and more, and they are made in a third of the time.
"""

from __future__ import annotations

from typing import NamedTuple

from baiying.engine.rules.language import Amount, Answer, Limit, Paid, Requirement


class Open(NamedTuple):
    """What keeps something from an answer: facts nobody told, and lines nobody filled (then a person decides)."""

    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


NOTHING = Open()


class Clause(NamedTuple):
    """One requirement and whether it is met; when that is not known, what would settle it."""

    requirement: Requirement
    answer: Answer
    open: Open = NOTHING


class Payment(NamedTuple):
    """One instalment, in fen."""

    fen: int
    paid: Paid


class Sum(NamedTuple):
    """What one item comes to. `fen` None: not known yet, or a person computes it (`open` says which)."""

    amount: Amount
    fen: int | None
    open: Open = NOTHING
    payments: tuple[Payment, ...] = ()


class Use(NamedTuple):
    """One limit. `reached`: whether nothing is left; `left`: so many times or fen are, where it is known."""

    limit: Limit
    reached: Answer
    left: int | None
    open: Open = NOTHING


class Judgement(NamedTuple):
    """The whole.

    `answer`: whether she is entitled: every clause is met. Use and dates do not change it.
    `now`: whether she can have it on this day: entitled, the window open, no limit reached.
    `open`: what would settle an answer that is not known; empty otherwise.
    `band`: the name of her band, "" when there is none or it is not known (then `band_open` says why).
    """

    answer: Answer
    now: Answer
    clauses: tuple[Clause, ...]
    open: Open
    band: str
    band_open: Open
    amounts: tuple[Sum, ...]
    limits: tuple[Use, ...]
    window: Answer

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would settle an answer that is not known."""
        return self.open.facts

    @property
    def total(self) -> int | None:
        """Fen that she gets, contributions of hers left aside; None when one sum is not known."""
        sums = [one.fen for one in self.amounts if not one.amount.hers]
        return None if None in sums else sum(fen for fen in sums if fen is not None)

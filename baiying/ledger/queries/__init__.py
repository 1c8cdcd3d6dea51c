"""Reads of the ledger."""

from baiying.ledger.queries.budgets import (
    MOST,
    BudgetLine,
    budget,
    budgets,
    lines,
    lines_of,
    payer,
    promises_of,
    waiting,
)
from baiying.ledger.queries.grants import GrantView, TakenBack, corrections_open, grant_of, taken_back_of
from baiying.ledger.queries.matching import Addition, MatchingView, additions, matchings
from baiying.ledger.queries.notices import OnNotice, notices
from baiying.ledger.queries.paying import BatchView, batch, batches
from baiying.ledger.queries.retrying import Retry, retry_of
from baiying.ledger.queries.using import Use, facts_of_all, facts_used, standing, used, whom

__all__ = [
    "MOST",
    "Addition",
    "MatchingView",
    "additions",
    "matchings",
    "BatchView",
    "OnNotice",
    "batch",
    "batches",
    "notices",
    "BudgetLine",
    "GrantView",
    "TakenBack",
    "corrections_open",
    "grant_of",
    "taken_back_of",
    "Retry",
    "retry_of",
    "Use",
    "budget",
    "budgets",
    "facts_of_all",
    "facts_used",
    "standing",
    "lines",
    "lines_of",
    "payer",
    "promises_of",
    "used",
    "waiting",
    "whom",
]

"""Reads of the ledger."""

from baiying.ledger.queries.budgets import BudgetLine, budget, budgets, lines, lines_of, payer, waiting
from baiying.ledger.queries.using import Use, facts_of_all, facts_used, standing, used, whom

__all__ = [
    "BudgetLine",
    "Use",
    "budget",
    "budgets",
    "facts_of_all",
    "facts_used",
    "standing",
    "lines",
    "lines_of",
    "payer",
    "used",
    "waiting",
    "whom",
]

"""Writes of the ledger, one function a verb."""

from baiying.ledger.actions.batches import (
    BOUNCED,
    BadResults,
    SamePerson,
    drop_batch,
    make_batch,
    release_batch,
    take_results,
)
from baiying.ledger.actions.budgeting import open_budget
from baiying.ledger.actions.correcting import CORRECTED, SameCorrector, ask_back, decide_back
from baiying.ledger.actions.granting import (
    GRANTED,
    TAKEN_BACK,
    Share,
    What,
    counter,
    grant,
    promise,
    redeem,
    release,
)
from baiying.ledger.actions.matching import Plan, declare_matching, end_matching
from baiying.ledger.actions.paying import export, forget_case, own_account, put_payee, write_own
from baiying.ledger.actions.posting import Capped, NoBudget, NotOpen, NotReleased, Spent, Twice, Waits, hold
from baiying.ledger.marks import Whom
from baiying.ledger.payees import To

__all__ = [
    "BOUNCED",
    "CORRECTED",
    "Capped",
    "GRANTED",
    "TAKEN_BACK",
    "BadResults",
    "NoBudget",
    "NotOpen",
    "NotReleased",
    "SameCorrector",
    "SamePerson",
    "Plan",
    "Share",
    "Spent",
    "To",
    "Twice",
    "Waits",
    "What",
    "Whom",
    "ask_back",
    "counter",
    "decide_back",
    "declare_matching",
    "end_matching",
    "export",
    "forget_case",
    "own_account",
    "put_payee",
    "write_own",
    "drop_batch",
    "grant",
    "hold",
    "make_batch",
    "open_budget",
    "promise",
    "redeem",
    "release",
    "release_batch",
    "take_results",
]

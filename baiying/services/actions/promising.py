"""Money is kept free from the proposal until it is decided: promised, then granted out of the promise, or free again.

A budget that has too little keeps nobody from proposing; the page of the decision says that nothing is kept free.
"""

from __future__ import annotations

from uuid import UUID

from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.words import Why
from baiying.services.actions.sharing import hold, shares
from baiying.services.queries.requests import Standing

#: What a move causes by which a promise is made, or used up; every other move ends it.
RECKON, GRANT = "reckon", "grant"


def promise(standing: Standing, fen: int) -> None:
    """Keep this much free for what was just proposed, as far as there is a budget for it. The case is looked at."""
    case = standing.case
    payer = books.payer(case.unit, standing.row.service)
    if payer is not None:
        hold(payer, standing.row.service)
    release(case.id, Why.AGAIN)
    if not fen or payer is None:
        return
    what = ledger.What(
        district=case.district, service=standing.row.service, period="", version=standing.row.version, case=case.id
    )
    try:
        ledger.promise(f"case:{case.id}:{len(standing.held.moves)}", what,
                       shares(case, payer, standing.row.service, fen))  # fmt: skip
    except (ledger.NoBudget, ledger.Spent, ledger.Capped):
        return  # it can be proposed all the same: whoever decides sees that nothing is kept free


def release(case: UUID, why: Why) -> None:
    """What was kept free for this case is free again."""
    for line in books.promises_of(case):
        ledger.release(f"case:{case}:{line}", line, why)


def moved(case: Case, step: flow.Step) -> None:
    """News: a case made a step. One that is a request and is not decided any more keeps no money free."""
    if not step.moved or {RECKON, GRANT} & set(step.effects):
        return
    if not catalogue.matter_of(case.declaration_id).of_services:
        return
    over = step.to in flow.ENDED or step.to in flow.WAITING
    release(case.id, Why.REFUSED if over else Why.AGAIN)


def forget(case: Case) -> None:
    """News: a case was erased before it was decided."""
    release(case.id, Why.REFUSED)

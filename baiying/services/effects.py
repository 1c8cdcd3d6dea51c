"""What a move of a request causes: a proposal is written down, a grant stands in the ledger, a lot in the line.

Registered under the names that declarations use in `then`; what cannot be done is refused, and the move with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases.actions.step import seal
from baiying.cases.dossier import ANSWERS
from baiying.cases.effects import effect
from baiying.cases.facts import tells
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine.flow import Matter
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.words import Kind, Why
from baiying.services import asking
from baiying.services.actions import promising
from baiying.services.actions.drawing import stand_in_line
from baiying.services.actions.sharing import hold, shares
from baiying.services.queries.requests import Reckoned, Standing, of_case

AMOUNT, WHY, CLASS = "amount", "amount_why", "class"
WON, LOST, NONE = "won", "lost", "none"
NOTICE, NOTICE_DAYS = "notice", 7  # a service with this step stands on the public notice, a week from Monday


@tells("services")
def told(case: Case) -> dict[str, object]:
    """The facts `request.*` of a case that is a request; nothing of another one."""
    if not catalogue.matter_of(case.declaration_id).of_services:
        return {}
    standing = of_case(case) if case.key is not None else None
    if standing is None:
        return {}
    lot = standing.lot
    return {
        "request.papers": standing.papers_settled,
        "request.money": standing.money and not standing.limited,
        "request.reckoned": standing.computed is not None and not unnamed(standing),
        "request.classes": bool(standing.rule.bands),
        "request.places": standing.limited,
        "request.place": NONE if lot is None or lot.won is None else WON if lot.won else LOST,
        "request.paid": paid(case),
    }


def unnamed(standing: Standing) -> bool:
    """Whether it has classes, and which one is not known by the rule."""
    return bool(standing.rule.bands) and standing.band is None


def paid(case: Case) -> bool:
    """Whether everything that was granted in this case has been paid, as the ledger says."""
    lines = books.lines_of(case.id)
    granted = sum(one.fen for one in lines if one.kind in (Kind.GRANT, Kind.COUNTER))
    return granted > 0 and sum(one.fen for one in lines if one.kind in (Kind.PAY, Kind.BOUNCE)) >= granted


@effect(promising.RECKON)
def reckon(case: Case, matter: Matter) -> None:
    """What is proposed: the amount of the rule, or another one with its reason, and the class."""
    standing = _standing(case)
    answers, computed = _with_this_move(standing), standing.computed
    typed, why = answers.get(AMOUNT), str(answers.get(WHY) or "")
    fen = typed if isinstance(typed, int) else computed
    if standing.money and not standing.limited:
        if fen is None:
            raise Refusal(_("The rule gives no sum that may be granted as it is. Write the amount, and why."))
        if fen != computed and not why.strip():
            raise Refusal(_("The amount is not the one that the rule comes to. Write why, so that she can follow it."))
    band = _band(standing, str(standing.held.answers.get(CLASS) or ""))
    new = Reckoned(fen or 0, computed, band, why if fen != computed else "")
    seal(case, standing.held.corrected_name(asking.RECKONED_FIELD), json.dumps(asdict(new), ensure_ascii=False))
    promising.promise(standing, new.fen)


def _with_this_move(standing: Standing) -> dict[str, object]:
    """What was answered with the very move that proposes: an earlier amount does not stand for ever."""
    text = standing.held.opened(f"{ANSWERS}:{standing.held.moves[-1].id}")
    return dict(json.loads(text)) if text else {}


def _band(standing: Standing, said: str) -> str:
    """The class by its name: of the rule, or as a person named it where the rule does not know it."""
    if not standing.rule.bands:
        return ""
    found = standing.band_called(said) if said else standing.band
    if found is None:
        labels = "、".join(one.label for one in standing.rule.bands)
        raise Refusal(_("The class must be one of these: %(classes)s."), classes=labels)
    return found.name


@effect(promising.GRANT)
def grant(case: Case, matter: Matter) -> None:
    """What was proposed and agreed to by another person stands in the ledger, once for person, rule and period."""
    standing = _standing(case)
    put = standing.reckoned or Reckoned(computed=standing.computed)
    today = moment.today()
    period, once = standing.claims(today)
    what = ledger.What(
        district=case.district, service=standing.row.service, period=period, whom=standing.whom,
        version=standing.row.version, case=case.id, band=put.band, once=once, unit=case.unit_id,
        notice=NOTICE_DAYS if any(step.key == NOTICE for step in standing.service.steps) else 0,
    )  # fmt: skip
    payer = _payer(case, standing) if put.fen else None
    if payer is not None:
        hold(payer, standing.row.service)
    promising.release(case.id, Why.GRANTED)  # first, so that what was kept free for it counts as room for it
    borne = shares(case, payer, standing.row.service, put.fen) if payer is not None else []
    payee = _payee(standing) if put.fen else None
    ledger.grant(f"case:{case.id}:{len(standing.held.moves)}", what, borne, payee=payee)


def _payer(case: Case, standing: Standing) -> UUID:
    found = books.payer(case.unit, standing.row.service)
    if found is None:
        raise ledger.NoBudget
    return found


def _payee(standing: Standing) -> ledger.To | None:
    """Where it is paid to, as she wrote it."""
    key = next((one.key for one in standing.service.papers if one.kind == asking.PAYEE), "")
    account = str(standing.sent.answers.get(key, ""))
    return ledger.To(standing.sent.name, account) if account else None


@effect("stand_in_line")
def in_line(case: Case, matter: Matter) -> None:
    """She is in the line of her round."""
    standing = _standing(case)
    stand_in_line(standing)
    log.write("request.in_line", case.id, door.asker().name, {}, case.wrapped)


def _standing(case: Case) -> Standing:
    found = of_case(case)
    if found is None:
        raise Unseen
    return found

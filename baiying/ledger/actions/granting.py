"""Promise, release, grant, counter, redeem: each writes lines and never touches one that is there.

All of them work inside the caller's open door and transaction, whoever has it open: who grants need not see the budgets
that bear it. The same key twice is once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from baiying.kit import moment, news
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Misuse, Unseen
from baiying.kit.number import number_for
from baiying.ledger import access
from baiying.ledger.actions.posting import Again, NotOpen, Twice, hold, post, told
from baiying.ledger.marks import Whom, budget_id, claims_of, marks_of
from baiying.ledger.models import Claim, Line, Notice
from baiying.ledger.payees import To, sealed_payee
from baiying.ledger.queries.notices import week_of
from baiying.ledger.words import Kind, Why

#: Something was granted or used. Facts: person=UUID or None (the first of `Whom.selves`), service=its key, district,
#: line=UUID. Told in the transaction of the deed, with the door of whoever did it.
GRANTED = news.declare("ledger.granted")
#: A grant was taken back, wholly or in part. Facts: line=UUID.
TAKEN_BACK = news.declare("ledger.taken_back")


@dataclass(frozen=True)
class What:
    """What is promised or granted: a service under one version of its declaration, for one person and one period.

    ``period``: for what it counts, e.g. ``2026``, ``life``, ``event:…``. ``once``: the periods that only one grant may
    claim; by default the period itself. A limit of two times a year claims ``2026#1``, then ``2026#2``; nothing
    limited claims nothing (an empty tuple). ``band``: its class, which may stand on the public notice. ``unit``: whose
    line it is when no budget bears it (goods, a place); else each line is of the unit of its budget. ``year``: of which
    budgets, by default this year's. ``notice``: how many days it stands on the public notice (0: not at all).
    """

    district: str
    service: str
    period: str
    whom: Whom | None = None
    version: str = ""
    case: UUID | None = None
    band: str = ""
    once: tuple[str, ...] | None = None
    unit: UUID | None = None
    year: int = 0
    notice: int = 0

    @property
    def claimed(self) -> tuple[str, ...]:
        return (self.period,) if self.once is None else self.once


@dataclass(frozen=True)
class Share:
    """What one unit's budget bears, in fen. A matching share (1:1) is a further one, by its declaration."""

    unit: UUID
    fen: int
    matching: UUID | None = None


def promise(key: str, what: What, shares: Sequence[Share]) -> UUID:
    """Keep money free for a request that is being decided; gives the promise (its first line).

    :raises NoBudget: a unit has none for the service this year. :raises Spent: it would fall below zero.
    """
    return _write(key, Kind.PROMISE, what, shares)


def release(key: str, promise_id: UUID, why: Why = Why.REFUSED) -> None:
    """End a promise; what was kept free is free. One that has ended already is no fault."""
    with told():
        for line_id, budget, fen in access.open_promise(promise_id):
            if fen:
                first = _line(f"{key}:{line_id}", Kind.RELEASE, budget, -fen)
                first.of_id, first.why = line_id, why
                post(first)


def grant(
    key: str, what: What, shares: Sequence[Share], *, payee: To | None = None, promise_id: UUID | None = None
) -> UUID:
    """Grant it, out of a promise when there was one; gives the grant (its first line). Nothing of money: no shares.

    :raises Twice: person, service and period were granted before, also by a deed of the same moment.
    :raises NoBudget: :raises Spent: as for a promise; nothing is written then.
    """
    if what.whom is None:
        raise Misuse("a grant is for somebody")
    return _granted(key, Kind.GRANT, what, shares, payee, promise_id)


def redeem(key: str, what: What, shares: Sequence[Share] = ()) -> UUID:
    """Something was used with the card. As a grant, and the merchant is not in the line; nobody is told of it, for who
    used what would then stand beside a name. :raises Twice:"""
    if what.whom is None:
        raise Misuse("a card is somebody's")
    return _granted(key, Kind.REDEEM, what, shares)


def _granted(
    key: str, kind: Kind, what: What, shares: Sequence[Share], payee: To | None = None, promise_id: UUID | None = None
) -> UUID:
    made = uuid_for(f"{key}:0", f"ledger {kind}")
    if access.stands(made):
        return made
    with told():
        if promise_id is not None:
            kept = {budget for _line, budget, _fen in access.open_promise(promise_id)}
            hold(kept | _budgets(what, shares))
            release(key, promise_id, Why.GRANTED)
        _write(key, kind, what, shares, payee)
        if kind == Kind.GRANT:
            news.tell(GRANTED, **_facts(what, made))
    return made


def counter(key: str, grant_id: UUID, why: Why, fen: Mapping[UUID, int] | None = None) -> None:
    """Take a grant back by counter-lines: wholly, so that person, rule and period are free again, or by so many fen of
    the shares named (line: fen).

    :raises NotOpen: more than was granted, or it was paid already (enter first that it came back).
    :raises Waits: it stands in a payment batch. :raises Unseen: there is no such grant.
    """
    with told():
        if access.stands(uuid_for(f"{key}:{grant_id}", f"ledger {Kind.COUNTER}")):
            return
        open_ = access.open_grant(grant_id)
        if not open_:
            raise Unseen
        for line_id, budget, left in open_:
            back = left if fen is None else fen.get(line_id, 0)
            if back < 0 or (back == 0 and budget is not None):
                if fen is None:
                    raise NotOpen
                continue
            new = _line(f"{key}:{line_id}", Kind.COUNTER, budget, -back)
            new.of_id, new.why = line_id, why
            post(new)
        news.tell(TAKEN_BACK, line=grant_id)


def _write(key: str, kind: Kind, what: What, shares: Sequence[Share], payee: To | None = None) -> UUID:
    """The lines of one promise or grant; the very same deed, also of the same moment, is once."""
    first = uuid_for(f"{key}:0", f"ledger {kind}")
    if access.stands(first):
        return first
    try:
        with told():
            _write_new(key, kind, what, shares, payee)
    except (Again, Twice):
        if not access.stands(first):
            raise
    return first


def _write_new(key: str, kind: Kind, what: What, shares: Sequence[Share], payee: To | None) -> None:
    """By budget in one order for everybody, so that no two deeds block one another; claims before all."""
    year, first = what.year or moment.today().year, uuid_for(f"{key}:0", f"ledger {kind}")
    unit = shares[0].unit if shares else what.unit
    if unit is None or any(one.fen < 0 for one in shares) or len({one.unit for one in shares}) < len(shares):
        raise Misuse("each share is a sum of a unit of its own; without money, the line names its unit")
    hold(_budgets(what, shares))
    mark = marks_of(what.service, what.whom)[0] if what.whom else None
    if kind != Kind.PROMISE and what.whom is not None:
        for claim in claims_of(what.service, what.whom, what.claimed):
            Claim(mark=claim, line_id=first).save(force_insert=True)
    made = [(uuid_for(f"{key}:{n}", f"ledger {kind}"), share) for n, share in enumerate(shares)]
    for line_id, share in sorted(made, key=lambda one: str(budget_id(one[1].unit, what.service, year))):
        line = _line("", kind, budget_id(share.unit, what.service, year), share.fen, line_id)
        line.matching_id = share.matching
        post(_of(line, what, share.unit, mark, first, key))
        if payee is not None and share.fen:
            sealed_payee(line, share.unit, payee).save(force_insert=True)
    if what.notice and kind == Kind.GRANT:
        since, until = week_of(moment.today(), what.notice)
        Notice(
            line_id=first,
            district=what.district,
            service=what.service,
            number=number_for(f"ledger {key}"),
            band=what.band,
            fen=sum(one.fen for one in shares),
            since=since,
            until=until,
        ).save(force_insert=True)
    if not made:
        post(_of(_line("", kind, None, 0, first), what, unit, mark, first, key))


def _budgets(what: What, shares: Sequence[Share]) -> set[UUID]:
    return {budget_id(one.unit, what.service, what.year or moment.today().year) for one in shares}


def _line(key: str, kind: Kind, budget: UUID | None, fen: int, line_id: UUID | None = None) -> Line:
    return Line(id=line_id or uuid_for(key, f"ledger {kind}"), kind=kind, budget_id=budget, fen=fen)


def _of(line: Line, what: What, unit: UUID, mark: bytes | None, first: UUID, key: str) -> Line:
    """What the line is about; a second share names the first."""
    line.district, line.service, line.version, line.case = what.district, what.service, what.version, what.case
    line.unit_id, line.mark, line.period, line.band = unit, mark, what.period, what.band
    line.number = "" if line.kind == Kind.PROMISE else number_for(f"ledger {key}")
    line.share_of_id = None if line.id == first else first
    return line


def _facts(what: What, line: UUID) -> dict[str, object]:
    person = what.whom.selves[0] if what.whom is not None and what.whom.selves else None
    return {"person": person, "service": what.service, "district": what.district, "line": line}

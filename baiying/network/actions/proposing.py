"""Changes that two persons make together. What is confirmed is done at once, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit import queries as kit
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal, Unseen
from baiying.network import access
from baiying.network.actions.passing import NewUnit, close_unit, merge_units, split_unit
from baiying.network.actions.posts import appoint, be_absent, end_post
from baiying.network.models import Post, Proposal, Unit
from baiying.network.queries.administering import CONFIRM, is_waiting, over

What = Proposal.What


@dataclass(frozen=True)
class Outcome:
    """What became of a change: done, or waiting for a second person. ``reset``: whose second factor is to be reset now
    (by members, which stands above)."""

    waits: bool = False
    reset: UUID | None = None


def propose(
    asker: door.Asker, what: What, unit: Unit, key: str, person: UUID | None = None, also: Sequence[Unit] = (),
    **facts: Any,
) -> Outcome:  # fmt: skip
    """Write down a change that another one must confirm within 14 days. The same key twice is once."""
    if asker.who is None:
        raise Unseen
    today = moment.today()
    seen_by = over(unit, today)
    for other in also:
        above = over(other, today)
        seen_by = [one for one in seen_by if one in above]
    if not asker.units & set(seen_by):  # whoever proposes sees what becomes of it
        seen_by += asker.units
    with door.open(asker):
        made = Proposal(
            id=uuid_for(key, "proposal"), district=unit.district, what=what, unit=unit, person_id=person,
            facts={name: _plain(fact) for name, fact in facts.items()}, over=seen_by,
            by_id=asker.who, at=moment.now(),
        )  # fmt: skip
        if not access.proposals().filter(id=made.id).exists():
            Proposal.objects.bulk_create([made])
            log.write("network.proposed", unit.id, asker.name, {"proposal": str(made.id), "what": what})
    return Outcome(waits=True)


def confirm(asker: door.Asker, proposal_id: UUID) -> Outcome:
    """Confirm what somebody else proposed; it is done at once, from the day that was proposed or today if that is past.

    :raises Unseen: it is not hers to see.
    :raises Refusal: it is her own or about her, it is decided or ran out, or it cannot be done any more.
    """
    with transaction.atomic():
        with door.open(asker):
            found = _waiting(asker, proposal_id)
            if asker.who == found.by_id:
                raise Refusal(_("You proposed this yourself. Another person must confirm it."))
            if asker.who in (found.person_id, _holder(found)):
                raise Refusal(_("This is about you. Another person must confirm it."))
            _decide(asker, found, Proposal.State.CONFIRMED, "network.confirmed")
        return _CARRY_OUT[found.what](found, _Facts(found.facts))


def decline(asker: door.Asker, proposal_id: UUID) -> None:
    """Say no to a proposal, or take one's own back.

    :raises Unseen: it is not hers to see.
    :raises Refusal: it is decided or ran out.
    """
    with door.open(asker):
        _decide(asker, _waiting(asker, proposal_id), Proposal.State.DECLINED, "network.declined")


def _waiting(asker: door.Asker, proposal_id: UUID) -> Proposal:
    """The proposal, locked, if the asker may decide it."""
    found = access.proposals().select_for_update(of=("self",)).filter(id=proposal_id).first()
    if found is None or asker.who is None or CONFIRM not in kit.powers_of(asker.roles):
        raise Unseen
    if not is_waiting(found):
        raise Refusal(_("This was decided already, or nobody confirmed it within 14 days. Propose it again if needed."))
    return found


def _decide(asker: door.Asker, found: Proposal, state: Proposal.State, verb: str) -> None:
    Proposal.objects.filter(id=found.id).update(state=state, decided_by=asker.who, decided_at=moment.now())
    log.write(verb, found.unit_id, asker.name, {"proposal": str(found.id), "what": found.what})


def _holder(found: Proposal) -> UUID | None:
    """Whose post it is about, if it is about one."""
    post = found.facts.get("post")
    return None if post is None else Post.objects.values_list("holder_id", flat=True).filter(id=post).first()


class _Facts:
    """The facts of a proposal in their types; a day that has passed meanwhile becomes today."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    def day(self, name: str) -> date:
        return max(date.fromisoformat(self.facts[name]), moment.today())

    def end(self, name: str) -> date | None:
        return date.fromisoformat(self.facts[name]) if self.facts.get(name) else None

    def unit(self, name: str) -> Unit | None:
        return Unit.objects.get(id=self.facts[name]) if self.facts.get(name) else None

    def post(self) -> Post:
        found = Post.objects.select_related("unit").filter(id=self.facts["post"]).first()
        if found is None:
            raise Refusal(_("This post is not there any more. Propose it again if needed."))
        return found


def _appoint(found: Proposal, facts: _Facts) -> Outcome:
    appoint(f"{found.id}", found.unit, facts.facts["role"], found.person_id, facts.day("since"), facts.end("until"),
            facts.facts["receives"])  # fmt: skip
    return Outcome()


def _end_post(_found: Proposal, facts: _Facts) -> Outcome:
    end_post(facts.post(), facts.day("on"))
    return Outcome()


def _substitute(found: Proposal, facts: _Facts) -> Outcome:
    be_absent(f"{found.id}", facts.post(), facts.day("since"), facts.end("until"), found.person_id)
    return Outcome()


def _close(found: Proposal, facts: _Facts) -> Outcome:
    close_unit(found.unit, facts.day("on"), facts.unit("successor"), facts.facts["people_go"])
    return Outcome()


def _split(found: Proposal, facts: _Facts) -> Outcome:
    into = [NewUnit(**{**new, "roles": tuple(new["roles"])}) for new in facts.facts["into"]]
    split_unit(found.unit, into, facts.day("on"), f"{found.id}", people_go=facts.facts["people_go"])
    return Outcome()


def _merge(found: Proposal, facts: _Facts) -> Outcome:
    units = list(Unit.objects.filter(id__in=facts.facts["units"]).order_by("opened_on", "id"))
    merge_units(units, found.unit, facts.day("on"), facts.facts["people_go"])
    return Outcome()


def _reset(found: Proposal, _facts: _Facts) -> Outcome:
    return Outcome(reset=found.person_id)


_CARRY_OUT: dict[str, Callable[[Proposal, _Facts], Outcome]] = {
    What.APPOINT: _appoint, What.END_POST: _end_post, What.SUBSTITUTE: _substitute, What.CLOSE: _close,
    What.SPLIT: _split, What.MERGE: _merge, What.RESET: _reset,
}  # fmt: skip


def _plain(fact: Any) -> Any:
    """A fact as JSON keeps it."""
    if isinstance(fact, UUID | date):
        return str(fact)
    if isinstance(fact, NewUnit):
        return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(fact).items()}
    if isinstance(fact, list | tuple):
        return [_plain(one) for one in fact]
    return fact

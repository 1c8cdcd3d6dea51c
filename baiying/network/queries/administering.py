"""What an administrator looks after, and what waits for a second person. No case is ever read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from baiying.catalogue import queries as catalogue
from baiying.kit import door, moment
from baiying.kit import queries as kit
from baiying.kit.chance import letters_for
from baiying.network import access
from baiying.network.models import Absence, Level, Organisation, Post, Proposal, Tie, Unit
from baiying.network.queries import routing
from baiying.network.queries.passing import lower
from baiying.network.queries.picture import picture
from baiying.network.queries.reading import in_order, units_by_id

MANAGE, CONFIRM = "post.manage", "post.confirm"
#: How long a proposal waits for a second person, and how long its end is still shown.
WAITS = timedelta(days=14)
#: Days of the past that the page of a unit shows.
LOOKS_BACK = timedelta(days=365)
REF_LETTERS = 10


@dataclass(frozen=True)
class Office:
    """One post of a unit with what is noted about it. ``state``: now, to come, over."""

    post: Post
    state: str
    absences: Sequence[Absence] = field(default_factory=tuple)
    away: Absence | None = None
    two_persons: bool = False


def unended(on: date) -> Q:
    """What holds on that day or will."""
    return Q(until__isnull=True) | Q(until__gt=on)


def ref(thing: Unit | Post | Absence | Tie | Proposal) -> str:
    """What stands for it in an address or a form: derived letters that say nothing."""
    return letters_for(str(thing.id), "network ref", REF_LETTERS)


def administered(units: Iterable[UUID], on: date) -> list[Unit]:
    """These units with all below them and the partners tied to one of them, as far as they are not closed by then."""
    found: dict[UUID, Unit] = {}
    for own in units_by_id(units).values():
        seen = picture(own.district)
        reached = [own, *lower(own.id, on)]
        keys = {unit.id for unit in reached}
        reached += [
            unit
            for unit in seen.units.values()
            if any(span.other in keys and span.covers(on) for span in seen.partners.get(unit.id, ()))
        ]
        found |= {unit.id: unit for unit in reached if unit.closed_on is None or on < unit.closed_on}
    return in_order(found.values())


def in_reach(asker: door.Asker, key: str | UUID, on: date) -> Unit | None:
    """The unit of this reference or id, if the asker looks after it."""
    return next((unit for unit in administered(asker.units, on) if key in (unit.id, ref(unit))), None)


def offices(unit: Unit, on: date) -> list[Office]:
    """The posts of a unit: those of today, those to come, then those that ended within a year."""
    posts = (
        Post.objects.filter(Q(until__isnull=True) | Q(until__gt=on - LOOKS_BACK), unit=unit)
        .select_related("holder", "unit").prefetch_related("absences__substitute").order_by("since", "role", "id")
    )  # fmt: skip
    made = [_office(post, on) for post in posts]
    order = ["now", "to come", "over"]
    return sorted(made, key=lambda one: order.index(one.state))


def _office(post: Post, on: date) -> Office:
    state = "now" if post.in_force(on) else "to come" if post.since > on else "over"
    absences = sorted(post.absences.all(), key=lambda one: one.since)
    open_ones = tuple(one for one in absences if one.until is None or one.until > on)
    away = next((one for one in open_ones if one.since <= on), None)
    return Office(post, state, open_ones, away, needs_two(post.role))


def needs_two(role: str) -> bool:
    """Whether two persons give and end a post of this role. A role nobody declares any more: yes."""
    declared = catalogue.roles().get(role)
    return declared is None or declared.two_persons


def roles_for(unit: Unit) -> list[str]:
    """The roles that a post of this unit can have: partners see tasks only, district roles stay in the district."""
    found = []
    for key, role in catalogue.roles().items():
        of_partner = bool(role.powers) and all(power.startswith(("task.", "search.")) for power in role.powers)
        if unit.organisation == Organisation.PARTNER:
            fits = of_partner or MANAGE in role.powers
        else:
            fits = MANAGE in role.powers or not role.two_persons or unit.level == Level.DISTRICT
        if fits:
            found.append(key)
    return found


def over(unit: Unit, on: date) -> list[UUID]:
    """The unit and those above it, by territorial ties and through the federations a partner is tied to."""
    seen = picture(unit.district)
    found, ahead = [unit.id], [unit.id]
    while ahead:
        one = ahead.pop(0)
        spans = [*seen.uppers.get(one, ()), *seen.partners.get(one, ())]
        above = [span.other for span in spans if span.covers(on) and span.other not in found]
        if not above and one == unit.id and (higher := routing.upper(unit, on)) is not None:
            above = [higher.id]
        found += above
        ahead += above
    return list(dict.fromkeys(found))


def others_who_confirm(units: Iterable[UUID], on: date, *without: UUID | None) -> bool:
    """Whether anybody else could confirm a change of these units on that day."""
    posts = access.posts(on).filter(unit_id__in=list(units)).exclude(holder_id__in=[one for one in without if one])
    return any(CONFIRM in kit.powers_of([post.role]) for post in posts)


def proposals(asker: door.Asker) -> list[Proposal]:
    """What waits for a second person, the newest first; then what was decided or ran out within two weeks."""
    since = moment.now() - 2 * WAITS
    with door.open(asker):
        found = list(access.proposals().filter(at__gte=since).order_by("-at", "id"))
    return sorted(found, key=lambda one: not is_waiting(one))


def is_waiting(proposal: Proposal) -> bool:
    """Whether it can still be confirmed."""
    return proposal.state == Proposal.State.OPEN and moment.now() < proposal.at + WAITS


def ties_upwards(unit: Unit, on: date) -> list[Tie]:
    """What it hangs on today and from days to come."""
    ties = Tie.objects.select_related("upper").filter(unended(on), lower=unit)
    return list(ties.order_by("kind", "since", "id"))

"""What an administrator does in her unit and the units below it. She sees no cases; all of it is in the log.

Every verb checks who asks, refuses days that lie behind, and leaves what two persons must do to a proposal. Nothing
here opens the door for a change itself: who listens to the network's news opens one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit import queries as kit
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal, Unseen
from baiying.network.actions.passing import NewUnit
from baiying.network.actions.posts import ADMINISTER, appoint, be_absent, end_absence, end_post, vacate
from baiying.network.actions.proposing import Outcome, What, propose
from baiying.network.actions.settling import changing
from baiying.network.actions.units import end_tie, open_unit, tie
from baiying.network.models import Absence, Level, Organisation, Post, Tie, TieKind, Unit, UnitRole
from baiying.network.queries import administering as reach
from baiying.network.queries.passing import is_the_only_one, who_follows

#: What a unit of each organisation can be; what stands in neither list is a partner.
ROLES_OF = {
    Organisation.UNION: (UnitRole.UNION, UnitRole.STATION, UnitRole.HOME, UnitRole.REST_STOP),
    Organisation.WOMEN: (UnitRole.FEDERATION, UnitRole.WOMENS_HOME, UnitRole.MICRO_HOME, UnitRole.HOME),
}
_OURS = {role for roles in ROLES_OF.values() for role in roles}
#: What a new unit below another one is, by the level of the upper one.
BELOW = {
    Level.DISTRICT: (Level.STREET, Level.COMMUNITY, Level.INDUSTRY, Level.GRASSROOTS, Level.DISTRICT),
    Level.STREET: (Level.STREET, Level.COMMUNITY, Level.GRASSROOTS),
    Level.COMMUNITY: (Level.GRASSROOTS,),
    Level.INDUSTRY: (Level.GRASSROOTS,),
    Level.GRASSROOTS: (Level.GRASSROOTS,),
}


def give_post(
    asker: door.Asker, unit_id: UUID, role: str, holder: UUID, since: date, key: str, until: date | None = None,
    receives: bool = True,
) -> Outcome:  # fmt: skip
    """Give a post to a person from a day on. A role that two persons give is proposed; the second administrator of all
    is named by the first one alone, since nobody else could confirm it.

    :raises Unseen: the unit is not hers to look after.
    :raises Refusal: a day that is past, herself, a role that does not fit the unit, or a post she holds already.
    """
    unit = _unit(asker, unit_id)
    _not_past(since)
    if holder == asker.who:
        raise Refusal(_("Nobody gives a post to herself. Ask another administrator."))
    if role not in reach.roles_for(unit):
        raise Refusal(_("This role does not fit this unit. Choose one from the list."))
    receives = receives and _takes_in(unit, role)
    today = moment.today()
    if reach.needs_two(role):
        known = reach.others_who_confirm(reach.over(unit, today), today, asker.who, holder)
        if known or ADMINISTER not in kit.powers_of([role]):
            return propose(asker, What.APPOINT, unit, key, holder, role=role, since=since, until=until,
                           receives=receives)  # fmt: skip
    with transaction.atomic():
        if not Post.objects.filter(id=uuid_for(key, "post")).exists():
            post = appoint(key, unit, role, holder, since, until, receives)
            _log(asker, "network.post_given", unit, post=post.id, person=holder, role=role, since=since, until=until)
    return Outcome()


def take_post(
    asker: door.Asker, post_id: UUID, on: date, key: str, vacant: bool = False, hand_over: bool = False
) -> Outcome:
    """End a post from a day on; ``vacant``: the office stays, held by nobody. ``hand_over``: she knows that nobody is
    left in the unit and that all its work goes to another one.

    :raises Unseen: it is not hers to look after.
    :raises Refusal: a day that is past, the last administrator of a district unit, work handed over unknowingly.
    """
    post = _post(asker, post_id)
    _not_past(on)
    _know(post, on, hand_over)
    if reach.needs_two(post.role) and post.holder_id is not None and post.since <= moment.today():
        return propose(asker, What.END_POST, post.unit, key, post.holder_id, post=post.id, role=post.role, on=on)
    with transaction.atomic():
        if vacant:
            vacate(key, post, on)
        else:
            end_post(post, on)
        _log(asker, "network.post_ended", post.unit, post=post.id, on=on, vacant=vacant)
    return Outcome()


def note_absence(
    asker: door.Asker, post_id: UUID, since: date, until: date | None, substitute: UUID | None, key: str,
    hand_over: bool = False,
) -> Outcome:  # fmt: skip
    """Note that the holder is away, and who stands in, or nobody. Why is not asked. ``hand_over``: as in ``take_post``.

    :raises Unseen: it is not hers to look after.
    :raises Refusal: a day that is past, herself as substitute, days that overlap, work handed over unknowingly.
    """
    post = _post(asker, post_id)
    _not_past(since)
    if substitute is None:
        _know(post, since, hand_over)
    if substitute is not None and substitute == asker.who:
        raise Refusal(_("Nobody names herself as a substitute. Ask another administrator."))
    if substitute is not None and reach.needs_two(post.role):
        return propose(asker, What.SUBSTITUTE, post.unit, key, substitute, post=post.id, role=post.role, since=since,
                       until=until)  # fmt: skip
    with transaction.atomic():
        if not Absence.objects.filter(id=uuid_for(key, "absence")).exists():
            be_absent(key, post, since, until, substitute)
            _log(asker, "network.absence_noted", post.unit, post=post.id, substitute=substitute, since=since,
                 until=until)  # fmt: skip
    return Outcome()


def note_return(asker: door.Asker, absence_id: UUID, on: date) -> Outcome:
    """She is back from that day on.

    :raises Unseen: it is not hers to look after.
    :raises Refusal: a day that is past.
    """
    absence = Absence.objects.filter(id=absence_id).first()
    if absence is None:
        raise Unseen
    post = _post(asker, absence.post_id)
    _not_past(on)
    with transaction.atomic():
        end_absence(absence, on)
        _log(asker, "network.absence_ended", post.unit, post=post.id, on=on)
    return Outcome()


def open_below(
    asker: door.Asker, upper_id: UUID, level: str, new: NewUnit, on: date, key: str, ownership: str = ""
) -> Unit:
    """Open a unit below one she looks after, of the same organisation; below a district unit also a partner, which is
    tied to it.

    :raises Unseen: the upper unit is not hers to look after.
    :raises Refusal: a day that is past, an area of another district, a name already taken, a level or a role that does
        not fit.
    """
    upper = _unit(asker, upper_id)
    _not_past(on)
    organisation = _organisation(upper, new)
    fits = level in BELOW[Level(upper.level)] and (level != Level.DISTRICT or organisation == Organisation.PARTNER)
    if not fits or new.area[:6] != upper.district:
        raise Refusal(_("A unit of this level, or in this area, does not stand below %(name)s."), name=upper.name)
    with transaction.atomic():
        known = Unit.objects.filter(id=uuid_for(key, "unit")).first()
        if known is not None:
            return known
        above = upper if organisation == upper.organisation else None
        made = open_unit(key, organisation=organisation, level=level, roles=new.roles, name=new.name, area=new.area,
                         opened_on=on, upper=above, name_en=new.name_en, telephone=new.telephone,
                         ownership=ownership)  # fmt: skip
        if above is None:
            tie(f"{key}:partner", TieKind.PARTNER, made, upper, on)
        _log(asker, "network.unit_opened", made, upper=upper.id, on=on)
    return made


def close(asker: door.Asker, unit_id: UUID, on: date, successor_id: UUID | None, key: str, people_go: bool) -> Outcome:
    """Propose to close a unit; its work goes to the successor, or to the unit above.

    :raises Unseen: the unit or its successor is not hers to look after.
    :raises Refusal: a day that is past, or it is closed already.
    """
    unit = _unit(asker, unit_id)
    _not_past(on)
    _not_closing(unit)
    successor = _unit(asker, successor_id) if successor_id is not None else None
    return propose(asker, What.CLOSE, unit, key, None, [successor] if successor else [], on=on,
                   successor=successor_id, people_go=people_go)  # fmt: skip


def split(
    asker: door.Asker, unit_id: UUID, into: Sequence[NewUnit], on: date, key: str, people_go: bool = True
) -> Outcome:
    """Propose to split a unit; the first of the new ones takes over what it has open.

    :raises Unseen: the unit is not hers to look after.
    :raises Refusal: fewer than two new units, an area of another district, a day that is past, closed already.
    """
    unit = _unit(asker, unit_id)
    _not_past(on)
    _not_closing(unit)
    if len(into) < 2 or any(new.area[:6] != unit.district for new in into):
        raise Refusal(_("Name at least two new units, each with an area of this district."))
    return propose(asker, What.SPLIT, unit, key, on=on, into=list(into), people_go=people_go)


def merge(
    asker: door.Asker, unit_ids: Sequence[UUID], into_id: UUID, on: date, key: str, people_go: bool = True
) -> Outcome:
    """Propose to merge units into one that stays.

    :raises Unseen: one of them is not hers to look after.
    :raises Refusal: no other unit, a day that is past, one is closed already.
    """
    into = _unit(asker, into_id)
    _not_past(on)
    closing = [_unit(asker, one) for one in dict.fromkeys(unit_ids) if one != into_id]
    if not closing:
        raise Refusal(_("Choose at least one other unit to be merged."))
    for unit in [into, *closing]:
        _not_closing(unit)
    return propose(asker, What.MERGE, into, key, None, closing, on=on, units=[unit.id for unit in closing],
                   people_go=people_go)  # fmt: skip


def hang(asker: door.Asker, unit_id: UUID, kind: str, upper_id: UUID, since: date, key: str) -> Outcome:
    """Hang a unit on another one from a day on. A new territorial upper takes the place of the old one.

    :raises Unseen: one of the two is not hers to look after.
    :raises Refusal: a day that is past, a circle, a tie that runs already, another organisation above.
    """
    unit, upper = _unit(asker, unit_id), _unit(asker, upper_id)
    _not_past(since)
    if kind == TieKind.TERRITORIAL and unit.organisation != upper.organisation:
        raise Refusal(_("Above a unit stands one of its own organisation. For the others choose another kind of tie."))
    if kind == TieKind.TERRITORIAL and unit.level == Level.DISTRICT:
        raise Refusal(_("Nothing stands above a district unit."))
    with transaction.atomic():
        if not Tie.objects.filter(id=uuid_for(key, "tie")).exists():
            for old in reach.ties_upwards(unit, since) if kind == TieKind.TERRITORIAL else ():
                _untie(old, since)
            tie(key, kind, unit, upper, since)
            _log(asker, "network.tied", unit, kind=kind, upper=upper.id, since=since)
    return Outcome()


def untie(asker: door.Asker, tie_id: UUID, on: date) -> Outcome:
    """A tie holds no longer from that day on; the territorial one is only ever replaced (:func:`hang`).

    :raises Unseen: the unit is not hers to look after.
    :raises Refusal: a day that is past, a territorial tie.
    """
    found = Tie.objects.select_related("lower").filter(id=tie_id).first()
    if found is None:
        raise Unseen
    unit = _unit(asker, found.lower_id)
    _not_past(on)
    if found.kind == TieKind.TERRITORIAL:
        raise Refusal(_("A unit always stands below another one. Choose its new upper unit instead."))
    with transaction.atomic():
        with changing():
            _end(found, on)
        _log(asker, "network.untied", unit, tie=found.id, on=on)
    return Outcome()


def reset_factors(asker: door.Asker, person: UUID, unit_id: UUID, key: str) -> Outcome:
    """Whether somebody's second factor is to be reset now: she lost it and her identity was checked face to face.

    Of those who hold a post that two persons give, two persons reset it. ``Outcome.reset`` names her when it is due.

    :raises Unseen: she holds no post in that unit, or it is not the asker's to look after.
    :raises Refusal: her own.
    """
    unit = _unit(asker, unit_id)
    held = list(Post.objects.filter(holder_id=person).filter(reach.unended(moment.today())))
    if not any(post.unit_id == unit.id for post in held):
        raise Unseen
    if person == asker.who:
        raise Refusal(_("Nobody resets her own second factor. Ask another administrator."))
    if any(reach.needs_two(post.role) for post in held):
        return propose(asker, What.RESET, unit, key, person)
    with transaction.atomic():
        _log(asker, "network.factor_reset", unit, person=person)
    return Outcome(reset=person)


def _organisation(upper: Unit, new: NewUnit) -> str:
    """Whose the new unit is: the upper unit's own, or a partner's below a district unit."""
    roles, own = set(new.roles), ROLES_OF.get(Organisation(upper.organisation), ())
    if roles and roles <= set(own):
        return upper.organisation
    if roles and not roles & _OURS and (upper.level == Level.DISTRICT or upper.organisation == Organisation.PARTNER):
        return Organisation.PARTNER
    raise Refusal(_("A unit below %(name)s cannot be all of this at once. Choose what fits together."), name=upper.name)


def _unit(asker: door.Asker, unit_id: UUID) -> Unit:
    """The unit, if the asker looks after it and her posts say so."""
    if asker.who is None or ADMINISTER not in kit.powers_of(asker.roles):
        raise Unseen
    found = reach.in_reach(asker, unit_id, moment.today())
    if found is None:
        raise Unseen
    return found


def _post(asker: door.Asker, post_id: UUID) -> Post:
    found = Post.objects.select_related("unit").filter(id=post_id).first()
    if found is None:
        raise Unseen
    _unit(asker, found.unit_id)
    return found


def _not_past(on: date) -> None:
    if on < moment.today():
        raise Refusal(_("That day lies behind us, and what was is not rewritten. Choose today or a later day."))


def _know(post: Post, on: date, hand_over: bool) -> None:
    """Work that leaves a unit does not come back by itself: whoever causes it says that she knows."""
    if hand_over or not is_the_only_one(post, on):
        return
    follows = who_follows(post.unit, on)
    if follows is None:
        raise Refusal(_("Nobody would be left in the whole district to take this work. Appoint somebody first."))
    raise Refusal(_("Nobody else takes in work in %(unit)s, so everything it has open would go to %(other)s for good. "
                    "Name a substitute or a successor, or say below that this is what you want."),
                  unit=post.unit.name, other=follows.name)


def _not_closing(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise Refusal(_("%(name)s is closed already, or will be on a day that is set."), name=unit.name)


def _takes_in(unit: Unit, role: str) -> bool:
    """Whether a post of this role can take in work: cases in the federations, tasks at partners."""
    powers = kit.powers_of([role])
    return "case.move" in powers or (unit.organisation == Organisation.PARTNER and "task.do" in powers)


def _log(asker: door.Asker, verb: str, unit: Unit, **facts: Any) -> None:
    """One line about the unit: ids and days, nothing of any case."""
    told = {name: fact if isinstance(fact, bool) else str(fact) for name, fact in facts.items() if fact is not None}
    log.write(verb, unit.id, asker.name, told)


def _untie(old: Tie, on: date) -> None:
    if old.kind == TieKind.TERRITORIAL:
        _end(old, on)


def _end(old: Tie, on: date) -> None:
    """End a tie, or take back one that had not begun."""
    if old.since >= on:
        Tie.objects.filter(id=old.id).delete()
    else:
        end_tie(old, on)

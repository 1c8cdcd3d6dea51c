"""Closing, splitting and merging units: history stays with its days, and the work always has somebody to go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baiying.catalogue import queries as catalogue
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.network.actions.posts import refuse_last_administrator
from baiying.network.actions.settling import changing
from baiying.network.actions.units import appointed, opened, tied
from baiying.network.models import Absence, Organisation, Post, Tie, TieKind, Unit
from baiying.network.queries import routing
from baiying.network.queries.picture import forget

#: Ties by which others hang on a unit; they are hung on its successor.
_HANGING = (TieKind.TERRITORIAL, TieKind.SECTOR, TieKind.PARTNER)


@dataclass(frozen=True)
class NewUnit:
    """A unit that a split opens. Organisation, level and upper unit are those of the unit that is split."""

    name: str
    area: str
    roles: tuple[str, ...]
    name_en: str = ""
    telephone: str = ""


def close_unit(unit: Unit, on: date, successor: Unit | None = None, people_go: bool = False) -> None:
    """Close a unit from that day on. Its work goes to the successor, or to the unit above when none is named.

    Its posts and ties end; the units that hung on it hang on the successor. With ``people_go`` those in office go on in
    the successor, except in offices that two persons must give.

    :raises Refusal: it is closed already, the successor cannot take over, or there is neither successor nor upper unit.
    """
    with changing():
        _close(_locked(unit), on, successor, people_go)


def split_unit(
    unit: Unit,
    into: Sequence[NewUnit],
    on: date,
    key: str,
    chief: int = 0,
    below: Mapping[UUID, int] | None = None,
    people_go: bool = False,
) -> list[Unit]:
    """Split a unit into new ones that open when it closes; ``into[chief]`` takes over what it had open.

    Units that hung on it go where ``below`` says (unit → place in ``into``), else to the new unit of their own area,
    else to the chief. The same key twice is once.

    :raises Refusal: fewer than two new units, or as :func:`close_unit`.
    """
    if len(into) < 2:
        raise Refusal(_("A split opens at least two units. To move everything to one unit, merge it instead."))
    with changing():
        unit = _locked(unit)
        ids = [uuid_for(f"{key}:{place}", "unit") for place in range(len(into))]
        if unit.closed_on == on and unit.successor_id in ids:
            return [Unit.objects.get(id=one) for one in ids]
        _refuse_closed(unit, on)
        above = _upper(unit, on)
        Unit.objects.filter(id=unit.id).update(closed_on=on)  # its name is free for one of the new ones
        made = [
            opened(f"{key}:{place}", organisation=unit.organisation, level=unit.level, roles=new.roles, name=new.name,
                   area=new.area, opened_on=on, name_en=new.name_en, telephone=new.telephone or unit.telephone)
            for place, new in enumerate(into)
        ]  # fmt: skip
        Unit.objects.bulk_create(made)
        if above is not None:
            Tie.objects.bulk_create(tied(f"{one.id}:upper", TieKind.TERRITORIAL, one, above, on) for one in made)
        _inherit_partners(unit, made, on)
        forget()
        _close(unit, on, made[chief], people_go, _where(unit, made, below or {}, on))
    return made


def merge_units(units: Sequence[Unit], into: Unit, on: date, people_go: bool = True) -> None:
    """Close these units from that day on; everything of theirs goes to ``into``, which stays.

    :raises Refusal: as :func:`close_unit`; nothing is changed then.
    """
    closing = [unit for unit in units if unit.id != into.id]
    if not closing:
        raise Refusal(_("Choose at least one other unit to be merged."))
    with changing():
        for unit in closing:
            _close(_locked(unit), on, into, people_go)
            forget()


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(id=unit.id)


def _refuse_closed(unit: Unit, on: date) -> None:
    if unit.closed_on is not None or on <= unit.opened_on:
        raise Refusal(_("%(name)s is closed already, or not open before that day."), name=unit.name)


def _close(
    unit: Unit, on: date, successor: Unit | None, people_go: bool, below: Mapping[UUID, Unit] | None = None
) -> None:
    """Close one unit inside a change of the network. ``below``: what goes elsewhere than to the successor."""
    _refuse_closed(unit, on)
    if successor is not None:
        successor = _locked(successor)
        _refuse_heir(unit, successor, on)
    heir = successor or _upper(unit, on) or routing.upper(unit, on)
    if heir is None:
        raise Refusal(_("Nothing stands above %(name)s. Say which unit takes over its work."), name=unit.name)
    for post in Post.objects.filter(_running(on), unit=unit).select_related("unit"):
        refuse_last_administrator(post, on, heir)
    _rehang(unit, heir, on, below or {})
    _end_posts(unit, heir if people_go else None, on)
    unit.closed_on, unit.successor = on, heir
    unit.save(update_fields=["closed_on", "successor"])


def _refuse_heir(unit: Unit, heir: Unit, on: date) -> None:
    """Words said to one organisation are not handed to another one."""
    if heir.id == unit.id or heir.district != unit.district or not heir.is_open(on):
        raise Refusal(_("%(name)s cannot take over: it must be another unit of the district that is open then."),
                      name=heir.name)
    if heir.organisation != unit.organisation or (
        unit.organisation == Organisation.PARTNER and not set(heir.roles) & set(unit.roles)
    ):
        raise Refusal(_("%(name)s is of another organisation. What was said to one is not handed to another."),
                      name=heir.name)


def _running(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=on)


def _upper(unit: Unit, on: date) -> Unit | None:
    """The unit above by the territorial tie of that day."""
    tie = Tie.objects.select_related("upper").filter(
        _running(on), lower=unit, kind=TieKind.TERRITORIAL, since__lte=on).first()
    return None if tie is None or not tie.upper.is_open(on) else tie.upper


def _rehang(unit: Unit, heir: Unit, on: date, below: Mapping[UUID, Unit]) -> None:
    """End the unit's ties; what hung on it hangs on its heir. An heir that stood below it takes its place."""
    hanging = _hanging_on(unit, on)
    above = _upper(unit, on)
    # what had not begun yet never begins; what runs, ends
    touching = Q(lower=unit) | Q(upper=unit)
    Tie.objects.filter(touching, since__gte=on).delete()
    Tie.objects.filter(touching & _running(on)).update(until=on)
    if _stands_below(heir, hanging, on):
        Tie.objects.filter(lower=heir, kind=TieKind.TERRITORIAL, since__gte=on).delete()
        Tie.objects.filter(_running(on), lower=heir, kind=TieKind.TERRITORIAL).update(until=on)
        if above is not None:
            _hang(TieKind.TERRITORIAL, heir, above, on, None, unit)
    for tie in hanging:
        new = below.get(tie.lower_id, heir)
        if tie.lower_id not in (heir.id, new.id):
            _hang(tie.kind, tie.lower, new, max(on, tie.since), tie.until, unit)


def _hang(kind: str, lower: Unit, upper: Unit, since: date, until: date | None, instead: Unit) -> None:
    """A new tie, unless one of its kind to the same unit already runs on some of these days."""
    same = Tie.objects.filter(_running(since), kind=kind, lower=lower, upper=upper)
    if until is not None:
        same = same.filter(since__lt=until)
    if not same.exists():
        Tie.objects.bulk_create([tied(f"{instead.id}:{kind}:{lower.id}:{upper.id}:{since}", kind, lower, upper, since,
                                      until)])  # fmt: skip


def _hanging_on(unit: Unit, on: date) -> list[Tie]:
    """The ties by which others hang on it on that day or later."""
    return list(Tie.objects.filter(_running(on), upper=unit, kind__in=_HANGING).select_related("lower"))


def _stands_below(heir: Unit, hanging: Sequence[Tie], on: date) -> bool:
    """Whether going up from the heir leads to one of the units that hung on the closing one."""
    direct = {tie.lower_id for tie in hanging if tie.kind == TieKind.TERRITORIAL}
    passed: set[UUID] = set()
    one: Unit | None = heir
    while one is not None and one.id not in passed:
        if one.id in direct:
            return True
        passed.add(one.id)
        one = _upper(one, on)
    return False


def _end_posts(unit: Unit, heir: Unit | None, on: date) -> None:
    """End its offices; those who held them go on in the heir where that is wanted and nobody must confirm it."""
    running = list(Post.objects.filter(_running(on), unit=unit).order_by("since", "id"))
    for post in running if heir is not None else ():
        assert heir is not None
        _carry_on(post, heir, on)
    Absence.objects.filter(post__in=running, since__gte=on).delete()
    Absence.objects.filter(_running(on), post__in=running).update(until=on)
    Post.objects.filter(unit=unit, since__gte=on).delete()
    Post.objects.filter(_running(on), unit=unit).update(until=on)


def _carry_on(post: Post, heir: Unit, on: date) -> None:
    """The same office in the heir from that day on, with the absences that are noted for it."""
    role = catalogue.roles().get(post.role)
    since = max(on, post.since)
    held = Post.objects.filter(_running(since), unit=heir, role=post.role, holder_id=post.holder_id)
    if post.until is not None:
        held = held.filter(since__lt=post.until)
    if post.holder_id is None or role is None or role.two_persons or held.exists():
        return
    new = appointed(f"{post.id}:{heir.id}:{since}", heir, post.role, post.holder_id, since, post.until, post.receives)
    Post.objects.bulk_create([new])
    Absence.objects.bulk_create(
        Absence(id=uuid_for(f"{away.id}:{new.id}", "absence"), district=new.district, post=new,
                since=max(away.since, since), until=away.until, substitute_id=away.substitute_id)
        for away in Absence.objects.filter(_running(since), post=post)
    )  # fmt: skip


def _inherit_partners(unit: Unit, made: Sequence[Unit], on: date) -> None:
    """The new units keep the sector and partner ties upwards of the one that is split."""
    upwards = Tie.objects.filter(_running(on), lower=unit, kind__in=(TieKind.SECTOR, TieKind.PARTNER))
    for tie in upwards.select_related("upper"):
        for one in made:
            _hang(tie.kind, one, tie.upper, max(on, tie.since), tie.until, unit)


def _where(unit: Unit, made: Sequence[Unit], said: Mapping[UUID, int], on: date) -> dict[UUID, Unit]:
    """Where what hung on a split unit goes: as it was said, else to the new unit of its own area."""
    of_area = {one.area_id: one for one in reversed(made)}
    goes = {tie.lower_id: of_area[tie.lower.area_id] for tie in _hanging_on(unit, on) if tie.lower.area_id in of_area}
    return goes | {lower: made[place] for lower, place in said.items()}

"""Who of a unit may open a case at all: somebody may have to keep out of it, and nobody answers a complaint about
herself or about her own unit, whatever other posts she holds."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baiying.cases import access
from baiying.cases.models import Case, Recusal, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import moment
from baiying.network import queries as network
from baiying.network.models import Unit


def recused(case: Case) -> frozenset[UUID]:
    """The people who must keep out of this case. It must be looked at."""
    return frozenset(Recusal.objects.filter(case=case).values_list("person_id", flat=True))


def concerned(case: Case, about: str = "") -> frozenset[UUID]:
    """The people whom a complaint in this case is about: of the unit that led when she complained, and whoever moved
    the case by her own hand. ``about``: that unit, as its task names it."""
    unit = UUID(about) if about else case.unit_id
    today = moment.today()
    hands = access.moves(case).filter(person_id__isnull=False).exclude(party=flow.UPPER)
    found = [*hands.values_list("person_id", flat=True), *(post.holder_id for post in network.posts_in(unit, today))]
    return network.receiving(unit, today) | {one for one in found if one is not None}


def barred_from(case: Case, task: Task | None = None) -> frozenset[UUID]:
    """The people who may not open this case; for a complaint also those whom it is about."""
    out = recused(case)
    return out | concerned(case, task.about) if task is not None and task.kind == Task.Kind.COMPLAINT else out


def free_in(unit: UUID, barred: Iterable[UUID]) -> frozenset[UUID]:
    """The people in office of this unit who take in cases today and are not barred."""
    return network.receiving(unit, moment.today()) - frozenset(barred)


def upper_of(unit: Unit, barred: Iterable[UUID]) -> Unit | None:
    """The nearest unit above this one in which somebody is not barred; nothing where there is none."""
    today, out, passed = moment.today(), frozenset(barred), {unit.id}
    above = network.upper(unit, today)
    while above is not None and above.id not in passed:
        if free_in(above.id, out):
            return above
        passed.add(above.id)
        above = network.upper(above, today)
    return None


def somebody_else(case: Case, herself: Iterable[UUID]) -> bool:
    """Whether there is anybody but these rows of one person who could decide in this case: of the unit that leads, or
    somewhere above it. The case must be looked at."""
    out = recused(case).union(herself)
    return bool(free_in(case.unit_id, out)) or upper_of(case.unit, out) is not None


def kept_out_of(case: Case) -> set[UUID]:
    """The units in which everybody who takes in cases must keep out of this one: nobody there could open it."""
    out, today = recused(case), moment.today()
    theirs = {post.unit_id for person in out for post in network.posts_of(person, today)}
    return {unit for unit in theirs if not free_in(unit, out)}


def fitting(case: Case, party: str) -> list[Unit]:
    """The living units of the district that may play this party: not the one that leads, none where everybody must
    keep out of the case. The case must be looked at."""
    found = network.playing(catalogue.words().parties[party].plays, case.district, moment.today())
    shut = kept_out_of(case)
    return [one for one in found if one.id != case.unit_id and one.id not in shut]

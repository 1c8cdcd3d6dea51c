"""The same need of many: suggested by the machine, confirmed by a person, taken apart again at any time.

A concern owns nothing. Each case keeps its number, its unit, its clocks, its story and its person's own word; what is
written here is only which cases are looked at together, from when to when, and by whose hand. Locks are taken in one
order, so that nobody waits for one who waits: concerns, then cases, each by key, then what joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.models import Case, Concern, ConcernCase
from baiying.cases.queries.late import below, wide
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Misuse, Refusal, Unseen
from baiying.kit.number import ref_of

MOST_TITLE, LEAST, MOST = 80, 2, 500
Left = ConcernCase.Left


def confirm(asker: door.Asker, numbers: Iterable[str], title: str, key: str,
            kind: str = Concern.Kind.MANY) -> Concern:
    """Say that these cases have one need, held by the unit of the asker that leads them all or stands above.

    Raises Refusal; then nothing is joined. The same form sent twice is one concern.
    """
    title = checked(title)
    reach = wide(asker)
    with door.open(reach):
        concern_id = chance.uuid_for(f"{asker.who}:{key}:{title}", "concern")
        known = Concern.objects.filter(id=concern_id).first()
        if known is not None:
            return known
        cases = locked(reach, numbers)
        if len(cases) < LEAST:
            raise Refusal(_("A common need has at least two cases. Please choose more, or leave the one as it is."))
        concern = begin(concern_id, asker, cases, title, kind)
        join(concern, cases, person(asker), key)
        return concern


def decline(asker: door.Asker, numbers: Iterable[str], key: str) -> None:
    """Say that these cases have nothing to do with one another: they are not suggested together again."""
    reach = wide(asker)
    with door.open(reach):
        concern_id = chance.uuid_for(f"{asker.who}:{key}", "concern")
        if Concern.objects.filter(id=concern_id).exists():
            return
        cases = locked(reach, numbers)
        concern = begin(concern_id, asker, cases, "", Concern.Kind.MANY)
        concern.declined, concern.closed_at = True, concern.opened_at
        concern.save(update_fields=["declined", "closed_at"])
        rows = rows_for(concern, cases, person(asker), key)
        for row in rows:
            row.left_at, row.left_by_id, row.left_why = row.joined_at, person(asker), Left.TAKEN_OUT
        ConcernCase.objects.bulk_create(rows)


def add(asker: door.Asker, ref: str, numbers: Iterable[str], key: str) -> None:
    """Let further cases join a concern that the asker's units hold. Raises Unseen, Refusal."""
    reach = wide(asker)
    with door.open(reach):
        concern = held(reach, ref)
        inside = set(living(concern).values_list("number", flat=True))
        wanted = [one for one in map(access.read, numbers) if one not in inside]
        if wanted:
            join(concern, locked(reach, wanted), person(asker), key)


def take_out(asker: door.Asker, ref: str, number: str) -> None:
    """Take one case out, by whoever holds the concern or by the unit that leads the case. Raises Unseen.

    Taken out twice is taken out once; the last one but one closes the concern.
    """
    reach = wide(asker)
    with door.open(reach):
        concern = Concern.objects.select_for_update().filter(ref=ref, unit_id__in=reach.units).first()
        if concern is None:
            case = access.one(asker, number)  # looked at: its own rows are seen
            rows = ConcernCase.objects.filter(case=case, left_at=None)
        else:
            rows = living(concern).filter(number=access.read(number))
        part(list(rows), person(asker), Left.TAKEN_OUT)
        if concern is not None:
            close_if_empty(concern)


def split(asker: door.Asker, ref: str, numbers: Iterable[str], title: str, key: str) -> Concern:
    """Some of the cases go on in a concern of their own. Raises Unseen, Refusal."""
    title = checked(title)
    reach = wide(asker)
    with door.open(reach):
        new_id = chance.uuid_for(f"{asker.who}:{key}:{title}", "concern")
        known = Concern.objects.filter(id=new_id).first()
        if known is not None:
            return known
        concern = held(reach, ref)
        wanted = set(map(access.read, numbers))
        if not wanted:
            raise Refusal(_("Please tick the cases that go on by themselves."))
        moving = [row for row in living(concern) if row.number in wanted]
        cases = {case.id: case for case in lock(reach, [row.case_id for row in moving])}
        if not cases:
            raise Refusal(_("These cases are no longer in this common need. Please look at the page again."))
        part([row for row in moving if row.case_id in cases], person(asker), Left.SPLIT)
        new = begin(new_id, asker, list(cases.values()), title, concern.kind)
        join(new, list(cases.values()), person(asker), key)
        close_if_empty(concern)
        return new


def merge(asker: door.Asker, ref: str, other: str, key: str) -> None:
    """The cases of the other concern go on in this one. Those that nobody here can reach any more leave, and stay what
    they are. Raises Unseen, Refusal."""
    reach = wide(asker)
    with door.open(reach):
        if ref == other:
            raise Refusal(_("This is one and the same. Please choose another one to bring together with it."))
        both = {one.ref: one for one in Concern.objects.select_for_update().order_by("id")
                .filter(ref__in=[ref, other], unit_id__in=reach.units)}
        if len(both) < 2:
            raise Unseen
        here, there = both[ref], both[other]
        if there.merged_into_id == here.id:
            return
        if here.closed_at or there.closed_at:
            raise Refusal(_("One of the two is closed, so they cannot be brought together any more."))
        moving = list(living(there))
        cases = lock(reach, [row.case_id for row in moving])
        reached = {case.id for case in cases}
        part([row for row in moving if row.case_id in reached], person(asker), Left.MERGED)
        part([row for row in moving if row.case_id not in reached], person(asker), Left.ELSEWHERE)
        if Concern.Kind.MANY in (here.kind, there.kind):
            here.kind = Concern.Kind.MANY
            here.save(update_fields=["kind"])
        join(here, cases, person(asker), key)
        there.closed_at, there.merged_into = moment.now(), here
        there.save(update_fields=["closed_at", "merged_into"])


def close(asker: door.Asker, ref: str) -> None:
    """Dissolve a concern: every case goes on by itself. Raises Unseen."""
    reach = wide(asker)
    with door.open(reach):
        concern = held(reach, ref, closed=True)
        part(list(living(concern)), person(asker), Left.CLOSED)
        close_if_empty(concern)


def person(asker: door.Asker) -> UUID:
    """Who asks. Only a person says that cases belong together, or do not."""
    if asker.who is None:
        raise Misuse("no errand joins cases")
    return asker.who


def checked(title: str) -> str:
    """A name for a concern, in one line. Raises Refusal."""
    title = " ".join(title.split())
    if not title:
        raise Refusal(_("Please give it a short name: what is it that these people need? No person's name."))
    if len(title) > MOST_TITLE:
        raise Refusal(_("Please keep the name under %(most)d characters."), most=MOST_TITLE)
    return title


def held(reach: door.Asker, ref: str, closed: bool = False) -> Concern:
    """An open concern that one of these units holds, locked. Raises Unseen, Refusal."""
    concern = Concern.objects.select_for_update().filter(ref=ref, unit_id__in=reach.units).first()
    if concern is None:
        raise Unseen
    if concern.closed_at is not None and not closed:
        raise Refusal(_("This common need is closed: each of its cases goes on by itself, or in another one."))
    return concern


def locked(reach: door.Asker, numbers: Iterable[str]) -> list[Case]:
    """The cases of these numbers, if all may be joined. One sentence for every cause, so that no protected case is
    told from one that does not exist. Raises Refusal."""
    wanted = sorted(set(map(access.read, numbers)))
    if len(wanted) > MOST:
        raise Refusal(_("At most %(most)d cases can be joined at once."), most=MOST)
    ids = access.visible(reach).filter(number__in=wanted).values_list("id", flat=True)
    cases = [case for case in lock(reach, ids) if not case.ended]
    taken = set(ConcernCase.objects.filter(case_id__in=[case.id for case in cases], left_at=None)
                .values_list("case_id", flat=True))
    free = [case for case in cases if case.id not in taken]
    missing = sorted(set(wanted) - {case.number for case in free})
    if missing:
        raise Refusal(_("These numbers cannot be joined: %(numbers)s. Only open cases of your unit and of those below "
                        "can, none that is protected, and each in one common need at a time."),
                      numbers=", ".join(missing))
    return free


def lock(reach: door.Asker, ids: Iterable[UUID]) -> list[Case]:
    """The cases of these keys that may be seen and are not guarded, locked in the order of their keys."""
    found = access.visible(reach).filter(id__in=list(ids)).select_for_update(of=("self",)).select_related("unit")
    return [case for case in found.order_by("id") if not case.guarded and case.key is not None]


def begin(concern_id: UUID, asker: door.Asker, cases: Sequence[Case], title: str, kind: str) -> Concern:
    """A concern over these cases, held by the unit of the asker that leads them all or stands above them all."""
    units = {case.unit_id for case in cases}
    holder = next((unit for unit in sorted(asker.units, key=str) if units <= {unit} | below(frozenset({unit}))), None)
    if holder is None or asker.who is None:
        raise Refusal(_("No unit of yours stands above all of these cases. Ask the level above to join them."))
    topics, areas = {case.topic for case in cases}, {case.area for case in cases}
    return Concern.objects.create(
        id=concern_id, district=cases[0].district, ref=ref_of(concern_id), kind=kind,
        title=title, topic=topics.pop() if len(topics) == 1 else "", area=areas.pop() if len(areas) == 1 else "",
        unit_id=holder, opened_at=moment.now(), opened_by_id=asker.who)


def rows_for(concern: Concern, cases: Iterable[Case], who: UUID, key: str) -> list[ConcernCase]:
    """What joins these cases to a concern, not yet stored."""
    at = moment.now()
    return [ConcernCase(id=chance.uuid_for(f"{concern.id}:{case.id}:{key}:{at.isoformat()}", "concern_case"),
                        concern=concern, case=case, number=case.number, unit_id=concern.unit_id, called=concern.title,
                        kind=concern.kind, joined_at=at, joined_by_id=who) for case in cases]


def join(concern: Concern, cases: Sequence[Case], who: UUID, key: str) -> None:
    """Let cases join; they must be locked. Their own row, clocks and story are not touched."""
    try:
        ConcernCase.objects.bulk_create(rows_for(concern, cases, who, key))
    except IntegrityError:  # joined meanwhile, or where nobody here looks
        raise Refusal(_("Somebody has just joined one of these cases with others. Nothing was changed. Please look at "
                        "the page again.")) from None
    for case in cases:
        log.write("case.joined", case.id, door.asker().name, {"concern": str(concern.id)}, case.wrapped)


def part(rows: Iterable[ConcernCase], who: UUID, why: str) -> None:
    """Let cases leave; one that has left already stays as it left."""
    at = moment.now()
    for row in rows:
        if ConcernCase.objects.filter(id=row.id, left_at=None).update(left_at=at, left_by_id=who, left_why=why):
            log.write("case.parted", row.case_id, door.asker().name, {"concern": str(row.concern_id), "why": str(why)},
                      None)


def living(concern: Concern) -> QuerySet[ConcernCase]:
    """What is in a concern now, in the order in which it came."""
    return ConcernCase.objects.filter(concern=concern, left_at=None).order_by("joined_at", "number")


def close_if_empty(concern: Concern) -> None:
    """A concern in which nobody is left is closed."""
    if concern.closed_at is None and not living(concern).exists():
        concern.closed_at = moment.now()
        concern.save(update_fields=["closed_at"])

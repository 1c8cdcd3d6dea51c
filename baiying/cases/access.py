"""Which cases one may see. The database says so too (migrations 0002, 0004): nothing said, no rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.cases.models import Case, Clock, ConcernCase, Extension, File, Move, Pause, Recusal, Sealed, Task
from baiying.cases.models_letters import LetterDraft, SentLetter
from baiying.engine import flow
from baiying.kit import door, log, moment, number
from baiying.kit import queries as kit
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network

WORK, OPEN = Task.Kind.WORK, Task.State.OPEN
OPENS = "case.open"  # the power to open what one's unit leads


def visible(asker: door.Asker) -> QuerySet[Case]:
    """The cases this asker may list and open: those that the units whose posts are held lead; hers by number and code.

    Of protected ones those alone for which she is named (`protected.py`). From a case that she must keep out of, a
    member of staff sees nothing.
    """
    if asker.door is not None or asker.errand:
        return known(asker)
    return known(asker).filter(named_for(asker))


def known(asker: door.Asker) -> QuerySet[Case]:
    """The cases of which this asker may learn number and clock, and no more: whether she opens one is for `visible`."""
    if asker.door is not None:
        return Case.objects.filter(entry=asker.door)
    if asker.errand:
        return Case.objects.all()
    return Case.objects.filter(Q(unit_id__in=asker.units)).exclude(id__in=kept_out(asker))


def named_for(asker: door.Asker) -> Q:
    """What is not protected, and what this person is named for in a unit of hers: whoever held a case until she named
    another unit to lead it holds it no more. Of a case or a task."""
    if asker.who is None:
        return Q(guarded=False)
    return Q(guarded=False) | Q(named__contains=[asker.who], unit_id__in=asker.units)


def is_closed(asker: door.Asker, row: Case | Task) -> bool:
    """Whether only number and clock of it are shown to this person."""
    return row.guarded and asker.who not in (row.named or ())


def free_of(asker: door.Asker, found: QuerySet[Case] | QuerySet[Task]) -> list[UUID]:
    """Those of these rows that are protected, of the asker's own units, and held by nobody who works there today:
    whoever opens one holds it. So nothing protected is ever without somebody who can take it up, as long as its unit
    has a living post; and an absence needs no job that comes too late."""
    if asker.who is None or not asker.units:
        return []
    rows = found.filter(guarded=True, unit_id__in=asker.units).exclude(named__contains=[asker.who])
    here: dict[UUID, frozenset[UUID]] = {}
    free = []
    for key, unit, named in rows.values_list("pk", "unit_id", "named"):
        if named and unit not in here:
            here[unit] = network.receiving(unit, moment.today())
        if not named or not here[unit] & set(named):
            free.append(key)
    return free


def waiting(asker: door.Asker, typed_number: str | None = None) -> QuerySet[Case]:
    """The protected cases of the asker's units that nobody holds: the open ones, or the one of this number. Number and
    clock alone are shown of them."""
    found = known(asker)
    found = found.filter(ended=False) if typed_number is None else found.filter(number=read(typed_number))
    return found.filter(pk__in=free_of(asker, found))


def listed(asker: door.Asker, found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of these cases of which this person may be shown number and clock: what she may open, and what of her units
    nobody holds."""
    return found.filter(named_for(asker) | Q(pk__in=free_of(asker, found)))


def take(asker: door.Asker, case: Case, task: Task | None = None) -> bool:
    """This person holds the case, or her unit's task in it, from now on, if it is still as she read it; noted where she
    who asked sees it. The case must be looked at."""
    if asker.who is None:
        return False
    row = task or case
    before, row.named = row.named, [*(row.named or ()), asker.who]
    if not type(row).objects.filter(pk=row.pk, named=before).update(named=row.named):
        return False
    unit = task.unit_id if task is not None else case.unit_id
    log.write("case.taken", case.id, asker.name, {"unit": str(unit), "roles": sorted(asker.roles)}, case.wrapped)
    return True


def kept_out(asker: door.Asker) -> QuerySet[Recusal, UUID]:
    """The cases that this person must keep out of."""
    found = Recusal.objects.filter(person_id=asker.who) if asker.who is not None else Recusal.objects.none()
    return found.values_list("case_id", flat=True)


def hers(asker: door.Asker) -> QuerySet[Case]:
    """The cases that the signed-in person asked for herself."""
    return Case.objects.filter(asker_id=asker.who)


def tasks(asker: door.Asker, kinds: Iterable[str] = (), states: Iterable[str] = (OPEN,)) -> QuerySet[Task]:
    """The tasks of the asker's units, as a rule the open ones; never those of a case she must keep out of, and of those
    brought into a protected case only what she holds or nobody does."""
    found = Task.objects.filter(unit_id__in=asker.units, state__in=list(states))
    found = found.exclude(case_id__in=kept_out(asker))
    found = found.filter(~Q(kind=WORK) | named_for(asker) | Q(pk__in=free_of(asker, found.filter(kind=WORK))))
    return found.filter(kind__in=list(kinds)) if kinds else found


def not_about(asker: door.Asker, found: Iterable[Task]) -> list[Task]:
    """These tasks without complaints about her own unit or about a case that she moved herself: whoever holds posts in
    both units neither reads nor answers them, and learns of none. No case is looked at afterwards."""
    tasks = list(found)
    if asker.who is None or not any(task.kind == Task.Kind.COMPLAINT for task in tasks):
        return tasks
    own = {str(post.unit_id) for post in network.posts_of(asker.who, moment.today())}
    fair = [task for task in tasks if task.kind != Task.Kind.COMPLAINT
            or not (task.about in own or moved(asker.who, task.case_id))]
    door.look_at(None)
    return fair


def moved(person: UUID, case: UUID) -> bool:
    """Whether this person has moved the case, otherwise than for the level above. Looks at the case."""
    door.look_at(case)
    return Move.objects.filter(case_id=case, person_id=person).exclude(party=flow.UPPER).exists()


def one(asker: door.Asker, typed_number: str | None = None, lock: bool = False, may_take: bool = True) -> Case:
    """The one case asked for, opened: from here on its own rows may be read. A protected one that nobody holds is held
    from now on by whoever opens it, unless she ``may_take`` none; whoever may comes by a post that opens cases. Raises
    Unseen."""
    asker = opening(asker) if may_take else asker
    found = visible(asker)
    if typed_number is not None:
        found = found.filter(number=read(typed_number))
    case = (found.select_for_update(of=("self",)) if lock else found).select_related("unit").first()
    if case is not None:
        door.look_at(case.id)
        return case
    if asker.who is None or typed_number is None or not may_take:
        raise Unseen
    free = waiting(asker, typed_number)
    case = free.select_for_update(of=("self",)).select_related("unit").first()
    if case is None:
        raise Unseen
    door.look_at(case.id)
    if not take(asker, case):
        raise Unseen
    return case


def opening(asker: door.Asker) -> door.Asker:
    """This asker without the units in which her posts open no case: a post for tasks alone, be it in the unit that
    leads, takes up no case by the address of a task."""
    if asker.who is None or all(OPENS in kit.powers_of([role]) for role in asker.roles):
        return asker
    mine: dict[UUID, list[str]] = {}
    for post in network.posts_of(asker.who, moment.today()):
        mine.setdefault(post.unit_id, []).append(post.role)
    return replace(asker, units=frozenset(unit for unit in asker.units
                                          if OPENS in kit.powers_of(mine.get(unit, asker.roles))))


def by_task(asker: door.Asker, typed_number: str, kinds: Iterable[str], lock: bool = False,
            states: Iterable[str] = (OPEN,)) -> tuple[Case, list[Task]]:
    """A case that a task of these kinds lets one of the asker's units into, and these tasks. Raises Unseen.

    ``states``: as a rule only an open task does; an action names the ended ones too, to know what was sent twice.
    """
    mine = tasks(asker, kinds, states).order_by("opened_at", "id")
    found = not_about(asker, mine.filter(number=read(typed_number)))
    if not found:
        raise Unseen
    door.look_at(found[0].case_id)
    case = by_id(found[0].case_id, lock)
    if case is None:
        raise Unseen
    if lock:  # what somebody else answered while we waited for the case is seen now
        found = not_about(asker, mine.filter(case=case))
        door.look_at(case.id)
    found = [task for task in found if held(asker, task) or take(asker, case, task)]
    if not found:
        raise Unseen
    return case, found


def held(asker: door.Asker, task: Task) -> bool:
    """Whether she may open this task without taking it first."""
    return task.kind != WORK or not is_closed(asker, task)


def led_or_given(asker: door.Asker, typed_number: str, lock: bool = False) -> Case:
    """The case if the asker's unit leads it or was brought in as a party. Raises Unseen."""
    try:
        return one(asker, typed_number, lock)
    except Unseen:
        return by_task(asker, typed_number, (WORK,), lock)[0]


def read(typed_number: str) -> str:
    """A case number as it is stored. Raises Unseen."""
    try:
        return number.read(typed_number)
    except Refusal:
        raise Unseen from None


def by_id(case: UUID, lock: bool = False) -> Case | None:
    """A case by its key, for errands and for a submission that was sent twice; the door must look at it."""
    found = Case.objects.filter(id=case).select_related("unit")
    return (found.select_for_update(of=("self",)) if lock else found).first()


def clocks(case: Case) -> QuerySet[Clock]:
    """The clocks that run or ran in it; not those of a matter that it was taken for by mistake."""
    return Clock.objects.filter(case=case).exclude(name=Clock.VOID).order_by("due_at", "id")


def moves(case: Case) -> QuerySet[Move]:
    return Move.objects.filter(case=case).select_related("unit").order_by("at", "turn", "id")


def sealed(case: Case) -> QuerySet[Sealed]:
    return Sealed.objects.filter(case=case)


def sent_letters(case: Case) -> QuerySet[SentLetter]:
    """What was sent in this case, the oldest first."""
    return SentLetter.objects.filter(case=case).select_related("unit", "corrects", "reply_file").order_by("at", "id")


def sent_letter(case: Case, ref: str) -> SentLetter:
    """The letter that pages know by this name. Raises Unseen."""
    found = next((row for row in sent_letters(case) if row.ref == ref), None)
    if found is None:
        raise Unseen
    return found


def letter_drafts(case: Case) -> QuerySet[LetterDraft]:
    """What is being written in this case."""
    return LetterDraft.objects.filter(case=case)


def tasks_of(case: Case) -> QuerySet[Task]:
    """Every task of the case, whoever has or had it, the oldest first."""
    return Task.objects.filter(case=case).select_related("unit").order_by("opened_at", "id")


def joined(case: Case) -> QuerySet[ConcernCase]:
    """The concerns that the case was in or is in, the oldest first."""
    return ConcernCase.objects.filter(case=case).select_related("unit").order_by("joined_at", "id")


def pauses(case: Case) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case).order_by("since", "id")


def extensions(case: Case) -> QuerySet[Extension]:
    return Extension.objects.filter(case=case).order_by("asked_at", "id")


def files(case: Case) -> QuerySet[File]:
    """Every file of the case, the oldest first; who reads which is said by `queries.files.Looking`."""
    return File.objects.filter(case=case).select_related("unit").order_by("at", "id")

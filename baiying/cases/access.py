"""Which cases one may see. The database says so too (migrations 0002, 0004): nothing said, no rows."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.cases.models import Case, Clock, ConcernCase, Extension, File, Move, Pause, Recusal, Sealed, Task
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network

WORK, OPEN = Task.Kind.WORK, Task.State.OPEN


def visible(asker: door.Asker) -> QuerySet[Case]:
    """The cases this asker may list and open: those that the units whose posts are held lead; hers by number and code.

    From a case that she must keep out of, a member of staff sees nothing.
    """
    if asker.door is not None:
        return Case.objects.filter(entry=asker.door)
    if asker.errand:
        return Case.objects.all()
    return Case.objects.filter(Q(unit_id__in=asker.units)).exclude(id__in=kept_out(asker))


def kept_out(asker: door.Asker) -> QuerySet[Recusal, UUID]:
    """The cases that this person must keep out of."""
    found = Recusal.objects.filter(person_id=asker.who) if asker.who is not None else Recusal.objects.none()
    return found.values_list("case_id", flat=True)


def hers(asker: door.Asker) -> QuerySet[Case]:
    """The cases that the signed-in person asked for herself."""
    return Case.objects.filter(asker_id=asker.who)


def tasks(asker: door.Asker, kinds: Iterable[str] = (), states: Iterable[str] = (OPEN,)) -> QuerySet[Task]:
    """The tasks of the asker's units, as a rule the open ones; never those of a case she must keep out of."""
    found = Task.objects.filter(unit_id__in=asker.units, state__in=list(states))
    found = found.exclude(case_id__in=kept_out(asker))
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


def one(asker: door.Asker, typed_number: str | None = None, lock: bool = False) -> Case:
    """The one case asked for, opened: from here on its own rows may be read. Raises Unseen."""
    found = visible(asker)
    if typed_number is not None:
        found = found.filter(number=read(typed_number))
    case = (found.select_for_update(of=("self",)) if lock else found).select_related("unit").first()
    if case is None:
        raise Unseen
    door.look_at(case.id)
    return case


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
        if not found:
            raise Unseen
        door.look_at(case.id)
    return case, found


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

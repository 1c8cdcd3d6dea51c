"""A calendar has come or was corrected: deadlines that it can change are counted again, those concerned are told."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from baiying.cases import access, clocks, effects
from baiying.cases.models import Case, Clock, Move
from baiying.catalogue import queries as catalogue
from baiying.kit import chance, door, log, moment

MOST_REASON = 200  # characters of Move.reason


def recompute(progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[int, int]:
    """Count every running clock again that was counted by another calendar than the one in force, or provisionally;
    gives (cases looked at, cases changed).

    Each case in a transaction of its own, so that it can be broken off and run again.
    """
    with door.errand("clocks"):
        other = ~Q(calendar=catalogue.calendar().version)
        waiting = list(Clock.objects.filter(other | Q(provisional=True), met_at=None)
                       .values_list("case_id", flat=True).distinct().order_by("case_id"))
    changed = 0
    for done, case_id in enumerate(waiting, start=1):
        changed += recompute_case(case_id)
        progress(done, len(waiting))
    return len(waiting), changed


def recompute_case(case_id: UUID) -> int:
    """Count the running clocks of one case again; gives 1 when a deadline moved."""
    with door.errand("clocks"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        if case is None:
            return 0
        moved = clocks.count_by_new_calendar(case)
        case.save(update_fields=["next_due_at", "next_clock"])
        if moved:
            tell(case, moved)
    return 1 if moved else 0


def fitting(names: str, most: int) -> str:
    """The first of these names, comma between them, that fit into so many characters; the log holds all of them."""
    return names if len(names) <= most else names[:most + 1].rpartition(",")[0]


def tell(case: Case, moved: list[Clock]) -> None:
    """The change stands in the story, where both she and the unit read it, and a word is sent to her."""
    names, earlier = ",".join(one.name for one in moved), access.moves(case).filter(verb="calendar").count()
    Move.objects.create(
        id=chance.uuid_for(f"{case.id}:{moved[0].calendar}:{earlier}", "calendar"), case=case, at=moment.now(),
        verb="calendar", before=case.stage, after=case.stage, reason=fitting(names, MOST_REASON),
    )
    log.write("clock.recounted", case.id, door.asker().name, {"clocks": names}, case.wrapped)
    effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))

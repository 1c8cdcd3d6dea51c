"""Clocks that have run out: each is noted once, in the log of its case."""

from __future__ import annotations

from baiying.cases.models import Clock
from baiying.kit import door, log, moment

AT_ONCE = 1_000


def note_late() -> int:
    """Note the clocks that ran out since the last look; gives how many."""
    with door.errand("clocks"):
        late = list(Clock.objects.select_for_update(skip_locked=True)
                    .filter(met_at=None, told_late=False, due_at__lte=moment.now()).order_by("due_at")[:AT_ONCE])
        Clock.objects.filter(id__in=[one.id for one in late]).update(told_late=True)
        for one in late:
            log.write("clock.ran_out", one.case_id, door.asker().name, None, None)
    return len(late)

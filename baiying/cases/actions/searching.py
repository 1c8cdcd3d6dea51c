"""The search learns of cases within seconds of their coming, in a job: sending waits for none of it.

What it has to read or to read again stands in `Unread`, written by a trigger with the case itself; what becomes guarded
or is erased is taken away by the same trigger in the same transaction.
"""

from __future__ import annotations

from baiying.cases.models import Case, Found, Unread
from baiying.catalogue import queries as catalogue
from baiying.engine.text import grams
from baiying.kit import door

ERRAND = "search"
AT_ONCE = 500  # a job's worth: a burst is read in several, and takes no sender's time


def read_unread(most: int = AT_ONCE) -> int:
    """Let the search know of what it has not read; gives how many cases that were."""
    with door.errand(ERRAND):
        waiting = list(Unread.objects.select_for_update(skip_locked=True).order_by("case_id")[:most]
                       .values_list("case_id", flat=True))
        # What becomes guarded from here on waits for us at its row of `Unread`, and then takes ours away (0010).
        cases = Case.objects.filter(id__in=waiting, guarded=False, key__isnull=False).exclude(words="")
        Found.objects.bulk_create(
            [Found(case_id=one.id, received_at=one.received_at, grams=marks(one) + grams.grams(one.words))
             for one in cases.only("id", "unit_id", "topic", "declaration_id", "received_at", "words")],
            update_conflicts=True, unique_fields=["case"], update_fields=["grams"])
        Unread.objects.filter(case_id__in=waiting).delete()
    return len(waiting)


def marks(case: Case) -> list[str]:
    """What a case is found by beside its words. No pair of characters looks like one of these."""
    found = [f"u:{case.unit_id}", f"m:{catalogue.matter_of(case.declaration_id).key}"]
    return [*found, f"t:{case.topic}"] if case.topic else found

"""What a party that was brought in has open of a case: its referral, and the field groups that she agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.cases.models import Case, OutsideLink, Referral, SheetEntry, Task
from baiying.cases.models import Sheet as FactSheet  # of the importing room there is a Sheet too
from baiying.catalogue import queries as catalogue
from baiying.engine import flow


def referrals(case: Case) -> dict[UUID, Referral]:
    """The referrals of this case that whoever asks may see, by task: all of them for the lead and for her, a party's
    own for that party. The case must be looked at."""
    return {one.task_id: one for one in Referral.objects.filter(case=case)}


def referral_of(task: Task) -> Referral | None:
    """The referral of this task; nothing for a task of the level above, or when it is not the asker's to see."""
    return Referral.objects.filter(task=task).first()


def open_groups(case: Case, referral: Referral | None) -> frozenset[str]:
    """The field groups that are open to this party now: what its part needs and she agreed to.

    Nothing once its task or the case has ended. Where nobody asked her, because the case was not protected then, and it
    is protected by now, nothing either until she says yes.
    """
    if referral is None or referral.state != Task.State.OPEN or case.ended:
        return frozenset()
    part = flow.part_of(catalogue.matter_of(case.declaration_id), referral.party)
    if not referral.duty and referral.consented_at is None and (case.danger or part.consent):
        return frozenset()
    return frozenset(referral.granted) & frozenset(flow.groups_of(part))


def shares_files(case: Case, tasks: Iterable[Task]) -> bool:
    """Whether a party with one of these tasks may read the case's files that belong to no side."""
    return any(flow.FILES in open_groups(case, referral_of(task)) for task in tasks)


def taken_back(case: Case, party: str, unit: UUID | None) -> bool:
    """Whether she once said no to this party or this unit, or took something back from it: then she is asked first,
    whatever the kind of case."""
    return any(one.withdrawn_at is not None and (one.party == party or (unit is not None and one.unit_id == unit))
               for one in referrals(case).values())


def late(at: datetime) -> QuerySet[Referral]:
    """The open referrals, of those that may be seen, whose receipt or task was due by this instant."""
    return Referral.objects.filter(state=Task.State.OPEN).filter(
        Q(due_at__lte=at) | Q(received_at=None, receipt_due_at__lte=at))


def links(case: Case) -> QuerySet[OutsideLink]:
    """Every link that was made for a party outside, the oldest first."""
    return OutsideLink.objects.filter(case=case).order_by("made_at", "id")


def sheets(case: Case) -> QuerySet[FactSheet]:
    """Every version of the fact sheet, the latest first."""
    return FactSheet.objects.filter(case=case).select_related("unit").order_by("-version")


def entries(case: Case) -> QuerySet[SheetEntry]:
    """What parties have added for the lead, the oldest first."""
    return SheetEntry.objects.filter(case=case).select_related("task", "task__unit").order_by("at", "id")

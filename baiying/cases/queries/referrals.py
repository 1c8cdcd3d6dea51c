"""Who was brought into a case, what each may read of it and since when, and what is late: for the lead and for her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases import access, referring
from baiying.cases.dossier import Dossier
from baiying.cases.models import OutsideLink, Referral, Task
from baiying.cases.queries.late import wide
from baiying.cases.queries.lines import OUTSIDE, party_said
from baiying.cases.queries.today import AT_ONCE
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.network import queries as network
from baiying.network.models import Unit

KINDS = {
    Task.Kind.WORK: pgettext_lazy("task", "help with a case"),
    Task.Kind.ASSIGN: pgettext_lazy("task", "name who leads"),
    Task.Kind.RULE: pgettext_lazy("task", "rule who leads"),
    Task.Kind.EXTEND: pgettext_lazy("task", "more time, or not"),
    Task.Kind.SET_ASIDE: pgettext_lazy("task", "end it, or not"),
    Task.Kind.CLIMB: pgettext_lazy("task", "about to be late"),
    Task.Kind.COMPLAINT: pgettext_lazy("task", "a complaint"),
    Task.Kind.CALL_BACK: pgettext_lazy("task", "ask for the verdict"),
}
STATES = {
    Task.State.PROPOSED: _("waits for the person's consent"),
    Task.State.OPEN: _("at work"),
    Task.State.DONE: _("done"),
    Task.State.REFUSED: _("not done"),
    Task.State.DROPPED: _("no longer needed"),
}
GROUPS = {
    flow.IDENTITY: _("your name"),
    flow.CONTACT: _("your telephone number, and how it is safe to reach you"),
    flow.WORDS: _("what you wrote"),
    flow.STORY: _("how the case went so far"),
    flow.FILES: _("the papers and photos in the case"),
}


@dataclass(frozen=True)
class GroupLine:
    """One field group of one party: whether it is open now, and when the party first had it in view."""

    key: str
    label: str
    granted: bool
    read_at: datetime | None


@dataclass(frozen=True)
class TaskLine:
    """A party's task as those who lead the case, and she, see it."""

    ref: str
    kind: str
    state: str
    party: str
    unit: str
    asked: str
    came_back: str
    due_at: datetime | None
    open: bool
    proposed: bool
    groups: tuple[GroupLine, ...]
    purpose: str
    ground: str
    # The law's duty behind it, with the article; then nothing here is hers to withdraw.
    duty: str
    received_at: datetime | None
    receipt_due_at: datetime | None
    reminded_at: datetime | None
    consented_at: datetime | None
    withdrawn_at: datetime | None
    # Its way in, when the party works from outside; the latest one.
    outside: bool
    link: OutsideLink | None

    @property
    def late(self) -> bool:
        return self.open and self.due_at is not None and self.due_at <= moment.now()

    @property
    def unreceived(self) -> bool:
        """Whether its receipt is overdue."""
        return (self.open and self.received_at is None and self.receipt_due_at is not None
                and self.receipt_due_at <= moment.now())

    @property
    def sees(self) -> tuple[str, ...]:
        """What is open to it now."""
        return tuple(one.label for one in self.groups if one.granted)

    @property
    def has_read(self) -> tuple[GroupLine, ...]:
        """What it had in view once and has no longer."""
        return tuple(one for one in self.groups if one.read_at is not None and not one.granted)


def task_lines(held: Dossier) -> list[TaskLine]:
    """Those brought into this case, what each was asked, what is open to it and what came back. The case must be looked
    at; a party's referral is known to the lead and to her alone."""
    work = [task for task in held.tasks if task.kind == Task.Kind.WORK]
    # Most cases have no party, and most parties are no outsiders: neither table is asked for nothing.
    known = referring.referrals(held.case) if work else {}
    outside = any(task.unit_id is None for task in work)
    ways = {link.task_id: link for link in referring.links(held.case)} if outside else {}  # the latest one of each
    return [line_of(held, task, known.get(task.id), ways.get(task.id)) for task in work]


def line_of(held: Dossier, task: Task, referral: Referral | None, link: OutsideLink | None) -> TaskLine:
    texts = held.texts
    return TaskLine(
        ref=task.ref, kind=str(KINDS[Task.Kind(task.kind)]), state=str(STATES[Task.State(task.state)]),
        party=party_said(task.party), unit=network.unit_said(task.unit) or texts.get(f"{OUTSIDE}{task.id}", ""),
        asked=texts.get(f"task:{task.id}", ""), came_back=texts.get(f"done:{task.id}", ""), due_at=task.due_at,
        open=task.state == Task.State.OPEN, proposed=task.state == Task.State.PROPOSED,
        groups=tuple(group_lines(held, referral)), purpose=purpose_said(held.matter, task.party),
        ground=ground_said(referral.refused_ground if referral else ""), duty=referral.duty if referral else "",
        received_at=referral.received_at if referral else None,
        receipt_due_at=referral.receipt_due_at if referral else None,
        reminded_at=referral.reminded_at if referral else None,
        consented_at=referral.consented_at if referral else None,
        withdrawn_at=referral.withdrawn_at if referral else None, outside=task.unit_id is None, link=link,
    )


def group_lines(held: Dossier, referral: Referral | None) -> Iterable[GroupLine]:
    """The field groups that a party's task needs, in the order of the file."""
    if referral is None:
        return
    now = referring.open_groups(held.case, referral)
    for key in referral.asked:
        read = referral.read_at.get(key)
        yield GroupLine(key, group_said(held.matter, key), key in now, datetime.fromisoformat(read) if read else None)


def group_said(matter: flow.Matter, group: str) -> str:
    """The name of a field group, as she reads it; an answer is named by its question."""
    if group in GROUPS:
        return str(GROUPS[group])
    ask = matter.asks.get(group.removeprefix(flow.ANSWER))
    return catalogue.said(ask) if ask is not None else ""


def purpose_said(matter: flow.Matter, party: str) -> str:
    """What a party needs all that for, as the matter says; empty where the words of its task say it."""
    part = flow.part_of(matter, party)
    return part.purpose if catalogue.speaks_chinese() else part.purpose_en


def ground_said(label: str) -> str:
    """The ground of a refusal, in the reader's language."""
    return next((catalogue.said(one) for one in catalogue.options("refusal_grounds") if one.label == label), label)


@dataclass(frozen=True)
class LateReferral:
    """A referral that is late, as the level above its lead sees it: number, kind, units and clocks, never words."""

    number: str
    address: str
    matter: flow.Matter
    party: str
    unit: str
    lead: str
    due_at: datetime | None
    unreceived: bool
    guarded: bool


def late_referrals(asker: door.Asker) -> list[LateReferral]:
    """The referrals of the asker's units and those below that are late with receipt or task, the longest late first; of
    guarded cases below none but those whose clock climbed here."""
    reach = wide(asker)
    with door.open(reach):
        climbed = {one.case_id for one in access.tasks(asker, [Task.Kind.CLIMB])}
        late = referring.late(moment.now()).filter(lead_id__in=reach.units).order_by("due_at", "task_id")
        found = [one for one in late
                 if not one.guarded or one.lead_id in asker.units or one.case_id in climbed][:AT_ONCE]
        units = network.units_by_id({unit for one in found for unit in (one.unit_id, one.lead_id) if unit is not None})
        return [late_one(one, units) for one in found]


def late_one(one: Referral, units: Mapping[UUID, Unit]) -> LateReferral:
    return LateReferral(
        number.shown(one.number), one.number, catalogue.matter_of(one.declaration_id), party_said(one.party),
        network.unit_said(units.get(one.unit_id) if one.unit_id is not None else None),
        network.unit_said(units.get(one.lead_id)), one.due_at, one.received_at is None, one.guarded)

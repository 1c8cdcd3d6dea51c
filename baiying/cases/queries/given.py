"""One case as a party that was brought in sees it: the words of its own task, and what is open to it of the rest.

The same for a unit on its list and for a party outside with a link. Nothing else is taken out of the dossier.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from baiying.cases import access, outside, referring
from baiying.cases.dossier import Dossier
from baiying.cases.facts import roles_in
from baiying.cases.models import Case, Referral, Task
from baiying.cases.queries.address import goes_there
from baiying.cases.queries.files import FileLine, listed, looking_by
from baiying.cases.queries.lines import Line, lines
from baiying.cases.queries.reading import ClockView, answers, clock_views, note_reading, offers_to
from baiying.cases.queries.sheet import EntryLine, SheetView, own_entries, sheet_for
from baiying.cases.queries.tasks import TaskRow
from baiying.engine import flow
from baiying.kit import door, moment, number

# What she decided about others is not for a party to read, nor are papers that went to somebody else.
NOT_TOLD = frozenset({"consent_asked", "consented", "not_consented", "consent_changed", "brought_in", "task_received",
                      "task_refused", "task_done", "party_reminded", "link_sent", "link_ended", "entry_added"})


@dataclass(frozen=True)
class TaskView:
    """One case as a party that was brought in sees it: least data."""

    case: Case
    matter: flow.Matter
    task: TaskRow
    asked: str
    words: str
    name: str
    phone: str
    # How it is safe to reach her: goes with her telephone, whoever calls her has to know.
    contact: str
    text_only: bool
    answers: list[tuple[str, str]]
    lines: list[Line]
    clocks: list[ClockView]
    offers: tuple[flow.Offer, ...]
    sheet: SheetView | None
    files: list[FileLine]
    entries: list[EntryLine]
    referral: Referral | None
    # She named this party to come to her (queries.address).
    goes_there: bool = False

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def stage(self) -> flow.Stage:
        return flow.stage_of(self.matter, self.case.stage)

    @property
    def received(self) -> bool:
        return self.referral is None or self.referral.received_at is not None

    @property
    def taken_back(self) -> bool:
        """Whether something that was open once is shut now."""
        return self.referral is not None and self.referral.withdrawn_at is not None


def open_task(asker: door.Asker, typed_number: str) -> TaskView:
    """The case behind a task of one's unit, as far as its part sees it. The opening is logged. Raises Unseen."""
    with door.open(asker):
        case, found = access.by_task(asker, typed_number, [Task.Kind.WORK])
        note_reading(case, asker, found[0].unit, why="task")
        return view_of(case, found[0], asker)


def open_outside(way: bytes) -> TaskView:
    """The task behind a link from outside, as far as its part sees it. The opening is logged. Raises Unseen."""
    with door.open(door.Asker(outside=way)) as asker:
        case, task = outside.opened(way)
        note_reading(case, asker, None, "task", task.party)
        return view_of(case, task, asker)


def view_of(case: Case, task: Task, asker: door.Asker) -> TaskView:
    """What this task lets its party read. The case must be looked at, and the opening be logged."""
    held, referral = Dossier(case), referring.referral_of(task)
    groups = referring.open_groups(case, referral)
    sees = flow.seen_within(flow.part_of(held.matter, task.party), groups)
    note_view(referral, groups)
    texts = held.texts
    return TaskView(
        case=case, matter=held.matter, task=TaskRow(task, held.matter), asked=texts.get(f"task:{task.id}", ""),
        words=(case.words or texts.get("words", "")) if "words" in sees else "",
        name=texts.get("name", "") if "name" in sees else "", phone=held.phone if "phone" in sees else "",
        contact=texts.get("contact", "") if "phone" in sees else "",
        text_only="phone" in sees and "text_only" in texts, answers=answers(held, only=sees),
        lines=story_for(held, sees) if "story" in sees else [],
        clocks=[view for view in clock_views(held) if view.word.of == task.party],
        offers=offers_of(held, asker), sheet=sheet_for(held, groups),
        files=listed(case, looking_by(case, [task])),
        entries=own_entries(held, task), referral=referral, goes_there=goes_there(held, task),
    )


def note_view(referral: Referral | None, groups: Collection[str]) -> None:
    """Since when this party has read what: she is told, also after she took it back."""
    new = set(groups) - set(referral.read_at) if referral is not None else set()
    if referral is not None and new:
        at = moment.now().isoformat()
        referral.read_at = {**referral.read_at, **{group: at for group in sorted(new)}}
        referral.save(update_fields=["read_at"])


def story_for(held: Dossier, sees: Collection[str]) -> list[Line]:
    """How the case went, without who else was asked, without letters, and her own words only where these are open."""
    told = [line for line in lines(held) if line.verb not in NOT_TOLD]
    return [replace(line, letter=None, words=line.words if "words" in sees or not line.by_her else "")
            for line in told]


def offers_of(held: Dossier, asker: door.Asker) -> tuple[flow.Offer, ...]:
    """The moves of the case that are this party's to make."""
    return () if flow.LEAD in roles_in(held, asker) else offers_to(held, asker)


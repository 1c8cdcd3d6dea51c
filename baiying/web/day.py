"""The day of a handler: cases that the unit leads and tasks that others gave it, in one order, what runs out first on
top. What waits for the person, and what stands still, stands apart; what is late is hidden by no filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from baiying.cases import queries
from baiying.cases.models import Task
from baiying.cases.queries import Row, TaskRow
from baiying.web.day_rows import soon
from baiying.web.guard import Staff
from baiying.web.templatetags.show import named

TASKS = "task"  # the kind under which tasks are chosen
FREE = "protected"  # the kind of protected cases that wait to be taken
AT_SIGHT = 25  # lines before "show them": a screen holds fifteen
FEW = 5  # of each list at least
NEVER = datetime.max.replace(tzinfo=UTC)
Line = Row | TaskRow
# The power of the page that a kind of task leads to. What the level above does is shown to nobody else of its unit: a
# clock that climbed tells of a protected case.
POWER_OF = {Task.Kind.WORK: "task.open", Task.Kind.CALL_BACK: "case.record_verdict"}
ABOVE = "case.rule"


@dataclass(frozen=True)
class Kind:
    """One kind of line that can be looked at alone, with how many there are."""

    key: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Day:
    """The lists of one day."""

    lines: list[Line] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    paused: list[Row] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    whole: bool = True

    @property
    def first_lines(self) -> list[Line]:
        """What is shown at first: the first AT_SIGHT, and in any case all that is late or was not heard."""
        pressing = sum(line.late or unheard(line) for line in self.lines)
        return self.lines if self.whole else self.lines[:max(AT_SIGHT, pressing)]

    @property
    def first_waiting(self) -> list[Row]:
        return self.waiting if self.whole else self.waiting[:self.room]

    @property
    def first_paused(self) -> list[Row]:
        return self.paused if self.whole else self.paused[:self.room]

    @property
    def room(self) -> int:
        return max(AT_SIGHT - len(self.lines), FEW)

    @property
    def more(self) -> int:
        """How many lines are not shown yet."""
        shown = len(self.first_lines) + len(self.first_waiting) + len(self.first_paused)
        return len(self.lines) + len(self.waiting) + len(self.paused) - shown

    @property
    def chosen(self) -> str:
        return next((kind.key for kind in self.kinds if kind.chosen), "")

    @property
    def filtered(self) -> bool:
        return any(kind.chosen for kind in self.kinds)

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)

    @property
    def soon(self) -> int:
        return sum(soon(line) for line in self.lines)


def given(staff: Staff) -> list[TaskRow]:
    """The open tasks of her units that her posts there let her do, what runs out first on top."""
    if not staff.may("task.list"):
        return []
    units = {power: staff.asker(power).units for power in (*POWER_OF.values(), ABOVE)}
    rows = queries.tasks(staff.asker("task.list"))
    return [row for row in rows if row.task.unit_id in units[POWER_OF.get(Task.Kind(row.task.kind), ABOVE)]]


def day(rows: Sequence[Row], tasks: Sequence[TaskRow], kind: str = "", whole: bool = True) -> Day:
    """The day from its cases and tasks; of one kind only if asked, and even then with all that is late.
    Not ``whole``: the first lines are to be shown, and how many more there are.

    A case whose lead is still to be named stands there as the task to name it, not twice.
    """
    led = [row for row in rows if not row.case.unassigned]
    waiting = [row for row in led if row.waits_for_her and not row.free]
    rest = [row for row in led if not row.waits_for_her or row.free]
    paused = [row for row in rest if row.case.paused_until is not None and not row.free]
    lines: list[Line] = [*(row for row in rest if row.case.paused_until is None or row.free), *tasks]
    known = {kind_of(line) for line in lines}
    shown = [line for line in lines if kind not in known or line.late or kind_of(line) == kind]
    return Day(sorted(shown, key=order), of_kind(waiting, kind, known), of_kind(paused, kind, known),
               kinds_of(lines, kind), whole)


def order(line: Line) -> tuple[bool, datetime]:
    """Those that no clock pushes although the person said "not solved" before all; then by the clock."""
    return not unheard(line), line.due_at or NEVER


def unheard(line: Line) -> bool:
    """No clock pushes it although the person said "not solved"."""
    return isinstance(line, Row) and not line.free and line.due_at is None and line.case.verdict == "not_solved"


def kind_of(line: Line) -> str:
    return (FREE if line.free else line.matter.key) if isinstance(line, Row) else TASKS


def name_of(line: Line) -> str:
    """What the kind of a line is called; of a protected case that nobody holds no more than that."""
    if isinstance(line, Row):
        return _("Protected, nobody holds it") if line.free else named(line.matter)
    return _("Tasks from others")


def of_kind(rows: list[Row], kind: str, known: set[str]) -> list[Row]:
    return [row for row in rows if kind not in known or kind_of(row) == kind]


def kinds_of(lines: Sequence[Line], chosen: str) -> list[Kind]:
    """The kinds that occur, each with its count; none when there is nothing to choose between."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in lines:
        key = kind_of(line)
        counts[key] = counts.get(key, 0) + 1
        names[key] = name_of(line)
    return [Kind(key, names[key], counts[key], key == chosen) for key in counts] if len(counts) > 1 else []


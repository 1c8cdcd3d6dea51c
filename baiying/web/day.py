"""The day of a handler: cases that the unit leads and tasks that others gave it, in one order, what runs out first on
top. What waits for the person, and what stands still, stands apart; what is late is hidden by no filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from baiying.cases.queries import Row, TaskRow
from baiying.web.templatetags.desk import soon
from baiying.web.templatetags.show import named

TASKS = "task"  # the kind under which tasks are chosen
NEVER = datetime.max.replace(tzinfo=UTC)
Line = Row | TaskRow


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

    @property
    def filtered(self) -> bool:
        return any(kind.chosen for kind in self.kinds)

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)

    @property
    def soon(self) -> int:
        return sum(soon(line) for line in self.lines)


def day(rows: Sequence[Row], tasks: Sequence[TaskRow], kind: str = "") -> Day:
    """The day from its cases and tasks; of one kind only if asked, and even then with all that is late.

    A case whose lead is still to be named stands there as the task to name it, not twice.
    """
    led = [row for row in rows if not row.case.unassigned]
    waiting = [row for row in led if row.waits_for_her]
    paused = [row for row in led if row.case.paused_until is not None and row not in waiting]
    lines: list[Line] = [*(row for row in led if row not in waiting and row not in paused), *tasks]
    known = {kind_of(line) for line in lines}
    shown = [line for line in lines if kind not in known or line.late or kind_of(line) == kind]
    return Day(sorted(shown, key=order), of_kind(waiting, kind, known), of_kind(paused, kind, known),
               kinds_of(lines, kind))


def order(line: Line) -> tuple[bool, datetime]:
    """Those that no clock pushes although the person said "not solved" before all; then by the clock."""
    unheard = isinstance(line, Row) and line.due_at is None and line.case.verdict == "not_solved"
    return not unheard, line.due_at or NEVER


def kind_of(line: Line) -> str:
    return line.matter.key if isinstance(line, Row) else TASKS


def of_kind(rows: list[Row], kind: str, known: set[str]) -> list[Row]:
    return [row for row in rows if kind not in known or kind_of(row) == kind]


def kinds_of(lines: Sequence[Line], chosen: str) -> list[Kind]:
    """The kinds that occur, each with its count; none when there is nothing to choose between."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in lines:
        key = kind_of(line)
        counts[key] = counts.get(key, 0) + 1
        names[key] = named(line.matter) if isinstance(line, Row) else _("Tasks from others")
    return [Kind(key, names[key], counts[key], key == chosen) for key in counts] if len(counts) > 1 else []


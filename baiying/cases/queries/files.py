"""Files of a case as each of those who have it in view sees them. Every reading of P2 and P3 is logged and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, outside, referring
from baiying.cases.models import Case, File, Task
from baiying.cases.queries.lines import party_said
from baiying.cases.queries.reading import note_reading
from baiying.cases.sides import by_side, party_in, side_of
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, files, sealing
from baiying.kit import number as numbers
from baiying.kit.errors import Unseen
from baiying.network import queries as network

NAME_FIELD = "file.name"
HANDS = {flow.ASKER: _("the person who asked"), flow.LEAD: _("the unit that leads")}
LEVELS = ("P0", "P1", "P2", "P3")
READ_IN_THE_OPEN = ("P0", "P1")


@dataclass(frozen=True)
class FileRead:
    """One file, opened: its name, media type and bytes."""

    ref: str
    name: str
    ending: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class FileLine:
    """One file in a list. ``own``: the one who looks handed it in; ``others``: the sides that its own can show it to;
    ``shown_to``: those it was shown to."""

    ref: str
    name: str
    kind: str
    media: str
    size: int
    at: datetime
    level: str
    hand: str
    side: str
    own: bool
    others: tuple[tuple[str, str], ...]
    shown_to: tuple[str, ...]


@dataclass(frozen=True)
class Looking:
    """Who looks at a case's files: as which sides, and whether files without a side are in view. ``between``: the
    parties whose files it reads because it stands between them and her."""

    sides: frozenset[str]
    shared: bool
    task: Task | None = None
    between: frozenset[str] = frozenset()

    def sees(self, file: File) -> bool:
        """The unit that leads all of them; a party its own, those shown to it, those of the sides it stands between,
        and the ones without a side where she agreed."""
        if flow.LEAD in self.sides or self.owns(file) or self.sides & set(file.released_to):
            return True
        return party_in(file.side) in self.between if file.side else self.shared

    def owns(self, file: File) -> bool:
        """Whether the one who looks handed it in."""
        return (file.side or file.party) in self.sides


def looking(asker: door.Asker, typed_number: str | None = None, lock: bool = False) -> tuple[Case, Looking]:
    """The case, opened, and what this asker is in it. Raises Unseen."""
    if asker.door is not None:
        return access.one(asker, lock=lock), Looking(frozenset({flow.ASKER}), shared=True)
    if asker.outside is not None:
        case, task = outside.opened(asker.outside, lock)
        return case, looking_by(case, [task])
    if typed_number is None:
        raise Unseen
    try:
        return access.one(asker, typed_number, lock), Looking(frozenset({flow.LEAD}), shared=True)
    except Unseen:
        case, tasks = access.by_task(asker, typed_number, [Task.Kind.WORK], lock)
    return case, looking_by(case, tasks)


def looking_by(case: Case, tasks: list[Task]) -> Looking:
    """What the holder of these tasks is in the case. It must be looked at."""
    matter = catalogue.matter_of(case.declaration_id)
    between = frozenset(side for task in tasks for side in flow.part_of(matter, task.party).between)
    return Looking(frozenset(map(side_of, tasks)), referring.shares_files(case, tasks), tasks[0], between)


def read(asker: door.Asker, number: str | None, ref: str) -> FileRead:
    """One file of a case, by the name that a page gave it. The reading is logged and shown to her. Raises Unseen."""
    with door.open(asker):
        case, view = looking(asker, number)
        row = one(case, view, ref)
        if row.level not in READ_IN_THE_OPEN and asker.door is None:
            note_reading(case, asker, view.task.unit if view.task else None, "file",
                         view.task.party if view.task else "")
        return opened(case, row)


def opened(case: Case, row: File) -> FileRead:
    """The file itself, unsealed. Whoever calls has noted the reading."""
    kind = files.KINDS[row.media]
    content = sealing.unseal_file(case.wrapped, case.id, row.id, files.read(row.blob))
    return FileRead(row.ref, name_of(case, row), kind.ending, kind.media_type, content)


def one(case: Case, view: Looking, ref: str) -> File:
    """The file of this name, if it is in view and was not destroyed. Raises Unseen."""
    found = next((row for row in access.files(case) if row.ref == ref and row.blob and view.sees(row)), None)
    if found is None:
        raise Unseen
    return found


def listed(case: Case, view: Looking) -> list[FileLine]:
    """The files in view, the newest last; no count of any other. The case must be looked at."""
    rows = [row for row in access.files(case) if row.blob and view.sees(row)]
    if not rows:
        return []
    tasks = by_side(task for task in access.tasks_of(case) if task.kind == Task.Kind.WORK)
    return [FileLine(row.ref, name_of(case, row), row.kind, row.media, row.size, row.at, row.level,
                     side_said(row.side or row.party, tasks), row.side, view.owns(row), others(row, view, tasks),
                     tuple(side_said(side, tasks) for side in row.released_to))
            for row in rows]


def others(file: File, view: Looking, tasks: Mapping[str, Task]) -> tuple[tuple[str, str], ...]:
    """To whom the one who handed a file in can show it. A party learns of no other one but her, and of those between
    whom and her it stands."""
    if not view.owns(file):
        return ()
    working = [side for side, task in tasks.items() if task.state == Task.State.OPEN and (
        view.task is None or task.party in view.between)]
    return tuple((side, side_said(side, tasks)) for side in (flow.ASKER, *working)
                 if side not in view.sides and side not in file.released_to
                 and (side != flow.ASKER or file.side))


def side_said(side: str, tasks: Mapping[str, Task]) -> str:
    """A side by the name of its part; of several that play the same one, with the unit."""
    party = party_in(side)
    task, alike = tasks.get(side), [one for one in tasks.values() if one.party == party]
    named = hand_said(party)
    return f"{named} · {network.unit_said(task.unit)}" if task is not None and task.unit and len(alike) > 1 else named


def hand_said(party: str) -> str:
    """A party by its name, she and the unit that leads too."""
    return str(HANDS[party]) if party in HANDS else party_said(party)


def name_of(case: Case, row: File) -> str:
    """The name under which it was handed in."""
    return sealing.unseal(case.wrapped, case.id, NAME_FIELD, bytes(row.name), row.id)


@dataclass(frozen=True)
class FilePage:
    """The files of one case as one who has it in view sees them. ``mediated``: somebody between this side and her may
    read what it hands in."""

    number: str
    address: str
    hers: bool
    leads: bool
    protected: bool
    files: list[FileLine]
    mediated: bool


def page_of(asker: door.Asker, number: str | None = None) -> FilePage:
    """The files of a case; names that come into view are a reading that she sees. Raises Unseen."""
    with door.open(asker):
        case, view = looking(asker, number)
        matter = catalogue.matter_of(case.declaration_id)
        found = listed(case, view) if case.key is not None else []
        if asker.door is None and any(line.level not in READ_IN_THE_OPEN and not line.own for line in found):
            note_reading(case, asker, view.task.unit if view.task else None, "file",
                         view.task.party if view.task else "")
        mediated = any(party_in(side) in part.between for part in matter.parts.values() for side in view.sides)
        return FilePage(numbers.shown(case.number), case.number, asker.door is not None, flow.LEAD in view.sides,
                        matter.safe or case.danger, found, mediated)

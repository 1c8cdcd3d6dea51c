"""Files of a case as each of those who have it in view sees them. Every reading of P2 and P3 is logged and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, outside, referring
from baiying.cases.models import Case, File, Task
from baiying.cases.queries.lines import party_said
from baiying.cases.queries.reading import note_reading
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, files, sealing
from baiying.kit import number as numbers
from baiying.kit.errors import Unseen

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
    """One file in a list. ``own``: the one who looks handed it in; ``shown_to``: other sides it was released to."""

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
    shown_to: tuple[str, ...]


@dataclass(frozen=True)
class Looking:
    """Who looks at a case's files: as which parties, and whether files without a side are in view."""

    parties: frozenset[str]
    shared: bool
    task: Task | None = None

    def sees(self, file: File) -> bool:
        """The unit that leads all of them; a party its own, its side's, those released to it, and the shared ones."""
        if flow.LEAD in self.parties:
            return True
        if file.party in self.parties or self.parties & {file.side, *file.released_to}:
            return True
        return self.shared and not file.side


def looking(asker: door.Asker, typed_number: str | None = None, lock: bool = False) -> tuple[Case, Looking]:
    """The case, opened, and what this asker is in it. Raises Unseen."""
    if asker.door is not None:
        return access.one(asker, lock=lock), Looking(frozenset({flow.ASKER}), shared=True)
    if asker.outside is not None:
        case, task = outside.opened(asker.outside, lock)
        return case, Looking(frozenset({task.party}), referring.shares_files(case, [task]), task)
    if typed_number is None:
        raise Unseen
    try:
        return access.one(asker, typed_number, lock), Looking(frozenset({flow.LEAD}), shared=True)
    except Unseen:
        case, tasks = access.by_task(asker, typed_number, [Task.Kind.WORK], lock)
    parties = frozenset(task.party for task in tasks)
    return case, Looking(parties, referring.shares_files(case, tasks), tasks[0])


def read(asker: door.Asker, number: str | None, ref: str) -> FileRead:
    """One file of a case, by the name that a page gave it. The reading is logged and shown to her. Raises Unseen."""
    with door.open(asker):
        case, view = looking(asker, number)
        row = one(case, view, ref)
        if row.level not in READ_IN_THE_OPEN and asker.door is None:
            note_reading(case, asker, view.task.unit if view.task else None, "file",
                         view.task.party if view.task else "")
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
    return [FileLine(row.ref, name_of(case, row), row.kind, row.media, row.size, row.at, row.level,
                     hand_said(row.party), row.side, row.party in view.parties,
                     tuple(hand_said(party) for party in row.released_to))
            for row in access.files(case) if row.blob and view.sees(row)]


def hand_said(party: str) -> str:
    """A party by its name, she and the unit that leads too."""
    return str(HANDS[party]) if party in HANDS else party_said(party)


def name_of(case: Case, row: File) -> str:
    """The name under which it was handed in."""
    return sealing.unseal(case.wrapped, case.id, NAME_FIELD, bytes(row.name), row.id)


@dataclass(frozen=True)
class FilePage:
    """The files of one case as one who has it in view sees them, and to whom her own can be shown."""

    number: str
    address: str
    hers: bool
    leads: bool
    protected: bool
    files: list[FileLine]
    others: tuple[tuple[str, str], ...]


def page_of(asker: door.Asker, number: str | None = None) -> FilePage:
    """The files of a case; names that come into view are a reading that she sees. Raises Unseen."""
    with door.open(asker):
        case, view = looking(asker, number)
        matter = catalogue.matter_of(case.declaration_id)
        found = listed(case, view) if case.key is not None else []
        if asker.door is None and any(line.level not in READ_IN_THE_OPEN and not line.own for line in found):
            note_reading(case, asker, view.task.unit if view.task else None, "file",
                         view.task.party if view.task else "")
        working = [task.party for task in access.tasks_of(case).filter(kind=Task.Kind.WORK, state=Task.State.OPEN)]
        others = dict.fromkeys(one for one in (flow.ASKER, *working) if one not in view.parties)
        if flow.LEAD in view.parties or flow.ASKER in view.parties:
            sides = tuple((one, hand_said(one)) for one in others)
        else:  # a party learns of no other one but her
            sides = ((flow.ASKER, hand_said(flow.ASKER)),)
        return FilePage(numbers.shown(case.number), case.number, asker.door is not None, flow.LEAD in view.parties,
                        matter.safe or case.danger, found, sides)

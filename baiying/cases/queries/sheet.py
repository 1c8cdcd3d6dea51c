"""The fact sheet of a case: what the lead wrote with her, so that she tells it once; and what parties added."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, referring
from baiying.cases.dossier import Dossier
from baiying.cases.models import Sheet, SheetEntry, Task
from baiying.cases.queries.lines import party_said
from baiying.cases.queries.reading import note_reading
from baiying.engine import flow
from baiying.kit import door, number
from baiying.network import queries as network

BOXES = {
    flow.IDENTITY: _("Who it is about"),
    flow.CONTACT: _("How to reach the person safely"),
    flow.WORDS: _("What happened"),
    flow.STORY: _("What was done so far, and what is wanted"),
}
EVERYTHING = frozenset(flow.SHEET_GROUPS)


@dataclass(frozen=True)
class Box:
    """One filled box of the sheet: its field group, its heading and its text."""

    group: str
    heading: str
    text: str


@dataclass(frozen=True)
class SheetView:
    """One version of the sheet, as far as whoever looks may read it."""

    ref: str
    version: int
    at: datetime
    unit: str
    boxes: tuple[Box, ...]
    read_back: bool
    confirmed_at: datetime | None

    def text(self, group: str) -> str:
        """What stands in the box of this group; nothing where it is empty or shut."""
        return next((box.text for box in self.boxes if box.group == group), "")


@dataclass(frozen=True)
class EntryLine:
    """What a party added, seen by the lead and by that party."""

    at: datetime
    party: str
    unit: str
    text: str


def sheet_for(held: Dossier, groups: Container[str] = EVERYTHING) -> SheetView | None:
    """The latest version with the boxes whose groups are open; nothing where none of them is filled. The case must be
    looked at, and the reading be logged."""
    latest = referring.sheets(held.case).first()
    if latest is None:
        return None
    seen = view_of(held, latest, groups)
    return seen if seen.boxes else None


def view_of(held: Dossier, sheet: Sheet, groups: Container[str]) -> SheetView:
    boxes = tuple(Box(group, str(BOXES[group]), text) for group in flow.SHEET_GROUPS
                  if group in groups and (text := held.opened(field_of(sheet, group))))
    return SheetView(number.ref_of(sheet.id), sheet.version, sheet.at, network.unit_said(sheet.unit), boxes,
                     sheet.read_back, sheet.confirmed_at)


def field_of(sheet: Sheet, group: str) -> str:
    """The sealed field that holds one box of one version."""
    return f"sheet:{sheet.id}:{group}"


def own_entries(held: Dossier, task: Task) -> list[EntryLine]:
    """What the party of this task added itself."""
    return [entry_line(held, one) for one in referring.entries(held.case) if one.task_id == task.id]


def entry_lines(held: Dossier) -> list[EntryLine]:
    """What all parties added, for the unit that leads. The reading must be logged."""
    return [entry_line(held, one) for one in referring.entries(held.case)]


def entry_line(held: Dossier, entry: SheetEntry) -> EntryLine:
    unit = network.unit_said(entry.task.unit) or held.opened(f"outside:{entry.task_id}")
    return EntryLine(entry.at, party_said(entry.task.party), unit, held.opened(f"entry:{entry.id}"))


@dataclass(frozen=True)
class SheetPage:
    """The sheet with all its versions, and the entries of parties, as the lead sees them."""

    number: str
    address: str
    now: SheetView | None
    earlier: tuple[SheetView, ...]
    entries: tuple[EntryLine, ...]
    # What she told, for the first version: nothing has to be typed again.
    told: dict[str, str]


def sheet_page(asker: door.Asker, typed_number: str) -> SheetPage:
    """The fact sheet of a case that the asker's unit leads. The reading is logged. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        note_reading(case, asker)
        held = Dossier(case)
        versions = [view_of(held, one, EVERYTHING) for one in referring.sheets(case)]
        texts = held.texts
        told = {flow.IDENTITY: texts.get("name", ""), flow.CONTACT: "\n".join(
            filter(None, [held.phone, texts.get("contact", "")])), flow.WORDS: case.words or texts.get("words", "")}
        return SheetPage(number.shown(case.number), case.number, versions[0] if versions else None,
                         tuple(versions[1:]), tuple(entry_lines(held)), told)

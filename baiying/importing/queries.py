"""Reads of sheets: what one sees of them on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from baiying.engine import sheets as reader
from baiying.importing import access, actions, columns
from baiying.importing.bringing import ERRAND
from baiying.importing.columns import Column
from baiying.importing.faults import Fault
from baiying.importing.models import Brought, Sheet
from baiying.kit import door
from baiying.network import queries as network

LISTED = 50


@dataclass(frozen=True)
class Place:
    """One column of the sheet on the page: its letter, its name there, what it is taken for, its first cells."""

    place: int
    letter: str
    name: str
    key: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Cell:
    """A fault with the name of its column and, where the page may correct it, the name of its field."""

    fault: Fault
    column: str
    letter: str
    field: str


@dataclass(frozen=True)
class SheetView:
    """A sheet on one page."""

    sheet: Sheet
    columns: tuple[Column, ...]
    places: list[Place]
    faults: list[Cell]
    lacking: list[Column]

    @property
    def stuck(self) -> bool:
        """Whether it should be worked on, and nobody has for ten minutes."""
        return actions.is_stuck(self.sheet)

    @property
    def share(self) -> int:
        """How much is done, in percent."""
        return round(100 * self.sheet.done / self.sheet.total) if self.sheet.total else 0


def sheets(asker: door.Asker) -> list[Sheet]:
    """The newest sheets of the asker's units."""
    with door.open(asker):
        return list(access.sheets()[:LISTED])


def open_sheet(asker: door.Asker, ref: str) -> SheetView:
    """One sheet. Raises Unseen."""
    with door.open(asker):
        sheet = access.sheet(ref)
    told = actions.kept(sheet)
    taken = {place: key for key, place in sheet.columns.items()}
    offset = int(told.get("offset", 0))
    first: list[Any] = told.get("first", [])
    names: list[str] = told.get("names") or [""] * max((len(cells) for _line, cells in first), default=0)
    places = [Place(at, columns.letter(at + offset), reader.visible(name), taken.get(at, ""),
                    [reader.visible(cells[at]) if at < len(cells) else "" for _line, cells in first])
              for at, name in enumerate(names)]
    found = [_cell(sheet, Fault(**one), offset) for one in told.get("faults", [])]
    return SheetView(sheet, columns.COLUMNS[sheet.kind], places, found, columns.missing(sheet.kind, sheet.columns))


def corrected(asker: door.Asker, ref: str) -> list[tuple[str, dict[str, tuple[Any, Any]]]]:
    """The units that a sheet corrected: name and, by field, what it was and what it became."""
    with door.open(asker):
        sheet = access.sheet(ref)
    with door.errand(ERRAND):
        rows = list(Brought.objects.filter(sheet=sheet, what="change").order_by("id")[:LISTED])
    units = network.units_by_id(one.row_id for one in rows)
    return [(units[one.row_id].name, {key: ((one.was or {}).get(key), value) for key, value in (one.now or {}).items()})
            for one in rows if one.row_id in units]


def _cell(sheet: Sheet, fault: Fault, offset: int) -> Cell:
    column = columns.column(sheet.kind, fault.column)
    place = sheet.columns.get(fault.column)
    return Cell(fault, column.name if column else "", columns.letter(place + offset) if place is not None else "",
                f"cell:{fault.line}:{fault.column}" if place is not None else "")

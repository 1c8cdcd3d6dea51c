"""From cells to rows: each row of a sheet with what its columns say, and the faults of what they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from baiying.engine import sheets
from baiying.importing import columns, faults
from baiying.importing.faults import Fault
from baiying.kit.errors import Refusal

READERS: dict[str, Callable[[sheets.Raw], Any]] = {
    columns.TEXT: sheets.text_of,
    columns.IDENTITY: sheets.identity_of,
    columns.TELEPHONE: sheets.telephone_of,
    columns.DATE: sheets.date_of,
    columns.YES_NO: sheets.yes_no_of,
}
EMPTY = Refusal(_("This cell is empty and is needed."))
Fixes = Mapping[tuple[int, str], str]


@dataclass
class SheetRow:
    """One row: its number, what its columns say, the cells themselves, what is wrong, and what will be entered."""

    line: int
    values: dict[str, Any]
    raws: dict[str, sheets.Raw]
    faults: list[Fault] = field(default_factory=list)
    made: Any = None
    other: str = ""  # what row it repeats

    def text(self, key: str) -> str:
        """What a column of text says; empty when there is none."""
        return str(self.values.get(key) or "")

    def refuse(self, key: str, refusal: Refusal) -> None:
        """This column cannot be taken."""
        self.faults.append(faults.of_refusal(self.line, key, self.raws.get(key), refusal))

    def held(self, key: str, rule: Callable[[], Any]) -> Any:
        """What a rule gives, or nothing and a fault of this column."""
        try:
            return rule()
        except Refusal as refusal:
            self.refuse(key, refusal)
            return None


def sheet_rows(
    table: sheets.Table, kind: str, header: int, chosen: Mapping[str, int], fixes: Fixes
) -> Iterator[SheetRow]:
    """Each row below the names of the columns. ``fixes`` are cells corrected on the page, by row and column."""
    places = [(one, chosen[one.key], READERS[one.form]) for one in columns.COLUMNS[kind] if one.key in chosen]
    for line, cells in table.rows():
        if line <= header:
            continue
        entry = SheetRow(line, {}, {})
        for one, place, reader in places:
            raw = cells[place] if place < len(cells) else None
            if fixes and (line, one.key) in fixes:
                raw = fixes[line, one.key]
            entry.raws[one.key] = raw
            try:
                value = entry.values[one.key] = reader(raw)
            except sheets.Ruined as ruined:
                entry.faults.append(faults.of_ruined(line, one.key, raw, ruined))
                continue
            if one.need and value in ("", None):
                entry.refuse(one.key, EMPTY)
        yield entry

"""What is wrong with a cell, in a sentence of the reader's language, with the cell as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from baiying.engine import sheets
from baiying.kit.errors import Refusal

PART = "\x1e"  # between the parts of a sentence that are translated each for itself
AS_TEXT = _("Keep such columns as text: select the column, choose Format Cells → Text, then paste or type the "
            "numbers; or use our template, whose columns are text already.")
RUINED = {
    "lines": _("This cell holds %(count)s lines; one cell is one thing. Put each into a row of its own."),
    "hashes": _("This cell shows only ####: its column is too narrow or its date cannot be shown. Correct it "
                "there."),
    "not_text": _("This cell holds a number or a formula's result where a text is expected."),
    "date_made": _("The spreadsheet has made a date (%(found)s) of what was typed. Keep the column as text and "
                   "type it again."),
    "id_number": _("The spreadsheet has taken this number for an amount and keeps only 15 of its digits "
                   "(%(found)s); the rest is lost and nobody can guess it. Take the numbers again from the cards "
                   "or from the original list."),
    "id_rounded": _("This number ends in three zeros, as when a spreadsheet rounds it: its last digits are lost. "
                    "Take it again from the card or from the original list."),
    "id_decimal": _("This number has become a decimal (%(found)s), so it went through a spreadsheet as an amount. "
                    "Take it again from the card or from the original list."),
    "id_short": _("This number has 17 digits, one too few: a digit was lost, perhaps a last X or a zero. Compare "
                  "it with the card."),
    "id_date": _("The spreadsheet has made a date (%(found)s) of this number."),
    "tel_number": _("The spreadsheet has taken this telephone number for an amount (%(found)s), so zeros or digits"
                    " may be lost."),
    "tel_zero": _("This telephone number seems to have lost the zero at its beginning (%(found)s), as spreadsheets"
                  " do. Write it with the zero of the area code."),
    "date_serial": _("This is the number by which a spreadsheet counts days (%(found)s); it may mean %(would)s. "
                     "Give the column the form of a date, or write year-month-day."),
    "month": _("This says a month without a day. Please write year-month-day."),
    "no_date": _("This is no date we can read without guessing. Please write year-month-day, for example "
                 "2026-01-02."),
    "no_such_day": _("This day does not exist in the calendar."),
    "yes_no": _("Please write yes or no."),
}
ADVISED = ("id_number", "id_rounded", "id_decimal", "id_date", "tel_number", "tel_zero")
UNREADABLE = {
    "empty": _("This file is empty, or its visible sheet is."),
    "workbook": _("This file cannot be opened as a spreadsheet: it is damaged or of another kind. Save it anew as "
                  ".xlsx or CSV."),
    "password": _("This file is locked with a password. Save a copy without one."),
    "unpacks": _("This file unpacks to far more than a sheet can be, so it was not opened."),
    "rows": _("This sheet has more than %(most)s rows. Divide it into several files."),
    "csv": _("This CSV file is broken (%(why)s). Save it anew from the spreadsheet."),
    "encoding": _("This file is neither UTF-8 nor GB18030 (line %(line)s). Save it anew as CSV UTF-8 or as .xlsx."),
    "no_text": _("This file is neither a spreadsheet nor text."),
}


@dataclass(frozen=True)
class Fault:
    """One fault: where (row, key of the column or nothing), the cell as it is, and the sentence in English with what
    fills its places, so that it can be told in any language later."""

    line: int
    column: str
    original: str
    sentence: str
    details: dict[str, str | int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The cell with everything visible that an eye would miss."""
        return sheets.visible(self.original)

    @property
    def told(self) -> str:
        """The sentence in the reader's language; a sentence made of two is translated in its parts."""
        space = "" if (get_language() or "zh").startswith("zh") else " "
        said = space.join(gettext(part) for part in self.sentence.split(PART))
        return said % self.details if self.details else said

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def of_ruined(line: int, column: str, raw: sheets.Raw, ruined: sheets.Ruined) -> Fault:
    """The fault of a cell that a spreadsheet has ruined."""
    parts = [RUINED[ruined.code], *([AS_TEXT] if ruined.code in ADVISED else [])]
    return Fault(line, column, sheets.said(raw), PART.join(_source(part) for part in parts),
                 _plain(ruined.details))


def of_refusal(line: int, column: str, raw: sheets.Raw, refusal: Refusal) -> Fault:
    """The fault that a rule of people or of the network tells."""
    return Fault(line, column, sheets.said(raw), _source(refusal.message),
                 _plain(refusal.details))


def of_unreadable(told: sheets.Unreadable) -> Refusal:
    """The sentence for a file that is no sheet."""
    return Refusal(UNREADABLE[told.code], **dict[str, Any](told.details))


def _plain(details: Mapping[str, object]) -> dict[str, str | int]:
    """What fills the places, as it can be kept: numbers stay numbers."""
    return {name: value if isinstance(value, int) else str(value) for name, value in details.items()}


def _source(sentence: object) -> str:
    """The sentence as it stands in the code: what is translated when it is shown."""
    with translation.override(None):
        return str(sentence)

"""The forms of bringing in a sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.importing.models import Kind
from baiying.network.models import Unit
from baiying.web.uploads import LARGEST

PLACE_DIGITS = 9
MOST_CELLS = 300
KINDS = ((Kind.UNITS, pgettext_lazy("sheet", "Units")), (Kind.POSTS, pgettext_lazy("sheet", "Posts")),
         (Kind.MEMBERS, pgettext_lazy("sheet", "Members")))


class SheetForm(forms.Form):
    """A file, what it is a list of, and for which of her units she brings it."""

    kind = forms.ChoiceField(label=_("What is in the sheet?"), choices=KINDS, widget=forms.RadioSelect,
                             error_messages={"required": _("Please say what is in the sheet.")})
    file = forms.FileField(label=_("The file"), allow_empty_file=True, max_length=200,
                           help_text=_(".xlsx, .xls, .ods or CSV, at most 50 MB."),
                           error_messages={"required": _("Please choose a file."),
                                           "missing": _("Please choose a file.")})

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("For which unit?"), choices=[(str(place), one.name) for place, one in enumerate(units)])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("This file is larger than 50 MB. Divide it into several."))
        return file

    @property
    def unit(self) -> Unit:
        """The unit it is brought for."""
        return self.units[int(self.cleaned_data.get("unit", 0))]

    @property
    def unit_id(self) -> UUID:
        return self.unit.id


def columns_chosen(posted: QueryDict) -> dict[str, int]:
    """Which column is what, as the page's lists say: `column:3` = `paper`."""
    chosen: dict[str, int] = {}
    for name in posted:
        place = name.removeprefix("column:")
        if name != place and is_place(place) and posted[name]:
            chosen.setdefault(str(posted[name]), int(place))
    return chosen


def is_place(typed: str) -> bool:
    """Whether it is the number of a column or row, none of thousands of digits: Python reads no such number."""
    return typed.isascii() and typed.isdecimal() and len(typed) <= PLACE_DIGITS


def cells_typed(posted: QueryDict) -> dict[tuple[int, str], str]:
    """Cells corrected on the page: `cell:12:paper` = what was typed; those left empty are not corrected."""
    typed: dict[tuple[int, str], str] = {}
    for name in list(posted)[:MOST_CELLS]:
        parts = name.split(":")
        if len(parts) == 3 and parts[0] == "cell" and is_place(parts[1]) and posted[name]:
            typed[int(parts[1]), parts[2][:20]] = str(posted[name])[:500]
    return typed

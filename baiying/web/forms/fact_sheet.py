"""The fact sheet as a form: a box for each field group, and whether it was read back to her."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions, queries
from baiying.cases.queries.sheet import BOXES
from baiying.engine import flow
from baiying.kit import door
from baiying.web.forms.doing import Doing
from baiying.web.forms.handler_acts import box
from baiying.web.forms.need import fresh_key


class SheetForm(Doing):
    """What is known by now, or what she told when nothing is written yet."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    read_back = forms.BooleanField(label=_("I have read it back to the person, and the answer was yes"), required=False)

    def __init__(self, data: QueryDict | None = None, *, seen: queries.SheetPage) -> None:
        now = seen.now
        start = {group: now.text(group) if now is not None else seen.told.get(group, "") for group in BOXES}
        super().__init__(data, initial={"key": fresh_key(), "based_on": now.version if now else 0, **start})
        for group, heading in BOXES.items():
            self.fields[group] = box(heading, rows=4, required=False)

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes in their order."""
        return [self[group] for group in flow.SHEET_GROUPS]

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Keep it as the next version. Raises Unseen, Refusal."""
        told = self.cleaned_data
        actions.write_sheet(asker, number, {group: told[group] for group in BOXES}, told["key"],
                            based_on=told["based_on"], read_back=told["read_back"])

    def now_based_on(self, seen: queries.SheetPage) -> None:
        """What comes back refused stands beside the newest version from now on, and can be saved after comparing."""
        if self.is_bound:
            sent = {name: self.data.get(name, "") for name in (*BOXES, "key", "read_back")}
            self.data = {**sent, "based_on": str(seen.now.version if seen.now is not None else 0)}

"""Who opens a protected case: naming somebody, and break-glass with its reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import emergency, protected
from baiying.cases.queries.emergency import GROUNDS
from baiying.kit import door
from baiying.web.forms.doing import Doing, Told
from baiying.web.forms.need import fresh_key

ALSO, ALONE = "also", "alone"


class NameForm(Told):
    """Who may open it from now on."""

    person = forms.CharField(max_length=12, error_messages={"required": _("Please choose somebody.")})
    how = forms.ChoiceField(choices=((ALSO, _("also")), (ALONE, _("alone"))),
                            error_messages={"required": _("Please choose whether she opens it beside the others.")})

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Name her. Raises Unseen, Refusal."""
        protected.name(asker, number, self.cleaned_data["person"], self.cleaned_data["how"] == ALONE)


class GlassForm(Doing):
    """Number, ground and reason."""

    number = forms.CharField(label=_("Number of the case"), max_length=40,
                             widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
                             error_messages={"required": _("Please type the number of the case.")})
    ground = forms.ChoiceField(label=_("Ground"), choices=tuple(GROUNDS.items()), widget=forms.RadioSelect,
                               error_messages={"required": _("Please choose a ground from the list.")})
    reason = forms.CharField(
        label=_("Why now, in your own words"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten characters. The person it is about reads this, word by word."),
        error_messages={"required": _("Please write why it must be opened now.")})

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, initial={"key": fresh_key(), **options})

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Break it. Raises Unseen, Refusal."""
        told = self.cleaned_data
        emergency.break_glass(asker, number, told["ground"], told["reason"], told["key"])

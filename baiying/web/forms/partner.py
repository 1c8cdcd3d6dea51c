"""What a unit that was brought in says back: done, or not, in writing and with a ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions
from baiying.catalogue import queries as catalogue
from baiying.kit import door
from baiying.web.forms.doing import Doing
from baiying.web.forms.handler_acts import Chosen, box
from baiying.web.forms.need import fresh_key
from baiying.web.templatetags.show import named


class BackForm(Doing):
    """What both have in common: whose part, and the words."""

    party = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: QueryDict | None = None, party: str = "", **options: Any) -> None:
        super().__init__(data, initial={"key": fresh_key(), "party": party}, **options)


class ArrivedForm(BackForm):
    """It has arrived."""

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.receive_task(asker, number, told["party"], told["key"])


class AddForm(BackForm):
    """Something for the unit that leads; the task goes on."""

    text = box(_("What the unit that leads should know"))

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.add_entry(asker, number, told["party"], told["text"], told["key"])


class FinishForm(BackForm):
    """Done: what came of it."""

    text = box(_("What was done, and what came of it"), rows=4)

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.finish_task(asker, number, told["party"], told["text"], told["key"])


class RefuseForm(BackForm):
    """Not done: the ground, and why."""

    ground = Chosen(label=_("Ground"))
    text = box(_("Why not, and what would be the right way"))

    def __init__(self, data: QueryDict | None = None, party: str = "", **options: Any) -> None:
        super().__init__(data, party, **options)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [(one.label, named(one, "label")) for one in catalogue.options("refusal_grounds")]

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.refuse_task(asker, number, told["party"], told["ground"], told["text"], told["key"])

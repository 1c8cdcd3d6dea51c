"""The forms of a party outside, and of the lead who asks one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions
from baiying.cases.actions import Answer
from baiying.cases.models import Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.web.forms.doing import Doing, Told
from baiying.web.forms.handler_acts import Chosen, Day, box
from baiying.web.forms.need import fresh_key
from baiying.web.templatetags.show import named


class CodeForm(Told):
    """The six digits."""

    code = forms.CharField(
        label=_("The six digits"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Please type the six digits that reached you another way.")})

    def clean_code(self) -> str:
        """Digits alone, however they were written."""
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())


class OutsideForm(Doing):
    """What all have in common: what is typed goes to the unit that leads."""

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, initial={"key": fresh_key()}, **options)

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Do it, by the link that `asker` holds. Raises Unseen, Refusal."""
        assert asker.outside is not None
        self.send(asker.outside)

    def send(self, way: bytes) -> None:
        raise NotImplementedError


class ReceivedForm(OutsideForm):
    """It has arrived."""

    def send(self, way: bytes) -> None:
        actions.receive_outside(way)


class ReplyForm(OutsideForm):
    """Words for the unit that leads; the task goes on."""

    text = box(_("What you want to say to the unit that asks"))

    def send(self, way: bytes) -> None:
        actions.reply_outside(way, self.cleaned_data["text"], [], self.cleaned_data["key"])


class DoneForm(OutsideForm):
    """Done: what came of it."""

    text = box(_("What was done, and what came of it"), rows=4)

    def send(self, way: bytes) -> None:
        told = self.cleaned_data
        actions.answer_outside(way, Answer(Task.State.DONE, "task_done", told["text"]), told["key"])


class NotDoneForm(OutsideForm):
    """Not done: the ground, and why."""

    ground = Chosen(label=_("Ground"))
    text = box(_("Why not, and what would be the right way"))

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [(one.label, named(one, "label")) for one in catalogue.options("refusal_grounds")]

    def send(self, way: bytes) -> None:
        told = self.cleaned_data
        actions.answer_outside(way, Answer(Task.State.REFUSED, "task_refused", told["text"], told["ground"]),
                               told["key"])


class GuestForm(Doing):
    """Whom to ask from outside: who it is, where the link goes and where the code."""

    party = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = forms.CharField(label=_("Who is asked: the office or firm, and the person there"), max_length=80)
    phone = forms.CharField(label=_("The link goes to this telephone"), max_length=40,
                            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
    code_phone = forms.CharField(
        label=_("The code goes to another telephone"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Left open: you see the code once and tell it by voice. Never where the link goes."))
    text = box(_("What you ask of it"), rows=4, help_text=_("It reads this and what is named above, nothing else. "
                                                            "Write no more about the person than the task needs."))
    due_on = Day(label=_("Until when"), required=False, help_text=_("Left open: five working days."))
    duty = Chosen(label=_("Does the law demand it?"), required=False)

    def __init__(self, data: QueryDict | None = None, *, party: str, matter: flow.Matter) -> None:
        super().__init__(data, initial={"key": fresh_key(), "party": party})
        found = [(one.label, named(one, "label")) for one in matter.duties if party in one.tells]
        duty = self.fields["duty"]
        assert isinstance(duty, forms.ChoiceField)
        duty.choices = [("", _("No, the person is asked first where the case is protected")), *found]
        if not found:
            del self.fields["duty"]

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Ask. Raises Unseen, Refusal; then nobody was asked."""
        told = self.cleaned_data
        self.task = actions.invite(asker, number, actions.Guest(
            told["party"], told["name"], told["phone"], told["text"], told["code_phone"], told["due_on"],
            told.get("duty") or ""), told["key"])

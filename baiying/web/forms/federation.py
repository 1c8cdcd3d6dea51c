"""What the level above decides: who leads, more time, an end; its answer to a complaint; a verdict that was heard."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions, queries
from baiying.cases.actions import relatives
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.number import ref_of
from baiying.web.forms.doing import Doing
from baiying.web.forms.handler_acts import Chosen, box
from baiying.web.forms.need import fresh_key
from baiying.web.forms.questions import Question, questions_of, raw_answers
from baiying.web.forms.verdict import VerdictForm

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class DeskForm(Doing):
    """What all of them have in common."""

    done: ClassVar[str]

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, initial={"key": fresh_key()}, **options)


class RulingForm(DeskForm):
    """Who leads from now on."""

    done = "ruling"
    unit = Chosen(label=_("Who leads"), widget=forms.RadioSelect,
                  error_messages={"required": _("Please choose who leads.")})
    text = box(_("Why this unit: it and the person read this"))

    def __init__(self, data: QueryDict | None = None, *, naming: queries.Naming) -> None:
        super().__init__(data)
        self.units = {ref_of(one.unit.id): one.unit.id for one in naming.candidates}

    def clean_unit(self) -> object:
        chosen = self.units.get(self.cleaned_data["unit"])
        if chosen is None:
            raise forms.ValidationError(_("This unit can no longer be named. Please choose another one."))
        return chosen

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.assign(asker, number, told["unit"], told["text"], told["key"])


class DecisionForm(DeskForm):
    """Yes or no, with a reason."""

    yes = forms.ChoiceField(label=_("Your decision"), choices=YES_NO, widget=forms.RadioSelect,
                            error_messages={"required": _("Please choose yes or no.")})
    text = box(_("Why"))


class ExtensionForm(DecisionForm):
    done = "extension"

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.decide_extension(asker, number, told["yes"] == "yes", told["text"], told["key"])


class EndingForm(DecisionForm):
    done = "ending"

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.decide_set_aside(asker, number, told["yes"] == "yes", told["text"], told["key"])


class ComplaintForm(DeskForm):
    done = "complaint"
    text = box(_("What you answer the person"), rows=5)

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.answer_complaint(asker, number, told["text"], told["key"])


class RelativeDecision(DecisionForm):
    """Yes or no to what a relative asks, where the unit below has nobody else to decide it."""

    done = "relative"
    demand = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @classmethod
    def of(cls, ref: str) -> Self:
        form = cls(auto_id=f"{ref}-%s")
        form.initial["demand"] = ref
        return form

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        relatives.decide(asker, number, told["demand"], told["yes"] == "yes", told["text"])


class HeardForm(VerdictForm, Doing):
    """The person's verdict as it was heard by telephone or came on paper."""

    done: ClassVar[str] = "verdict"
    via = forms.ChoiceField(label=_("How did the person say it?"), widget=forms.RadioSelect,
                            choices=(("phone", _("By telephone")), ("paper", _("On paper"))),
                            error_messages={"required": _("Please say how it came.")})

    def __init__(self, data: QueryDict | None = None, *, asks: tuple[flow.Ask, ...]) -> None:
        super().__init__(data, initial={"key": fresh_key()})
        self.asks = asks
        self.fields["contacted"].label = _("Was the person contacted in time, as the person says?")
        self.fields["why"].label = _("In the person's own words: why, what is missing?")

    @property
    def questions(self) -> list[Question]:
        """The closing questions, with what was said to them."""
        return questions_of(self.asks, raw_answers(self.data))

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.record_verdict(asker, number, told["verdict"], told["contacted"], told["via"], told["why"],
                               told["key"], raw_answers(self.data))

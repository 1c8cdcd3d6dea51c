"""Forms of incidents: a first report, and the presses on the page of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import incidents
from baiying.cases.actions.incidents import MOST_HOURS
from baiying.cases.queries.incidents import IncidentStep
from baiying.catalogue import queries as catalogue
from baiying.kit import door, moment
from baiying.web.forms.concerns import Numbers
from baiying.web.forms.questions import Question, questions_of, raw_answers
from baiying.web.forms.words import WordsField

__all__ = ["MOST_HOURS", "IncidentForm", "ReportForm", "StepAsked", "steps_asked"]

WHATS = ("level", "tell", "tick", "duty", "join", "leave", "step")
AGO = (("0", _("just now")), ("30", _("half an hour ago")), ("60", _("an hour ago")), ("120", _("two hours ago")),
       ("360", _("six hours ago")), ("1440", _("a day ago or more")))


class ReportForm(forms.Form):
    """A first report: the questions of the plan, and how long ago the unit learned of it."""

    key = forms.CharField(max_length=80)
    plan = forms.CharField(max_length=40)
    ago = forms.ChoiceField(choices=AGO)

    def carry_out(self, asker: door.Asker) -> str:
        """Report it; gives the name of the incident. Raises Unseen, Refusal."""
        told = self.cleaned_data
        return incidents.report(asker, told["plan"], raw_answers(self.data),
                                moment.now() - timedelta(minutes=int(told["ago"])), told["key"])

    @property
    def plans(self) -> list[tuple[str, Any, tuple[Question, ...]]]:
        """Each plan in force with its questions, and what was answered so far."""
        raw = raw_answers(self.data) if self.is_bound else {}
        found = ((key, catalogue.plan_of(one)) for key, one in catalogue.plans().items())
        return [(key, plan, tuple(questions_of(plan.asks.values(), raw, key))) for key, plan in found]

    @property
    def sentence(self) -> str:
        """What is wrong with it, in one sentence."""
        return str(_("Please say when you learned of it, and answer the questions again where they are empty."))


class IncidentForm(forms.Form):
    """One press on the page of an incident. ``what`` says which button it was."""

    what = forms.ChoiceField(choices=[(what, what) for what in WHATS])
    key = forms.CharField(max_length=80)
    level = forms.CharField(max_length=10, required=False)
    event = forms.CharField(max_length=20, required=False)
    check = forms.CharField(max_length=40, required=False)
    person = forms.CharField(max_length=12, required=False)
    hours = forms.IntegerField(required=False, min_value=1, max_value=MOST_HOURS)
    numbers = Numbers(required=False)
    step = forms.CharField(max_length=200, required=False)
    text = WordsField(required=False, most=20_000)

    def carry_out(self, asker: door.Asker, ref: str) -> str:
        """Do it; gives what the address of the page says of it. Raises Unseen, Refusal; then nothing is changed."""
        told = self.cleaned_data
        key, text = told["key"], told["text"]
        deeds: dict[str, Callable[[], Any]] = {
            "level": lambda: incidents.set_level(asker, ref, told["level"], text, key),
            "tell": lambda: incidents.tell(asker, ref, told["event"], text, key),
            "tick": lambda: incidents.tick(asker, ref, told["check"], key),
            "duty": lambda: incidents.put_on_duty(asker, ref, told["person"], told["hours"] or 0, key),
            "join": lambda: incidents.join(asker, ref, told["numbers"], key),
            "leave": lambda: (incidents.leave(asker, ref, told["numbers"]), 0),
            "step": lambda: incidents.step_all(asker, ref, told["step"], text, raw_answers(self.data), key),
        }
        done = deeds[told["what"]]()
        return "" if done is None else "?" + urlencode({"what": told["what"], "done": done[0], "left": done[1]})

    @property
    def sentence(self) -> str:
        """What is wrong with it, in one sentence."""
        if self.errors.keys() - {"hours"}:
            return str(_("This button can no longer be pressed. Please look at the page again."))
        return str(_("Please choose 1 to %(most)d hours.") % {"most": MOST_HOURS})


@dataclass(frozen=True)
class StepAsked:
    """One step for many, with its questions."""

    step: IncidentStep
    questions: tuple[Question, ...]
    open: bool = False


def steps_asked(steps: Iterable[IncidentStep], typed: QueryDict) -> list[StepAsked]:
    """The steps with what was typed for the one that came back."""
    return [StepAsked(one, tuple(questions_of(one.asks, raw_answers(typed) if typed.get("step") == one.key else {},
                                              one.move.key)), typed.get("step") == one.key) for one in steps]

"""What a handler can do with a case beside its next step: one form for each act, all under one disclosure.

A form is drawn with the choices of its case. What comes back is checked by the action, which knows better than any
list drawn minutes ago.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.network import queries as network
from baiying.web.forms.doing import Doing
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField
from baiying.web.templatetags.show import named

DISTRICT_SIGNS = 6  # digits of a district's code (GB/T 2260)
Choices = list[tuple[str, str]]


class Chosen(forms.ChoiceField):
    """One line of a list; whether it may be chosen is for the action to say."""

    def valid_value(self, value: str) -> bool:
        return True


class Day(forms.DateField):
    """A day, as the browser's own calendar sends it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                         error_messages={"invalid": _("Please write the day as year-month-day.")}, **options)


def box(label: Promise | str, rows: int = 3, **options: Any) -> WordsField:
    """A field for words."""
    return WordsField(label=label, widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}), **options)


class ActForm(Doing):
    """One act. `name` stands in its address; `away`: afterwards the case may no longer be this unit's."""

    name: ClassVar[str]
    label: ClassVar[Promise]
    says: ClassVar[Promise]
    away: ClassVar[bool] = False

    def __init__(self, data: QueryDict | None = None, *, case: queries.CaseView | None = None) -> None:
        super().__init__(data, auto_id=f"{self.name}_%s", initial={"key": fresh_key()})
        if case is not None:
            self.draw(case)

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        """Whether this act makes sense now; the action has the last word."""
        return not (case.case.ended or case.case.unassigned or case.case.stage in flow.WAITING)

    def draw(self, case: queries.CaseView) -> None:
        """Fill the lists of the form from the case."""

    def choose(self, field: str, choices: Iterable[tuple[str, str]]) -> None:
        """The lines of one list."""
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = list(choices)


class GiveBack(ActForm):
    name, away = "give_back", True
    label = _("Not ours: give it back")
    says = _("Twice in all; then the level above rules who leads, for good. The person reads your ground.")
    ground = Chosen(label=_("Ground"))
    text = box(_("Why, in a few words the person understands"))

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return case.may_give_back

    def draw(self, case: queries.CaseView) -> None:
        self.choose("ground", [(one.label, named(one, "label")) for one in catalogue.options("return_grounds")])

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.give_back(asker, number, told["ground"], told["text"], told["key"])


class Transfer(ActForm):
    name, away = "transfer", True
    label = _("Transfer, because the law says so")
    says = _("No return, and counted toward no limit: it names its article.")
    ground = Chosen(label=_("What the law demands"), widget=forms.RadioSelect,
                    error_messages={"required": _("Please choose from the list what the law demands.")})
    district = Chosen(label=_("If it belongs to another district: which one"), required=False)
    text = box(_("What the person is told: where it goes, whom to ask there"))

    def draw(self, case: queries.CaseView) -> None:
        chinese = catalogue.speaks_chinese()
        self.choose("ground", [(key, f"{named(one, 'label')} – {one.basis_zh if chinese else one.basis_en}")
                               for key, one in flow.TRANSFERS.items()])
        near = {one.code: one.name for one in network.other_districts()}
        found = network.find_area(case.words).other_district
        if found is not None and len(found.code) == DISTRICT_SIGNS:
            near[found.code] = found.name
            self.initial["district"] = found.code
        self.choose("district", [("", str(_("not said here"))), *near.items()])

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.transfer(asker, number, told["ground"], told["text"], told["key"], told["district"])


class Retake(ActForm):
    name, away = "retake", True
    label = _("It is another kind of need")
    says = _("The kind can be put right at any time. As long as nothing was done, a kind that another matter handles "
             "takes the case there, clocks and all; at another unit that counts as one “not ours”.")
    topic = Chosen(label=_("What it really is"),
                   error_messages={"required": _("Please choose what it really is.")})
    text = box(_("Why, for the person to read; needed where the matter changes"), required=False)

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return not case.case.unassigned and not case.case.ended

    def draw(self, case: queries.CaseView) -> None:
        self.choose("topic", [(one.key, named(one)) for one in catalogue.topics()])
        if case.case.topic:
            self.initial["topic"] = case.case.topic

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.retake_for(asker, number, actions.Another(topic=told["topic"]), told["text"], told["key"])


class Recuse(ActForm):
    name, away = "recuse", True
    label = _("I must keep out of this")
    says = _("A relative, a friend, an interest of your own. It leaves your lists at once; a colleague has it, "
             "or the level above names somebody.")
    sure = forms.BooleanField(label=_("Yes, I keep out of this case."),
                              error_messages={"required": _("Please tick the box: afterwards you cannot open it.")})

    def carry_out(self, asker: door.Asker, number: str) -> None:
        actions.recuse(asker, number, self.cleaned_data["key"])


class Pause(ActForm):
    name = "pause"
    label = _("Let our clocks stand still")
    says = _("Only ours, never the person's own legal clocks. The person sees the ground and the last day.")
    ground = Chosen(label=_("Ground"))
    until = Day(label=_("Last day of the pause"))
    text = box(_("What the person is told: what we wait for"))

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return super().offered(case) and case.case.paused_until is None and bool(case.matter.pauses)

    def draw(self, case: queries.CaseView) -> None:
        grounds = [(key, flow.PAUSE_GROUNDS[key]) for key in case.matter.pauses]
        self.choose("ground", [(key, _("%(ground)s (at most %(days)d days)") % {
            "ground": named(one, "label"), "days": flow.PAUSE_DAYS[key]}) for key, one in grounds])
        self.initial["until"] = moment.today() + timedelta(days=7)

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.pause(asker, number, told["ground"], told["until"], told["text"], told["key"])


class Resume(ActForm):
    name = "resume"
    label = _("Let the clocks run again")
    says = _("The days not needed are given back.")

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return not case.case.ended and case.case.paused_until is not None

    def carry_out(self, asker: door.Asker, number: str) -> None:
        actions.resume(asker, number, self.cleaned_data["key"])


class Extend(ActForm):
    name = "extend"
    label = _("Ask for more time")
    says = _("Once for each clock, granted by another person one level up.")
    clock = Chosen(label=_("Which clock"))
    reason = box(_("Why it takes longer"), most=200)

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return super().offered(case) and bool(extendable(case))

    def draw(self, case: queries.CaseView) -> None:
        self.choose("clock", [(one.word.key, named(one.word, "label")) for one in extendable(case)])

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.ask_extension(asker, number, told["clock"], told["reason"], told["key"])


class SetAside(ActForm):
    name = "set_aside"
    label = _("Ask for an end without the person's word")
    says = _("Spam, a mistake, a duplicate, a death. The level above decides, the person can contest it, "
             "and it never counts as solved.")
    ground = Chosen(label=_("Ground"))
    other = forms.CharField(label=_("For a duplicate: the number of the other case"), required=False, max_length=40,
                            widget=forms.TextInput(attrs={"class": "code-in", "autocomplete": "off"}))
    text = box(_("How do you know"))

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return not case.case.ended and not case.case.unassigned

    def draw(self, case: queries.CaseView) -> None:
        self.choose("ground", [(key, named(one, "label")) for key, one in flow.SET_ASIDE_GROUNDS.items()])

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.ask_set_aside(asker, number, told["ground"], told["text"], told["key"], other=told["other"])


class CallBack(ActForm):
    name = "call_back"
    label = _("Ask for a call back")
    says = _("The person cannot use the page: the level above asks for the verdict. "
             "You may not write it down yourself.")
    text = box(_("What whoever calls should know"), required=False)

    @classmethod
    def offered(cls, case: queries.CaseView) -> bool:
        return case.waits_for_her

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        actions.ask_call_back(asker, number, told["text"], told["key"])


def extendable(case: queries.CaseView) -> list[queries.ClockView]:
    """The running clocks of ours for which more time may be asked."""
    asked = {one.clock for one in case.extensions}
    return [one for one in case.clocks if one.running and not one.late and one.word.owner == "ours"
            and one.word.extend and one.word.key not in asked]


ACTS: dict[str, type[ActForm]] = {one.name: one for one in (
    Resume, Pause, Extend, CallBack, Retake, GiveBack, Transfer, Recuse, SetAside)}


def acts_for(case: queries.CaseView, tried: ActForm | None = None) -> list[ActForm]:
    """The acts that make sense now, each with its form; the one that was refused comes back as it was filled in."""
    found: list[ActForm] = []
    for name, kind in ACTS.items():
        if tried is not None and tried.name == name:
            tried.draw(case)
            found.append(tried)
        elif kind.offered(case):
            found.append(kind(case=case))
    return found

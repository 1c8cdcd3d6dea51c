"""Writing down a need for somebody who calls, brings a paper or stands at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions
from baiying.kit import door
from baiying.kit.number import ref_of
from baiying.network.models import Unit
from baiying.web.forms.need import ANSWERS, NeedForm, fresh_key
from baiying.web.forms.questions import Question, questions, raw_answers
from baiying.web.forms.words import WordsField
from baiying.web.templatetags.show import named

CHANNELS = (("phone", _("By telephone")), ("paper", _("On paper")), ("desk", _("At the counter")))
PLAIN = {"autocomplete": "off"}


class EnterForm(NeedForm):
    """The same box as hers, filled in by a handler, with what only an entry for another one needs."""

    channel = forms.ChoiceField(label=_("How did it come?"), choices=CHANNELS, widget=forms.RadioSelect,
                                initial="phone", error_messages={"required": _("Please say how it came.")})
    unit = forms.ChoiceField(label=_("Which unit writes it down?"))
    text_only = forms.BooleanField(label=_("Writes only, no calls (cannot hear, or does not want to)"), required=False)
    guardian = WordsField(label=_("The guardian's name"), required=False, most=60, widget=forms.TextInput(attrs=PLAIN))
    relation = WordsField(label=_("What the guardian is to the child"), required=False, most=40,
                          widget=forms.TextInput(attrs=PLAIN))
    guardian_phone = forms.CharField(label=_("The guardian's telephone"), required=False, max_length=40,
                                     widget=forms.TextInput(attrs={"type": "tel", **PLAIN}))
    guardian_consents = forms.BooleanField(label=_("The guardian agrees"), required=False)
    right = forms.BooleanField(required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {"words": _("What the person says, in the person's own words"), "area": _("Lives or works in"),
                  "name": _("What the person wants to be called"), "matter": _("What is it about?"),
                  "contact": _("When and how is it safe to reach the person?")}
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["phone"].help_text = _("No telephone is no hindrance: then only the slip leads back.")
        self.units = {ref_of(unit.id): unit for unit in units}
        self.fields["unit"].choices = [(key, named(unit)) for key, unit in self.units.items()]  # type: ignore[attr-defined]
        if len(self.units) == 1:
            self.fields["unit"].widget, self.initial["unit"] = forms.HiddenInput(), next(iter(self.units))

    @classmethod
    def fresh(cls, units: Sequence[Unit], matter: str = "") -> Self:
        """An empty form, of a kind of case if one was chosen."""
        return cls(initial={"key": fresh_key(), "matter": matter}, units=units)

    @classmethod
    def unread(cls, typed: QueryDict, units: Sequence[Unit]) -> Self:
        """What was typed so far, without a word of what is missing yet: another kind of case was chosen meanwhile."""
        kept = {name: typed.get(name, "") for name in cls.base_fields}
        return cls(initial={**kept, ANSWERS: raw_answers(typed)}, units=units)

    @property
    def questions(self) -> list[Question]:
        """The questions of the chosen kind of case, always: whoever writes it down can ask them now."""
        raw = raw_answers(self.data) if self.is_bound else self.initial.get(ANSWERS, {})
        return [one if self.is_bound else replace(one, error="") for one in questions(self.chosen, raw)]

    def store(self, asker: door.Asker) -> actions.Receipt:
        """Write it down, read back as it was. Raises Unseen, Refusal; then nothing is stored."""
        told = self.cleaned_data
        guardian = actions.Guardian(told["guardian"], told["relation"], told["guardian_phone"],
                                    told["guardian_consents"]) if told["guardian"] or told["relation"] else None
        need = replace(self.submission(), channel=told["channel"], guardian=guardian, text_only=told["text_only"])
        return actions.enter(asker, need, self.units[told["unit"]].id, told["right"])

    def carried(self) -> list[tuple[str, str]]:
        """Everything that was typed, for the hidden fields of the page on which it is read back."""
        assert isinstance(self.data, QueryDict)
        left = ("csrfmiddlewaretoken", "step", "right")
        return [(name, value) for name in self.data if name not in left for value in self.data.getlist(name)]

"""Her word at the end, and taking back."""

from __future__ import annotations

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField

VERDICTS = (
    ("solved", pgettext_lazy("her verdict", "Solved")),
    ("partly", pgettext_lazy("her verdict", "Partly solved")),
    ("not_solved", pgettext_lazy("her verdict", "Not solved")),
)
CONTACTED = (("yes", _("Yes")), ("no", _("No")), ("", _("I would rather not say")))


class VerdictForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    verdict = forms.ChoiceField(label=_("Is it solved?"), choices=VERDICTS, widget=forms.RadioSelect,
                                error_messages={"required": _("Please choose one of the three.")})
    contacted = forms.ChoiceField(label=_("Did somebody contact you in time?"), choices=CONTACTED, required=False,
                                  widget=forms.RadioSelect)
    why = WordsField(label=_("Why? What is missing?"), required=False, most=5_000,
                     widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key()})

    def clean_contacted(self) -> bool | None:
        return {"yes": True, "no": False}.get(str(self.cleaned_data["contacted"]))


class WithdrawForm(forms.Form):
    prefix = "back"
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    sure = forms.BooleanField(label=_("Yes, I take my request back. The case then ends."))

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key()})

"""A unit's answer templates: writing one, and setting one into the box of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.models import AnswerTemplate
from baiying.kit.number import ref_of
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField


class TextForm(forms.Form):
    """One template as it is written. The same title once more replaces the text."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    unit = forms.ChoiceField(label=_("Whose template?"))
    title = WordsField(label=_("Title"), most=60, help_text=_("By which you find it again; the same title once more "
                                                              "replaces the text."))
    text = WordsField(label=_("Text"), most=4_000, help_text=_("No person's name and no case in it: everybody of the "
                                                               "unit reads it."),
                      widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, units: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **{"initial": {"key": fresh_key()}, **options})
        self.units = {ref_of(unit.id): unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, unit.name) for key, unit in self.units.items()]
        if len(self.units) == 1:
            field.widget, self.initial["unit"] = forms.HiddenInput(), next(iter(self.units))


def inserted(typed: QueryDict, templates: Sequence[AnswerTemplate]) -> QueryDict:
    """What was typed with the chosen template behind it: a page without JavaScript loses no word either."""
    found = next((one for one in templates if ref_of(one.id) == typed.get("template")), None)
    filled = typed.copy()
    if found is not None:
        filled["text"] = "\n".join(part for part in (typed.get("text", "").strip(), found.text) if part)
    return filled

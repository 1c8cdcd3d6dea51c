"""Taking a grant back, or lessening it: why, in words that she reads, and what it should have been."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baiying.kit import door
from baiying.ledger.actions import ask_back
from baiying.ledger.words import GIVEN_WHY
from baiying.web.forms.doing import Told
from baiying.web.forms.ledger import YuanField
from baiying.web.forms.words import WordsField

ALL, PART = "all", "part"


class CorrectionForm(Told):
    """What is asked of a second person."""

    how = forms.ChoiceField(
        label=_("How much is taken back?"),
        choices=((ALL, _("All of it")), (PART, _("A part of it"))),
        widget=forms.RadioSelect,
        initial=ALL,
    )
    sum = YuanField(label=_("How much of it, in yuan (for a part)"), max_length=40, required=False)
    why = forms.ChoiceField(label=_("Why it is taken back"), choices=[(str(one.value), one.label) for one in GIVEN_WHY])
    words = WordsField(
        label=_("What the person reads about it"),
        most=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "box"}),
        help_text=_("Plain words: what was wrong, what is taken back, and whom she can ask."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("how") == PART and not self.errors and not (told.get("sum") or 0) > 0:
            raise ValidationError(_("Write how much is taken back, in yuan."))
        return told

    def carry_out(self, asker: door.Asker, number: str) -> None:
        told = self.cleaned_data
        ask_back(asker, number, told["why"], told["words"], told["sum"] if told["how"] == PART else None)

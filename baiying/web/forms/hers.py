"""The small forms of her own page: a word upwards, days that she tells later, a further kind of case."""

from __future__ import annotations

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from baiying.web.forms.doing import Told
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField


class WordForm(Told):
    """Her words to the level above, for a complaint or to contest an end."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    text = WordsField(most=5_000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
                      error_messages={"required": _("Please write a few words: what went wrong?")})

    @classmethod
    def fresh(cls, prefix: str) -> Self:
        """The empty form, with a key of its own; ``prefix`` keeps its ids apart from those of its neighbours."""
        return cls(prefix=prefix, initial={"key": fresh_key()})

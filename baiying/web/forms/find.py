"""Number and 查询码: the only way to a case for her who has no account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

TYPED_LETTERS = {"class": "code-in", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class FindForm(forms.Form):
    number = forms.CharField(
        label=_("Number"), max_length=40,
        widget=forms.TextInput(attrs=TYPED_LETTERS),
        error_messages={"required": _("Please type the number of your slip.")},
    )
    code = forms.CharField(
        label=_("Query code"), max_length=40,
        widget=forms.TextInput(attrs=TYPED_LETTERS),
        error_messages={"required": _("Please type the query code of your slip.")},
    )

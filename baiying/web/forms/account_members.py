"""Members of a unit: looking one up, entering one, what happened to her."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.members.identity import KINDS
from baiying.web.forms.doing import Told

NO_PAPER = [("", pgettext_lazy("paper", "none"))]
ONE_FORM = {"autocomplete": "off", "spellcheck": "false"}
DATE = forms.DateInput(attrs={"type": "date"})


class LookForm(forms.Form):
    """By exact name, telephone or paper: who only guesses finds nobody."""

    name = forms.CharField(label=pgettext_lazy("paper", "Name"), max_length=120, required=False,
                           widget=forms.TextInput(attrs=ONE_FORM))
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False,
                                widget=forms.TextInput(attrs=ONE_FORM))
    kind = forms.ChoiceField(label=_("Paper"), required=False, choices=[*NO_PAPER, *KINDS.items()])
    number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False,
                             widget=forms.TextInput(attrs=ONE_FORM))


class MemberForm(LookForm):
    """Somebody new, or what is known of her completed."""

    name = forms.CharField(
        label=pgettext_lazy("paper", "Name"), max_length=120, widget=forms.TextInput(attrs=ONE_FORM), error_messages={
            "required": _("There is no name. Please type it as it stands on the paper; one part is enough.")})
    unit = forms.UUIDField(label=_("Unit"), widget=forms.Select)
    member_number = forms.CharField(label=_("Member number"), max_length=60, required=False)
    since = forms.DateField(label=_("Member since"), required=False, widget=DATE)
    text_only = forms.BooleanField(label=_("Write to her, do not call (for instance, she is deaf)"), required=False)
    guardian_name = forms.CharField(label=_("Guardian: name (under 14)"), max_length=120, required=False)
    guardian_telephone = forms.CharField(label=_("Guardian: telephone"), max_length=40, required=False)
    guardian_relation = forms.CharField(label=_("Guardian: what she or he is to her"), max_length=40, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class MergeForm(Told):
    """Two cards are one person."""

    kept = forms.UUIDField()
    gone = forms.UUIDField()
    reason = forms.CharField(label=_("How do you know?"), max_length=200)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """Another colleague's yes to a merge, or taking it back."""

    merge = forms.UUIDField()
    yes = forms.BooleanField(required=False)


class DiedForm(forms.Form):
    person = forms.UUIDField()
    on = forms.DateField(label=_("Day of death"), widget=DATE)

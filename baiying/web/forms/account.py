"""Signing in, and what belongs to an account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_TYPED = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "characters",
              "spellcheck": "false", "class": "code-in"}
NEW_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(forms.Form):
    login = forms.CharField(label=_("Account"), max_length=64, widget=forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}))
    password = forms.CharField(label=_("Password"), max_length=200, strip=False,
                               widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class TelephoneForm(forms.Form):
    telephone = forms.CharField(
        label=_("Your telephone number"), max_length=40,
        help_text=_("A code of six digits goes there. Whoever reads your messages could use it, so a new device shows "
                    "nothing that could hurt you."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Please type your telephone number: a code goes there.")})


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=CODE_TYPED),
                           error_messages={"required": _("Please type the code.")})


class WhoForm(forms.Form):
    """Several people are reached at one telephone: which of them is she? Empty: none of these."""

    who = forms.UUIDField(required=False)


class PasswordForm(forms.Form):
    old = forms.CharField(label=_("Present password"), max_length=200, strip=False,
                          widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = forms.CharField(label=_("New password"), max_length=200, strip=False,
                          help_text=_("At least 12 characters. Four or five words in a row are good."),
                          widget=forms.PasswordInput(attrs=NEW_PASSWORD))


class JoinForm(forms.Form):
    password = forms.CharField(label=_("New password"), max_length=200, strip=False,
                               help_text=_("At least 12 characters. Four or five words in a row are good."),
                               widget=forms.PasswordInput(attrs=NEW_PASSWORD))


class PasskeyForm(forms.Form):
    """What the browser made or showed; without its script nothing comes."""

    called = forms.CharField(label=_("A name for it, for instance my telephone"), max_length=60, required=False)
    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class RowForm(forms.Form):
    """One line of a list of hers."""

    row = forms.UUIDField(required=False)

"""The forms of setting up, one a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.network.models import Organisation
from baiying.setup.answers import (
    DISTRICT,
    FEDERATIONS,
    MOST_ADMINISTRATORS,
    Administrator,
    Federation,
    proposed_name,
)

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class KeyForm(forms.Form):
    key = forms.CharField(
        label=_("One-time key"), max_length=60,
        help_text=_("Four groups of four letters. It stands in the window where the program was started, and in the "
                    "file setup.key of the data folder."),
        error_messages={"required": _("Please type the one-time key.")},
        widget=forms.TextInput(attrs={**PLAIN, "class": "code-in"}))


class DistrictForm(forms.Form):
    district = forms.CharField(
        label=_("Code of the district"), max_length=12,
        help_text=_("Six digits (GB/T 2260), for example 110107 for 石景山区. They are the first six digits of the "
                    "identity numbers given out there."),
        error_messages={"required": _("Please type the six digits.")},
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "numeric"}))
    areas = forms.FileField(
        label=_("Table of its streets and communities"), required=False, allow_empty_file=True,
        help_text=_("Only needed when this district's table does not come with the program: a CSV file with the "
                    "columns code, name, level, parent."))

    def clean_district(self) -> str:
        typed = str(self.cleaned_data["district"]).strip()
        if not DISTRICT.fullmatch(typed):
            raise ValidationError(_("A district has a code of six digits, for example 110107. Please look it up "
                                    "and type it."))
        return typed


class FederationsForm(forms.Form):
    """Which federations, how their district units are called, and whether their streets get units too."""

    def __init__(self, *args: Any, place: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in FEDERATIONS:
            self.fields[one.value] = forms.BooleanField(label=LABELS[one], required=False, initial=True)
            self.fields[f"{one.value}_name"] = forms.CharField(
                label=_("Name of the district unit"), required=False, max_length=120, initial=proposed_name(one, place))
            self.fields[f"{one.value}_telephone"] = forms.CharField(
                label=_("Telephone for the public"), required=False, max_length=40,
                widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
            self.fields[f"{one.value}_streets"] = forms.BooleanField(
                label=_("A unit in every street too, tied to the district unit"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        chosen = [one for one in FEDERATIONS if told.get(one.value)]
        if not chosen:
            raise ValidationError(_("Please choose at least one: trade union, women's federation, or both."))
        for one in chosen:
            if not str(told.get(f"{one.value}_name", "")).strip():
                self.add_error(f"{one.value}_name", _("The unit needs its name as it stands on its seal."))
        return told

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each federation, the choice first."""
        return [[self[name] for name in (one.value, f"{one.value}_name", f"{one.value}_telephone",
                                         f"{one.value}_streets")] for one in FEDERATIONS]

    def federations(self) -> tuple[Federation, ...]:
        told = self.cleaned_data
        return tuple(Federation(one.value, told[f"{one.value}_name"].strip(), telephone=told[f"{one.value}_telephone"],
                                streets=told[f"{one.value}_streets"]) for one in FEDERATIONS if told[one.value])


LABELS = {Organisation.UNION: _("Trade union"), Organisation.WOMEN: _("Women's federation")}


class KeysForm(forms.Form):
    seen = forms.BooleanField(
        label=_("I know where the keys lie, and that their backup must be kept in another place than the data."),
        error_messages={"required": _("Please confirm it: without the keys nobody can ever read what people told.")})


class PeopleForm(forms.Form):
    """One or two persons. A refused form comes back with everything in it, passwords too: nothing is typed twice."""

    def __init__(self, *args: Any, federations: tuple[Federation, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.federations = federations
        choices = [("", _("all of them")), *((one.organisation, one.name) for one in federations)]
        for place in range(MOST_ADMINISTRATORS):
            first = place == 0
            self.fields[f"name_{place}"] = forms.CharField(
                label=pgettext_lazy("person", "Name"), max_length=80, required=first,
                widget=forms.TextInput(attrs={"autocomplete": "off"}))
            self.fields[f"login_{place}"] = forms.CharField(
                label=_("Login"), max_length=64, required=first, widget=forms.TextInput(attrs=PLAIN),
                help_text=_("Lower-case letters and digits, for example he.yingsheng."))
            for field, label in (("password", _("Password")), ("again", _("The password once more"))):
                self.fields[f"{field}_{place}"] = forms.CharField(
                    label=label, max_length=200, required=first, strip=False,
                    help_text=_("At least 12 characters; a sentence of your own is best.") if field == "password"
                    else "",
                    widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}))
            if len(federations) > 1:
                self.fields[f"organisation_{place}"] = forms.ChoiceField(
                    label=_("Administrator of"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for place in range(MOST_ADMINISTRATORS):
            if told.get(f"password_{place}") != told.get(f"again_{place}") and f"again_{place}" not in self.errors:
                self.add_error(f"again_{place}", _("The two passwords differ. Please type one of them anew."))
        return told

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each person."""
        return [[self[name] for name in self.fields if name.endswith(f"_{place}")]
                for place in range(MOST_ADMINISTRATORS)]

    def administrators(self) -> tuple[Administrator, ...]:
        told = self.cleaned_data
        return tuple(
            Administrator(told[f"name_{place}"], told[f"login_{place}"].strip(), told[f"password_{place}"],
                          organisations=tuple(filter(None, [told.get(f"organisation_{place}", "")])))
            for place in range(MOST_ADMINISTRATORS)
            if any(told.get(f"{name}_{place}") for name in ("name", "login", "password")))

    def take(self, faults: dict[str, Any]) -> None:
        """Show the action's faults beside the fields that they are about."""
        for place, sentence in faults.items():
            parts = place.split(".")
            name = f"{parts[2].removesuffix('s')}_{parts[1]}" if len(parts) == 3 else ""
            self.add_error(name if name in self.fields else None, sentence)

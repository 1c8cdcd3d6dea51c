"""Money set aside, to whom it is paid, and the bank's file."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baiying.catalogue.promised import promised
from baiying.engine.services import Service
from baiying.kit import door, moment
from baiying.ledger.actions import To, open_budget, put_payee
from baiying.network.models import Unit
from baiying.web.forms.doing import Doing, Told
from baiying.web.templatetags.show import named

SUM = re.compile(r"(-?)([0-9]{1,11})(?:\.([0-9]{1,2}))?", re.ASCII)
ACCOUNT = re.compile(r"[0-9A-Za-z]{6,34}", re.ASCII)


class YuanField(forms.CharField):
    """A sum in yuan as people type it, with separators and at most two decimals; gives fen (nothing typed: 0)."""

    def clean(self, value: Any) -> int:
        if not self.required and not str(value or "").strip():
            return 0
        plain = re.sub(r"[\s,，¥元]", "", str(super().clean(value)))
        match = SUM.fullmatch(plain)
        if match is None:
            raise ValidationError(
                _("Write the sum in yuan in digits, with at most two decimals, e.g. 200000 or 1500.50.")
            )
        fen = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
        return -fen if match[1] else fen


class BudgetForm(Doing):
    """Money for one service in one year. A sum with a minus takes back what is still left."""

    service = forms.ChoiceField(label=_("For which service?"))
    year = forms.TypedChoiceField(label=_("For which year?"), coerce=int)
    sum = YuanField(
        label=_("How much more is set aside, in yuan?"),
        max_length=40,
        help_text=_("It is added to what is there. With a minus in front it takes back what is left."),
    )

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, year = units, moment.today().year
        self.fields["year"].choices = [(one, str(one)) for one in (year, year + 1)]  # type: ignore[attr-defined]
        self.fields["service"].choices = [(one.key, named(one)) for one in services()]  # type: ignore[attr-defined]
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("Whose budget?"), choices=[(str(place), one.name) for place, one in enumerate(units)]
            )

    def carry_out(self, asker: door.Asker, number: str = "") -> None:
        told = self.cleaned_data
        unit = self.units[int(told.get("unit") or 0)]
        open_budget(asker, told["key"], unit.district, unit.id, told["service"], told["year"], told["sum"])


class PayeeForm(Told):
    """Name and account of one who was granted something."""

    name = forms.CharField(label=_("Name of the account's holder"), max_length=60)
    account = forms.CharField(label=_("Account number"), max_length=60)
    bank = forms.CharField(label=_("Bank"), max_length=60, required=False)
    grant = forms.UUIDField(widget=forms.HiddenInput)

    def clean_account(self) -> str:
        plain = re.sub(r"[\s-]", "", str(self.cleaned_data["account"]))
        if not ACCOUNT.fullmatch(plain):
            raise ValidationError(_("An account number has 6 to 34 digits. Please compare it with the card or book."))
        return plain

    def carry_out(self, asker: door.Asker) -> None:
        told = self.cleaned_data
        put_payee(asker, UUID(str(told["grant"])), To(told["name"], told["account"], told["bank"]))


class ResultsForm(Told):
    """The bank's file with its results."""

    file = forms.FileField(
        label=_("The bank's file with the results (CSV)"),
        max_length=200,
        error_messages={
            "required": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "empty": _("This file is empty. Bring the one with the results."),
        },
    )


def services() -> list[Service]:
    """Every service in its order."""
    return sorted(promised().services.values(), key=lambda one: (one.order, one.key))

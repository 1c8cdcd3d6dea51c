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
from baiying.kit.number import ref_of
from baiying.ledger.actions import Plan, To, declare_matching, open_budget, put_payee
from baiying.ledger.actions.matching import MOST_PER_HUNDRED
from baiying.network import queries as network
from baiying.network.models import Level, Unit
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


class MatchingForm(Doing):
    """A unit adds to what another one grants: 100 yuan to each 100 is 1:1."""

    service = forms.ChoiceField(label=_("For which service?"))
    year = forms.TypedChoiceField(label=_("For which year?"), coerce=int)
    to = forms.ChoiceField(
        label=_("Whose grants do you add to?"),
        help_text=_("It counts for people of your own area, or whose request your unit has a part in."),
    )
    per_hundred = forms.IntegerField(
        label=_("How many yuan do you add to each 100 that they grant?"),
        help_text=_("100 is one to one."),
        min_value=1,
        max_value=MOST_PER_HUNDRED,
        initial=100,
    )
    most = YuanField(
        label=_("At most how much altogether, in yuan?"),
        max_length=40,
        help_text=_("When it is used up, nothing is added any more. It is paid out of your own budget."),
    )

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, today = units, moment.today()
        self.others = others_of(units)
        self.fields["year"].choices = [(one, str(one)) for one in (today.year, today.year + 1)]  # type: ignore[attr-defined]
        self.fields["service"].choices = [(one.key, named(one)) for one in services()]  # type: ignore[attr-defined]
        self.fields["to"].choices = [(ref_of(one.id), named(one)) for one in self.others]  # type: ignore[attr-defined]
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("Out of whose budget?"), choices=[(str(place), one.name) for place, one in enumerate(units)]
            )

    def carry_out(self, asker: door.Asker, number: str = "") -> None:
        told = self.cleaned_data
        unit = self.units[int(told.get("unit") or 0)]
        to = next(one for one in self.others if ref_of(one.id) == told["to"])
        plan = Plan(unit.id, to.id, told["service"], told["year"], told["per_hundred"], told["most"])
        declare_matching(asker, told["key"], unit.district, plan)


def others_of(units: list[Unit]) -> list[Unit]:
    """The units above and right below these, to whose grants one can add."""
    found: dict[UUID, Unit] = {}
    for unit in units:
        today, above = moment.today(), network.upper(unit, moment.today())
        while above is not None and above.id not in found:
            found[above.id] = above
            above = network.upper(above, today)
        below = network.lower(unit.id, today)
        own = [one for one in below if one.organisation == unit.organisation and one.level != Level.GRASSROOTS]
        found |= {one.id: one for one in own}
    return [one for key, one in found.items() if key not in {unit.id for unit in units}]


class AccountForm(Told):
    """Name and account, as they go to the bank."""

    name = forms.CharField(label=_("Name of the account's holder"), max_length=60)
    account = forms.CharField(label=_("Account number"), max_length=60)
    bank = forms.CharField(label=_("Bank"), max_length=60, required=False)

    def clean_account(self) -> str:
        plain = re.sub(r"[\s-]", "", str(self.cleaned_data["account"]))
        if not ACCOUNT.fullmatch(plain):
            raise ValidationError(_("An account number has 6 to 34 digits. Please compare it with the card or book."))
        return plain

    @property
    def to(self) -> To:
        told = self.cleaned_data
        return To(told["name"], told["account"], told["bank"])


class PayeeForm(AccountForm):
    """The same of one who was granted something, written down by whoever keeps the books."""

    grant = forms.UUIDField(widget=forms.HiddenInput)

    def carry_out(self, asker: door.Asker) -> None:
        put_payee(asker, UUID(str(self.cleaned_data["grant"])), self.to)


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

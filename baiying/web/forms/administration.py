"""What an administrator fills in. Every form is one deed; its key makes sending it twice the same as once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.catalogue import queries as catalogue
from baiying.kit import moment
from baiying.network import queries as network
from baiying.network.actions import BELOW, ROLES_OF
from baiying.network.models import Level, Organisation, TieKind, Unit, UnitRole
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField
from baiying.web.templatetags.show import named

HAND_OVER = _("I know: nobody is left here, and everything open goes to another unit for good.")
PEOPLE_GO = _("Those in office go on in the unit that takes over.")


def day_field(label: Any, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


def name_field(label: Any, most: int = 120, required: bool = True) -> WordsField:
    return WordsField(label=label, most=most, required=required, widget=forms.TextInput())


def area_choices() -> list[tuple[str, Any]]:
    """The streets of the district with their communities; the district itself first."""
    seen = [(street.code, street.name) for street in network.areas()]
    inside = [(street.name, [(one.code, one.name) for one in street.inside]) for street in network.areas()]
    return [*seen, *inside]


def unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(network.ref(one), named(one)) for one in units]


class DeedForm(forms.Form):
    """One deed on a unit. ``deed`` is its name in the page; fields named ``post``, ``absence`` and ``tie`` hold what it
    is about, as letters that say nothing."""

    deed: ClassVar[str] = ""
    about: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, unit: Unit, within: Sequence[Unit] = (), about: str = "") -> None:
        start: dict[str, Any] = {"key": fresh_key()}
        start |= {name: moment.today() for name in ("since", "on") if name in self.base_fields}
        if self.about:
            start[self.about] = about
        super().__init__(data, initial=start, auto_id=f"id_{self.deed}{about and '_'}{about}_%s")
        self.unit, self.within, self.subject = unit, within, about
        self.fields["key"] = forms.CharField(max_length=80, widget=forms.HiddenInput)
        if self.about:
            self.fields[self.about] = forms.CharField(max_length=20, widget=forms.HiddenInput)
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the unit."""

    def chosen(self, name: str) -> Unit | None:
        """The unit that was chosen, if it is one of those looked after."""
        wanted = self.cleaned_data.get(name)
        return next((one for one in self.within if network.ref(one) == wanted), None) if wanted else None


class AppointForm(DeedForm):
    deed = "appoint"
    login = forms.CharField(label=_("Account"), max_length=64, help_text=_("The login of a colleague."),
                            widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false",
                                                    "autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Post"))
    since = day_field(_("From"))
    until = day_field(_("No longer from"), required=False)
    receives = forms.BooleanField(label=_("Takes in work for the unit"), required=False, initial=True)
    full_name = name_field(_("Name, if the colleague has no account yet"), 80, required=False)
    telephone = forms.CharField(label=_("Telephone of the new colleague"), max_length=40, required=False)

    def prepare(self) -> None:
        roles = catalogue.roles()
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (key, f"{named(roles[key])} *" if network.needs_two(key) else named(roles[key]))
            for key in network.roles_for(self.unit)
        ]


class EndForm(DeedForm):
    deed, about = "end", "post"
    on = day_field(_("No longer from"))
    vacant = forms.BooleanField(label=_("The post stays and is vacant"), required=False)
    hand_over = forms.BooleanField(label=HAND_OVER, required=False)


class AwayForm(DeedForm):
    deed, about = "away", "post"
    since = day_field(_("Away from"))
    until = day_field(_("Back on"), required=False)
    substitute = forms.CharField(label=_("Who stands in (account)"), max_length=64, required=False,
                                 widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}))
    hand_over = forms.BooleanField(label=HAND_OVER, required=False)


class BackForm(DeedForm):
    deed, about = "back", "absence"
    on = day_field(_("Back on"))


class ResetForm(DeedForm):
    deed, about = "reset", "post"


class InviteAgainForm(DeedForm):
    deed, about = "again", "post"


class OpenForm(DeedForm):
    deed = "open"
    unit_name = name_field(pgettext_lazy("unit", "Name"))
    name_en = name_field(_("Name in English"), 160, required=False)
    level = forms.ChoiceField(label=_("Level"))
    roles = forms.MultipleChoiceField(label=_("What it is"), widget=forms.CheckboxSelectMultiple)
    area = forms.ChoiceField(label=_("Area"))
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    on = day_field(_("Opens on"))

    def prepare(self) -> None:
        fits = BELOW[Level(self.unit.level)]
        own = ROLES_OF.get(Organisation(self.unit.organisation), ())
        partner = self.unit.level == Level.DISTRICT or not own
        ours = {role for roles in ROLES_OF.values() for role in roles}
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in UnitRole if role in own or (partner and role not in ours)
        ]
        self.fields["level"].choices = [(one, Level(one).label) for one in fits]  # type: ignore[attr-defined]
        self.fields["area"].choices = area_choices()  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial["area"] = self.unit.area_id


class CloseForm(DeedForm):
    deed = "close"
    on = day_field(_("Closed from"))
    successor = forms.ChoiceField(label=_("Who takes over"), required=False)
    people_go = forms.BooleanField(label=PEOPLE_GO, required=False)

    def prepare(self) -> None:
        others = [one for one in self.within if one.organisation == self.unit.organisation and one.id != self.unit.id]
        self.fields["successor"].choices = [("", _("The unit above")), *unit_choices(others)]  # type: ignore[attr-defined]


class SplitForm(DeedForm):
    deed = "split"
    on = day_field(_("From"))
    first = name_field(_("First new unit (takes over what is open)"))
    first_area = forms.ChoiceField(label=_("Its area"))
    second = name_field(_("Second new unit"))
    second_area = forms.ChoiceField(label=_("Its area"))
    people_go = forms.BooleanField(label=PEOPLE_GO, required=False, initial=True)

    def prepare(self) -> None:
        for name in ("first_area", "second_area"):
            self.fields[name].choices = area_choices()  # type: ignore[attr-defined]
            if not self.is_bound:
                self.initial[name] = self.unit.area_id


class MergeForm(DeedForm):
    deed = "merge"
    on = day_field(_("From"))
    units = forms.MultipleChoiceField(label=_("These close and become part of this unit"),
                                      widget=forms.CheckboxSelectMultiple)
    people_go = forms.BooleanField(label=PEOPLE_GO, required=False, initial=True)

    def prepare(self) -> None:
        beside = {one.id for one in network.siblings(self.unit.id, moment.today())}
        others = [one for one in self.within if one.id in beside]
        self.fields["units"].choices = unit_choices(others)  # type: ignore[attr-defined]

    @property
    def offered(self) -> bool:
        return bool(self.fields["units"].choices)  # type: ignore[attr-defined]


class HangForm(DeedForm):
    deed = "hang"
    kind = forms.ChoiceField(label=_("Kind of tie"), choices=TieKind)
    upper = forms.ChoiceField(label=_("To which unit"))
    since = day_field(_("From"))

    def prepare(self) -> None:
        others = [one for one in self.within if one.id != self.unit.id]
        self.fields["upper"].choices = unit_choices(others)  # type: ignore[attr-defined]


class UntieForm(DeedForm):
    deed, about = "untie", "tie"
    on = day_field(_("No longer from"))


class DecideForm(forms.Form):
    """The second person's word on a proposal."""

    proposal = forms.CharField(max_length=20)
    yes = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


DEEDS: dict[str, type[DeedForm]] = {
    form.deed: form
    for form in (AppointForm, EndForm, AwayForm, BackForm, ResetForm, InviteAgainForm, OpenForm, CloseForm, SplitForm,
                 MergeForm, HangForm, UntieForm)
}

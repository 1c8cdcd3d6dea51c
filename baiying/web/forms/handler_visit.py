"""What was heard on a visit, a row for each thing: with her yes a case of hers, without it one count and no word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases import actions
from baiying.catalogue import queries as catalogue
from baiying.kit import door, moment
from baiying.kit.number import ref_of
from baiying.network.models import Unit
from baiying.web.forms.handler_acts import Day
from baiying.web.forms.need import AreaField, MatterField, areas, fresh_key
from baiying.web.forms.words import WordsField
from baiying.web.templatetags.show import named

ROWS, MORE, MOST = 3, 3, 12  # rows at first, rows a press of the button adds, rows at most: their slips fit one cookie
CONSENTS = (("no", pgettext_lazy("consent", "No: only counted")), ("yes", pgettext_lazy("consent", "Yes: a request")))


def topics() -> list[tuple[str, str]]:
    return [("", "—"), *((one.label, named(one, "label")) for one in catalogue.options("topics"))]


def kinds() -> list[tuple[str, Any]]:
    return [("", _("As visits usually are")), *((one.key, named(one)) for one in catalogue.matters())]


class HeardRow(forms.Form):
    """One thing heard. A row without a topic and without words is empty and left out."""

    topic = forms.ChoiceField(label=_("Topic"), choices=topics, required=False)
    consents = forms.ChoiceField(label=_("Does the person agree to a request?"), choices=CONSENTS, initial="no",
                                 widget=forms.RadioSelect)
    words = WordsField(label=_("What the person says"), required=False,
                       widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}))
    matter = MatterField(label=_("Kind of request"), choices=kinds, required=False)
    name = WordsField(label=_("What the person wants to be called"), required=False, most=60,
                      widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40,
                            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    contact = WordsField(label=_("When and how is it safe to reach the person?"), required=False, most=200,
                         widget=forms.TextInput(attrs={"autocomplete": "off"}))
    text_only = forms.BooleanField(label=_("Writes only, no calls"), required=False)

    def heard(self) -> actions.Heard | None:
        """The row as the action takes it, or nothing for an empty one."""
        told = self.cleaned_data
        if not any(told[name] for name in ("topic", "words", "name", "phone", "contact")):
            return None
        return actions.Heard(topic=told["topic"], words=told["words"], consents=told["consents"] == "yes",
                             matter=told["matter"] or None, phone=told["phone"], name=told["name"],
                             contact=told["contact"], text_only=told["text_only"])


class VisitForm(forms.Form):
    """The visit: who went, where, when; and its rows."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    unit = forms.ChoiceField(label=_("Which unit went?"))
    area = AreaField(label=_("Which community?"), choices=areas)
    on = Day(label=_("Day of the visit"))
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, data: QueryDict | None = None, *, units: Sequence[Unit], count: int = ROWS,
                 **options: Any) -> None:
        super().__init__(data, **options)
        self.units = {ref_of(unit.id): unit for unit in units}
        self.fields["unit"].choices = [(key, named(unit)) for key, unit in self.units.items()]  # type: ignore[attr-defined]
        if len(self.units) == 1:
            self.fields["unit"].widget, self.initial["unit"] = forms.HiddenInput(), next(iter(self.units))
        told = str(data.get("count", ""))[:6] if data else ""  # Python reads no number of thousands of digits
        self.length = min(int(told), MOST) if told.isascii() and told.isdigit() else count
        self.rows = [HeardRow(data, prefix=f"row{place}") for place in range(1, self.length + 1)]

    @classmethod
    def fresh(cls, units: Sequence[Unit]) -> Self:
        """An empty form for today."""
        return cls(units=units, initial={"key": fresh_key(), "on": moment.today(), "count": ROWS})

    @property
    def full(self) -> bool:
        """Whether no further row fits."""
        return self.length >= MOST

    def longer(self) -> Self:
        """The same with more rows, and without a word of what is missing yet."""
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed["count"] = str(min(self.length + MORE, MOST))
        made = type(self)(typed, units=list(self.units.values()))
        for form in (made, *made.rows):
            form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
        return made

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def store(self, asker: door.Asker) -> list[actions.Receipt]:
        """Enter the visit. Raises Unseen, Refusal; then nothing of it is stored."""
        told = self.cleaned_data
        rows = tuple(found for row in self.rows if (found := row.heard()) is not None)
        visit = actions.Visit(self.units[told["unit"]].id, told["area"], told["on"], rows)
        return actions.visit(asker, visit, told["key"])

"""Bringing in a unit: which part, which unit, what is asked of it, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.number import ref_of
from baiying.network.models import Level, Organisation, Unit
from baiying.web.forms.doing import Doing
from baiying.web.forms.handler_acts import Chosen, Day, box
from baiying.web.forms.need import fresh_key
from baiying.web.templatetags.show import named

Choices = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Part:
    """A part that somebody can be brought in for."""

    key: str
    name: str
    sees: tuple[str, ...]
    consent: bool


SEES = {"words": _("the person's words"), "name": _("the person's name"), "phone": _("the person's telephone number"),
        "story": _("how the case went so far"), "files": _("the papers and photos in the case")}


def parts(matter: flow.Matter) -> list[Part]:
    """The parts of a kind of case, each with what its unit reads beside its own task."""
    known = catalogue.words().parties
    found = [(key, known[key], flow.part_of(matter, key)) for key in flow.parties_of(matter) if key in known]
    return [Part(key, named(party), seen(matter, part.sees), part.consent) for key, party, part in found]


def seen(matter: flow.Matter, sees: Sequence[str]) -> tuple[str, ...]:
    """What a part reads, in the reader's language."""
    return tuple(str(SEES[one]) if one in SEES else catalogue.said(matter.asks[one]) for one in sees)


class BringInForm(Doing):
    """Whom, for what, until when. `duty`: the law demands it, and then the person is told and not asked."""

    party = forms.CharField(widget=forms.HiddenInput, max_length=40)
    unit = Chosen(label=_("Which unit"))
    text = box(_("What you ask of it"), rows=4, help_text=_("It reads this and what is named above, nothing else. "
                                                            "Write no more about the person than the task needs."))
    due_on = Day(label=_("Until when"), required=False, help_text=_("Left open: five working days."))
    duty = Chosen(label=_("Does the law demand it?"), required=False)

    def __init__(self, data: QueryDict | None = None, *, party: str, units: Sequence[Unit],
                 duties: Sequence[flow.Duty] = ()) -> None:
        super().__init__(data, initial={"key": fresh_key(), "party": party})
        self.units: dict[str, UUID] = {ref_of(unit.id): unit.id for unit in units}
        self.choices("unit", grouped(units))
        found = [(one.label, named(one, "label")) for one in duties if party in one.tells]
        self.choices("duty", [("", _("No, the person is asked first where the case is protected")), *found])
        if not found:
            del self.fields["duty"]

    def choices(self, field: str, lines: Choices) -> None:
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = lines

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Ask the unit. Raises Unseen, Refusal; then nobody was asked."""
        told = self.cleaned_data
        unit = self.units.get(told["unit"], UUID(int=0))  # one that is no longer on the list is refused as any other
        call = actions.Call(told["party"], unit, told["text"], told["due_on"], told.get("duty") or "")
        actions.bring_in(asker, number, call, told["key"])


def grouped(units: Sequence[Unit]) -> Choices:
    """The units for a select, those of one organisation together, the highest level first."""
    levels = list(Level)
    found = sorted(units, key=lambda unit: (levels.index(Level(unit.level)), unit.area_id, unit.name))
    groups = [(one.label, [(ref_of(unit.id), named(unit)) for unit in found if unit.organisation == one])
              for one in Organisation]
    return [(label, lines) for label, lines in groups if lines]


def form_for(asker: door.Asker, number: str, matter: flow.Matter, party: str,
             data: QueryDict | None = None) -> BringInForm:
    """The form for a part of this case. Raises Unseen."""
    return BringInForm(data, party=party, units=queries.candidates(asker, number, party), duties=matter.duties)

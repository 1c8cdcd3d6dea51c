"""What only the administrator's pages show: offices, proposals and levels in words."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from baiying.catalogue import queries as catalogue
from baiying.network import queries as network
from baiying.network.models import Proposal, UnitRole
from baiying.web.templatetags.show import day, named

register = template.Library()


@register.filter
def handle(thing: Any) -> str:
    """How an address or a form names a row of the network."""
    return network.ref(thing)


@register.filter
def role_name(role: str) -> str:
    """A role in the reader's language."""
    found = catalogue.roles().get(role)
    return named(found) if found is not None else role


@register.filter
def roles_said(roles: list[str]) -> str:
    """What a unit is, in words."""
    return " · ".join(str(UnitRole(role).label) for role in roles)


@register.filter
def proposal_said(proposal: Proposal) -> str:
    """What somebody proposed, in one sentence."""
    facts = proposal.facts
    told = {
        "unit": named(proposal.unit), "person": proposal.person.name if proposal.person else _("nobody"),
        "role": role_name(facts.get("role", "")), "since": _day(facts, "since"), "until": _day(facts, "until"),
        "on": _day(facts, "on"), "other": _units([facts["successor"]] if facts.get("successor") else []),
        "units": _units(facts.get("units", ())), "names": ", ".join(new["name"] for new in facts.get("into", ())),
    }  # fmt: skip
    return _sentence(proposal) % told


def _sentence(proposal: Proposal) -> str:
    what, facts = Proposal.What(proposal.what), proposal.facts
    if what == Proposal.What.APPOINT:
        if facts.get("until"):
            return _("%(person)s becomes %(role)s of %(unit)s from %(since)s, no longer from %(until)s.")
        return _("%(person)s becomes %(role)s of %(unit)s from %(since)s.")
    if what == Proposal.What.SUBSTITUTE and facts.get("until"):
        return _("%(person)s stands in as %(role)s of %(unit)s from %(since)s until back on %(until)s.")
    if what == Proposal.What.CLOSE and facts.get("successor"):
        return _("%(unit)s closes from %(on)s; %(other)s takes over.")
    return {
        Proposal.What.END_POST: _("%(person)s is no longer %(role)s of %(unit)s from %(on)s."),
        Proposal.What.SUBSTITUTE: _("%(person)s stands in as %(role)s of %(unit)s from %(since)s."),
        Proposal.What.CLOSE: _("%(unit)s closes from %(on)s; the unit above takes over."),
        Proposal.What.SPLIT: _("%(unit)s is split from %(on)s into: %(names)s."),
        Proposal.What.MERGE: _("From %(on)s these become part of %(unit)s: %(units)s."),
        Proposal.What.RESET: _("The second factor of %(person)s (%(unit)s) is reset."),
    }[what]


def _day(facts: dict[str, Any], name: str) -> str:
    return day(date.fromisoformat(facts[name])) if facts.get(name) else ""


def _units(ids: Any) -> str:
    return ", ".join(named(unit) for unit in network.units_by_id(UUID(one) for one in ids).values())

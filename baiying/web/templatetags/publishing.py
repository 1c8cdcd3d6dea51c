"""How a change of rules is told: why two people are needed, and streets by their first nine digits."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baiying.network import queries as network

register = template.Library()

WHY: dict[str, str | Promise] = {
    "gain": gettext_lazy("gains many people"),
    "lose": gettext_lazy("loses many of its people"),
    "everybody": gettext_lazy("selects everybody"),
    "nobody": gettext_lazy("selects nobody"),
    "money": gettext_lazy("costs much more"),
    "uncounted": gettext_lazy("cannot be counted"),
}


@register.filter
def why_said(why: str) -> str | Promise:
    """Why a change needs a second person."""
    return WHY.get(why, why)


@register.filter
def street_said(code: str) -> str:
    """A street by the first nine digits of its code; a district's own units have noughts there."""
    return network.area_said(f"{code}000") if code else _("members of no unit")

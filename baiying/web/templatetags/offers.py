"""How services are shown: sums in yuan, papers by their names, lengths of time."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from baiying.engine.clock import Rule
from baiying.services.queries.entitlement import Entitlements, Offer
from baiying.web.templatetags.show import named, span

register = template.Library()
FEN = 100


@register.filter
def yuan(fen: int) -> str:
    """A sum of fen in yuan, with fen only where there are some."""
    shown = f"{fen // FEN:,}" if fen % FEN == 0 else f"{fen / FEN:,.2f}"
    return _("%(sum)s yuan") % {"sum": shown}


@register.filter
def paper_named(offer: Offer, key: str) -> str:
    """A paper of the service by its key, as the reader calls it."""
    return named(next((one for one in offer.service.papers if one.key == key), None), "label")


@register.filter
def length_said(limit: str) -> str:
    """A length of time of the catalogue in words."""
    return span(Rule.parse(limit))


@register.filter
def count(found: Entitlements, kind: str) -> int:
    """How many services stand so; whatever is neither yes, no nor one answer away is open."""
    return len(state(found, kind))


@register.filter
def state(found: Entitlements, kind: str) -> tuple[Offer, ...]:
    """The services that stand so."""
    return found.of("open", "human") if kind == "open" else found.of(kind)

"""Amounts in fen as people read them, and the names of what they are for."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, gettext

from baiying.catalogue.promised import promised
from baiying.web.templatetags.show import named

register = template.Library()
WAN = 1_000_000  # ten thousand yuan, in fen


@register.filter
def yuan(fen: int | None) -> str:
    """1,234,567.50 元; whole yuan without decimals; nothing for nothing."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    number = f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return gettext("%(sum)s yuan") % {"sum": number}


@register.filter
def wan(fen: int) -> str:
    """The same in ten thousands, as large sums are spoken of in Chinese (123.46 万元); empty for a small one."""
    if abs(fen) < 10 * WAN or (get_language() or "").startswith("en"):
        return ""
    return f"{fen / WAN:,.2f}".rstrip("0").rstrip(".") + " 万元"


@register.filter
def service_named(key: str) -> str:
    """The name of a service by its key; the key of one that is in force no longer."""
    found = promised().services.get(key)
    return named(found) if found is not None else key


@register.filter
def band_named(band: str, service: str) -> str:
    """The name of a class of a service."""
    rule = promised().rules.get(service)
    return next((named(one, "label") for one in (rule.bands if rule else ()) if one.name == band), band)

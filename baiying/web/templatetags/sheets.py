"""What templates of sheets ask for."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def under(typed: Mapping[str, str], name: str) -> str:
    """What was typed into a field of this name; empty when nothing was."""
    return typed.get(name, "")

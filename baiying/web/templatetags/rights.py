"""Words of her safety and her rights in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from baiying.web.forms.need import REACH

register = template.Library()


@register.filter
def reach_said(chosen: str) -> str | Promise:
    """When messages may reach her, in words; what nobody can choose any more is never."""
    return dict(REACH).get(chosen, dict(REACH)["never"])

"""How the words of a service are shown."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from baiying.services.words import CLASSES

register = template.Library()


@register.filter
def class_said(privacy: str) -> str | Promise:
    """Who may read something of this class."""
    return CLASSES[privacy]

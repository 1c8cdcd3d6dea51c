"""How the words of a service are shown."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

# Class of a service or of a question -> who may read it (domain report 4.3).
CLASSES: dict[str, str | Promise] = {
    "P0": _("Everybody may read this."),
    "P1": _("Whoever is signed in may read this."),
    "P2": _("Only those with a part in your request read this."),
    "P3": _("Only named people with a reason read this; each opening is written down and shown to you."),
    "anonymous": _("Nobody can tell that it was you, not even who runs this."),
}


@register.filter
def class_said(privacy: str) -> str | Promise:
    """Who may read something of this class."""
    return CLASSES[privacy]

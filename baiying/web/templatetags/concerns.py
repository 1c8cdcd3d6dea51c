"""How concerns are told."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from baiying.boards.queries import LEAST_CELL
from baiying.cases.queries.lines import LEFT

register = template.Library()


@register.filter
def left_said(why: str) -> str:
    """Why a case left a concern."""
    return str(LEFT[why]) if why in LEFT else _("What was told was kept until that day")


@register.filter
def with_others(others: int) -> str:
    """How many others have the same need: not told when they are so few that they could be known."""
    return str(others) if others >= LEAST_CELL else ""

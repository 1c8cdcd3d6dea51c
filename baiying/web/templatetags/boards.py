"""What the tables of boards need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    """The value at a place."""
    return values[place]


@register.simple_tag
def board_file(shown: Any, table: Any, kind: str) -> str:
    """The address of a table as a file."""
    return str(shown.file(table.key, kind))

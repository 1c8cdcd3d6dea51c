"""What only the desks of staff and partners show."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django import template

from baiying.cases.queries.reading import VERDICTS
from baiying.web.guard import Staff

register = template.Library()


@register.filter
def may(staff: Staff | None, power: str) -> bool:
    """Whether a post held today gives this power: what one may not do is not offered either."""
    return staff is not None and staff.may(power)


@register.filter
def ref(thing: Any) -> str:
    """How a form names a unit or a template: an internal key never leaves the server."""
    return ref_of(thing.id)


def ref_of(key: UUID) -> str:
    """The twelve letters that stand for an internal key in a form."""
    return hashlib.sha256(key.bytes).hexdigest()[:12]


@register.filter
def verdict_words(verdict: str) -> str:
    """Her verdict in the reader's language."""
    return str(VERDICTS[verdict]) if verdict in VERDICTS else ""

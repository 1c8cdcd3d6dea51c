"""One line of the table of operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baiying.api.shapes.shape import Shape

BASE = "api/v1/"
PUBLIC = "public"  # for everybody
ASKER = "asker"  # she who holds number and query code; they come with each request
WAYS = (PUBLIC, ASKER)
ALWAYS = (400, 405, 500, 503)  # a foreign host, another method, our own fault, the store away or the house closed


@dataclass(frozen=True)
class Operation:
    """``says``: one line for docs/powers.md; ``zh``: the same for the document. ``answers``: what is told with each
    good status; ``refuses``: the statuses with a sentence, beside those that every operation has."""

    method: str
    path: str
    view: Callable[..., Any]
    power: str
    says: str
    zh: str
    answers: Mapping[int, type[Shape] | type[dict[str, Any]]]
    refuses: tuple[int, ...] = field(default=())

    @property
    def name(self) -> str:
        """How it is called in the document."""
        return self.view.__name__

    @property
    def address(self) -> str:
        """Its path from the root, as `web.routes` writes paths."""
        return BASE + self.path

"""A letter as it is printed: plain texts in the order of the page, no mark-up. What stands here is printed as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a heading, or none, and paragraphs, one a line."""

    heading: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs without empty ones."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Document:
    """One letter, filled in. `draft`: she files it herself; the page says so. `foot`: small lines below the date.
    `made_at` is written into the files as their time and is the only time in them."""

    title: str
    parts: tuple[Part, ...]
    made_at: datetime
    number: str = ""
    addressee: str = ""
    sign: tuple[str, ...] = ()
    date: str = ""
    draft: bool = False
    foot: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text alone, as her story shows it."""
        body = [line for part in self.parts for line in ((part.heading,) if part.heading else ()) + part.paragraphs]
        said = [self.title, self.number, f"{self.addressee}：" if self.addressee else "", *body, *self.sign, self.date,
                *self.foot]
        return "\n".join(line for line in said if line)

    def kept(self) -> str:
        """As it is kept, sealed, for making the same files again."""
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_kept(cls, text: str) -> Document:
        """What `kept` gave, as a document again."""
        read: Mapping[str, object] = json.loads(text)
        return cls(**{**read, "parts": tuple(Part(**part) for part in read["parts"]),  # type: ignore[arg-type, attr-defined]
                      "sign": tuple(read["sign"]), "foot": tuple(read["foot"]),  # type: ignore[arg-type]
                      "made_at": datetime.fromisoformat(str(read["made_at"]))})

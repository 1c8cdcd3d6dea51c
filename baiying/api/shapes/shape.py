"""What all shapes have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from baiying.catalogue.queries import speaks_chinese
from baiying.engine.text.typesetting import chinese


class Shape(BaseModel):
    """Something that is told. Every field is always there; one without a value is null."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Sent(BaseModel):
    """Something that is sent. Nothing is guessed: a field of another kind or of another name is refused."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)


class Sentence(Shape):
    """Why something was not done."""

    sentence: str
    """What happened, why, and what to do, in the language that was asked for."""


def said(thing: object, attribute: str = "name") -> str:
    """A word of the catalogue in the reader's language; Chinese where it has no English one. As on the pages: what the
    catalogue says is set with Chinese punctuation, the name of a unit or a place is its own."""
    english = "" if speaks_chinese() else str(getattr(thing, f"{attribute}_en", ""))
    own = english or str(getattr(thing, attribute, ""))
    return own if english or hasattr(thing, "_meta") else chinese(own)


def typeset(text: str) -> str:
    """A sentence made of the catalogue's words, with the punctuation of the reader's language."""
    return chinese(text) if speaks_chinese() else text

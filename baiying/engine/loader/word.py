"""What the language of the catalogue says of one word of a block."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a block. `of` is the block of its tables, `refers` the kind of thing its text names."""

    type: str = "text"
    needed: bool = False
    most: int = 0
    least: int = 0
    choices: tuple[str, ...] = ()
    refers: str = ""
    of: str = ""
    none: bool = False  # an empty list says something too: none of them

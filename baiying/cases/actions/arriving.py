"""What arrives may hold what no text is: zero characters, halves of characters, nothing that can be seen."""

from __future__ import annotations

from collections.abc import Mapping

ZERO = "\0"  # PostgreSQL keeps none (its documentation, 8.3 Character Types)


def storable(text: str) -> str:
    """The text as it can be kept: without zero characters; halves of a surrogate pair show as U+FFFD."""
    return text.replace(ZERO, "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """Answers to a form, each text of them as it can be kept."""
    return {storable(name): storable(value) if isinstance(value, str) else value for name, value in answers.items()}


def says_something(text: str) -> bool:
    """Whether anything of it can be seen: spaces and invisible characters (zero width, marks of direction) do not
    count."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)

"""After an answer: a word to the person who asked that something waits for her, and nothing of what."""

from __future__ import annotations

from baiying.cases import actions


def tell_her(case: str) -> None:
    """Tell the person by the contact she gave; without one, nothing is sent."""
    actions.tell_her(case)

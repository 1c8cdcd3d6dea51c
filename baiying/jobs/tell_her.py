"""After an answer: a word to the person who asked that something waits for her, and nothing of what."""

from __future__ import annotations

from baiying.cases import actions
from baiying.kit import queue


def tell_her(case: str, notice: str = "new") -> None:
    """Tell the person by the contact she gave, in the hours she chose; outside of them the job comes back then."""
    later = actions.tell_her(case, notice)
    if later is not None:
        queue.at(later, "tell_her", case=case, notice=notice)

"""By day: an answer waits for her word. Reminders on days 3, 7 and 14; on day 30 silence is called 未评."""

from __future__ import annotations

from baiying.cases import actions


def reminders(timestamp: int) -> None:
    """Send what is due, by the contact she gave and where that is safe; shelve what nobody judged."""
    actions.remind()

"""Every few seconds: the search reads what has come or changed since."""

from __future__ import annotations

from baiying.cases.actions import searching


def search(timestamp: int) -> None:
    """Let the search know of the cases that it has not read yet."""
    searching.read_unread()

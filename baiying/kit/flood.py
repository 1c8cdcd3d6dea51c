"""A brake on floods of submissions, counted in this process alone.

A count in the database (kit.rate) would make everybody behind one address wait for one row, and would cost each
submission a commit of its own. A flood only has to be slowed down, not counted exactly: with several processes the
limit is that many times higher.
"""

from __future__ import annotations

from threading import Lock

from baiying.kit import moment

KEPT = 50_000  # addresses; when more come, the counts begin anew
_counts: dict[str, tuple[int, int]] = {}
_lock = Lock()


def allow(address: str, limit: int, seconds: int) -> bool:
    """Count one submission from this address; whether it is within the limit of the present window."""
    window = int(moment.now().timestamp()) // seconds
    with _lock:
        if len(_counts) > KEPT:
            _counts.clear()
        began, count = _counts.get(address, (window, 0))
        count = count + 1 if began == window else 1
        _counts[address] = (window, count)
    return count <= limit

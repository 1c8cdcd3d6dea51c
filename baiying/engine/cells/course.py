"""Counts that come in one after the other, each told or hidden for good as it comes.

Whoever looks every week keeps what stood there the week before. So nothing that was told may ever be needed to hide
another one: what hides a small count comes after it, never before. Where none comes any more, the sum stays untold.
"""

from __future__ import annotations

from collections.abc import Sequence

from baiying.engine.cells.suppression import LEAST, may_be_told


def tell_course(counts: Sequence[int]) -> tuple[list[int | None], bool]:
    """The counts in the order in which they came, None where one is not told; and whether their sum may be told.

    A small count is hidden, and with it those after it until at least two are and hold LEAST between them. Nought is
    about nobody and told. Of a course that is longer the first counts are told as they were.
    """
    told: list[int | None] = []
    hidden: list[int] = []
    for count in counts:
        pending = bool(hidden) and not _enough(hidden)
        if count and (pending or not may_be_told(count)):
            hidden.append(count)
            told.append(None)
        else:
            told.append(count)
    return told, not hidden or _enough(hidden)


def _enough(hidden: Sequence[int]) -> bool:
    """Whether these keep one another although their sum is known."""
    return len(hidden) >= 2 and sum(hidden) >= LEAST

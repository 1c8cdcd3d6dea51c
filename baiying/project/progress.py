"""A progress bar on anything that may take longer than two seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tqdm import tqdm

Progress = Callable[[str, int, int], None]
SHOWN_AFTER = 2.0  # seconds


def quiet(what: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


class Bars:
    """One bar a task, shown only when the task lasts longer than two seconds (`tqdm` delay).

    A step of another name that goes on where the last one stood moves the same bar under its own name.
    """

    def __init__(self) -> None:
        self.bar: tqdm[Any] | None = None
        self.what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        bar = self.bar
        if bar is None or total != bar.total or done < bar.n:
            if bar is not None:
                bar.close()
            bar = self.bar = tqdm(total=total, unit="", delay=SHOWN_AFTER, file=sys.stderr, leave=True)
        if what != self.what:
            self.what = what
            bar.set_description(what, refresh=False)
        bar.update(done - bar.n)
        if done >= total:
            bar.close()
            self.bar = None

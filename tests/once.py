"""What is dear to make is made once for a whole run, however many processes share the run (pytest-xdist)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from baiying.project.testing import MARK


def place(name: str) -> Path:
    """Where something of this run lies; gone with the run."""
    return Path(os.environ[MARK]) / name


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """One process after another; gives the file that says the thing is made."""
    with place(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place(f"{name}.made")


def once(name: str, make: Callable[[], object]) -> None:
    """Make it unless another process of this run has; whoever comes meanwhile waits."""
    with alone(name) as made:
        if not made.exists():
            make()
            made.touch()

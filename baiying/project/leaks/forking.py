"""Work in a child of this process: whatever it remembers, patches or breaks goes with it."""

from __future__ import annotations

import gc
import os
import pickle
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

from baiying.project.errors import Trouble

LOOK_EVERY = 0.02  # seconds
Result = TypeVar("Result")
Task = tuple[str, Callable[[], Result]]


def both(tasks: Iterable[Task[Result]], folder: Path, at_once: int = 0) -> Iterator[tuple[str, Result]]:
    """Run each task in a child, so many at once (0: as many as there are processors); gives (name, result) in the
    order in which they end.

    :raises Trouble: a task failed; with its trace.
    """
    connection.close()
    at_once = at_once or os.cpu_count() or 2
    gc.freeze()  # what the children share is neither looked through by them nor copied
    running: dict[int, tuple[str, Path]] = {}
    left = iter(enumerate(tasks))
    try:
        while True:
            while len(running) < at_once and (following := next(left, None)) is not None:
                turn, (name, work) = following
                path = folder / f"{turn}.result"
                running[start(work, path)] = (name, path)
            if not running:
                return
            name, path = running.pop(ended(running))
            yield name, result(name, path)
    finally:
        for child in running:
            os.kill(child, 9)
            os.waitpid(child, 0)


def ended(running: Iterable[int]) -> int:
    """The first of these children to end; no other child of this process is touched."""
    while True:
        for child in running:
            if os.waitpid(child, os.WNOHANG)[0]:
                return child
        time.sleep(LOOK_EVERY)


def start(work: Callable[[], Result], path: Path) -> int:
    """Begin in a child; what it gives, or how it failed, is in the file when it has ended."""
    child = os.fork()
    if child:
        return child
    try:
        told: tuple[bool, object] = True, work()
    except BaseException:
        told = False, traceback.format_exc()
    try:
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(told))
        part.rename(path)
    finally:
        os._exit(0)


def result(name: str, path: Path) -> Any:
    """What a child left. Raises Trouble."""
    if not path.exists():
        raise Trouble(f"The world “{name}” ended without a word.")
    done, told = pickle.loads(path.read_bytes())  # written by a child of this very process
    path.unlink()
    if not done:
        raise Trouble(f"The world “{name}” could not be walked:\n{told}")
    return told

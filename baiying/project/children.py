"""The processes that belong to one run: started together, restarted when they die, stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None] | None:
    """A hook for the child: the kernel sends it this signal when its parent dies, even by kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def hook() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return hook


@dataclass
class Child:
    """One process of ours and how to start it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen(
            list(self.command), env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent(),
        )
        self.starts += 1

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, patience: float = 15.0) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def watch(children: Sequence[Child], stopping: Callable[[], bool], keep_up: Callable[[], None]) -> None:
    """Keep every child running until `stopping` says so; one that dies is started again.

    `keep_up` is called on each round and keeps what the children need (the database) up.
    """
    while not stopping():
        keep_up()
        for child in children:
            if child.died() and not stopping():
                print(f"{child.name} ended unexpectedly and is started again.", file=sys.stderr, flush=True)
                child.start()
        time.sleep(0.2)

"""The processes that belong to one run: started together, restarted when they die, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

CHILD = "BAIYING_CHILD"  # set for processes of our launcher, none of which may outlive its parent
PR_SET_PDEATHSIG = 1  # prctl(2)
LOOK_EVERY = 0.2  # seconds between two looks at the children
SHORT_LIFE = 10.0  # seconds; one that dies sooner is started again only after a pause that doubles
LONGEST_PAUSE = 30.0


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None] | None:
    """A hook for the child: the kernel sends it this signal when its parent dies, even by kill -9.

    The kernel forgets this when a process changes its user, so the hook must run after that
    (subprocess runs preexec_fn last). A parent that died before the hook ran is noticed too. The child does not inherit
    that the signal is ignored, as it is in whatever a shell without job control started in the background.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def hook() -> None:
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def follow_parent(number: int = signal.SIGTERM) -> None:
    """Ask for this signal when the parent of this process dies; for processes that others start for us.

    A parent that died before we asked is noticed too: we then belong to somebody outside our process group.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getpgid(os.getppid()) != os.getpgrp():
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Child:
    """One process of ours and how to start it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            list(self.command), env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent(),
        )
        self.started_at = time.monotonic()

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def start_again(self) -> None:
        """Start it anew; after a short life only when a pause has passed, so that a lasting fault fills no log."""
        now = time.monotonic()
        if now < self.started_at + self.pause:
            return
        lived = now - self.started_at
        self.pause = min(max(2 * self.pause, 1.0), LONGEST_PAUSE) if lived < SHORT_LIFE + self.pause else 0.0
        print(f"{self.name} ended unexpectedly and is started again.", file=sys.stderr, flush=True)
        self.sweep()
        self.start()

    def sweep(self) -> None:
        """End what a dead child left of its own: its group outlives it (granian's workers hold the port)."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, patience: float = 15.0) -> None:
        """Wait for the end that was asked for; after this many seconds end the whole group."""
        self.ask_to_stop()
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
            self.sweep()
            self.process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Ask all at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()


def watch(children: Sequence[Child], stopping: Callable[[], bool], keep_up: Callable[[], None]) -> None:
    """Keep every child running until `stopping` says so; one that dies is started again.

    `keep_up` is called on each round and keeps what the children need (the database) up.
    """
    while not stopping():
        keep_up()
        for child in children:
            if child.died() and not stopping():
                child.start_again()
        time.sleep(LOOK_EVERY)

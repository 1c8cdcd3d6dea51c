"""`baiying run`: everything that serves people, from one command, stopped by Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from baiying.project import installation
from baiying.project.children import Child, watch
from baiying.project.database import addresses
from baiying.project.errors import Trouble
from baiying.project.folders import Folders, folders
from baiying.project.postgres import Server
from baiying.project.progress import Bars

PORT = 8000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="the demo district; every page says 演示")


def run(chosen: argparse.Namespace) -> int:
    """Start database, web and worker, and keep them up until told to stop."""
    if chosen.demo:
        os.environ["BAIYING_DEMO"] = "1"
    stop = Stop()
    where = folders()
    lock = only_one(where)
    port = int(os.environ.get("BAIYING_PORT", PORT))
    server = start_database(where)
    children: list[Child] = []
    try:
        prepare(chosen.demo)
        children = [web(port), worker()]
        for child in children:
            child.start()
        greet(port, chosen.demo)
        watch(children, stop, keep_up=(lambda: None) if server is None else server.keep_up)
    except Stopped:
        pass
    finally:
        stop.quiet()
        print("Stopping …", flush=True)
        for child in children:
            child.stop()
        if server is not None:
            server.stop()
        lock.close()
    return 0


class Stopped(Exception):
    """A signal asked to stop while something long was under way."""


class Stop:
    """Whether Ctrl-C or SIGTERM has asked us to stop; the first signal also breaks what is under way."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.hear)

    def hear(self, number: int, frame: FrameType | None) -> None:
        if not self.asked:
            self.asked = True
            raise Stopped

    def quiet(self) -> None:
        """From here on signals are too late to matter: the stop is under way."""
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


def only_one(where: Folders) -> object:
    """Hold the data folder for this run; a second run of the same folder is refused."""
    where.data.mkdir(mode=0o711, parents=True, exist_ok=True)
    lock = open(where.data / "run.lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Trouble(f"百应 is already running on {where.data}. Stop it first (Ctrl-C where it was started), "
                      f"or set BAIYING_DATA and BAIYING_PORT for a second one.") from error
    return lock


def start_database(where: Folders) -> Server | None:
    """The embedded server, or nothing when DATABASE_URL names one that is already there."""
    if not addresses_are_ours():
        return None
    server = Server(where)
    server.prepare()
    server.start()
    return server


def addresses_are_ours() -> bool:
    return not os.environ.get("DATABASE_URL")


def prepare(demo: bool) -> None:
    """Tables, catalogue, demo district and static files."""
    installation.migrate()
    import django

    django.setup()
    installation.fill(demo, Bars())
    if demo:
        installation.tell_needs(Bars())
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    from django.db import connections

    connections.close_all()


def web(port: int) -> Child:
    """The web process: granian on loopback, which restarts its own workers too."""
    workers = os.environ.get("BAIYING_WORKERS", "1")
    threads = os.environ.get("BAIYING_THREADS", "4")
    host = os.environ.get("BAIYING_HOST", "127.0.0.1")
    return Child("web", [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", workers, "--blocking-threads", threads, "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", "baiying.project.wsgi:application",
    ])


def worker() -> Child:
    return Child("worker", [sys.executable, "-m", "baiying.project.command", "work"])


def greet(port: int, demo: bool) -> None:
    """Say where to go and, in the demo, as whom."""
    print(f"\n百应  http://127.0.0.1:{port}/\n", flush=True)
    if demo:
        from baiying.project.demo import accounts

        print("演示账号 demo accounts:")
        for account in accounts():
            print(f"  {account.role}\t{account.name}\t{account.login}\t{account.password}")
        print("\n演示办件 demo cases (number, query code):")
        for name, case_number, code in demo_cases():
            print(f"  {name}  {case_number}  {code}")
        print("\nCtrl-C stops everything.", flush=True)


def demo_cases() -> Iterator[tuple[str, str, str]]:
    """Who of the cast asked, with the number and 查询码 that open the case."""
    from django.db import connections

    from baiying.kit import number
    from baiying.project.demo import needs

    for need, receipt in zip(needs.told(), needs.tell(installation.quiet), strict=True):
        yield needs.person(need["person"]).name, number.shown(receipt.number), number.code_shown(receipt.code)
    connections.close_all()


def describe() -> str:
    """Which database this installation uses, for `baiying doctor`."""
    return "embedded" if addresses().embedded else "DATABASE_URL"

"""`baiying run`: everything that serves people, from one command, stopped by Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from baiying.project import erasing, installation, starting
from baiying.project.children import CHILD, Child, stop_all, watch
from baiying.project.database import is_external
from baiying.project.errand import take_for_run
from baiying.project.folders import folders
from baiying.project.ports import chosen_host, chosen_port, refuse_taken, wait_until_serving
from baiying.project.postgres import Server
from baiying.project.progress import Bars, quiet

MOST_WORKERS = 4  # web processes without being told: one for each core, at most so many


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true",
                        help="the demo district; every page says 演示. Without it: for real (make start)")


def run(chosen: argparse.Namespace) -> int:
    """Start database, web and worker, and keep them up until told to stop."""
    where, port = folders(), chosen_port()
    if chosen.demo:
        os.environ["BAIYING_DEMO"] = "1"
    else:
        starting.refuse_unfit()
    lock = take_for_run(where)
    server = None if is_external() else Server(where)
    children: list[Child] = []
    stop = Stop()
    try:
        refuse_taken(chosen_host(), port)
        start_database(server)
        if not chosen.demo:
            starting.refuse_demo_data()
        waiting = Waiting(children, prepare(chosen.demo))
        children += [web(port)] if waiting else [web(port), worker()]
        for child in children:
            child.start()
        wait_until_serving(chosen_host(), port, children[0])
        greet(port, chosen.demo)
        watch(children, stop, keep_up=lambda: keep_up(server, waiting))
    except Stopped:
        pass
    finally:
        stop.quiet()
        if children or (server is not None and server.process is not None):
            say("Stopping …")
        stop_all(children)
        if server is not None:
            server.stop()
        lock.release()
    return 0


class Waiting:
    """Whether the installation still waits to be set up: its worker starts when it is."""

    def __init__(self, children: list[Child], waits: bool) -> None:
        self.children, self.waits = children, waits

    def __bool__(self) -> bool:
        return self.waits

    def look(self) -> None:
        """The one-time key goes with the setting up; from then on everything runs, for that district."""
        if self.waits and not folders().setup_key.exists():
            self.waits = not serve_district()
            if self.waits:  # somebody took the file away: without it nobody could set up
                say(f"One-time key 一次性钥匙: {starting.lay_key()}")
                return
            self.children.append(worker())
            self.children[-1].start()
            say("百应 is set up and at work. 已经设置好了。")


def keep_up(server: Server | None, waiting: Waiting) -> None:
    """What each round of the watch looks after besides the children."""
    if server is not None:
        server.keep_up()
    waiting.look()


def serve_district() -> bool:
    """Let all children serve the district that was set up; whether there is one."""
    from django.db import connections

    from baiying.setup import queries as setup

    found, done = setup.district(), setup.done()
    connections.close_all()
    if found and not os.environ.get("BAIYING_DISTRICT"):
        os.environ["BAIYING_DISTRICT"] = found
    return done


class Stopped(BaseException):
    """A signal asked to stop while something was under way; not an Exception, so that nobody takes it for a fault."""


class Stop:
    """Whether Ctrl-C, SIGTERM or a closed terminal has asked us to stop; the first also breaks what is under way."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # started by nohup, to outlive its terminal
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


def say(sentence: str) -> None:
    """Print for whoever still listens: the terminal may be closed already."""
    with contextlib.suppress(OSError):
        print(sentence, flush=True)


def start_database(server: Server | None) -> None:
    """The embedded server; nothing when DATABASE_URL names one that is already there."""
    if server is None:
        return
    say("Starting PostgreSQL …" if server.exists() else "Preparing PostgreSQL for the first time …")
    server.prepare()
    server.start()


def prepare(demo: bool) -> bool:
    """Tables, catalogue, demo district and static files; whether the installation still waits to be set up."""
    erasing.refuse_half_done()
    say("Bringing tables and catalogue up to date …")
    installation.migrate()
    import django

    django.setup()
    installation.fill(demo, Bars())
    if demo:
        installation.tell_needs(Bars())
    from django.conf import settings
    from django.db import connections

    from baiying.project.static import collect

    collect(settings.STATIC_ROOT)

    connections.close_all()
    waits = not demo and not serve_district()
    if waits:
        starting.lay_key()
    return waits


def web(port: int) -> Child:
    """The web process: granian, which restarts its own workers too."""
    workers = os.environ.get("BAIYING_WORKERS") or str(min(os.cpu_count() or 1, MOST_WORKERS))
    threads = os.environ.get("BAIYING_THREADS", "4")
    return Child("web", [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", chosen_host(), "--port", str(port),
        "--workers", workers, "--blocking-threads", threads, "--respawn-failed-workers", "--respawn-interval", "0.5",
        "--workers-kill-timeout", "10", "--no-ws", "--log-level", "warning", "baiying.project.wsgi:application",
    ], environment={CHILD: "1"})


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
    elif folders().setup_key.exists():
        print("This installation is not set up yet, so people see only the setup page. 这套系统还没有设置。\n"
              f"  In the browser 在浏览器里: http://127.0.0.1:{port}/setup/\n"
              f"  One-time key 一次性钥匙: {starting.lay_key()}   (also in {folders().setup_key})\n"
              "  Or here in a second terminal 或在另一个终端: baiying setup")
    print("\nCtrl-C stops everything.", flush=True)


def demo_cases() -> Iterator[tuple[str, str, str]]:
    """Who of the cast asked, with the number and 查询码 that open the case."""
    from django.db import connections

    from baiying.kit import number
    from baiying.project.demo import needs
    from baiying.project.demo.cast import person

    for need, receipt in zip(needs.told(), needs.tell(quiet), strict=True):
        yield person(need["person"]).name, number.shown(receipt.number), number.code_shown(receipt.code)
    connections.close_all()

"""django-helpdesk beside us: fetched for one run into an environment of its own, on the same database server, with as
many processes and threads as ours, 100,000 open tickets, signed in. Nothing of it stays."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote
from urllib.request import Request, urlopen

import psycopg

from baiying.project.bench.installation import Installation, free_port
from baiying.project.children import Child
from baiying.project.commands.run import web
from baiying.project.errors import Trouble
from baiying.project.postgres import OWNER, SUPERUSER

HELPDESK = "django-helpdesk==2.6.1"
TICKETS = 100_000
SITE = "baiying.project.bench.helpdesk"
CHECKOUT = Path(__file__).resolve().parents[3]
# What its own page asks for on opening: open and reopened tickets by the day they were made, the first page of them.
FIRST_LIST = {"filtering": {"status__in": [1, 2]}, "sorting": "created", "search_string": "", "sortreverse": False}


@dataclass(frozen=True)
class Peer:
    """Where the other help desk answers: its list is a page and the rows that this page then asks for."""

    port: int
    cookie: str
    list_page: str
    list_rows: str
    ticket: str


@contextlib.contextmanager
def helpdesk(product: Installation, tickets: int = TICKETS) -> Iterator[Peer]:
    """Fetch, fill and start it; stop and remove all of it afterwards."""
    home = product.server.folders.data / "peer"
    python = fetched(home)
    around = environment(product, home)
    with psycopg.connect(product.server.url(SUPERUSER), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE helpdesk OWNER {OWNER}")
    told(python, around, "-m", "django", "migrate", "--verbosity", "0")
    made = json.loads(told(python, around, "-m", f"{SITE}.filling", str(tickets)).splitlines()[-1])
    port = free_port()
    ours = web(port).command
    child = Child("helpdesk", [str(python), *ours[1:-1], f"{SITE}.wsgi:application"], around)
    child.start()
    try:
        cookie = f"sessionid={made['session']}"
        yield Peer(port, cookie, "/tickets/", rows_address(port, cookie), f"/tickets/{made['ticket']}/")
    finally:
        child.stop()
        shutil.rmtree(home, ignore_errors=True)


def fetched(home: Path) -> Path:
    """An environment with the other help desk and the parts of ours that serve it, of the same versions."""
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    parts = [HELPDESK, *(f"{name}=={version(name)}" for name in ("django", "granian")),
             f"psycopg[binary]=={version('psycopg')}"]
    done = subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *parts],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{HELPDESK} could not be fetched: {done.stderr.strip()[-300:]} "
                      "Without it the bench runs as `baiying bench pages`.")
    return home / "bin" / "python"


def environment(product: Installation, home: Path) -> dict[str, str]:
    """What its settings read: the database of its own, on our server."""
    return {"PYTHONPATH": str(CHECKOUT), "DJANGO_SETTINGS_MODULE": f"{SITE}.settings", "PEER_USER": OWNER,
            "PEER_PASSWORD": product.server.passwords()[OWNER], "PEER_HOST": str(product.server.sockets),
            "PEER_MEDIA": str(home / "media"), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def told(python: Path, around: dict[str, str], *command: str) -> str:
    """What an errand of the other help desk prints. Raises Trouble with its last words."""
    done = subprocess.run([str(python), *command], env=around, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"The other help desk did not start: {done.stderr.strip()[-500:]}")
    return done.stdout


def rows_address(port: int, cookie: str, patience: float = 30.0) -> str:
    """Where its page asks for the rows; checked to bring some. Raises Trouble."""
    query = b64encode(json.dumps(FIRST_LIST).encode()).decode()
    until = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError):
            page = read(port, "/tickets/", cookie)
            found = re.search(r'"url": "(/datatables_ticket_list/[^"]+)"', page)
            address = unquote(found[1]) if found else f"/datatables_ticket_list/{query}"
            rows = json.loads(read(port, address, cookie))
            if rows["recordsTotal"] and rows["data"]:
                return address
            raise Trouble(f"The other help desk lists nothing: {rows}")
        if time.monotonic() > until:
            raise Trouble("The other help desk did not answer in time.")
        time.sleep(0.2)


def read(port: int, path: str, cookie: str) -> str:
    """One page of it."""
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie}), timeout=120) as answer:
        return str(answer.read().decode())

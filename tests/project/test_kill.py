"""Promise 1: once a number is shown, the case survives any crash; the same submission sent twice is one case."""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
import uuid
from urllib.parse import urlencode

import psycopg
import pytest

from tests import live as product

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("kill")]

SUBMISSIONS, WRITERS, KILLS, SEED = 500, 6, 9, 20261122
NUMBER = re.compile(r'data-number="([0-9A-Z]{10})"')


@pytest.fixture
def own():
    data = product.new_folder()
    running = product.start(data, product.free_port())
    yield running
    running.stop()
    product.remove(data)


def processes(own) -> dict[str, list[int]]:
    """The process ids of this installation's web, worker and database, read from /proc."""
    found: dict[str, list[int]] = {"web": [], "worker": [], "postgres": []}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                words = file.read().replace(b"\0", b" ").decode(errors="replace")
            with open(f"/proc/{entry}/environ", "rb") as file:
                ours = f"BAIYING_DATA={own.data}".encode() in file.read().split(b"\0")
        except OSError:
            continue
        if str(own.data) in words and "postgres" in words:
            found["postgres"].append(int(entry))
        elif ours and "granian" in words:
            found["web"].append(int(entry))
        elif ours and words.strip().endswith(" work"):
            found["worker"].append(int(entry))
    return found


def shown_number(opener, port: int, token: str, key: str, words: str) -> str | None:
    """Send one need as a browser would; the number that the answer shows, or nothing when there was no answer."""
    import http.client

    body = urlencode({"words": words, "key": key, "csrfmiddlewaretoken": token})
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/", body, {"Cookie": f"csrftoken={opener}",
                                               "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        page = answer.read().decode()
    except (OSError, http.client.HTTPException):
        return None
    found = NUMBER.search(page) if answer.status == 200 else None
    return found[1] if found else None


def test_every_number_that_was_shown_exists_exactly_once_after_kill_9_at_random_moments(own):
    from baiying.project.bench.load import visitor
    from baiying.project.folders import Folders
    from baiying.project.postgres import SUPERUSER, Server

    seen = visitor(own.port)
    shown: dict[str, set[str]] = {}
    todo = [f"{uuid.uuid5(uuid.NAMESPACE_OID, str(index)).hex}" for index in range(SUBMISSIONS)]
    lock = threading.Lock()

    def writer() -> None:
        while True:
            with lock:
                if not todo:
                    return
                key = todo.pop()
            until = time.monotonic() + 90
            number = None
            while number is None and time.monotonic() < until:
                number = shown_number(seen.cookie, own.port, seen.token, key, f"测试用的一句话 {key}")
                if number is None:
                    time.sleep(0.2)
            with lock:
                shown.setdefault(key, set()).add(number or "never")

    writers = [threading.Thread(target=writer) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    dice = random.Random(SEED)
    killed = 0
    while any(one.is_alive() for one in writers) and killed < KILLS:
        time.sleep(dice.uniform(0.1, 0.6))
        kind = ("web", "worker", "postgres")[killed % 3]
        victims = processes(own)[kind]
        if victims:
            with_luck = dice.choice(victims)
            try:
                os.kill(with_luck, signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed += 1
    for one in writers:
        one.join()

    assert killed == KILLS, "the kills must fall while submissions run"
    assert len(shown) == SUBMISSIONS
    numbers = [number for found in shown.values() for number in found]
    assert "never" not in numbers
    assert len(set(numbers)) == len(numbers) == SUBMISSIONS
    product.wait_until_up(own.port)
    with psycopg.connect(Server(Folders(own.data)).url(SUPERUSER), dbname="baiying") as direct:
        stored = [row[0] for row in direct.execute("SELECT number FROM cases_case")]
    assert sorted(number for number in stored if number in set(numbers)) == sorted(numbers)
    assert len(set(stored)) == len(stored)
    assert own.command("verify", "log").returncode == 0

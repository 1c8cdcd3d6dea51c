"""Item 1: two commands. One starts everything, and stops everything, however it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest

from tests import live as product
from tests.project.conftest import inside, processes_of, wait_until_gone

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("operations")]

WORDS = "三个月没有发工资了, 老板电话不接。"


def begin(data, port, **more) -> subprocess.Popen[str]:
    """Start the launcher and do not wait for it."""
    return subprocess.Popen([sys.executable, "-m", "baiying.project.command", "run", "--demo"], cwd=product.CHECKOUT,
                            env=product.environment(data, port) | more, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def send(port: int, key: str) -> str:
    """Send a need through the front page; the number that is shown."""
    from baiying.project.bench.load import visitor

    seen = visitor(port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = urlencode({"words": WORDS, "key": key, "csrfmiddlewaretoken": seen.token})
    cookie = f"csrftoken={seen.cookie}"
    connection.request("POST", "/", body, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    receipt = re.search(r"baiying_receipt=([^;]+)", " ".join(answer.headers.get_all("Set-Cookie") or []))
    assert answer.status == 302 and receipt
    connection.request("GET", "/received/", headers={"Cookie": f"{cookie}; baiying_receipt={receipt[1]}"})
    found = re.search(r'data-number="([0-9A-Z]{10})"', connection.getresponse().read().decode())
    assert found
    return found[1]


def test_a_second_start_is_up_in_seconds_with_the_data_still_there_and_ctrl_c_stops_all_of_it(folder):
    port = product.free_port()
    running = product.start(folder, port)
    number = send(port, "0" * 31 + "1")
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    assert wait_until_gone(folder, 0) == {}

    began = time.monotonic()
    running = product.start(folder, port)
    took = time.monotonic() - began
    with inside(folder) as direct:
        assert direct.execute("SELECT count(*) FROM cases_case WHERE number = %s", [number]).fetchone() == (1,)
    assert running.stop() == 0
    assert wait_until_gone(folder, 0) == {}
    assert took < 60, f"the second start took {took:.0f} s"


def test_kill_9_of_the_launcher_leaves_no_process_and_the_next_start_works(own):
    before = processes_of(own.data)
    kinds = " ".join(before.values())
    assert "postgres" in kinds and "granian" in kinds and " work" in kinds
    assert sum("granian" in words for words in before.values()) >= 2, "granian's own worker processes count too"
    own.process.kill()
    own.process.wait()
    again = product.start(own.data, own.port)  # at once, while the others are still going
    try:
        until = time.monotonic() + 5
        while (left := set(before) & set(processes_of(own.data))) and time.monotonic() < until:
            time.sleep(0.1)
        assert not left, [before[number] for number in left]
    finally:
        assert again.stop() == 0
    assert wait_until_gone(own.data, 0) == {}


@pytest.mark.deep
def test_kill_9_of_everything_but_the_web_workers_leaves_none_of_them(own):
    web = [number for number, words in processes_of(own.data).items() if "granian" in words]
    own.process.kill()
    with contextlib.suppress(ProcessLookupError):  # it may have noticed already that its launcher is gone
        os.kill(min(web), signal.SIGKILL)  # granian's main process, which started the others
    own.process.wait()
    assert wait_until_gone(own.data) == {}


@pytest.mark.deep
def test_a_signal_while_still_preparing_stops_all_of_it_and_the_next_start_goes_on(bare):
    for seconds, number in ((0.4, signal.SIGTERM), (1.2, signal.SIGINT), (1.0, signal.SIGKILL), (3.0, signal.SIGTERM)):
        launcher = begin(bare, product.free_port())
        time.sleep(seconds)
        launcher.send_signal(number)
        launcher.communicate(timeout=60)
        assert wait_until_gone(bare, 5) == {}
    assert product.start(bare, product.free_port()).stop() == 0


def test_a_second_launcher_on_the_same_folder_is_refused_with_a_sentence(standing):
    second = begin(standing.data, product.free_port())
    printed, _nothing = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already running" in printed and str(standing.data) in printed and "Traceback" not in printed
    product.wait_until_up(standing.port)


def test_a_taken_port_is_said_before_anything_is_started(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        launcher = begin(folder, port)
        printed, _nothing = launcher.communicate(timeout=60)
    assert launcher.returncode == 1
    assert f"port {port}: taken by another program" in printed and "BAIYING_PORT" in printed
    assert "Starting" not in printed and "Traceback" not in printed


def test_nothing_printed_and_no_command_line_holds_a_secret(standing):
    secrets = [path.read_text().strip() for path in (standing.data / "keys").rglob("*") if path.is_file()]
    secrets += json.loads((standing.data / "keys" / "postgres.json").read_text()).values()
    assert len(secrets) > 8
    lines = list(processes_of(standing.data).values())
    words = [sys.executable, "-m", "baiying.project.command", "backup", str(standing.data / "b.dump")]
    backup = subprocess.Popen(words, cwd=product.CHECKOUT, env=standing.environment(), stdout=subprocess.PIPE,
                              text=True)
    while backup.poll() is None:
        lines += processes_of(standing.data).values()
        time.sleep(0.01)
    assert any("pg_dump" in line for line in lines), "the look was too slow to see the program at work"
    shown = "\n".join([*standing.printed, *lines, (standing.data / "log" / "postgres.log").read_text(errors="replace")])
    assert [secret for secret in secrets if secret in shown] == []


def test_a_web_process_that_dies_is_started_again(standing):
    web = [number for number, words in processes_of(standing.data).items() if "granian" in words]
    os.kill(min(web), signal.SIGKILL)
    time.sleep(0.3)
    product.wait_until_up(standing.port)
    assert not set(web) & set(processes_of(standing.data)), "its old workers must not hold the port any more"


def test_healthz_says_503_while_the_database_is_away_and_200_again(standing):
    def healthz() -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", standing.port, timeout=20)
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    assert healthz()[0] == 200
    standing.process.send_signal(signal.SIGSTOP)  # so that the launcher does not bring it back at once
    try:
        postmaster = int((standing.data / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(postmaster, signal.SIGKILL)
        time.sleep(0.5)
        status, said = healthz()
        assert status == 503 and str(standing.data) not in said
    finally:
        standing.process.send_signal(signal.SIGCONT)
    product.wait_until_up(standing.port)

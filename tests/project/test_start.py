"""`make start`: for real people. What it refuses, and a fresh installation from its first start until it is set up."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from baiying.project import starting
from baiying.project.errors import Trouble
from tests import live as product
from tests.project.test_setup import FIRST, PASSWORD

live = [pytest.mark.live, pytest.mark.xdist_group("start")]
SETTINGS = ("DEBUG", "BAIYING_DEBUG", "DJANGO_DEBUG", "BAIYING_DEMO", "BAIYING_HOST", "BAIYING_HOSTS", "BAIYING_HTTPS",
            "BAIYING_PROXIES")
ANSWERS = f'''district = "110107"
[[federation]]
organisation = "union"
name = "石景山区总工会"
[[administrator]]
name = "{FIRST.name}"
login = "{FIRST.login}"
password = "{PASSWORD}"
'''


@pytest.fixture
def plain(monkeypatch):
    """An environment that says nothing."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(("name", "value"), [
    ("DEBUG", "1"), ("BAIYING_DEBUG", "true"), ("DJANGO_DEBUG", "yes"), ("BAIYING_DEMO", "1"),
    ("BAIYING_HOST", "0.0.0.0"), ("BAIYING_HOST", "192.168.1.5"), ("BAIYING_HOST", "::"),
    ("BAIYING_HOSTS", "union.example"), ("BAIYING_HOSTS", "*"), ("BAIYING_PROXIES", "1"),
])
def test_what_nobody_may_serve_real_people_with_is_refused_by_name(plain, name, value):
    plain.setenv(name, value)
    with pytest.raises(Trouble, match=name):
        starting.refuse_unfit()


@pytest.mark.parametrize("said", [
    {}, {"DEBUG": "0"}, {"BAIYING_HOST": "127.0.0.1"}, {"BAIYING_HOST": "::1"},
    {"BAIYING_HOSTS": "localhost,127.0.0.1"},
    {"BAIYING_HOST": "0.0.0.0", "BAIYING_HOSTS": "union.example", "BAIYING_HTTPS": "1", "BAIYING_PROXIES": "1"},
])
def test_what_is_safe_is_not_refused(plain, said):
    for name, value in said.items():
        plain.setenv(name, value)
    starting.refuse_unfit()


def test_all_that_is_wrong_is_told_at_once(plain):
    plain.setenv("DEBUG", "1")
    plain.setenv("BAIYING_HOST", "0.0.0.0")
    with pytest.raises(Trouble) as told:
        starting.refuse_unfit()
    assert "DEBUG" in str(told.value) and "BAIYING_HTTPS" in str(told.value)


# --- the product itself, started as its users start it


def surroundings(data: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of an installation for real: nothing of this run's own, no demo."""
    told = product.environment(data, port) | more
    del told["BAIYING_DEMO"]
    return told


def begin(data: Path, port: int, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "baiying.project.command", "run"], cwd=product.CHECKOUT,
                            env=surroundings(data, port, **more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)


def until_greeted(process: subprocess.Popen[str]) -> list[str]:
    printed = []
    for line in process.stdout:
        printed.append(line.rstrip("\n"))
        if "Ctrl-C" in line:
            return printed
    raise AssertionError("it did not start: " + "\n".join(printed[-20:]))


def asked(port: int, path: str) -> tuple[int, str]:
    """Status and Location of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("Location") or ""


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.fixture
def empty():
    data = product.new_folder()
    yield data
    product.remove(data)


def typed(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "baiying.project.command", *words], env=surroundings(data, 1),
                          cwd=product.CHECKOUT, capture_output=True, text=True, timeout=300)


class TestAFreshInstallation:
    pytestmark = live

    def test_it_waits_behind_a_one_time_key_until_it_is_set_up_while_it_runs(self, empty, tmp_path):
        port = product.free_port()
        process = begin(empty, port)
        try:
            printed = "\n".join(until_greeted(process))
            key = (empty / "setup.key").read_text().strip()
            assert key in printed and re.fullmatch(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", key)
            assert (empty / "setup.key").stat().st_mode & 0o077 == 0 and "demo" not in printed.lower()
            assert asked(port, "/") == (302, "/setup/") and asked(port, "/in/") == (302, "/setup/")
            assert asked(port, "/setup/")[0] == 200
            answers = tmp_path / "answers.toml"
            answers.write_text(ANSWERS)
            answers.chmod(0o600)
            done = typed(empty, "setup", "--answers", str(answers))
            assert done.returncode == 0, done.stdout + done.stderr
            assert "石景山区总工会" in done.stdout and str(empty / "keys") in done.stdout
            assert not (empty / "setup.key").exists()
            assert asked(port, "/")[0] == 200 and asked(port, "/setup/")[0] == 404 and asked(port, "/in/")[0] == 200
            wait_for_worker(empty)
        finally:
            end(process)
        again = typed(empty, "setup")
        assert again.returncode == 0 and "set up already" in again.stdout

    @pytest.mark.deep
    def test_answers_that_will_not_do_leave_it_waiting(self, empty, tmp_path):
        answers = tmp_path / "answers.toml"
        answers.write_text(ANSWERS.replace(PASSWORD, "short").replace(FIRST.login, "BAD"))
        answers.chmod(0o600)
        refused = typed(empty, "setup", "--answers", str(answers))
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
        assert "12" in refused.stderr and "he.yingsheng" in refused.stderr, "both faults at once"


class TestDemoAndRealAreKeptApart:
    pytestmark = [pytest.mark.live, pytest.mark.xdist_group("restored")]

    def test_a_folder_that_holds_the_demo_is_refused_and_not_touched(self, folder):
        for words in (["run"], ["setup"]):
            refused = typed(folder, *words)
            assert refused.returncode == 1 and "demo's" in refused.stdout + refused.stderr, refused
            assert "BAIYING_DATA=" in refused.stdout + refused.stderr
        assert not (folder / "setup.key").exists()


def wait_for_worker(data: Path) -> None:
    """The worker starts as soon as the installation is set up."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes()
                ours = f"BAIYING_DATA={data}".encode() in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if ours and words.rstrip(b"\0").endswith(b"work"):
                return
        time.sleep(0.2)
    raise AssertionError("no worker")

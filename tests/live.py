"""The product as its users start it: one command, on a data folder and a port of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.once import once, place

CHECKOUT = Path(__file__).resolve().parents[1]
OURS = ("BAIYING_", "DATABASE_URL", "PYTEST_", "DJANGO_")


@dataclass
class Live:
    """A running installation. Its accounts are read from what the launcher prints."""

    data: Path
    port: int
    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def accounts(self) -> dict[str, tuple[str, str]]:
        """{login: (role, password)} of the demo."""
        rows = [line.strip().split("\t") for line in self.printed if line.count("\t") == 3]
        return {login: (role, password) for role, _name, login, password in rows}

    def environment(self) -> dict[str, str]:
        return environment(self.data, self.port)

    def command(self, *words: str, **named: object) -> subprocess.CompletedProcess[str]:
        """Run `baiying …` against this installation."""
        return subprocess.run([sys.executable, "-m", "baiying.project.command", *words], env=self.environment(),
                              cwd=CHECKOUT, capture_output=True, text=True, timeout=300, **named)  # type: ignore[call-overload]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def environment(data: Path, port: int) -> dict[str, str]:
    """The environment of a new installation: nothing of this test run's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "BAIYING_DATA": str(data), "BAIYING_PORT": str(port), "BAIYING_DEMO": "1",
            "BAIYING_SENDS": "1000000"}


def new_folder() -> Path:
    data = Path(tempfile.mkdtemp(prefix="baiying-live-", dir="/var/tmp"))
    data.chmod(0o711)
    return data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int, patience: float = 120.0, **more: str) -> Live:
    """Start the demo and wait until it greets; `more` is added to its environment."""
    process = subprocess.Popen([sys.executable, "-m", "baiying.project.command", "run", "--demo"], cwd=CHECKOUT,
                               env=environment(data, port) | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True)
    live = Live(data, port, process)
    assert process.stdout is not None
    for line in process.stdout:
        live.printed.append(line.rstrip("\n"))
        if "Ctrl-C" in line:
            break
    else:
        raise AssertionError("the product did not start: " + "\n".join(live.printed[-20:]))
    threading.Thread(target=listen, args=[live], daemon=True).start()
    wait_until_up(port, patience)
    return live


def listen(live: Live) -> None:
    """Read on, so that the product never waits for a pipe that nobody empties."""
    assert live.process.stdout is not None
    for line in live.process.stdout:
        live.printed.append(line.rstrip("\n"))


def wait_until_up(port: int, patience: float = 60.0) -> None:
    """Wait until it answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the product does not answer")


def prepared() -> Path:
    """The data folder of a demo that was started once in this run and stopped again. Not to be changed: take a copy."""
    data = place("prepared")

    def make() -> None:
        data.mkdir()
        data.chmod(0o711)
        assert start(data, free_port()).stop() == 0

    once("demo", make)
    return data


def copy() -> Path:
    """A folder of one's own like the prepared one, owners and modes included."""
    data = new_folder()
    subprocess.run(["cp", "-a", f"{prepared()}/.", str(data)], check=True)
    return data


def remove(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)

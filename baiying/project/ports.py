"""The address the product listens on: read from the environment, refused with a sentence when it cannot be had."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import time

from baiying.project.children import Child
from baiying.project.errors import Trouble

PORT = 8000
LEAVING = 15.0  # seconds in which web processes whose launcher was killed still go (granian gives its own ten)
STARTING = 60.0  # seconds until the first answer at the latest


def chosen_port() -> int:
    """BAIYING_PORT, or 8000. Raises Trouble when it is no port."""
    typed = os.environ.get("BAIYING_PORT", "").strip()
    if not typed:
        return PORT
    if not (typed.isascii() and typed.isdecimal()) or not 1 <= int(typed) <= 65535:
        raise Trouble(f"BAIYING_PORT is {typed!r}, but a port is a number from 1 to 65535.")
    return int(typed)


def chosen_host() -> str:
    """BAIYING_HOST, or the loopback."""
    return os.environ.get("BAIYING_HOST", "").strip() or "127.0.0.1"


def refuse_taken(host: str, port: int) -> None:
    """Raises Trouble when something else listens there; before anything is started."""
    began = time.monotonic()
    until, told = began + LEAVING, False
    while (why := cannot_bind(host, port)) is not None:
        if time.monotonic() > until or not why.startswith("taken"):
            raise Trouble(f"Nothing can listen on {host} port {port}: {why}. "
                          f"Choose another with BAIYING_PORT (for instance BAIYING_PORT={port % 60000 + 1}).")
        if not told and time.monotonic() > began + 1:
            told = True
            print(f"Port {port} is still taken; perhaps an earlier run is just leaving. Waiting a moment …", flush=True)
        time.sleep(0.2)


def cannot_bind(host: str, port: int) -> str | None:
    """Why the address cannot be had, or nothing when it can."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        return "only root may use ports below 1024"
    except OSError as error:
        return "taken by another program" if error.errno == 98 else str(error.strerror or error)
    return None


def wait_until_serving(host: str, port: int, web: Child) -> None:
    """Wait for the first answer of the web process, whatever it says."""
    near = "127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host
    until = time.monotonic() + STARTING
    while True:
        if web.died():
            raise Trouble("The web process ended while it was starting, for the reason above.")
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(near, port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse()
            connection.close()
            return
        if time.monotonic() > until:
            raise Trouble("The web process did not answer within a minute. Look at what is printed above.")
        time.sleep(0.1)

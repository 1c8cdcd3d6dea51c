"""A cheap load on the loopback: prepared requests over kept connections, so that the client measures the server."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Round:
    """One round of requests."""

    per_second: float
    latencies: tuple[float, ...]
    failures: int


@dataclass(frozen=True)
class Visitor:
    """What a browser would carry after reading the front page: the CSRF cookie and token."""

    port: int
    cookie: str
    token: str

    def request(self, path: str, fields: dict[str, str]) -> bytes:
        """A POST as bytes, ready to be sent."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: csrftoken={self.cookie}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n")
        return head.encode() + body


def visitor(port: int) -> Visitor:
    """Read the front page once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=(\w+)", " ".join(answer.headers.get_all("Set-Cookie") or []))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if cookie is None or token is None:
        raise RuntimeError(f"the front page gave no CSRF token (status {answer.status}): {page[:300]}")
    return Visitor(port, cookie[1], token[1])


def drive(port: int, make: Callable[[int], bytes], count: int, connections: int) -> Round:
    """Send `count` requests over `connections` kept connections; `make(i)` gives the i-th."""
    prepared = [[make(i) for i in range(lane, count, connections)] for lane in range(connections)]
    results: list[list[float]] = [[] for _ in range(connections)]
    failures = [0] * connections

    def lane(index: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as link:
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in prepared[index]:
                began = time.perf_counter()
                link.sendall(request)
                failures[index] += not read_answer(link)
                results[index].append(time.perf_counter() - began)

    threads = [threading.Thread(target=lane, args=[index]) for index in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    return Round(count / took, tuple(sorted(one for lane in results for one in lane)), sum(failures))


def read_answer(link: socket.socket) -> bool:
    """Read one whole answer; whether it was one of success (a submission is answered by a redirect)."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(link)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length:
        missing = int(length[1]) - len(body)
        while missing > 0:
            missing -= len(_more(link))
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(link)
    return head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302"))


def _more(link: socket.socket) -> bytes:
    data = link.recv(65536)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data


def percentile(sorted_values: tuple[float, ...], share: float) -> float:
    """The value below which this share of the sorted values lies."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]

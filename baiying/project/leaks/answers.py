"""What an address answered, as it is compared: status, headers, body, after the declared noise is masked."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.http import HttpResponseBase

Header = tuple[str, str]


# What is not compared, and why. Time and chance need no mask: both stand still, in both worlds alike (stillness.py).
MASKS = {
    "the value of a cookie": "It is sealed or random; where it leads is compared by the next request of the walk.",
    "the day on which a cookie ends": "Django reads the machine's clock for it; its age in seconds is compared.",
}


@dataclass(frozen=True)
class Answer:
    """One answer; the body is packed, since many thousand are kept."""

    status: int
    headers: tuple[Header, ...]
    packed: bytes

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.packed)


def read(response: HttpResponseBase) -> Answer:
    """What came, less the noise (MASKS)."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    headers = [*response.items(), *(("Set-Cookie", cookie) for cookie in cookies(response.cookies))]
    return Answer(response.status_code, tuple(sorted(headers)), zlib.compress(body, 1))


def cookies(found: SimpleCookie) -> list[str]:
    """Name and attributes of each, less the noise (MASKS)."""
    return [f"{name} " + " ".join(f"{key}={value}" for key, value in sorted(morsel.items())
                                  if value and key != "expires") for name, morsel in sorted(found.items())]


def difference(one: Answer, other: Answer) -> str:
    """What differs, in a line; empty for nothing."""
    if one.status != other.status:
        return f"status {one.status}, not {other.status}"
    if one.headers != other.headers:
        here, there = set(one.headers) - set(other.headers), set(other.headers) - set(one.headers)
        return "headers " + "; ".join(f"{name}: {value}" for name, value in sorted(here)) + " ≠ " + "; ".join(
            f"{name}: {value}" for name, value in sorted(there))
    return "" if one.packed == other.packed else first_line(one.body, other.body)


def first_line(one: bytes, other: bytes) -> str:
    """The first line of the bodies that differs, from shortly before the place where it does."""
    here, there = (text.decode("utf-8", "replace").splitlines() for text in (one, other))
    for left, right in zip(here, there, strict=False):
        if left != right:
            begins = max(0, len(os.path.commonprefix([left, right])) - 60)
            return f"body: {left.strip()[begins:][:160]!r} ≠ {right.strip()[begins:][:160]!r}"
    return f"body: {len(here)} lines ≠ {len(there)} lines"

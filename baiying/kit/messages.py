"""Messages to people outside, by ports. This version has one port, the console, which shows what would be sent."""

from __future__ import annotations

import sys

from baiying.kit import sealing

PORT = "console"


def send(phone: str, text: str) -> None:
    """Send a short message. The console shows the number masked: a log is no place for a telephone number."""
    print(f"[message to {sealing.mask_phone(phone)}] {text}", file=sys.stderr, flush=True)

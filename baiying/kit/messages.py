"""Messages to people outside, by ports. This version has one port, the console, which shows what would be sent.

In the demo what the console showed is also kept in a file of the data folder, for the page `/messages/`: there nobody
sees the console, and every number is invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from baiying.kit import moment, sealing

PORT = "console"
MOST_KEPT = 50


def send(phone: str, text: str) -> None:
    """Send a short message. The console shows the number masked: a log is no place for a telephone number."""
    shown = sealing.mask_phone(phone)
    print(f"[message to {shown}] {text}", file=sys.stderr, flush=True)
    if settings.BAIYING_DEMO:
        with _file().open("a", encoding="utf-8") as file:
            at = moment.shanghai(moment.now()).strftime("%Y-%m-%d %H:%M")
            file.write(json.dumps([at, shown, text], ensure_ascii=False) + "\n")


def kept() -> Sequence[tuple[str, str, str]]:
    """(when, masked number, text) of the last messages of the demo, the newest first."""
    if not settings.BAIYING_DEMO or not _file().exists():
        return []
    lines = _file().read_text(encoding="utf-8").splitlines()[-MOST_KEPT:]
    return [tuple(json.loads(line)) for line in reversed(lines)]


def _file() -> Path:
    return Path(settings.BAIYING_KEYS).parent / "messages.jsonl"

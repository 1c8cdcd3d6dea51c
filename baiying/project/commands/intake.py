"""`baiying intake replay FILE`: real messages through the same action as the page; sent twice is once."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from baiying.project.errors import Trouble

GZIP = b"\x1f\x8b"
REASONS_SHOWN = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    replay = acts.add_parser("replay", help="one JSON object a line: id, title, text")
    replay.add_argument("file", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """The last line is always `N read, N new, N known, N refused`."""
    import django

    django.setup()
    lines = read_lines(chosen.file)
    from tqdm import tqdm

    count = Count()
    for number, raw in enumerate(tqdm(lines, desc="replay", unit=" messages", file=sys.stderr, mininterval=0.5), 1):
        count.take(number, raw)
    for reason in count.reasons[:REASONS_SHOWN]:
        print(reason, file=sys.stderr)
    if len(count.reasons) > REASONS_SHOWN:
        print(f"… and {len(count.reasons) - REASONS_SHOWN} more refused.", file=sys.stderr)
    print(f"{count.read} read, {count.new} new, {count.known} known, {count.refused} refused")
    return 0


@dataclass
class Count:
    """What became of the messages so far."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)

    def take(self, number: int, raw: bytes) -> None:
        """Send one line through the same action as the page."""
        from baiying.cases import actions
        from baiying.kit.errors import Refusal

        self.read += 1
        try:
            receipt = actions.submit(submission(raw))
        except (Refusal, ValueError) as error:
            self.refused += 1
            self.reasons.append(f"line {number}: {error}")
            return
        if receipt.known:
            self.known += 1
        else:
            self.new += 1


def submission(raw: bytes):  # type: ignore[no-untyped-def]
    """A line as a submission. Raises ValueError with a sentence when it is none."""
    from baiying.cases.actions import Submission

    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("This line is not UTF-8. If the file is GBK, convert it first: "
                         "iconv -f GB18030 -t UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"This line is not JSON ({error.msg} at character {error.pos}).") from None
    if not isinstance(found, dict) or not found.get("id"):
        raise ValueError("This line is no object with an id.")
    parts = [part for part in (found.get("title"), found.get("text")) if isinstance(part, str) and part.strip()]
    return Submission(key=str(found["id"]), words="\n".join(parts), channel="replay")


def read_lines(path: Path) -> list[bytes]:
    """The lines of a plain or gzipped file; empty ones are left out."""
    try:
        return [line for line in _lines(path) if line.strip()]
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}. Name a .jsonl or .jsonl.gz file.") from None
    except (OSError, EOFError) as error:
        raise Trouble(f"The file {path} cannot be read: {error}.") from error


def _lines(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        packed = file.read(2) == GZIP
    with (gzip.open(path, "rb") if packed else open(path, "rb")) as file:
        yield from file

"""`baiying intake replay FILE`: real messages through the same action as the page; sent twice is once."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.progress import Bars

if TYPE_CHECKING:
    from baiying.cases.actions import Submission

GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
REASONS_SHOWN = 10
LONGEST_ID = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    replay = acts.add_parser("replay", help="one JSON object a line: id, title, text")
    replay.add_argument("file", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """The last line is always `N read, N new, N known, N refused`; what was refused, and why, goes to stderr."""
    lines = read_lines(chosen.file)
    with database_up("intake"):
        django_up()
        count, bars = Count(), Bars()
        for done, (number, raw) in enumerate(lines, 1):
            count.take(number, raw)
            bars("replay", done, len(lines))
    for reason in count.reasons[:REASONS_SHOWN]:
        print(reason, file=sys.stderr)
    if len(count.reasons) > REASONS_SHOWN:
        print(f"… and {len(count.reasons) - REASONS_SHOWN} more refused.", file=sys.stderr)
    sys.stderr.flush()
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
        except (Refusal, Unfit) as error:
            self.refused += 1
            self.reasons.append(f"line {number}: {error}")
            return
        if receipt.known:
            self.known += 1
        else:
            self.new += 1


class Unfit(Exception):
    """A line that is no message; the sentence says why."""


def submission(raw: bytes) -> Submission:
    """A line as a submission. Raises Unfit with a sentence when it is none."""
    from baiying.cases.actions import Submission

    found = decoded(raw)
    if not isinstance(found, dict):
        raise Unfit("This line is JSON, but no object with an id and a text.")
    for word in ("title", "text"):
        if not isinstance(found.get(word, ""), str | None):
            raise Unfit(f"The {word} of this message is no text.")
    parts = [part for part in (found.get("title"), found.get("text")) if part and part.strip()]
    words = "\n".join(parts)
    return Submission(key=key_of(found.get("id"), words), words=words, channel="replay")


def key_of(told: object, words: str) -> str:
    """The id of a message; one that has none is told from others by its words, so that twice is once for it too."""
    if told is None or told == "":
        return "words:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(told, bool) or not isinstance(told, str | int) or not str(told).strip():
        raise Unfit("The id of this message is neither a text nor a number.")
    if len(str(told)) > LONGEST_ID:
        raise Unfit(f"The id of this message is longer than {LONGEST_ID} characters.")
    return str(told)


def decoded(raw: bytes) -> object:
    """The JSON of a line. Raises Unfit."""
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    except json.JSONDecodeError as error:
        raise Unfit(f"This line is not JSON ({error.msg} at character {error.pos + 1}).") from None
    except RecursionError:
        raise Unfit("This line is nested too deeply.") from None
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise Unfit("This line is no text in UTF-8.") from None
    raise Unfit("This line is not UTF-8; it reads as GBK. Convert the file first: iconv -f GB18030 -t UTF-8.")


def read_lines(path: Path) -> list[tuple[int, bytes]]:
    """The lines of a plain or gzipped file with their numbers; empty ones are left out."""
    try:
        return [(number, line) for number, line in enumerate(_lines(path), 1) if line.strip()]
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}. Name a .jsonl or .jsonl.gz file.") from None
    except IsADirectoryError:
        raise Trouble(f"{path} is a folder. Name a .jsonl or .jsonl.gz file.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise Trouble(f"The file {path} cannot be read to its end, so nothing of it was taken: {error}.") from error


def _lines(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        packed = file.read(2) == GZIP
    with (gzip.open(path, "rb") if packed else open(path, "rb")) as lines:
        for index, line in enumerate(lines):
            yield line.removeprefix(BYTE_ORDER_MARK) if index == 0 else line

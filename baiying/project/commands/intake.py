"""`baiying intake replay FILE`: real messages through the same action as the page; sent twice is once."""

from __future__ import annotations

import argparse
import gzip
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.messages import Unfit, submission
from baiying.project.progress import Bars

if TYPE_CHECKING:
    from baiying.cases.actions import Receipt, Submission

GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
REASONS_SHOWN = 10
SEALED = "(sealed)"


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    replay = acts.add_parser("replay", help="one JSON object a line: id or tid; title; text, question, first or tokens")
    replay.add_argument("file", type=Path)
    replay.add_argument("--source", default="", metavar="NAME",
                        help="the ids of this file are its own: 7 of NAME is another message than 7 of a second file")


def run(chosen: argparse.Namespace) -> int:
    """The last line is always `N read, N new, N known, N refused`; what was refused, and why, goes to stderr."""
    lines = read_lines(chosen.file)
    with database_up("intake"):
        django_up()
        count, bars, began = Count(chosen.source), Bars(), time.monotonic()
        for done, (number, raw) in enumerate(lines, 1):
            count.take(number, raw)
            bars("replay", done, len(lines))
        took = time.monotonic() - began
        for line in where_they_went(count):
            print(line)
    for reason in count.reasons[:REASONS_SHOWN]:
        print(reason, file=sys.stderr)
    if len(count.reasons) > REASONS_SHOWN:
        print(f"… and {len(count.reasons) - REASONS_SHOWN} more refused.", file=sys.stderr)
    sys.stderr.flush()
    print(f"{took:.1f} s, {count.read / took if took else 0:.0f} messages a second.")
    print(f"{count.read} read, {count.new} new, {count.known} known, {count.refused} refused")
    return 0


@dataclass
class Count:
    """What became of the messages so far: how many, why not, and where they went."""

    source: str = ""
    read: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)
    #: (organisation, matter, topic, level of the unit)
    ways: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    #: whose business it is by its words, when not ours
    elsewhere: Counter[str] = field(default_factory=Counter)
    danger: int = 0
    other_districts: int = 0

    def take(self, number: int, raw: bytes) -> None:
        """Send one line through the same action as the page."""
        from baiying.cases import actions
        from baiying.kit.errors import Refusal

        self.read += 1
        try:
            told = submission(raw, self.source)
            receipt = actions.submit(told)
            if receipt.known:
                refuse_another(told, receipt)
        except (Refusal, Unfit) as error:
            self.refused += 1
            self.reasons.append(f"line {number}: {error}")
            return
        self.known += receipt.known
        self.new += not receipt.known
        self.note(receipt)

    def note(self, receipt: Receipt) -> None:
        """Where this one went."""
        guarded = receipt.danger or receipt.matter.privacy == "P3"
        topic = SEALED if guarded else receipt.topic
        self.ways[(receipt.unit.organisation, receipt.matter.name_en, topic, receipt.unit.level)] += 1
        self.danger += receipt.danger
        self.other_districts += receipt.found.other_district is not None
        if receipt.elsewhere:
            self.elsewhere[receipt.elsewhere] += 1


def refuse_another(told: Submission, receipt: Receipt) -> None:
    """A known id with other words is another message: it is not swallowed. Raises Unfit."""
    from baiying.cases.actions import arriving
    from baiying.cases.queries.hers import told_in
    from baiying.kit import number

    before = told_in(number.entry(receipt.number, receipt.code))
    if before and before != arriving.storable(told.words):
        raise Unfit("Another message with this id was taken before. Give the file a name of its own: --source NAME.")


def where_they_went(count: Count) -> Iterator[str]:
    """The table of where the messages went, the largest part first, and what is not ours by its words."""
    from baiying.catalogue import queries as catalogue

    taken = count.new + count.known
    if not taken:
        return
    topics = {one.key: one.name_en for one in catalogue.topics()} | {SEALED: SEALED, "": "(none)"}
    yield f"{'messages':>8}  {'share':>6}  {'organisation':12}  {'unit level':10}  {'matter':28}  topic"
    for (organisation, matter, topic, level), many in count.ways.most_common():
        yield (f"{many:8}  {share(many, taken):>6}  {organisation:12}  {level:10}  {matter[:28]:28}  "
               f"{topics.get(topic, topic)}")
    whole = count.elsewhere.total()
    yield f"Not ours by their words: {whole} of {taken} ({share(whole, taken)}); taken all the same, the door named:"
    for key, many in count.elsewhere.most_common():
        other = catalogue.elsewhere(key)
        yield f"{many:8}  {share(many, taken):>6}  {other.name_en}: {other.door.number} {other.door.name_en}"
    yield (f"Words of danger: {count.danger} ({share(count.danger, taken)}). "
           f"Another district named: {count.other_districts} ({share(count.other_districts, taken)}).")


def share(part: int, whole: int) -> str:
    """A part in per cent."""
    return f"{100 * part / whole:.1f}%"


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

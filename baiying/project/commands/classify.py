"""`baiying classify`: messages as lines of JSON in, what each is about as lines of JSON out. Needs no database.

In: {"id": …, "text": "…"}, with "title" if there is one. Out: {"id", "topic" (the Chinese name), "matter" (a key of the
catalogue), "confidence" (0 to 1), "danger" (true or false)}. A line that cannot be read is told on standard error with
its number, and the next one is read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--catalogue", type=Path, help="the catalogue's folder; by default this one's")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when a line could not be read; the others were answered all the same."""
    from baiying.catalogue.listening import Unreadable, listener
    from baiying.engine.text import BadModel

    folder = chosen.catalogue or Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
    try:
        hears = listener(folder)
    except Unreadable as error:
        raise Trouble(f"The catalogue cannot be read: {error}. Type `baiying catalogue check`.") from error
    except BadModel as error:
        raise Trouble(f"The model that reads words cannot be used: {error}") from error
    return 1 if classify(hears, sys.stdin.buffer, sys.stdout, sys.stderr) else 0


def classify(hears: Any, lines: Iterable[bytes], out: TextIO, told: TextIO) -> int:
    """Answer line by line, as they come. Gives how many lines could not be read."""
    broken = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            key, words = row["id"], _words(row)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            broken += 1
            print(f"line {number}: {_why(error)}", file=told, flush=True)
            continue
        found = hears.suggest(words)
        answer = {
            "id": key,
            "topic": hears.topics.topics[found.topic].name,
            "matter": found.matter,
            "confidence": found.confidence,
            "danger": hears.is_danger(words),
        }
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
    return broken


def _words(row: dict[str, Any]) -> str:
    """Title and text, one under the other."""
    parts = [row.get("title"), row["text"]]
    if not all(part is None or isinstance(part, str) for part in parts):
        raise TypeError("title and text must be texts")
    return "\n".join(part for part in parts if part)


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"has no {error}"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} at character {error.pos + 1}"
    return "is not an object with id and text" if isinstance(error, TypeError) else str(error)

"""Lines of files of real messages, whatever their fields are called, as submissions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baiying.cases.actions import Submission

LONGEST_ID = 200
#: The first of these that a line has is what its person wrote, below the title.
WORDS = ("text", "question", "first", "tokens")
#: What names a line: an id, or the number of a table. Two tables number alike, so the second is told apart.
IDS = (("id", ""), ("tid", "tid:"))


class Unfit(Exception):
    """A line that is no message; the sentence says why."""


def submission(raw: bytes, source: str = "") -> Submission:
    """A line as a submission. Raises Unfit with a sentence when it is none.

    ``source``: a name for the collection, where its ids are no other collection's.
    """
    from baiying.cases.actions import Submission

    found = decoded(raw)
    if not isinstance(found, dict):
        raise Unfit("This line is JSON, but no object with an id and a text.")
    words = words_of(found)
    return Submission(key=(source and f"{source}/") + key_of(found, words), words=words, channel="replay")


def words_of(found: Mapping[str, object]) -> str:
    """Title and text of a message. Raises Unfit when one of them is no text."""
    field = next((name for name in WORDS if found.get(name)), WORDS[0])
    for word in ("title", field):
        if not isinstance(found.get(word, ""), str | None):
            raise Unfit(f"The {word} of this message is no text.")
    parts = [str(part) for part in (found.get("title"), found.get(field)) if part and str(part).strip()]
    if field == "tokens":  # words that were cut apart by a machine
        parts = ["".join(part.split(" ")) for part in parts]
    return "\n".join(parts)


def key_of(found: Mapping[str, object], words: str) -> str:
    """The id of a message; one that has none is told from others by its words, so that twice is once for it too."""
    named = next(((found[name], mark) for name, mark in IDS if found.get(name) not in (None, "")), None)
    if named is None:
        return "words:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    told, mark = named
    if isinstance(told, bool) or not isinstance(told, str | int) or not str(told).strip():
        raise Unfit("The id of this message is neither a text nor a number.")
    if len(str(told)) > LONGEST_ID:
        raise Unfit(f"The id of this message is longer than {LONGEST_ID} characters.")
    return mark + str(told)


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

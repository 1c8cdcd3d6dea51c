"""Cleaning what a person typed or pasted: invisible characters go, nothing that can be read is lost."""

from __future__ import annotations

import re
import unicodedata

# Never carry meaning here: zero-width space and no-break space, word joiner, soft hyphen, direction marks and
# overrides (they can make a text read otherwise than it is stored), object replacement, control characters.
INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e"
                       "\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]")
# Joiners matter inside a script or an emoji (Uyghur, Mongolian, a family of faces) and nowhere else.
JOINER = re.compile("[\u200c\u200d]")
JOINED_CATEGORIES = ("L", "M", "S")


def readable(text: str) -> tuple[str, int]:
    """The text without invisible characters, in composed form (NFC), and how many were taken out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept, gone = INVISIBLE.subn("", lines)
    parts: list[str] = []
    for place, letter in enumerate(kept):
        if JOINER.match(letter) and not _joins(kept, place):
            gone += 1
        else:
            parts.append(letter)
    return unicodedata.normalize("NFC", "".join(parts)).strip(), gone


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between two signs that it can join; between Chinese characters it cannot."""
    around = text[place - 1:place] + text[place + 1:place + 2]
    return len(around) == 2 and all(
        (unicodedata.category(sign)[0] in JOINED_CATEGORIES and not "\u2e80" <= sign <= "\u9fff" and not sign.isascii())
        for sign in around
    )

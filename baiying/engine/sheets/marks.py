"""Characters that nobody sees: taken out where they mean nothing, made visible where a fault is told."""

from __future__ import annotations

import re
import unicodedata

SPACE = "␣"
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # spaces that are not the plain one
HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f"
                    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e01ef]")
LINES = re.compile("\r\n|[\n\r\u2028\u2029\u0085]")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Letters and digits only: a full-width comma or bracket is how Chinese is written.
FULL_WIDTH_SIGNS = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
PLAIN = re.compile(r"[^\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
                   "\ufe00-\ufe0f\ufeff\uff01-\uff5e\ufff9-\ufffc\U000e0000-\U000e01ef]+")
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # which form of a rare character: part of a name


def cleaned(text: str) -> str:
    """The text as it was meant: invisible characters out, full-width letters and digits plain, spaces plain and single
    at most at the ends none. Line breaks stay (``\\n``): two lines in one cell are told, not joined. Selectors of
    rare characters stay."""
    if PLAIN.fullmatch(text):
        return text
    lines = LINES.sub("\n", text)
    seen = "".join(sign for sign in lines if SELECTORS.match(sign) or not HIDDEN.match(sign))
    wide = FULL_WIDTH_SIGNS.sub(lambda sign: sign[0].translate(FULL_WIDTH), SPACES.sub(" ", seen))
    kept = "\n".join(" ".join(line.split()) for line in wide.split("\n"))
    return unicodedata.normalize("NFC", kept).strip()


def visible(text: str) -> str:
    """The text with everything shown that an eye would miss: ``[U+200B]``, ``[␣ U+00A0]``, ``[↵]`` for a line break,
    ``[␣]`` for a plain space at an end, ``１[U+FF11]`` after a full-width letter or digit."""
    start, end = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    shown = []
    for place, sign in enumerate(text):
        if sign == " ":
            shown.append(" " if start <= place < end else f"[{SPACE}]")
        elif sign in "\n\r\u2028\u2029\u0085":
            shown.append("" if sign == "\n" and text[place - 1:place] == "\r" else "[↵]")
        elif sign == "\t":
            shown.append("[⇥]")
        elif SPACES.match(sign):
            shown.append(f"[{SPACE} U+{ord(sign):04X}]")
        elif HIDDEN.match(sign):
            shown.append(f"[U+{ord(sign):04X}]")
        elif FULL_WIDTH_SIGNS.match(sign):
            shown.append(f"{sign}[U+{ord(sign):04X}]")
        else:
            shown.append(sign)
    return "".join(shown)

"""Setting Chinese sentences with Chinese punctuation: what the catalogue says; people's own words are never touched.

The catalogue is written with the signs of a keyboard, so that its keys and values stay plain to type; a page shows
，：；？！（） where they belong.
"""

from __future__ import annotations

import re
from functools import lru_cache

SIGNS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3001-\u3011\u2018-\u201f\uff08\uff09"
# A sign after a Chinese letter, or before one and a space; never inside a number, a time of day or an address.
AFTER = re.compile(rf"(?<=[{HAN}])([,:;?!])(?![0-9A-Za-z/])[ ]*")
BEFORE = re.compile(rf"(?<=[0-9A-Za-z%)}}])([,:;?!])[ ]*(?=[{HAN}])")
BRACKETS = re.compile(r"[ ]?(?<!%)\(((?:%\(\w+\)[sd]|[^()])*)\)[ ]?")


@lru_cache(maxsize=4096)
def chinese(text: str) -> str:
    """The text with full-width signs where Chinese stands around them."""
    text = BRACKETS.sub(_bracketed, text)
    text = AFTER.sub(lambda found: SIGNS[found[1]], text)
    return BEFORE.sub(lambda found: SIGNS[found[1]], text)


def _bracketed(found: re.Match[str]) -> str:
    """Brackets around something Chinese, or straight behind it, become Chinese brackets."""
    inner, text, start = found[1], found.string, found.start()
    around = text[start - 1:start] + text[found.end():found.end() + 1]
    if not re.search(rf"[{HAN}]", inner + around):
        return found[0]
    return f"（{inner}）"

"""Messages that trained nothing, each with the group that its own label gives it, for `bench text`.

The labels are the sets' own; which group a label means was fixed by rule before anything was measured:

- equals_law: what the answering law is about. Labour: the laws of labour contract, work injury, social insurance,
  labour, its mediation. Family: Civil Code 1040–1163 (marriage, succession) and the laws of domestic violence, women,
  minors. The rest is other.
- psyqa, flyrae: distress, all of them.
- tipdm2020c: the class 劳动和社会保障 is labour, the six others are other. Its taxonomy puts pensions, medical
  insurance and housing fund under labour, so those are labour everywhere here.
- liuyan_hangzhou: the domain 就业 is labour, all else other. The sender chose it: wages asked for under another domain
  count as other here, so its labour figures are a floor.
- letters_beijing: labour when the bureau of labour, of medical insurance or the housing fund answered, else other.

Half of each set, by the CRC of its ids, may be looked at; the other half is only measured.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baiying.project.errors import Trouble

# The shared material lies beside the checkout; it never comes with the product.
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
LABOUR_LAWS = ("劳动合同法", "工伤保险条例", "社会保险法", "劳动法", "劳动争议调解仲裁法")
FAMILY_LAWS = ("家庭暴力", "妇女权益", "未成年人", "婚姻")
CIVIL_CODE, FAMILY_ARTICLES = "民法典", range(1040, 1164)
LABOUR_CLASS, WORK_DOMAIN = "劳动和社会保障", "就业"
LABOUR_BODIES = ("市人力社保局", "市医保局", "北京住房公积金管理中心")
DIGITS, TENS = "零一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Message:
    """`set`: where it comes from. `held`: of the half that nobody looked at while the model was made."""

    set: str
    text: str
    group: str
    held: bool


def rows(file: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """The rows of a file of the shared material. Raises Trouble when it is not there."""
    place = (folder or SHARED) / file
    if not place.is_file():
        raise Trouble(f"The messages to measure with are not at {place}. Lay the shared material beside the checkout.")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def messages(folder: Path | None = None) -> list[Message]:
    """Every message that trained nothing."""
    return [*_law(folder), *_distress(folder), *_boards(folder)]


def _law(folder: Path | None) -> Iterator[Message]:
    for row in rows("legal_qa/equals_law.dev.jsonl.gz", folder):
        yield _message("equals_law", row["id"], row["question"], law_group(row["law"], row["article"]))


def _distress(folder: Path | None) -> Iterator[Message]:
    for name, file in (("psyqa", "psych/psyqa_example.jsonl.gz"), ("flyrae", "psych/flyrae_sample.jsonl.gz")):
        for row in rows(file, folder):
            text = _whole(row)
            yield _message(name, row["id"] or row["title"] or row["text"], text, "distress")


def _boards(folder: Path | None) -> Iterator[Message]:
    for row in rows("tipdm2020c/labelled_raw.dev.jsonl.gz", folder):
        yield _message("tipdm2020c", row["id"], _whole(row), "labour" if row["label"] == LABOUR_CLASS else "other")
    for row in rows("liuyan_hangzhou/messages.dev.jsonl.gz", folder):
        yield _message("liuyan_hangzhou", row["id"], _whole(row),
                       "labour" if row["domain"] == WORK_DOMAIN else "other")  # fmt: skip
    for row in rows("letters_beijing/letters.dev.jsonl.gz", folder):
        yield _message("letters_beijing", row["id"], _whole(row),
                       "labour" if row["org"] in LABOUR_BODIES else "other")  # fmt: skip


def law_group(law: str, article: str) -> str:
    """The group of a question by the law and the article that answer it."""
    if any(law.endswith(one) for one in LABOUR_LAWS):
        return "labour"
    if (CIVIL_CODE in law and number(article) in FAMILY_ARTICLES) or any(one in law for one in FAMILY_LAWS):
        return "family"
    return "other"


def number(article: str) -> int:
    """The number of an article: 第一千零七十六条 is 1076; 0 when there is none."""
    found = re.search(r"第([零一二三四五六七八九十百千]+)条", article)
    whole = digit = 0
    for sign in found[1] if found else "":
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            whole, digit = whole + (digit or 1) * TENS[sign], 0
    return whole + digit


def _whole(row: dict[str, Any]) -> str:
    return f"{row['title'] or ''}\n{row['text'] or ''}"


def _message(name: str, key: object, text: str, group: str) -> Message:
    return Message(name, text, group, bool(zlib.crc32(str(key).encode()) & 1))

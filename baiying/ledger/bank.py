"""The bank's file: one row a payment, which goes out and comes back with what became of it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from baiying.engine.sheets import Unreadable
from baiying.engine.sheets.table import decoded, delimiter_of
from baiying.kit.errors import Refusal
from baiying.ledger.models import Item
from baiying.ledger.payees import To
from baiying.ledger.words import Kind

HEADS = ("付款编号", "户名", "账号", "开户行", "金额", "结果", "说明")
REF, SUM, RESULT = 0, 4, 5
PAID = frozenset({"已付", "成功", "支付成功", "交易成功", "付款成功", "paid"})
BOUNCED = frozenset({"退回", "失败", "退票", "支付失败", "交易失败", "付款失败", "bounced"})
MOST_BYTES = 5_000_000
FAULTS_TOLD = 10
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Result:
    """What the bank says of one payment. ``fen`` None: the file tells no sum. ``row`` as a spreadsheet counts."""

    paid: bool
    fen: int | None
    row: int


@dataclass(frozen=True)
class Taken:
    """What a file of results changed: newly paid, newly bounced, known before."""

    paid: int
    bounced: int
    known: int


def written(rows: Iterable[tuple[Item, To | None]], encoding: str = "gb18030") -> bytes:
    """The file for the bank: GB18030, or UTF-8 with a mark. A payee that was erased has an empty row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for item, to in rows:
        name, account, bank = (to.name, to.account, to.bank) if to else ("", "", "")
        writer.writerow([item.ref, _plain(name), _plain(account), _plain(bank), yuan(item.fen), "", ""])
    return text.getvalue().encode("utf-8-sig" if encoding == "utf-8" else "gb18030", "replace")


def read(file: bytes) -> dict[str, Result]:
    """The results of a file by payment. Rows without a result yet are left out. Raises Refusal with all faults."""
    if len(file) > MOST_BYTES:
        raise Refusal(_("This file is too large for results of a bank. Bring the one that belongs to this batch."))
    try:
        text, _encoding = decoded(file)
    except Unreadable as error:
        raise Refusal(
            _("This file cannot be read as text. Save it from the spreadsheet as CSV and bring that.")
        ) from error
    rows = list(csv.reader(io.StringIO(text.strip("\ufeff"), newline=""), delimiter=delimiter_of(text)))
    if not rows or (places := _places(rows[0])) is None:
        raise Refusal(_("The first row must name the columns 付款编号 and 结果, as in the file that was made here."))
    found, faults = dict[str, Result](), list[str]()
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            _take(number, [_cell(cells, place) for place in places], found, faults)
    if faults:
        raise Refusal(_("The file cannot be taken, so nothing of it was. %(faults)s"), faults=some(faults))
    return found


def faults(
    results: Mapping[str, Result], items: Mapping[str, Item], before: Mapping[UUID, frozenset[str]]
) -> list[str]:
    """What of these results does not fit the batch, as sentences."""
    found = []
    for ref, one in results.items():
        item = items.get(ref)
        if item is None:
            found.append(_("Row %(row)d: %(ref)s is not in this batch.") % {"row": one.row, "ref": ref})
        elif one.fen is not None and one.fen != item.fen:
            found.append(_("Row %(row)d: the sum is not the one that was released.") % {"row": one.row})
        elif one.paid and Kind.BOUNCE in before.get(item.id, frozenset()):
            found.append(
                _("Row %(row)d: paid now, although it bounced before. Ask the bank; pay it in a new batch.")
                % {"row": one.row}
            )
    return found[:FAULTS_TOLD]


def yuan(fen: int) -> str:
    """An amount as banks write it: 1234.50."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def some(sentences: Sequence[str]) -> str:
    """The first of many faults."""
    return " ".join(sentences[:FAULTS_TOLD])


def _places(heads: Sequence[str]) -> tuple[int, int, int] | None:
    """Where reference, sum (-1: nowhere) and result stand."""
    names = [re.sub(r"[\s(（].*", "", unicodedata.normalize("NFKC", head).strip("\ufeff \t")) for head in heads]
    wanted = [names.index(HEADS[place]) if HEADS[place] in names else -1 for place in (REF, SUM, RESULT)]
    return None if wanted[0] < 0 or wanted[2] < 0 else (wanted[0], wanted[1], wanted[2])


def _cell(cells: Sequence[str], place: int) -> str:
    return unicodedata.normalize("NFKC", cells[place]).strip().lstrip("'\t") if 0 <= place < len(cells) else ""


def _take(number: int, cells: Sequence[str], found: dict[str, Result], faults: list[str]) -> None:
    ref, sum_, result = cells[0].upper(), cells[1], cells[2].lower()
    if not result:
        return
    if result not in PAID | BOUNCED:
        faults.append(_("Row %(row)d: “%(word)s” is no result; write 已付 or 退回.") % {"row": number, "word": result})
        return
    fen = _fen(sum_)
    if sum_ and fen is None:
        faults.append(_("Row %(row)d: “%(word)s” is no sum in yuan.") % {"row": number, "word": sum_})
        return
    one = Result(result in PAID, fen, number)
    if ref in found and found[ref].paid != one.paid:
        faults.append(_("Row %(row)d: %(ref)s is both paid and bounced.") % {"row": number, "ref": ref})
    found[ref] = one


def _fen(text: str) -> int | None:
    """A sum in yuan as fen; None for what is none."""
    plain = text.replace(",", "").removeprefix("¥")
    match = re.fullmatch(r"([0-9]{1,13})(?:\.([0-9]{1,2}))?", plain, re.ASCII)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text

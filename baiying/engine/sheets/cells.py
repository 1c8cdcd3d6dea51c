"""What a cell says, and whether a spreadsheet has ruined it. What is lost is never guessed: it is told."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from baiying.engine.sheets.marks import cleaned

Raw = str | float | int | bool | date | datetime | time | timedelta | None

EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
DECIMAL = re.compile(r"[0-9]{6,}\.0+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
# A fixed line without the 0 of its area code.
LOST_ZERO = re.compile(r"(?!400|800)(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
HASHES = re.compile(r"#+")
DATE = re.compile(r"([0-9]{4})\s*(?:[-/.年])\s*([0-9]{1,2})\s*(?:[-/.月])\s*([0-9]{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
MONTH = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*月?")
SERIAL = re.compile(r"[1-6][0-9]{4}(?:\.[0-9]+)?")
EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets' serial numbers, as they count from March 1900 on
YES = frozenset({"是", "有", "对", "y", "yes", "true", "1", "√", "✓", "✔", "接收"})
NO = frozenset({"否", "无", "没有", "不", "n", "no", "false", "0", "×", "✗", "不接收"})


class Ruined(Exception):
    """A cell that cannot be taken as it is. ``code`` says why, for a sentence in the reader's language."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def said(raw: Raw) -> str:
    """A cell as the spreadsheet shows it, for a page; empty for an empty one."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < EXACT else f"{raw:.11G}"
    if isinstance(raw, datetime):
        return str(raw.date()) if raw.time() == time() else str(raw)
    return str(raw)


def text_of(raw: Raw) -> str:
    """A text in one line. Raises Ruined for two lines, a date made of it, an error of the spreadsheet."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        plain = cleaned(raw)
        if "\n" in plain:
            raise Ruined("lines", count=plain.count("\n") + 1)
        if HASHES.match(plain):
            raise Ruined("hashes")
        return plain
    if isinstance(raw, bool | time | timedelta):
        raise Ruined("not_text")
    if isinstance(raw, date):
        raise Ruined("date_made", found=said(raw))
    if float(raw).is_integer() and abs(raw) < EXACT:
        return str(int(raw))
    raise Ruined("not_text")


def identity_of(raw: Raw) -> str:
    """The number of a paper, as typed. Raises Ruined for what a spreadsheet leaves of a long number."""
    if isinstance(raw, bool):
        raise Ruined("not_text")
    if isinstance(raw, int | float):
        if float(raw).is_integer() and 10**14 <= raw < EXACT:
            return str(int(raw))  # fifteen digits, all of them kept
        raise Ruined("id_number", found=said(raw))
    if isinstance(raw, date):
        raise Ruined("id_date", found=said(raw))
    plain = text_of(raw).lstrip("'’`")
    tight = plain.replace(" ", "")
    if SCIENTIFIC.fullmatch(tight):
        raise Ruined("id_number", found=tight)
    if DECIMAL.fullmatch(tight):
        raise Ruined("id_decimal", found=tight)
    if len(tight) == 18 and tight.isdecimal() and tight.endswith("000"):
        raise Ruined("id_rounded")
    if len(tight) == 17 and tight.isdecimal():
        raise Ruined("id_short")
    return plain


def telephone_of(raw: Raw) -> str:
    """A telephone number as typed. A mobile number in a numeric cell is whole and taken; whatever may have lost a
    digit or a zero is told. Raises Ruined."""
    if isinstance(raw, bool | date | time | timedelta):
        raise Ruined("tel_number", found=said(raw))
    if isinstance(raw, int | float):
        whole = str(int(raw)) if float(raw).is_integer() else ""
        if MOBILE.fullmatch(whole):
            return whole
        raise Ruined("tel_number", found=said(raw))
    plain = text_of(raw).lstrip("'’`")
    tight = plain.replace(" ", "").replace("-", "")
    if SCIENTIFIC.fullmatch(tight) or DECIMAL.fullmatch(tight):
        raise Ruined("tel_number", found=tight)
    if LOST_ZERO.fullmatch(tight) and not MOBILE.fullmatch(tight):
        raise Ruined("tel_zero", found=tight)
    return plain


def date_of(raw: Raw) -> date | None:
    """A day. Raises Ruined for a serial number (a date that lost its form), a month alone, or what is no date."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool | time | timedelta):
        raise Ruined("no_date")
    plain = str(int(raw)) if isinstance(raw, int | float) and float(raw).is_integer() else \
        str(raw) if isinstance(raw, int | float) else text_of(raw)
    if not plain:
        return None
    if SERIAL.fullmatch(plain):
        raise Ruined("date_serial", found=plain, would=str(EPOCH + timedelta(days=int(float(plain)))))
    found = DATE.fullmatch(plain) or COMPACT.fullmatch(plain)
    if found is None:
        raise Ruined("month" if MONTH.fullmatch(plain) else "no_date")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Ruined("no_such_day") from None


def yes_no_of(raw: Raw) -> bool | None:
    """Yes, no, or nothing said. Raises Ruined."""
    if isinstance(raw, bool):
        return raw
    plain = text_of(raw).casefold()
    if not plain:
        return None
    if plain in YES or plain in NO:
        return plain in YES
    raise Ruined("yes_no")

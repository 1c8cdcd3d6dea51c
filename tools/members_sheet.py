"""A sheet of invented members for measuring the import: tools/members_sheet.py ROWS FILE [SEED].

Names are put together from the characters of the demo's cast. Identity numbers are valid by their check character, but
of districts that do not exist; telephones begin with 010-0, as no subscriber's number does: nobody is meant. The same
seed gives the same sheet; .csv or .xlsx by the name of the file.
"""

from __future__ import annotations

import csv
import random
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

CHECKOUT = Path(__file__).resolve().parents[1]
HEAD = ("姓名", "证件类型", "证件号码", "手机号", "所在组织", "会员号", "入会日期")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DAYS = 45 * 365
UNIT = "石景山区总工会"
PLACES = ("110199", "120199", "130199", "310199", "440199", "510199", "610199", "650199")


def rows(count: int, seed: int, units: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows, each of an invented person of its own."""
    chance = random.Random(seed)
    cast = tomllib.loads((CHECKOUT / "baiying/project/demo/cast.toml").read_text(encoding="utf-8"))["person"]
    signs = sorted({sign for one in cast for sign in one["name"]} - {"·"})  # a dot needs a name on both sides
    for order in range(count):
        born = date(1958, 1, 1) + timedelta(days=order % DAYS)
        body = f"{PLACES[order // DAYS % len(PLACES)]}{born:%Y%m%d}{order // DAYS // len(PLACES) * 7 % 1000 + 1:03d}"
        check = "10X98765432"[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]
        name = "".join(chance.choices(signs, k=chance.choice((2, 3, 3))))
        yield (name, "身份证", body + check, f"0100{order:08d}", chance.choice(units), f"M{order:07d}",
               str(date(2010, 1, 1) + timedelta(days=chance.randrange(5000))))


def write(path: Path, count: int, seed: int, units: list[str]) -> None:
    """Write the sheet, every column as text."""
    if path.suffix == ".csv":
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEAD, *rows(count, seed, units)])
        return
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名册")
    for line, row in enumerate([HEAD, *rows(count, seed, units)]):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell)
    book.close()


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 1, [UNIT])

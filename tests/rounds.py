"""Going round every page there is: the addresses of docs/powers.md, and from each page on by its links.

Knows neither Django nor a browser: whoever goes round opens an address and says which links were found there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

POWERS = Path(__file__).resolve().parents[1] / "docs" / "powers.md"
LINE = re.compile(r"^\| `(/[^`]*)` \| `?([^`|]*?)`? \|")
HOLE = re.compile(r"<str:\w+>")
# What ends the round, or is no page: leaving, signing out, the switches; files and machines' answers.
NO_PAGE = {"/leave/", "/out/", "/drop/", "/draft/", "/prefer/", "/danger.json", "/suggest/", "/received/", "/desk/",
           "/import/template/<str:kind>/"}


@dataclass(frozen=True)
class Row:
    """One line of the table of powers."""

    path: str
    power: str

    @property
    def open(self) -> bool:
        """Whether the address can be typed as it stands."""
        return "<" not in self.path

    def fits(self, address: str) -> bool:
        return re.fullmatch(HOLE.sub("[^/]+", self.path), address.split("?")[0]) is not None


def rows() -> list[Row]:
    """Every route with a page of its own, in the order of the table."""
    found = [LINE.match(line) for line in POWERS.read_text(encoding="utf-8").splitlines()]
    return [Row(one[1], one[2]) for one in found if one and one[1] not in NO_PAGE and not one[1].startswith("/setup/")]


def row_of(address: str, table: Iterable[Row]) -> Row | None:
    """The route that an address belongs to; one without a hole before one with."""
    fitting = sorted((row for row in table if row.fits(address)), key=lambda row: row.path.count("<"))
    return fitting[0] if fitting else None


def go_round(table: list[Row], visit: Callable[[str], Iterable[str]], each: int = 1) -> Iterator[tuple[Row, str]]:
    """Open every address that can be typed, then by the links that `visit` gives those with a hole, `each` times.

    A link with a question behind it (a filter, a part) counts as another page of its route, once.
    """
    waiting, seen = [row.path for row in table if row.open], Counter[str]()
    done: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        row = row_of(address, table)
        kind = f"{row.path}{'?' * ('?' in address)}" if row else ""
        if row is None or address in done or seen[kind] >= each:
            continue
        done.add(address)
        seen[kind] += 1
        waiting += [link.split("#")[0] for link in visit(address) if link.startswith("/")]
        yield row, address

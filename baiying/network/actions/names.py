"""Names of places that people use, brought in by file: ``name,area[,kind]``. Lines with ``#`` are notes.

``area``: a code of 12 digits, or the name of an area of the district as its table writes it (八角北里社区, 八角北里).
``kind``: estate, crossing, employer, other (so without the word), vague (a name that means other things too).
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.engine import gazetteer
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.network.models import Area, AreaName
from baiying.network.queries.picture import forget

MOST_ROWS, LONGEST = 100_000, 80
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class NameCounts:
    """What a load did."""

    read: int
    new: int
    known: int
    gone: int


def load_names(district: str, source: Path, replace: bool = False) -> NameCounts:
    """Bring in the names of one district, all or none; what is there already stays.

    :param replace: names that the file does not hold are taken away.
    :raises Refusal: a sentence about the first row that is wrong. Nothing is changed then.
    """
    codes = _codes_by_name(district)
    rows: dict[tuple[str, str], str] = {}
    for number, row in enumerate(_rows(source), start=2):
        name, area, kind = _checked(number, row, district, codes)
        rows[(name, area)] = kind
    with transaction.atomic():
        known = {(one.name, one.area_id): one for one in AreaName.objects.filter(district=district)}
        made = [AreaName(id=uuid_for(f"{district}:{area}:{name}", "area name"), district=district, name=name,
                         area_id=area, kind=kind) for (name, area), kind in rows.items()]
        AreaName.objects.bulk_create(made, update_conflicts=True, unique_fields=["id"], update_fields=["kind"])
        gone = [one.id for place, one in known.items() if place not in rows] if replace else []
        AreaName.objects.filter(id__in=gone).delete()
        forget()
    new = sum(place not in known for place in rows)
    return NameCounts(len(rows), new, len(rows) - new, len(gone))


def _codes_by_name(district: str) -> Mapping[str, set[str]]:
    """The areas of the district by what they are called, with and without 社区 and 街道.

    :raises Refusal: its areas are not loaded.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    for area in Area.objects.filter(district=district).select_related("parent"):
        ways = gazetteer.street(area.name) if area.level == 4 else gazetteer.community(
            area.name, area.parent.name if area.parent else "")
        for text in {gazetteer.plain(area.name), *(way.text for way in ways)}:
            codes[text].add(area.code)
    if not codes:
        raise Refusal(_("The areas of %(code)s are not loaded yet. Type: baiying territory load %(code)s"),
                      code=district)
    return codes


def _checked(number: int, row: Mapping[str, str], district: str, codes: Mapping[str, set[str]]) -> tuple[str, str, str]:
    """One row as (name, code, kind). Raises Refusal."""
    name, area, kind = row.get("name", ""), row.get("area", ""), row.get("kind", "") or AreaName.Kind.OTHER
    if len(gazetteer.plain(name)) < 2 or len(name) > LONGEST:
        raise Refusal(_("Row %(row)d: a name has 2 to %(most)d characters; this is not one: “%(name)s”"),
                      row=number, most=LONGEST, name=name[:LONGEST])
    if kind not in AreaName.Kind.values:
        raise Refusal(_("Row %(row)d: “%(kind)s” is no kind of name. Kinds: %(kinds)s"),
                      row=number, kind=kind[:20], kinds=", ".join(AreaName.Kind.values))
    known = {area} & set().union(*codes.values()) if area.isdecimal() else codes.get(gazetteer.plain(area), set())
    if len(known) != 1 or next(iter(known)).startswith(district + "000"):
        raise Refusal(_("Row %(row)d: “%(area)s” is not one street or community of %(district)s. Write its 12-digit "
                        "code, or its whole name."), row=number, area=area[:LONGEST], district=district)
    return name, next(iter(known)), kind


def _rows(source: Path) -> list[dict[str, str]]:
    """The rows of the file. Raises Refusal when it cannot be read or lacks columns."""
    try:
        raw = source.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(raw)) as packed:
                raw = packed.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refusal(_("There is no file %(path)s."), path=source) from None
    except (OSError, EOFError) as error:
        raise Refusal(_("The file %(path)s cannot be read: %(why)s"), path=source, why=error) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(_("%(path)s is not a text file in UTF-8."), path=source.name) from None
    table = csv.DictReader(line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    columns = {(name or "").strip() for name in table.fieldnames or ()}
    if not columns >= {"name", "area"}:
        raise Refusal(_("%(path)s has the columns %(has)s. It needs name,area and may have kind."), path=source.name,
                      has=",".join(sorted(columns)) or _("none"))
    rows = [{(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str)}
            for row in table]
    if len(rows) > MOST_ROWS or len(raw) > LARGEST:
        raise Refusal(_("%(path)s holds more than %(most)d names. Divide it into several files."), path=source.name,
                      most=MOST_ROWS)
    return rows

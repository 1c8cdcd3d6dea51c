"""Who bears a grant: the unit whose budget pays, and those that declared to add to what it grants to their people."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baiying.cases.models import Case
from baiying.kit import moment
from baiying.ledger import queries as books
from baiying.ledger.models import Line
from baiying.ledger.words import Kind
from baiying.network import queries as network
from baiying.network.models import Unit

#: How many signs of a 12-digit area code name a district, a street.
DISTRICT_SIGNS, STREET_SIGNS = 6, 9


@dataclass(frozen=True)
class Added:
    """What one unit adds. ``fits``: its ceiling and budget allow it; where they do not, nothing of it is added."""

    unit: Unit
    fen: int
    fits: bool = True


def additions(case: Case, payer: UUID, service: str, fen: int) -> list[books.Addition]:
    """What is added to this sum: by units over the one that handles it, and by those in whose area she is."""
    found = books.additions(payer, service, fen)
    units = network.units_by_id(one.unit for one in found)
    over = _over(case.unit) if found else set()
    return [one for one in found if one.unit in over or _covers(units[one.unit], case.area)]


def added(case: Case, service: str, fen: int) -> tuple[Added, ...]:
    """What is, or would be, added to a request: as it was granted, as it is kept free, or as it stands now."""
    lines = books.lines_of(case.id)
    granted = [one for one in lines if one.kind == Kind.GRANT and one.matching_id]
    if granted or any(one.kind == Kind.GRANT for one in lines):
        return _told([(one.unit_id, _left(lines, one.id, one.fen), True) for one in granted])
    kept = set(books.promises_of(case.id))
    shares = [one for one in lines if one.kind == Kind.PROMISE and one.matching_id and one.share_of_id in kept]
    rows = [(one.unit_id, one.fen, True) for one in shares]
    payer = books.payer(case.unit, service)
    now = additions(case, payer, service, fen) if payer is not None else []
    there = {one.unit_id for one in shares}  # what is kept free for it takes up room of its own
    return _told(rows + [(one.unit, one.fen, one.fits) for one in now if one.unit not in there])


def _left(lines: list[Line], grant: UUID, fen: int) -> int:
    """What still stands of a share."""
    return fen + sum(one.fen for one in lines if one.kind == Kind.COUNTER and one.of_id == grant)


def _told(rows: list[tuple[UUID, int, bool]]) -> tuple[Added, ...]:
    units = network.units_by_id(unit for unit, _fen, _fits in rows)
    return tuple(Added(units[unit], fen, fits) for unit, fen, fits in rows if fen)


def _over(unit: Unit) -> set[UUID]:
    """The unit and all above it."""
    found: set[UUID] = set()
    above: Unit | None = unit
    while above is not None and above.id not in found:
        found.add(above.id)
        above = network.upper(above, moment.today())
    return found


def _covers(unit: Unit, area: str) -> bool:
    """Whether an area lies in that of a unit."""
    code = unit.area_id
    signs = DISTRICT_SIGNS if code.endswith("000000") else STREET_SIGNS if code.endswith("000") else len(code)
    return bool(area) and area[:signs] == code[:signs]

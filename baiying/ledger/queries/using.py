"""What somebody has had of a service: the facts `used.*` of rules (engine.rules.limits)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baiying.kit import door
from baiying.ledger import access
from baiying.ledger.marks import Whom, marks_of
from baiying.ledger.words import ERRAND
from baiying.members import queries as members


@dataclass(frozen=True)
class Use:
    """One grant that stands: for which period, on which day, how much of it in fen (0: no money)."""

    period: str
    on: date
    fen: int


def whom(person_id: UUID, papers: Iterable[bytes] = ()) -> Whom:
    """Somebody with an account, with all rows that are she and her identity numbers, so that what was written down for
    her at a counter counts too. Opens a door of its own: ask before opening another."""
    known = dict.fromkeys([*papers, *members.paper_indexes(person_id)])
    return Whom(tuple(members.selves(person_id)), tuple(known))


def used(service: str, person: Whom) -> list[Use]:
    """Every grant of a service to this person that was not taken back, oldest first. Inside any door."""
    return [Use(period, on, fen) for _mark, period, on, fen in access.used(marks_of(service, person))]


def facts_used(
    service: str, person: Whom, on: date, *, periods: Mapping[str, str] | None = None, own: bool = True
) -> dict[str, int | date | None]:
    """The facts `used.*` of one service; with ``own`` false, with `:service` behind their names, for other rules.

    ``periods``: which period a round, an event or a certificate of the request is (`{"round": "round:2026-1"}`).
    """
    had = used(service, person)
    found = _facts(had, on)
    for per, period in (periods or {}).items():
        found[f"used.times_{per}"] = sum(one.period == period for one in had)
    return found if own else {f"{name}:{service}": value for name, value in found.items()}


def _facts(had: list[Use], on: date) -> dict[str, int | date | None]:
    year = [one for one in had if one.on.year == on.year]
    return {
        "used.times_year": len(year),
        "used.money_year": sum(one.fen for one in year),
        "used.times_month": sum(one.on.month == on.month for one in year),
        "used.times_life": len(had),
        "used.money_life": sum(one.fen for one in had),
        "used.years_since": max((one.on for one in had), default=None),
    }


def facts_of_all(
    services: Iterable[str], person: Whom, on: date
) -> tuple[dict[str, int | date | None], frozenset[str]]:
    """The facts `used.*:service` of all these services, and those of which a grant stands. One query; inside any
    door."""
    marks = {mark: service for service in services for mark in marks_of(service, person)}
    had: dict[str, list[Use]] = {service: [] for service in marks.values()}
    for mark, period, day, fen in access.used(list(marks)):
        had[marks[mark]].append(Use(period, day, fen))
    found: dict[str, int | date | None] = {}
    for service, uses in had.items():
        found.update({f"{name}:{service}": value for name, value in _facts(uses, on).items()})
    return found, frozenset(service for service, uses in had.items() if uses)


@dataclass(frozen=True)
class Standing:
    """A grant as it stands: its service and district, and whether it was taken back wholly."""

    service: str
    district: str
    stands: bool


def standing(line: UUID) -> Standing | None:
    """How a grant stands, by its first line; None: there is no such grant. Opens the errand's door."""
    with door.errand(ERRAND):
        row = access.line(line)
        return None if row is None else Standing(row.service, row.district, not access.is_taken_back(row))

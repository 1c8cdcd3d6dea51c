"""The counts of entitled, served and unknown people, by unit and service: moved with each change, counted anew by the
sweep. Counts alone, and of services that may be offered unasked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from baiying.kit.chance import uuid_for
from baiying.services.actions.rows import run
from baiying.services.models import Cover, MonthCover

if TYPE_CHECKING:
    from baiying.services.actions.rows import Stand
    from baiying.services.queries.rulebook import Rules

ENTITLED, SERVED, UNKNOWN = "entitled", "served", "unknown"
Key = tuple[UUID | None, str, str]  # unit, district, service


def bits(packed: bytes) -> int:
    """A packed row as one number: bit r is the service r."""
    return int.from_bytes(packed, "little")


def counted(services: Sequence[str], yes: bytes, unknown: bytes, served: bytes) -> Iterator[tuple[str, str]]:
    """(service, which count) for each count in which a person stands. Served counts among the entitled alone."""
    entitled, open_, has = bits(yes), bits(unknown), bits(served)
    for n, service in enumerate(services):
        if entitled >> n & 1:
            yield service, ENTITLED
            if has >> n & 1:
                yield service, SERVED
        elif open_ >> n & 1:
            yield service, UNKNOWN


def shift(rules: Rules, changes: Iterable[tuple[tuple[str, Stand] | None, Stand | None]]) -> None:
    """Move the counts by what changed. Of a row under an older rulebook nothing is known: the sweep counts anew."""
    moved: Counter[tuple[Key, str]] = Counter()
    for before, after in changes:
        for one, sign in ((before[1] if before and before[0] == rules.version else None, -1), (after, 1)):
            if one is not None:
                for service, count in counted(rules.services, one.yes, one.unknown, one.served):
                    moved[(one.unit, one.district, service), count] += sign
    write({key for (key, _), by in moved.items() if by}, {key: by for key, by in moved.items() if by})


def replace(total: Mapping[tuple[Key, str], int]) -> None:
    """These are the counts, all of them, counted anew: what differs is written."""
    moved: Counter[tuple[Key, str]] = Counter(total)
    for row in Cover.objects.all():
        for count in (ENTITLED, SERVED, UNKNOWN):
            moved[(row.unit_id, row.district, row.service), count] -= getattr(row, count)
    write({key for (key, _), by in moved.items() if by}, {key: by for key, by in moved.items() if by})
    Cover.objects.filter(entitled=0, served=0, unknown=0).delete()


def keep_month(on: date) -> None:
    """Keep the counts as the month of this day begins, once: what boards tell until the next one."""
    month = on.replace(day=1)
    if MonthCover.objects.filter(month=month).exists():
        return
    totals: dict[tuple[str, str], Counter[str]] = {}
    for row in Cover.objects.all():
        told = {ENTITLED: row.entitled, SERVED: row.served, UNKNOWN: row.unknown}
        totals.setdefault((row.district, row.service), Counter()).update(told)
    MonthCover.objects.bulk_create(
        MonthCover(
            id=uuid_for(f"{district}:{month}:{service}", "month"),
            district=district,
            month=month,
            service=service,
            entitled=told[ENTITLED],
            served=told[SERVED],
            unknown=told[UNKNOWN],
        )
        for (district, service), told in sorted(totals.items())
    )


def write(keys: Iterable[Key], by: dict[tuple[Key, str], int]) -> None:
    """Add to the counts of these units and services."""
    rows = sorted(keys, key=str)
    if not rows:
        return
    run(
        ADD,
        [
            [uuid_for(f"{district}:{unit}:{service}", "cover") for unit, district, service in rows],
            [one[1] for one in rows],
            [one[0] for one in rows],
            [one[2] for one in rows],
            *([by.get((one, count), 0) for one in rows] for count in (ENTITLED, SERVED, UNKNOWN)),
        ],
    )


ADD = """INSERT INTO services_cover AS c (id, district, unit_id, service, entitled, served, unknown)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::int[], %s::int[], %s::int[])
    ON CONFLICT (district, unit_id, service) DO UPDATE SET entitled = c.entitled + excluded.entitled,
        served = c.served + excluded.served, unknown = c.unknown + excluded.unknown"""

"""The counts behind coverage, as they stood when the month began."""

from __future__ import annotations

from collections import Counter
from datetime import date

from baiying.services import access


def counts(district: str) -> tuple[date | None, dict[str, Counter[str]]]:
    """The last month that was swept, and by service: entitled, served (among them) and unknown people of a district."""
    first = access.months(district).first()
    if first is None:
        return None, {}
    rows = access.months(district).filter(month=first.month)
    found = {row.service: Counter(entitled=row.entitled, served=row.served, unknown=row.unknown) for row in rows}
    return first.month, {key: told for key, told in found.items() if told["entitled"] or told["unknown"]}

"""The counts behind coverage."""

from __future__ import annotations

from collections import Counter

from baiying.services import access


def counts(district: str) -> dict[str, Counter[str]]:
    """By service: entitled, served (among them) and unknown people of a district."""
    found: dict[str, Counter[str]] = {}
    for row in access.covers(district):
        told = found.setdefault(row.service, Counter())
        told.update({"entitled": row.entitled, "served": row.served, "unknown": row.unknown})
    return {key: told for key, told in found.items() if told["entitled"] or told["unknown"]}

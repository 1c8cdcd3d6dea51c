"""What rules may ask about cover and what was granted (catalogue/facts.toml, `app = "services"`)."""

from __future__ import annotations

from baiying.catalogue.facts import fact

# The day of admission counts, the day of discharge does not.
fact("stay.days", "CASE WHEN {stay.until} >= {stay.from} THEN {stay.until} - {stay.from} END::bigint")

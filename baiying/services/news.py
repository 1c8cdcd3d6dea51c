"""What services tell (kit.news), inside the transaction of the change, with the door of the errand `members` open."""

from __future__ import annotations

from baiying.kit.news import declare

#: What is known of these people changed. Facts: people=collection of UUID.
FACTS_CHANGED = declare("services.facts_changed")

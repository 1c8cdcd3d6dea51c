"""What people tell upwards (kit.news). Told inside the transaction of the change, with the door of the errand `members`
open, which a listener uses; a listener must bear hearing it twice.
"""

from __future__ import annotations

from baiying.kit.news import declare

#: Something about these people changed that rules may ask: membership, death. Facts: people=collection of UUID.
PERSONS_CHANGED = declare("members.changed")
#: These people were wiped or taken out; whatever else is known of them goes too. Facts: people=collection of UUID.
FORGOTTEN = declare("members.forgotten")

"""What the network tells upwards (kit.news). Told inside the transaction of the change, with no door open: a listener
opens the door of its own errand. Each is told again whenever it holds anew; a listener must bear hearing it twice.
"""

from __future__ import annotations

from baiying.kit.news import declare

#: A unit closed, was split or merged: its work goes to another. Facts: unit=UUID, to=UUID, on=date.
UNIT_PASSED = declare("network.unit_passed")
#: A unit has no living receiving post any more. Facts: unit=UUID, on=date.
UNIT_EMPTY = declare("network.unit_empty")
#: Somebody's office ended. Facts: post=UUID, person=UUID (nobody: None), unit=UUID.
POST_ENDED = declare("network.post_ended")
#: A change is through, or the timetable has looked: who is in office may be another. Facts: on=date, quiet=bool: the
#: days went by of themselves, so nothing may be refused.
SETTLED = declare("network.settled")

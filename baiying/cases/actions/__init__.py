"""Writes of cases, one function a verb. Each opens the door, leaves one line in the log, and is done twice as once."""

from baiying.cases.actions.calendar import recompute
from baiying.cases.actions.judge import judge, withdraw
from baiying.cases.actions.late import note_late
from baiying.cases.actions.move import move
from baiying.cases.actions.submit import Receipt, Submission, submit
from baiying.cases.actions.tell import tell_her

__all__ = ["Receipt", "Submission", "judge", "move", "note_late", "recompute", "submit", "tell_her", "withdraw"]

"""Writes of cases, one function a verb. Each opens the door, leaves one line in the log, and is done twice as once."""

from baiying.cases.actions.calendar import recompute
from baiying.cases.actions.judge import judge, withdraw
from baiying.cases.actions.late import note_late
from baiying.cases.actions.move import move
from baiying.cases.actions.submit import Receipt, Submission, submit
from baiying.cases.actions.tell import tell_her
from baiying.cases.actions.templates import keep_template, retire_template

__all__ = ["Receipt", "Submission", "judge", "keep_template", "move", "note_late", "recompute",
           "retire_template", "submit", "tell_her", "withdraw"]

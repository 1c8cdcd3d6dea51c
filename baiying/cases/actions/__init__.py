"""Writes of cases, one function a verb. Each opens the door, leaves one line in the log, and is done twice as once."""

from baiying.cases.actions.bring_in import Call, bring_in, consent
from baiying.cases.actions.calendar import recompute
from baiying.cases.actions.judge import judge, withdraw
from baiying.cases.actions.late import note_late
from baiying.cases.actions.move import move
from baiying.cases.actions.passing_on import pass_on
from baiying.cases.actions.returning import assign, give_back
from baiying.cases.actions.submit import Receipt, Submission, submit
from baiying.cases.actions.tasks import finish_task, refuse_task
from baiying.cases.actions.tell import tell_her
from baiying.cases.actions.templates import keep_template, retire_template
from baiying.cases.actions.transferring import recuse, transfer

__all__ = [
    "Call", "Receipt", "Submission", "assign", "bring_in", "consent", "finish_task", "give_back", "judge",
    "keep_template", "move", "note_late", "pass_on", "recompute", "recuse", "refuse_task", "retire_template",
    "submit", "tell_her", "transfer", "withdraw",
]

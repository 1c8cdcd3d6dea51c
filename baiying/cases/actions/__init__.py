"""Writes of cases, one function a verb. Each opens the door, leaves one line in the log, and is done twice as once."""

from baiying.cases.actions.bring_in import Call, bring_in
from baiying.cases.actions.calendar import recompute
from baiying.cases.actions.complaint import answer_complaint, complain
from baiying.cases.actions.consent import choose, consent
from baiying.cases.actions.entering import enter
from baiying.cases.actions.extending import ask_extension, decide_extension
from baiying.cases.actions.judge import judge, withdraw
from baiying.cases.actions.ladder import climb
from baiying.cases.actions.linking import link
from baiying.cases.actions.move import move
from baiying.cases.actions.outside import (
    Guest,
    Way,
    answer_outside,
    invite,
    receive_outside,
    reply_outside,
    revoke_link,
    send_link,
    try_code,
)
from baiying.cases.actions.own_code import take_code
from baiying.cases.actions.passing_on import pass_on
from baiying.cases.actions.pausing import pause, resume
from baiying.cases.actions.referrals import receive_task, remind_parties, remind_party
from baiying.cases.actions.reminders import remind
from baiying.cases.actions.retaking import Another, retake, retake_for
from baiying.cases.actions.retention import forget_expired
from baiying.cases.actions.returning import assign, give_back
from baiying.cases.actions.saying_where import say_where
from baiying.cases.actions.set_aside import ask_set_aside, contest, decide_set_aside
from baiying.cases.actions.sheet import add_entry, confirm_sheet, write_sheet
from baiying.cases.actions.submit import Guardian, Receipt, Submission, submit
from baiying.cases.actions.tasks import Answer, finish_task, refuse_task
from baiying.cases.actions.tell import tell_her
from baiying.cases.actions.telling import reply, tell_days
from baiying.cases.actions.templates import keep_template, retire_template
from baiying.cases.actions.transferring import recuse, transfer
from baiying.cases.actions.verdicts import ask_call_back, record_verdict
from baiying.cases.actions.visiting import Heard, Visit, visit

__all__ = [
    "Another", "Answer", "Call", "Guardian", "Guest", "Heard", "Receipt", "Submission", "Visit", "Way", "add_entry",
    "answer_complaint", "answer_outside", "ask_call_back", "ask_extension", "ask_set_aside", "assign", "bring_in",
    "choose", "climb", "complain", "confirm_sheet", "consent", "contest", "decide_extension", "decide_set_aside",
    "enter", "finish_task", "forget_expired", "give_back", "invite", "judge", "keep_template", "link", "move",
    "pass_on", "pause", "receive_outside", "receive_task", "recompute", "record_verdict", "recuse", "refuse_task",
    "remind", "remind_parties", "remind_party", "reply", "reply_outside", "resume", "retake", "retake_for",
    "retire_template", "revoke_link", "say_where", "send_link", "submit", "take_code", "tell_days", "tell_her",
    "transfer", "try_code", "visit", "withdraw", "write_sheet",
]

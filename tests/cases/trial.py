"""A matter of its own for the tests of clocks: every kind of clock that the language knows, in the smallest frame."""

from __future__ import annotations

KEY = "union.trial.clocks"
TOML = '''
name = "时限试验"
name_en = "Trial of clocks"
help = "只用于检查时限。"
help_en = "Only to check clocks."
org = "union"
class = "P2"
order = 99
pauses = ["waiting_for_asker", "outside_step", "force_majeure"]

[ask]
knew_on = { label = "哪天知道的", label_en = "The day you knew", kind = "date", event = "knew" }
limit_date = { label = "期限哪天届满", label_en = "The day the limit ends", kind = "date", event = "limit_date" }

[stage.first]
label = "第一步"
label_en = "First"
task = "lead"
moves = [
  { to = "second", label = "往下办", label_en = "On" },
  { to = "answered", label = "答复", label_en = "Answer" },
]

[stage.second]
label = "第二步"
label_en = "Second"
task = ["lead", "asker"]
moves = [
  { to = "first", by = "asker", label = "我要改", label_en = "I want a change" },
  { to = "first", by = "lead", label = "退回第一步", label_en = "Back" },
  { to = "overdue", by = "lead", label = "转督办", label_en = "To be supervised" },
  { to = "answered", by = "lead", label = "答复", label_en = "Answer" },
]

[stage.overdue]
label = "超期督办"
label_en = "Overdue"
task = "lead"
moves = [{ to = "answered", label = "答复", label_en = "Answer" }]

[letter]
draft = { label = "告知书", label_en = "Notice", to = ["asker"], text = "{number} {unit} {today} {name}" }

[clock.contact]
label = "联系"
label_en = "Contact"
limit = "24 hours"
from = ["submitted", "reopened"]
until = ["second", "answered"]
of = "lead"
expired = { then = ["call_upper", "tell_her", "offer_letter"], letter = "draft" }
basis = "house"
grade = "proposed"

[clock.answer]
label = "答复"
label_en = "Answer"
limit = "10 working days"
from = ["submitted", "reopened"]
until = ["answered", "overdue"]
of = "lead"
warn = [3, 1]
extend = "5 working days"
expired = { to = "overdue", then = ["tell_her"] }
basis = "house"
grade = "proposed"

[clock.second]
label = "第二步办完"
label_en = "The second step"
limit = "6 days"
from = "second"
until = ["first", "answered"]
of = "lead"
basis = "house"
grade = "proposed"

[clock.before_limit]
label = "赶在期限前"
label_en = "Before the limit"
limit = "7 days"
before = "limit_date"
until = "answered"
of = "lead"
warn = [7, 3]
basis = "house"
grade = "proposed"

[clock.limitation]
label = "她的时效"
label_en = "Her limit"
limit = "1 year"
kind = "limitation"
from = "knew"
of = "asker"
owner = "asker"
warn = [30, 10, 5]
basis = "L-TJZC art.27"
grade = "law"

[clock.outside]
label = "外部机关答复"
label_en = "The outside body"
limit = "15 days"
from = "submitted"
until = "answered"
of = "department"
owner = "other"
basis = "house"
grade = "proposed"

[closing]
question = "解决了吗?"
question_en = "Is it solved?"
reopen = "upper"
times = 1
'''

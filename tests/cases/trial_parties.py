"""A matter of its own for the tests of least data: three parties, each with another part of what she told."""

from __future__ import annotations

KEY = "union.trial.parties"
TOML = '''
name = "各方试验"
name_en = "Trial of parties"
help = "只用于检查谁看到什么。"
help_en = "Only to check who sees what."
org = "union"
class = "P3"
order = 98

[ask]
first_fact = { label = "第一个情况", label_en = "First", kind = "text" }
other_fact = { label = "另一个情况", label_en = "Other", kind = "text" }

[party.mediator]
sees = ["words", "name", "phone", "story", "files", "first_fact", "other_fact"]
purpose = "听双方说, 谈出办法"
purpose_en = "Hearing both sides"
receipt = "24 hours"

[party.co]
sees = ["words", "name", "first_fact"]
consent = false

[party.employer]
sees = ["name", "other_fact"]
consent = true

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
task = "lead"
moves = [{ to = "answered", label = "答复", label_en = "Answer" }]

[clock.answer]
label = "答复"
label_en = "Answer"
limit = "10 working days"
from = ["submitted", "reopened"]
until = "answered"
of = "lead"
basis = "house"
grade = "proposed"

[closing]
question = "解决了吗?"
question_en = "Is it solved?"
reopen = "upper"
times = 1
'''

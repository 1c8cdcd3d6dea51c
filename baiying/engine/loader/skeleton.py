"""A new service's file, for `baiying catalogue new service`: commented, and without a fault as it stands."""

from __future__ import annotations

SERVICE = '''# {key}: say here where its facts come from, and what is not certain.
# Words: catalogue/README.md. Check it with `baiying catalogue check`; it shows under /catalogue/{key}/.

id = "{key}"
kind = "benefit"         # benefit, enrolment, activity, learning … (catalogue/README.md)
situation = "hardship"   # when in life it is looked for: its section on the page
name = "一项新服务"
name_en = "A new service"
help = "用一句大家都懂的话说清楚: 给谁, 有什么。"
help_en = "One plain line: for whom, and what there is."
org = "{org}"
class = "P2"             # P0 everybody, P1 whoever is signed in, P2 those with a part in it, P3 named people
order = 900
source = ["house"]       # keys of catalogue/reference/sources.toml; add yours there first
grade = "K"              # that of the weakest source: A, B, C, K
# valid = {{ from = 2026-01-01, until = 2026-12-31 }}
# keywords = ["大家会怎么说"]
# matter = "…"           # the matter that handles a request; without it the general one

# Who may have it, as the source says.
[[terms]]
text = "工会会员"
text_en = "Union members"
basis = "house"

# The same as it is judged: one fact of catalogue/facts.toml, one comparison, and what a person who fails is told.
[[who]]
fact = "member.active"
is = true
otherwise = "要是工会会员。"
otherwise_en = "You must be a union member."
basis = "house"

# How much. Money is in fen; "@name" is a line of catalogue/reference/lines.toml, which may stand empty.
# [[amount]]
# item = "补助"
# value = 50000
# since = 2026-01-01
# basis = "house"

# A number as a source tells it, for people to read.
# [[figure]]
# label = "补助"
# label_en = "Grant"
# value = "500 元"
# value_en = "500 yuan"
# year = 2026
# basis = "house"

[party]
unit = {{ label = "本单位", label_en = "The unit", must = true }}

[ask]
reason = {{ label = "说明情况", label_en = "What it is about", kind = "longtext", class = "P2", need = true }}

[step]
apply = {{ label = "本人申请", label_en = "You apply", by = "asker" }}
decide = {{ label = "审核并答复", label_en = "Looked at and answered", by = "unit" }}

[clock.decide]
label = "答复"
label_en = "Answered"
limit = "5 working days"
from = "提交"
from_en = "you apply"
basis = "house"
grade = "proposed"

[[guard]]
text = "只看办这件事要用的材料。"
text_en = "Only the papers that are needed are looked at."

# Examples are the rule's tests: one yes, one no, one not known, from the source and not from the rule.
[[example]]
says = "会员"
on = 2026-03-01
facts = {{ "member.active" = true }}
gives = "yes"

[[example]]
says = "不是会员"
on = 2026-03-01
facts = {{ "member.active" = false }}
gives = "no"

[[example]]
says = "不知道是不是会员, 先问"
on = 2026-03-01
facts = {{}}
gives = "ask"
'''


def service(key: str) -> str:
    """The text of a new service's file. The organisation is the first part of its key."""
    return SERVICE.format(key=key, org=key.partition(".")[0])

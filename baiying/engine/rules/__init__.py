"""Rules: who gets a service, judged for one person with reasons or for everybody into bits, with the same answers."""

from baiying.engine.rules.columns import Column, Columns, columns_of
from baiying.engine.rules.facts import Fact, FactNames
from baiying.engine.rules.judgement import Clause, Judgement, Open, Payment, Sum, Use
from baiying.engine.rules.judging import judge, judge_all
from baiying.engine.rules.language import (
    FACT_TYPES,
    RULE_WORDS,
    SUBJECTS,
    Amount,
    Answer,
    Band,
    Facts,
    Group,
    Limit,
    Paid,
    Places,
    Ref,
    Requirement,
    Rule,
    Share,
    Span,
    Test,
    Value,
    Window,
)
from baiying.engine.rules.lines import Dated, Line, Lines, dated, value_on
from baiying.engine.rules.questions import Question, questions
from baiying.engine.rules.sweeping import Swept, sweep

__all__ = [
    "FACT_TYPES",
    "RULE_WORDS",
    "SUBJECTS",
    "Amount",
    "Answer",
    "Band",
    "Clause",
    "Column",
    "Columns",
    "Dated",
    "Fact",
    "FactNames",
    "Facts",
    "Group",
    "Judgement",
    "Limit",
    "Line",
    "Lines",
    "Open",
    "Paid",
    "Payment",
    "Places",
    "Question",
    "Ref",
    "Requirement",
    "Rule",
    "Share",
    "Span",
    "Sum",
    "Swept",
    "Test",
    "Use",
    "Value",
    "Window",
    "columns_of",
    "dated",
    "judge",
    "judge_all",
    "questions",
    "sweep",
    "value_on",
]

"""One person, one rule: the answer with its reasons."""

from __future__ import annotations

from datetime import date

from baiying.engine.rules.judgement import Judgement
from baiying.engine.rules.language import Facts, Rule
from baiying.engine.rules.lines import Lines


def judge(rule: Rule, facts: Facts, lines: Lines, on: date, subject: str = "self") -> Judgement:
    """Judge the person of these facts by a rule, on a day.

    `subject`: for whom she asks; the facts are this person's. A rule that is not for such a subject says no by itself.
    """
    raise NotImplementedError

"""Reads of cases: her story, the handler's day, one case on one page."""

from baiying.cases.queries.late import late
from baiying.cases.queries.opening import CaseView, open_case, reach
from baiying.cases.queries.reading import ClockView, Line, Reading
from baiying.cases.queries.similar import Similar, similar
from baiying.cases.queries.story import Story, entry_for, story
from baiying.cases.queries.templates import templates
from baiying.cases.queries.today import AT_ONCE, Row, today

__all__ = [
    "AT_ONCE", "CaseView", "ClockView", "Line", "Reading", "Row", "Similar", "Story", "entry_for", "late", "open_case",
    "reach", "similar", "story", "templates", "today",
]

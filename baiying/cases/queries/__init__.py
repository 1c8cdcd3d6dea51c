"""Reads of cases: her story, the handler's day, one case on one page."""

from baiying.cases.queries.late import late
from baiying.cases.queries.lines import Letter, Line
from baiying.cases.queries.opening import CaseView, open_case, reach
from baiying.cases.queries.reading import ClockView, Reading
from baiying.cases.queries.similar import Similar, similar
from baiying.cases.queries.story import Story, entry_for, story
from baiying.cases.queries.tasks import TaskLine, TaskRow, TaskView, candidates, open_task, tasks
from baiying.cases.queries.templates import templates
from baiying.cases.queries.today import AT_ONCE, Row, today

__all__ = [
    "AT_ONCE", "CaseView", "ClockView", "Letter", "Line", "Reading", "Row", "Similar", "Story", "TaskLine", "TaskRow",
    "TaskView", "candidates", "entry_for", "late", "open_case", "open_task", "reach", "similar", "story", "tasks",
    "templates", "today",
]

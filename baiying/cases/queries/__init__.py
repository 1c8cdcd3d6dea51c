"""Reads of cases: her story, the handler's day, one case on one page."""

from baiying.cases.queries.above import (
    Asked,
    AskedView,
    CallBack,
    call_back,
    call_backs,
    complaint,
    complaints,
    set_aside,
    set_asides,
)
from baiying.cases.queries.counting import Counted, Now, came_in, counted, days_changed, span, standing_now
from baiying.cases.queries.ends import Complaint, Linked, Ways, her_ways
from baiying.cases.queries.given import TaskView, open_outside, open_task
from baiying.cases.queries.heading import Heading, heading
from baiying.cases.queries.hers import has_none, her_entry, hers
from baiying.cases.queries.late import late
from baiying.cases.queries.leads import Candidate, Climb, Naming, climbing, going_round, naming
from baiying.cases.queries.lines import Letter, Line
from baiying.cases.queries.opening import CaseView, open_case, reach
from baiying.cases.queries.reading import ClockView, Reading
from baiying.cases.queries.referrals import LateReferral, TaskLine, late_referrals
from baiying.cases.queries.sheet import SheetPage, SheetView, sheet_page
from baiying.cases.queries.similar import Similar, similar
from baiying.cases.queries.story import Story, entry_for, story
from baiying.cases.queries.tasks import TaskRow, candidates, tasks
from baiying.cases.queries.templates import templates
from baiying.cases.queries.today import AT_ONCE, Row, today

__all__ = [
    "AT_ONCE", "Asked", "AskedView", "CallBack", "Candidate", "CaseView", "Climb", "ClockView", "Complaint",
    "Counted", "Heading", "LateReferral", "Letter", "Line", "Linked", "Naming", "Now", "Reading", "Row", "SheetPage",
    "SheetView", "Similar", "Story", "TaskLine", "TaskRow", "TaskView", "Ways", "call_back", "call_backs", "came_in",
    "candidates", "climbing", "complaint", "complaints", "counted", "days_changed", "entry_for", "going_round",
    "has_none", "heading", "her_entry", "her_ways", "hers", "late", "late_referrals", "naming", "open_case",
    "open_outside", "open_task", "reach", "set_aside", "set_asides", "sheet_page", "similar", "span", "standing_now",
    "story", "tasks", "templates", "today",
]

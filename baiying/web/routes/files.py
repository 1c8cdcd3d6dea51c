"""Files of a case, on a page of their own for each of those who have it in view."""

from __future__ import annotations

from baiying.web.guard import ASKER, PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import files

ROUTES = (
    Route("received/files/", files.received_file, PUBLIC, "On the receipt: a photo or paper for what was just sent"),
    Route("mine/files/", files.my_files, ASKER, "Her papers: hand in, read, show to another party"),
    Route("mine/files/<str:ref>/", files.my_file, ASKER, "One of them, to be saved"),
    Route("case/<str:number>/files/", files.case_files, "case.open", "The files of a case: read, hand in; logged"),
    Route("case/<str:number>/files/<str:ref>/", files.case_file, "case.open", "One of them, to be saved; logged"),
    Route("task/<str:number>/files/", files.task_files, "task.open", "The files that a task has in view, and its own"),
    Route("task/<str:number>/files/<str:ref>/", files.task_file, "task.open", "One of them, to be saved; logged"),
)

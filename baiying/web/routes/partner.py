"""The pages of those who were brought in: their own tasks and nothing else."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import partner

ROUTES = (
    Route("tasks/", partner.tasks, "task.list", "The unit's own tasks in cases that others lead"),
    Route("task/<str:number>/", partner.task, "task.open", "One task, with what its part may read; logged"),
    Route("task/<str:number>/move/", partner.task_move, "task.do", "A step of the case that is this party's to make"),
    Route("task/<str:number>/<str:key>/", partner.task_back, "task.do",
          "It has arrived, words for the lead; done, or not, in writing"),
)

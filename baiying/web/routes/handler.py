"""The handler's pages."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import handler

ROUTES = (
    Route("today/", handler.today, "case.list", "The day's list, what runs out first on top"),
    Route("case/<str:number>/", handler.case, "case.open", "One case on one page; opening what is protected is logged"),
    Route("case/<str:number>/reach/", handler.reach, "case.open", "Show her telephone number; logged"),
    Route("case/<str:number>/move/", handler.move, "case.move", "The next step of a case"),
)

"""The handler's pages."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import handler, handler_texts

ROUTES = (
    Route("desk/", handler.desk, PUBLIC, "To the first page of whoever is signed in"),
    Route("today/", handler.today, "case.list", "The day's list, what runs out first on top"),
    Route("case/<str:number>/", handler.case, "case.open", "One case on one page; opening what is protected is logged"),
    Route("case/<str:number>/reach/", handler.reach, "case.open", "Show her telephone number; logged"),
    Route("case/<str:number>/move/", handler.move, "case.move", "The next step of a case"),
    Route("case/<str:number>/similar/", handler.similar, "case.open", "Earlier cases of the unit like this one"),
    Route("case/<str:number>/print/", handler.printed, "case.open", "The case for paper, without the query code"),
    Route("texts/", handler_texts.texts, "case.answer", "The unit's answer templates"),
    Route("texts/aside/", handler_texts.lay_aside, "case.answer", "Lay an answer template aside"),
)

"""The handler's pages."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import handler, handler_acts, handler_enter, handler_hands, handler_texts

ROUTES = (
    Route("desk/", handler.desk, PUBLIC, "To the first page of whoever is signed in"),
    Route("today/", handler.today, "case.list", "The day's list, what runs out first on top"),
    Route("case/<str:number>/", handler.case, "case.open", "One case on one page; opening what is protected is logged"),
    Route("case/<str:number>/reach/", handler.reach, "case.open", "Show her telephone number; logged"),
    Route("case/<str:number>/move/", handler.move, "case.move", "The next step of a case"),
    Route("case/<str:number>/similar/", handler.similar, "case.open", "Earlier cases of the unit like this one"),
    Route("case/<str:number>/print/", handler.printed, "case.open", "The case for paper, without the query code"),
    Route("case/<str:number>/hands/", handler_hands.hands, "case.move", "Bring in a unit: which part, what is asked"),
    Route("case/<str:number>/guest/", handler_hands.guest, "case.move",
          "Ask somebody outside: a link, a code another way"),
    Route("case/<str:number>/party/<str:key>/", handler_hands.party_act, "case.move",
          "Remind a party; send one outside its link, or end it"),
    Route("case/<str:number>/sheet/", handler_hands.fact_sheet, "case.move",
          "The fact sheet: what was written with her, in versions, and what parties added; logged"),
    Route("case/<str:number>/do/<str:key>/", handler_acts.act, "case.move",
          "Give back, transfer, pause, ask for more time or for an end, keep out"),
    Route("enter/", handler_enter.enter, "case.enter", "Write a need down for somebody; read back before it is stored"),
    Route("enter/slip/", handler_enter.enter_slip, "case.enter", "The slips of what was just stored, once"),
    Route("visit/", handler_enter.visit, "visit.enter", "What was heard on a visit: requests with a yes, else counts"),
    Route("texts/", handler_texts.texts, "case.answer", "The unit's answer templates"),
    Route("texts/aside/", handler_texts.lay_aside, "case.answer", "Lay an answer template aside"),
)

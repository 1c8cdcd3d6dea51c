"""The federation's pages: what is late, rulings to make, what units below ask."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import federation

ROUTES = (
    Route("federation/", federation.federation, "late.see", "The federation's day: short lists of what waits for it"),
    Route("late/", federation.late, "late.see", "What is late in the units below"),
    Route("ruling/<str:number>/", federation.ruling, "case.rule", "Name who leads; after two returns for good"),
    Route("extension/<str:number>/", federation.extension, "case.rule", "More time for a clock below, or not; logged"),
    Route("ending/<str:number>/", federation.ending, "case.rule", "An end without her word, or not; logged"),
    Route("complaint/<str:number>/", federation.complaint, "case.rule", "Answer a complaint about those below; logged"),
    Route("climb/<str:number>/", federation.climb, "case.rule",
          "A clock below about to run out: whom to call; what a relative asks is decided"),
    Route("back/", federation.call_backs, "case.record_verdict", "Answers that wait for her word, to be asked for"),
    Route("back/<str:number>/", federation.call_back, "case.record_verdict",
          "Call back and write her verdict down; logged"),
)

"""Requests for services, and the rounds of limited places."""

from __future__ import annotations

from baiying.web.guard import ASKER, PUBLIC, SELF
from baiying.web.routes.route import Route
from baiying.web.views import requests, requests_desk, requests_entered

ROUTES = (
    Route("entitled/<str:key>/request/", requests.request_for, SELF, "Ask for a service: questions, papers, rule"),
    Route("mine/request/", requests.my_request, ASKER, "Her request: papers, the rule, the decision"),
    Route("mine/request/account/", requests.my_account, ASKER, "The right account, after the bank sent the money back"),
    Route("case/<str:number>/request/", requests_desk.request_of, "case.open", "A request with its papers; logged"),
    Route("case/<str:number>/request/look/", requests_desk.request_look, "case.move",
          "Accept one paper, or send it back with a reason"),
    Route("case/<str:number>/request/put/", requests_desk.request_put, "case.move",
          "Put down what the papers say; hand in what she brought"),
    Route("enter/service/", requests_entered.enter_services, "case.enter",
          "For which service a request is written down for somebody without an account"),
    Route("enter/service/<str:key>/", requests_entered.enter_request, "case.enter",
          "Write a request down for somebody without an account"),
    Route("rounds/", requests.all_rounds, PUBLIC, "Rounds of limited places, and how they were drawn"),
    Route("rounds/new/", requests_desk.round_new, "service.places", "Put out limited places of a service"),
    Route("rounds/<str:ref>/", requests.one_round, PUBLIC, "One round: places, days, seed and list of the draw"),
    Route("rounds/<str:ref>/draw/", requests_desk.round_draw, "service.places", "Draw a round after its last day"),
)

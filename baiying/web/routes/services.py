"""What services a person may have, the self-test, and the people whom services missed."""

from __future__ import annotations

from baiying.web.guard import PUBLIC, SELF
from baiying.web.routes.route import Route
from baiying.web.views import coverage, entitlement, selftest, unserved

ROUTES = (
    Route("coverage/", coverage.coverage, PUBLIC, "For each service how many should have it, do, and are not known of"),
    Route("selftest/", selftest.selftest, PUBLIC, "What may I have? Questions without a name; nothing is kept"),
    Route("selftest/person/", selftest.let_decide, PUBLIC, "A person shall decide about one service: on to the box"),
    Route("entitled/", entitlement.entitled, SELF, "What I may have, clause by clause"),
    Route("entitled/answer/", entitlement.entitled_answer, SELF, "Answer one question about myself"),
    Route("entitled/back/", entitlement.entitled_take_back, SELF, "Take back an answer, or a consent with its answers"),
    Route("entitled/quiet/", entitlement.entitled_quiet, SELF, "Nobody comes to me about services, or they may again"),
    Route("unserved/", unserved.unserved, "service.reach", "Our people whom services missed, by service"),
    Route("unserved/<str:key>/", unserved.unserved_people, "service.reach", "Whom one service missed, why, what next"),
    Route("unserved/<str:key>/done/", unserved.unserved_done, "service.reach", "Write down what was done"),
)

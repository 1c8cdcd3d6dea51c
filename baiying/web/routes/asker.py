"""Her own pages: the case behind number and query code."""

from __future__ import annotations

from baiying.web.guard import ASKER, PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import asker, asker_consent

ROUTES = (
    Route("find/", asker.find, PUBLIC, "Number and query code open her case"),
    Route("mine/", asker.mine, ASKER, "Her case: clocks, story, readings, what she can do"),
    Route("mine/judge/", asker.judge, ASKER, "Her word: solved, partly, not solved"),
    Route("mine/withdraw/", asker.withdraw, ASKER, "She takes her request back"),
    Route("mine/step/", asker.step, ASKER, "A move that is hers: to agree, to leave, to sign or not"),
    Route("mine/consent/", asker_consent.consent, ASKER, "Her yes or no to a unit that is to be brought in"),
    Route("mine/close/", asker.close, ASKER, "Close her case on this device"),
    Route("slip/", asker.slip, ASKER, "The slip for printing, without the query code"),
)

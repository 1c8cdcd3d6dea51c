"""Her own pages: the case behind number and query code."""

from __future__ import annotations

from baiying.web.guard import ASKER, MEMBER, PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import asker, asker_acts, asker_consent, asker_list

ROUTES = (
    Route("find/", asker.find, PUBLIC, "Number and query code open her case"),
    Route("mine/", asker.mine, ASKER, "Her case: clocks, story, readings, what she can do"),
    Route("mine/judge/", asker.judge, ASKER, "Her word: solved, partly, not solved"),
    Route("mine/withdraw/", asker.withdraw, ASKER, "She takes her request back"),
    Route("mine/step/", asker.step, ASKER, "A move that is hers: to agree, to leave, to sign or not"),
    Route("mine/consent/", asker_consent.consent, ASKER, "Her yes or no to a unit that is to be brought in"),
    Route("mine/consent/groups/", asker_consent.choose_groups, ASKER, "She takes back or gives what a party may read"),
    Route("mine/sheet/", asker_consent.right, ASKER, "She has read the fact sheet and it is right"),
    Route("mine/days/", asker_acts.days, ASKER, "Days that she remembers later, for her own clocks"),
    Route("mine/reply/", asker_acts.reply, ASKER, "She sends what a pause of our clocks waits for"),
    Route("mine/code/", asker_acts.take_code, ASKER, "She takes a query code that nobody else has seen, once"),
    Route("mine/complain/", asker_acts.complain, ASKER, "She complains one level up"),
    Route("mine/contest/", asker_acts.contest, ASKER, "She contests an end that the level above has set"),
    Route("mine/further/", asker_acts.further, ASKER, "A further kind of case with her words"),
    Route("mine/list/", asker_list.my_cases, MEMBER, "Her cases, on a device that she has proved"),
    Route("mine/list/<str:number>/", asker_list.my_case, MEMBER, "Open one of her cases from the list"),
    Route("mine/close/", asker.close, ASKER, "Close her case on this device"),
    Route("slip/", asker.slip, ASKER, "The slip for printing, without the query code"),
)

"""Her card, the counters where it is used, and the device of a counter."""

from __future__ import annotations

from baiying.web.guard import PUBLIC, SELF
from baiying.web.routes.route import Route
from baiying.web.views import card, counter, counters

ROUTES = (
    Route("card/", card.card, SELF, "My card: ask for it, where it is used, how often"),
    Route("card/change/", card.card_change, SELF, "Ask for a card, give it back, report it lost"),
    Route("card/at/", card.card_at, SELF, "The letters of a counter were typed: on to its code"),
    Route("card/keys/", card.card_keys, PUBLIC, "The public keys that verify codes"),
    Route("card/show/<str:key>/", card.card_show, SELF, "A fresh code for one counter"),
    Route("counter/", counter.counter, PUBLIC, "The page of a counter's device, known by its own cookie"),
    Route("counter/set-up/", counter.counter_set_up, PUBLIC, "A device sets itself up by a code"),
    Route("counter/pack/", counter.counter_pack, PUBLIC, "Keys and lost cards, for the counter's device"),
    Route("counter/settle/", counter.counter_settle, PUBLIC, "The device sends what it noted down"),
    Route("counter/worker.js", counter.counter_worker, PUBLIC, "Opens the counter's page without a network"),
    Route("counters/", counters.counters, counters.POWER, "The unit's counters, in counts alone; open one"),
    Route("counters/<str:key>/code/", counters.counter_code, counters.POWER, "A set-up code for a counter's device"),
    Route("counters/<str:key>/close/", counters.counter_close, counters.POWER, "Close a counter"),
)

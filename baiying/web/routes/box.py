"""What the box answers: while she types, on a press without JavaScript, and after sending."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import box

ROUTES = (
    Route("suggest/", box.suggest, PUBLIC, "What fits the words in the box; nothing is stored"),
    Route("fits/", box.fits, PUBLIC, "The same on a press, without JavaScript"),
    Route("received/otherwise/", box.otherwise, PUBLIC, "On the receipt: it is something else"),
)

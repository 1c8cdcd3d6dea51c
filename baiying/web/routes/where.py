"""On the receipt: where it is."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import where

ROUTES = (Route("received/where/", where.where, PUBLIC, "On the receipt: it is somewhere else"),)

"""The federation's pages: what is late, rulings to make."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import handler

ROUTES = (
    Route("late/", handler.late, "late.see", "What is late in the units below"),
)

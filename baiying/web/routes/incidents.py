"""Incidents in labour relations, the workers' side."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import incidents

ROUTES = (
    Route("incidents/", incidents.incidents, "incident.hold",
          "Incidents of the unit and those below; the first report of a new one"),
    Route("incidents/<str:ref>/", incidents.incident, "incident.hold",
          "One incident: level, clocks, checklist, roster, how many cases; never which, never whose"),
)

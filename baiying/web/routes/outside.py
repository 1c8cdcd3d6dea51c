"""The pages of a party without an account: a link that shows nothing, and behind its code one task."""

from __future__ import annotations

from baiying.web.guard import OUTSIDE, PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import outside

ROUTES = (
    Route("outside/", outside.outside_task, OUTSIDE,
          "One task behind link and code, with what its part may read; logged"),
    Route("outside/closed/", outside.outside_closed, PUBLIC, "A link is not open here: how to come back"),
    Route("outside/files/", outside.outside_papers, OUTSIDE,
          "What this side filed or was shown; hand in, show to the other"),
    Route("outside/files/<str:ref>/", outside.outside_paper, OUTSIDE, "One of them, to be saved; logged"),
    Route("outside/do/<str:key>/", outside.outside_do, OUTSIDE,
          "Received, done, not done with a ground, words for the lead"),
    Route("outside/<str:token>/", outside.outside_door, PUBLIC,
          "A link from a message: asks for the code, changes nothing"),
)

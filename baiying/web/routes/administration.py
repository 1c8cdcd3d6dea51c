"""Units and posts: the administrator's pages, the second person's, and the network for everybody."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import administration

ROUTES = (
    Route("network/", administration.network, PUBLIC, "Who holds which post"),
    Route("administration/", administration.administration, "post.manage", "The units an administrator looks after"),
    Route("administration/unit/<str:key>/", administration.administered_unit, "post.manage",
          "One unit: its posts, absences, ties; no case"),
    Route("administration/unit/<str:key>/change/", administration.change_unit, "post.manage",
          "Give, end or stand in for a post; open, close, split, merge or hang a unit"),
    Route("administration/proposals/", administration.proposals, "post.confirm",
          "Changes that wait for a second person"),
    Route("administration/proposals/decide/", administration.decide, "post.confirm", "The second person's yes or no"),
)

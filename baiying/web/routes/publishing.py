"""Changed rules before they come into force."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import publishing

ROUTES = (
    Route("publishing/", publishing.publishing, "rule.publish", "New rules: whom they would gain and lose, in numbers"),
    Route("publishing/decide/", publishing.publishing_decide, "rule.publish",
          "Propose, approve or decline them; two people of the district"),
)

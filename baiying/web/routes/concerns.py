"""The same need of many, hot topics, and the search."""

from __future__ import annotations

from baiying.web.guard import ASKER
from baiying.web.routes.route import Route
from baiying.web.views import again, concerns, search, topics

ROUTES = (
    Route("mine/apart/", again.apart, ASKER, "What she sent once more is another need: a request of its own"),
    Route("search/", search.search, "search.use", "Search what one may see, two characters upwards; nothing protected"),
    Route("concerns/", concerns.concerns, "concern.hold", "The same need of many: what is suggested, what is held"),
    Route("concerns/topics/", topics.topics, "late.see", "Hot topics by place and week; small numbers hidden"),
    Route("concerns/case/<str:number>/", concerns.of_case, "concern.hold",
          "One case of the unit: join it with the same person's other one, or let it go on by itself"),
    Route("concerns/<str:ref>/", concerns.concern, "concern.hold",
          "One common need: its cases, one answer to all, taken apart at any time"),
)

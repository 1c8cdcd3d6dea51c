"""Pages for everybody."""

from __future__ import annotations

from baiying.web.guard import PUBLIC
from baiying.web.routes.route import Route
from baiying.web.views import offered, places, public

ROUTES = (
    Route("", public.front, PUBLIC, "The box: what is the difficulty?"),
    Route("received/", public.received, PUBLIC, "The receipt: number and query code, once"),
    Route("draft/", public.draft, PUBLIC, "Keep what is being written, behind the session"),
    Route("drop/", public.drop, PUBLIC, "Throw the kept draft away"),
    Route("danger.json", public.danger, PUBLIC, "The words of danger, for the check in the browser"),
    Route("prefer/", public.prefer, PUBLIC, "Language and large text"),
    Route("leave/", public.leave, PUBLIC, "Quick exit: forget draft and session, go elsewhere"),
    Route("places/", places.places, PUBLIC, "Where one can walk in: the drawn map and its list"),
    Route("places/<str:key>/", places.place, PUBLIC, "One place: hours, telephone, speciality, who shares it"),
    Route("catalogue/", offered.catalogue, PUBLIC, "What is offered, with clocks and sources"),
    Route("catalogue/<str:key>/", public.matter, PUBLIC, "One matter with its own questions, or one service"),
    Route("about/", offered.about, PUBLIC, "What is promised and what is not"),
)

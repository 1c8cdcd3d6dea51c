"""The table of routes. Each names its power: `public` for everybody, `asker` for her who holds number and code,
else a power that a post must give (catalogue/roles.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import URLPattern
from django.urls import path as address

from baiying.web.guard import ASKER, PUBLIC, View, guarded
from baiying.web.views import account, asker, handler, public


@dataclass(frozen=True)
class Route:
    """One address. `says` is what the page is for, as docs/powers.md lists it."""

    path: str
    view: View
    power: str
    says: str

    @property
    def name(self) -> str:
        return self.view.__name__

    def pattern(self) -> URLPattern:
        return address(self.path, guarded(self.view, self.power), name=self.name)


ROUTES = (
    Route("", public.front, PUBLIC, "The box: what is the difficulty?"),
    Route("received/", public.received, PUBLIC, "The receipt: number and query code, once"),
    Route("draft/", public.draft, PUBLIC, "Keep what is being written, behind the session"),
    Route("drop/", public.drop, PUBLIC, "Throw the kept draft away"),
    Route("danger.json", public.danger, PUBLIC, "The words of danger, for the check in the browser"),
    Route("prefer/", public.prefer, PUBLIC, "Language and large text"),
    Route("leave/", public.leave, PUBLIC, "Quick exit: forget draft and session, go elsewhere"),
    Route("places/", public.places, PUBLIC, "Where one can walk in"),
    Route("catalogue/", public.catalogue, PUBLIC, "What is offered, with clocks and sources"),
    Route("catalogue/<str:key>/", public.matter, PUBLIC, "One matter, with its own questions"),
    Route("figures/", public.figures, PUBLIC, "The figures by month"),
    Route("about/", public.about, PUBLIC, "What is promised and what is not"),
    Route("find/", asker.find, PUBLIC, "Number and query code open her case"),
    Route("mine/", asker.mine, ASKER, "Her case: clocks, story, readings, what she can do"),
    Route("mine/judge/", asker.judge, ASKER, "Her word: solved, partly, not solved"),
    Route("mine/withdraw/", asker.withdraw, ASKER, "She takes her request back"),
    Route("mine/step/", asker.step, ASKER, "A move that is hers: to agree, to leave, to sign or not"),
    Route("mine/close/", asker.close, ASKER, "Close her case on this device"),
    Route("slip/", asker.slip, ASKER, "The slip for printing, without the query code"),
    Route("in/", account.sign_in, PUBLIC, "Sign in"),
    Route("out/", account.sign_out, PUBLIC, "Sign out"),
    Route("today/", handler.today, "case.list", "The day's list, what runs out first on top"),
    Route("late/", handler.late, "late.see", "What is late in the units below"),
    Route("case/<str:number>/", handler.case, "case.open", "One case on one page; opening what is protected is logged"),
    Route("case/<str:number>/reach/", handler.reach, "case.open", "Show her telephone number; logged"),
    Route("case/<str:number>/move/", handler.move, "case.move", "The next step of a case"),
)

"""Protected cases: taken up by a press, opened by people who are named, in an emergency by somebody who says why."""

from __future__ import annotations

from baiying.web.routes.route import Route
from baiying.web.views import protected

ROUTES = (
    Route("case/<str:number>/take/", protected.take, "case.open", "Take up a protected case that nobody holds"),
    Route("protected/", protected.protected, "case.name", "Protected cases of the unit: number, clock, holders"),
    Route("protected/<str:number>/", protected.name_opener, "case.name", "Name who opens a protected case"),
    Route("emergency/", protected.emergency, "case.break_glass", "Open a protected case in emergency, for a reason"),
    Route("emergency/<str:number>/files/<str:ref>/", protected.glass_file, "case.break_glass",
          "One file of it, to be saved; logged"),
    Route("emergency/<str:number>/", protected.glass, "case.break_glass", "The case so opened, until its time is over"),
)

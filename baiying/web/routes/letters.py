"""Letters of a case: written, sent, served and answered by the unit; taken by her; late answers for the level above."""

from __future__ import annotations

from baiying.web.guard import ASKER
from baiying.web.routes.route import Route
from baiying.web.views import letters

ROUTES = (
    Route("case/<str:number>/letters/", letters.case_letters, "case.open", "The letters of a case; logged"),
    Route("case/<str:number>/letters/<str:key>/", letters.write_letter, "case.move",
          "Write one letter, see it, keep it or send it under its number"),
    Route("case/<str:number>/letters/<str:ref>/sent/", letters.sent_letter, "case.move",
          "How a letter was served, and what was answered"),
    Route("case/<str:number>/paper/<str:ref>/<str:form>/", letters.case_paper, "case.open",
          "A letter as PDF or Word file; logged"),
    Route("mine/letters/", letters.my_letters, ASKER, "Her letters, and drafts that she files herself"),
    Route("mine/letters/<str:ref>/<str:form>/", letters.my_paper, ASKER, "One of them as PDF or Word file"),
    Route("letters/late/", letters.late_letters, "late.see", "Letters whose answer is late, and who sent them"),
)

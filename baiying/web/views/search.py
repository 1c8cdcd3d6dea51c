"""The search: sent as a form, so that what is looked for stands in no address, no history and no log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baiying.cases.queries import search as queries
from baiying.web.day import given
from baiying.web.guard import Staff
from baiying.web.pages import page

MOST_TYPED = 200


def search(request: HttpRequest) -> HttpResponse:
    """What the typed words find among the cases and tasks that this person may see."""
    staff: Staff = request.staff  # type: ignore[attr-defined]
    typed = request.POST.get("q", "")[:MOST_TYPED]
    found = queries.search(staff.asker("case.list"), given(staff), typed) if typed.strip() else None
    return page(request, "concerns/search.html", typed=typed, found=found, most=queries.SHOWN)

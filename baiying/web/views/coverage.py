"""Coverage for everybody: of those whom each service should reach, how many it reached."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from baiying.boards.queries.coverage import for_everybody
from baiying.web.pages import page


def coverage(request: HttpRequest) -> HttpResponse:
    """As the month began, small numbers hidden, the others rounded; the unknown beside it."""
    return page(request, "services/coverage_page.html", coverage=for_everybody(settings.BAIYING_DISTRICT))

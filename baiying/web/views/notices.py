"""The public notice of grants."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from baiying.ledger import queries
from baiying.web.pages import page


def granted(request: HttpRequest) -> HttpResponse:
    """Number, class and amount; classes of few are told together, and services of few not at all."""
    return page(request, "ledger/granted.html", notices=queries.notices(settings.BAIYING_DISTRICT))

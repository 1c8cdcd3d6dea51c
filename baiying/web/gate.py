"""The gate before a fresh installation: until it is set up, every address leads to the setup page."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from baiying.setup import queries as setup

WAY_IN = "/setup/"
OPEN = (WAY_IN, "/prefer/", "/healthz", "/static/")


class Gate:
    """Asks the database until the installation is set up, and never again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN) or self.is_open():
            return self.get_response(request)
        answer = HttpResponseRedirect(WAY_IN)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def is_open(self) -> bool:
        """A database that is away closes nothing: the page itself says so."""
        try:
            return setup.done()
        except DatabaseError:
            return True

"""The gate: until an installation is set up every address leads to its setup page; and no file is too large."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from baiying.setup import queries as setup
from baiying.web import uploads
from baiying.web.languages import wanted
from baiying.web.middleware import speak
from baiying.web.views import trouble

WAY_IN = "/setup/"
OPEN = (WAY_IN, "/prefer/", "/healthz", "/static/")


class Gate:
    """Asks the database until the installation is set up, and never again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if uploads.too_large(request):
            speak(request, wanted(request))
            return trouble.said(request, {"heading": _("That is too much at once"), "sentence": _(
                "This file is larger than 50 MB, so it was not read. Divide it into several and bring each.")}, 413)
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

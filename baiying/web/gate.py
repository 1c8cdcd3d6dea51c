"""The gate: closed while the operator says so, the setup page alone until that is done, and no file too large."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from baiying.setup import queries as setup
from baiying.web import uploads
from baiying.web.languages import wanted
from baiying.web.middleware import honour, speak
from baiying.web.pages import remember
from baiying.web.views import trouble

WAY_IN = "/setup/"
ALWAYS = ("/healthz", "/static/")
OPEN = (WAY_IN, "/prefer/", *ALWAYS)


class Gate:
    """Asks the database until the installation is set up, and never again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (until := setup.closed_until()) is not None and not request.path.startswith(ALWAYS):
            return self.shut(request, until)
        if uploads.too_large(request):
            speak(request, wanted(request))
            return trouble.said(request, {"heading": _("That is too much at once"), "sentence": _(
                "This file is larger than 50 MB, so it was not read. Divide it into several and bring each.")}, 413)
        if request.path.startswith(OPEN) or self.is_open():
            return self.get_response(request)
        answer = HttpResponseRedirect(WAY_IN)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def shut(self, request: HttpRequest, until: str) -> HttpResponse:
        """The page of the closed house. Its switches work: language and large text are cookies and need no database."""
        speak(request, wanted(request))
        wishes = honour(request)
        answer = trouble.shut(request, until)
        for cookie, value in wishes.items():
            remember(answer, cookie, value)
        return answer

    def is_open(self) -> bool:
        """A database that is away closes nothing: the page itself says so."""
        try:
            return setup.done()
        except DatabaseError:
            return True

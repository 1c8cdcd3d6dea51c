"""What this browser sends once more while the case is open: shown where it stands, instead of a second number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.actions import Submission
from baiying.cases.actions.again import again
from baiying.kit import moment
from baiying.web import drafts, papers
from baiying.web.guard import DOOR_IN_SESSION, DOOR_UNTIL


def joined(request: HttpRequest, told: Submission) -> HttpResponse | None:
    """On to her case when these words were added to it; nothing when they are a need of their own."""
    held = held_here(request)
    entry = again(told, held)
    if entry is None:
        return None
    _went, refused = papers.hand_all_in(request, entry)
    drafts.drop(request)
    if entry != held:
        request.session.cycle_key()  # whoever knew this session before does not come along
        request.session[DOOR_IN_SESSION] = entry.hex()
        request.session.pop(DOOR_UNTIL, None)
    return HttpResponseRedirect(reverse("mine") + ("?again=1&papers=1" if refused else "?again=1"))


def held_here(request: HttpRequest) -> bytes | None:
    """The entry of the case that is open in this browser, if any is still."""
    held, until = request.session.get(DOOR_IN_SESSION), request.session.get(DOOR_UNTIL)
    if not held or (until is not None and until < moment.now().timestamp()):
        return None
    return bytes.fromhex(held)

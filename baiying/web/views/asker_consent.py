"""Her yes or no to a unit that the lead wants to bring in. Until it is yes, that unit sees nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.kit.errors import Refusal
from baiying.web.forms.verdict import VerdictForm
from baiying.web.views.asker import story_page


def consent(request: HttpRequest) -> HttpResponse:
    """By one of two buttons; a yes can be taken back as long as the unit has not answered."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    told = request.POST
    try:
        cases.consent(request.door, told.get("task", ""), told.get("yes") == "yes", told.get("key", ""))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine") + "#hands")

"""She says that what she sent once more is another need after all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.actions.again import apart as cases_apart
from baiying.kit.errors import Refusal
from baiying.web import receipts
from baiying.web.forms.verdict import VerdictForm
from baiying.web.views.asker import story_page


def apart(request: HttpRequest) -> HttpResponse:
    """A request of its own, with its own number and code, by her press alone."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    try:
        receipt = cases_apart(request.door)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return receipts.sent_on(receipt, 0, False)

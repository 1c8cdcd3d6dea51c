"""A unit writes a request for a service down for somebody without an account: across the desk or by telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baiying.catalogue.promised import service
from baiying.kit.errors import Refusal, Unseen
from baiying.services.actions import requesting
from baiying.services.queries import entitlement
from baiying.web import slips
from baiying.web.forms.requests_entered import EnteredForm
from baiying.web.pages import page
from baiying.web.views.handler_enter import units_with
from baiying.web.views.requests import open_rounds


def enter_services(request: HttpRequest) -> HttpResponse:
    """For which service."""
    found = [one for one, _rule in requesting.offered() if requesting.may_ask(one)]
    return page(request, "requests/enter_services.html", services=found)


def enter_request(request: HttpRequest, key: str) -> HttpResponse:
    """Its questions, read to her; stored when she says that it is right."""
    if not requesting.may_ask(service(key)):
        raise Unseen
    form = EnteredForm(entitlement.of_nobody(key), open_rounds(key), request.POST, units_with(request, "case.enter"))
    if request.method != "POST":
        return page(request, "requests/enter.html", form=form)
    try:
        receipt = form.store(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return page(request, "requests/enter.html", refusal.status, form=form, notice=refusal.sentence)
    return slips.sent_on([receipt])

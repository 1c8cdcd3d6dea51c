"""One grant by its number: its lines, taking it back with a second person, and its account after the bank refused."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import actions, queries
from baiying.web.forms.grants import CorrectionForm
from baiying.web.forms.ledger import PayeeForm
from baiying.web.pages import page

CORRECT, KEEP = "grant.correct", "budget.keep"


def grant(request: HttpRequest, number: str) -> HttpResponse:
    """The grant as the units that bear it see it."""
    return grant_page(request, number)


def grant_page(request: HttpRequest, number: str, status: int = 200, wrong: str = "",
               form: CorrectionForm | None = None, account: PayeeForm | None = None) -> HttpResponse:  # fmt: skip
    """The page, with what was typed and what was wrong with it."""
    seen = queries.grant_of(request.asker, number)  # type: ignore[attr-defined]
    may = request.staff.may  # type: ignore[attr-defined]
    unknown = next((one for one in seen.waiting if not one.known), None)
    if unknown is not None and account is None:
        account = PayeeForm(initial={"grant": unknown.line.id})
    told = {
        "account": account if unknown is not None and may(KEEP) else None,
        "bounced": unknown is not None and unknown.bounced,
    }
    form = form or CorrectionForm()
    return page(request, "ledger/grant.html", status, seen=seen, form=form, wrong=wrong, may=may(CORRECT), **told)


def grant_back(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that it be taken back, or lessened."""
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and not form.is_valid():
        return grant_page(request, number, 400, form.sentence, form)
    return _done(request, number, lambda: form.carry_out(request.asker, number), form)  # type: ignore[attr-defined]


def grant_decide(request: HttpRequest, number: str) -> HttpResponse:
    """Another person agrees, or somebody lets it be."""
    agreed = request.POST.get("agreed", "")
    if request.method == "POST" and agreed not in ("yes", "no"):
        raise Unseen
    asker = request.asker  # type: ignore[attr-defined]
    return _done(request, number, lambda: actions.decide_back(asker, number, agreed == "yes"))


def grant_account(request: HttpRequest, number: str) -> HttpResponse:
    """Write down another account after the bank sent it back, or the first one."""
    if request.method == "POST" and "hers" in request.POST:
        return hers_opened(request, number)
    form = PayeeForm(request.POST or None)
    if request.method == "POST" and not form.is_valid():
        return grant_page(request, number, 400, form.sentence, account=form)
    return _done(request, number, lambda: form.carry_out(request.asker))  # type: ignore[attr-defined]


def hers_opened(request: HttpRequest, number: str) -> HttpResponse:
    """What she wrote herself, in the form, to be looked at and written down; she sees that it was opened."""
    seen = queries.grant_of(request.asker, number)  # type: ignore[attr-defined]
    unknown = next((one for one in seen.waiting if not one.known), None)
    to = actions.own_account(request.asker, unknown.line.id) if unknown else None  # type: ignore[attr-defined]
    if unknown is None or to is None:
        raise Unseen
    told = {"grant": unknown.line.id, "name": to.name, "account": to.account, "bank": to.bank}
    return grant_page(request, number, account=PayeeForm(initial=told))


def _done(request: HttpRequest, number: str, deed: Callable[[], None], form: CorrectionForm | None = None
          ) -> HttpResponse:  # fmt: skip
    """Do it and show the page; refused, what was typed is still there."""
    if request.method == "POST":
        try:
            deed()
        except Refusal as refusal:
            return grant_page(request, number, refusal.status, refusal.sentence, form)
    return HttpResponseRedirect(reverse("grant", args=[number]))

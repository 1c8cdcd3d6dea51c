"""Payment batches: made, released by somebody else, brought to the bank and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import actions, queries
from baiying.ledger.queries.payable import Waiting
from baiying.network.models import Unit
from baiying.web.downloads import answer
from baiying.web.forms.ledger import PayeeForm, ResultsForm
from baiying.web.pages import page
from baiying.web.presses import once

KEEP = "budget.keep"
ENCODINGS = {"csv": "gb18030", "utf8": "utf-8"}


def batches(request: HttpRequest) -> HttpResponse:
    """What waits to be paid, and every batch."""
    return batches_page(request)


def batches_page(
    request: HttpRequest, wrong: str = "", status: int = 200, form: PayeeForm | None = None
) -> HttpResponse:
    """The page, with what was wrong."""
    asker = request.asker  # type: ignore[attr-defined]
    waiting = queries.waiting(asker)
    unknown = [(one, _payee_form(one, form)) for one in waiting if not one.known]
    told = {"ready": _ready(request, waiting), "unknown": unknown, "batches": queries.batches(asker)}
    lost = form if form is not None and all(one is not form for _waiting, one in unknown) else None
    return page(request, "ledger/batches.html", status, wrong=wrong, lost=lost, key=fresh(16).hex(), **told)


def _ready(request: HttpRequest, waiting: Sequence[Waiting]) -> list[tuple[Unit, int, int]]:
    """Of each unit that she may pay for: how many payments wait, and their sum."""
    units = {post.unit_id: post.unit for post in request.staff.posts_with(KEEP)}  # type: ignore[attr-defined]
    rows = [
        (unit, [one.fen for one in waiting if one.known and one.line.unit_id == key]) for key, unit in units.items()
    ]
    return [(unit, len(sums), sum(sums)) for unit, sums in rows if sums]


def _payee_form(one: Waiting, tried: PayeeForm | None) -> PayeeForm:
    """An empty form, or the one that was refused."""
    if tried is not None and tried.data.get("grant") == str(one.line.id):
        return tried
    return PayeeForm(initial={"grant": one.line.id}, auto_id=f"%s-{one.line.number}")


@once
def batch_make(request: HttpRequest) -> HttpResponse:
    """Make a batch of what waits in one unit."""
    units = [post.unit for post in request.staff.posts_with(KEEP)]  # type: ignore[attr-defined]
    unit = next((one for one in units if one.id.hex == request.POST.get("unit")), None)
    if request.method != "POST" or unit is None:
        return HttpResponseRedirect(reverse("batches"))
    asker, key = request.asker, request.POST.get("key", "")[:80]  # type: ignore[attr-defined]
    try:
        made = actions.make_batch(asker, key, unit.id)
    except Refusal as refusal:
        return batches_page(request, refusal.sentence, refusal.status)
    return HttpResponseRedirect(reverse("batch", args=[made.number]))


def batch_payee(request: HttpRequest) -> HttpResponse:
    """Write down to whom a grant is paid."""
    form = PayeeForm(request.POST or None)
    if form.is_bound and not form.is_valid():
        return batches_page(request, form.sentence, 400, form)
    if form.is_bound:
        form.carry_out(request.asker)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("batches"))


def batch(request: HttpRequest, number: str) -> HttpResponse:
    """One batch."""
    return batch_page(request, number)


def batch_page(request: HttpRequest, number: str, wrong: str = "", status: int = 200, told: str = "") -> HttpResponse:
    """What is in it and how far it is, with what was wrong."""
    found = queries.batch(request.asker, number)  # type: ignore[attr-defined]
    may = request.staff.may  # type: ignore[attr-defined]
    own = found.row.made_by == request.asker.who  # type: ignore[attr-defined]
    return page(
        request,
        "ledger/batch.html",
        status,
        batch=found,
        form=ResultsForm(),
        wrong=wrong,
        told=told,
        own=own,
        keeps=may(KEEP),
        releases=may("payment.release"),
    )


def batch_release(request: HttpRequest, number: str) -> HttpResponse:
    """Release a batch that somebody else made."""
    return _deed(request, number, actions.release_batch)


def batch_drop(request: HttpRequest, number: str) -> HttpResponse:
    """Take a batch apart."""
    return _deed(request, number, actions.drop_batch)


def _deed(request: HttpRequest, number: str, deed: Callable[..., None]) -> HttpResponse:
    if request.method == "POST":
        try:
            deed(request.asker, number)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return batch_page(request, number, refusal.sentence, refusal.status)
    return HttpResponseRedirect(reverse("batch", args=[number]))


def batch_bank(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The file for the bank, fetched by a press: names and accounts come into view, and the log says so."""
    if form not in ENCODINGS:
        raise Unseen
    if request.method != "POST":
        return HttpResponseRedirect(reverse("batch", args=[number]))
    try:
        file = actions.export(request.asker, number, ENCODINGS[form])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return batch_page(request, number, refusal.sentence, refusal.status)
    return answer(file, f"text/csv; charset={ENCODINGS[form]}", f"batch-{number}.csv")


def batch_results(request: HttpRequest, number: str) -> HttpResponse:
    """Read what the bank says."""
    form = ResultsForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("batch", args=[number]))
    if not form.is_valid():
        return batch_page(request, number, form.sentence, 400)
    try:
        taken = actions.take_results(request.asker, number, form.cleaned_data["file"].read())  # type: ignore[attr-defined]
    except Refusal as refusal:
        return batch_page(request, number, refusal.sentence, refusal.status)
    return batch_page(
        request,
        number,
        told=_("Taken: %(paid)d paid, %(bounced)d bounced, %(known)d known before.")
        % {"paid": taken.paid, "bounced": taken.bounced, "known": taken.known},
    )

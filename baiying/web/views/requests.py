"""She asks for a service, sees how it stands, hands papers in; and what everybody may read of a draw."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue.promised import service
from baiying.kit import moment
from baiying.kit import number as numbers
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.services import asking
from baiying.services.actions import accounts, requesting
from baiying.services.queries import asked, entitlement
from baiying.services.queries.requests import rounds
from baiying.web import receipts
from baiying.web.forms.ledger import AccountForm
from baiying.web.forms.requests import RequestForm, hand_in_all
from baiying.web.forms.requests_behalf import BehalfForm
from baiying.web.pages import page
from baiying.web.views.account_own import may_end, own
from baiying.web.views.asker import open_here


def request_for(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a request for one service, and sending it."""
    if not requesting.may_ask(service(key)):
        raise Unseen
    if not may_end(request):
        return page(request, "services/not_here.html")
    form = form_of(request, key)
    if request.method != "POST" or "begin" in request.POST:
        return page(request, "requests/ask.html", form=form)
    return send(request, form)


def form_of(request: HttpRequest, key: str) -> RequestForm:
    """The form for herself, or for a child or a parent where the service is asked for so. Raises Unseen."""
    subjects = requesting.subjects_of(service(key))
    subject = request.POST.get("for") or request.GET.get("for") or subjects[0]
    if subject not in subjects:
        raise Unseen
    if subject == entitlement.SELF:
        return RequestForm(entitlement.offer(own(request), key), open_rounds(key), request.POST)
    return BehalfForm(entitlement.of_nobody(key, subject), open_rounds(key), request.POST)


def send(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """Send it; what could not be taken as a file is asked for again on her page."""
    try:
        receipt = form.send(own(request))
    except Refusal as refusal:
        return page(request, "requests/ask.html", refusal.status, form=form, notice=refusal.sentence)
    entry = numbers.entry(receipt.number, receipt.code)
    hand_in_all(request, form.papers, Asker(door=entry))
    open_here(request, entry)
    return receipts.sent_on(receipt, 0, False)


def open_rounds(key: str) -> tuple:  # type: ignore[type-arg]
    """The rounds of a service in which one can put one's name down today."""
    today = moment.today()
    return tuple(rounds(key).filter(opens__lte=today, closes__gte=today, drawn_at=None))


def my_request(request: HttpRequest) -> HttpResponse:
    """Her request: papers, what the rule says, what was decided. A paper handed in comes back to its line."""
    found = asked.hers(request.door)  # type: ignore[attr-defined]
    if found is None:
        raise Unseen
    faults: list[str] = []
    if request.method == "POST":
        faults = hand_in_all(request, asking.papers_of(found.service), Asker(door=request.door))  # type: ignore[attr-defined]
        if not faults:
            return HttpResponseRedirect(reverse("my_request") + "#papers")
    return page(request, "requests/hers.html", 400 if faults else 200, seen=found, faults=faults,
                account=AccountForm())  # fmt: skip


def my_account(request: HttpRequest) -> HttpResponse:
    """She writes the right account after the bank sent the money back; whoever keeps the books looks at it."""
    form = AccountForm(request.POST or None)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("my_request"))
    try:
        if not form.is_valid():
            raise Refusal(form.sentence)
        accounts.write(request.door, form.to)  # type: ignore[attr-defined]
    except Unseen:
        raise
    except Refusal as refusal:
        seen = asked.hers(request.door)  # type: ignore[attr-defined]
        told = {"seen": seen, "faults": [refusal.sentence], "account": form}
        return page(request, "requests/hers.html", refusal.status, **told)
    return HttpResponseRedirect(reverse("my_request") + "#account")


def all_rounds(request: HttpRequest) -> HttpResponse:
    """Rounds of limited places: those to come, and how each was drawn."""
    return page(request, "requests/rounds.html", rounds=list(rounds()[:100]), today=moment.today())


def one_round(request: HttpRequest, ref: str) -> HttpResponse:
    """One round: places, days, the hash of the seed; after the draw the seed and the list, to be drawn again."""
    found = next((one for one in rounds()[:1000] if one.ref == ref), None)
    if found is None:
        raise Unseen
    return page(request, "requests/round.html", row=found, service=service(found.service), today=moment.today())

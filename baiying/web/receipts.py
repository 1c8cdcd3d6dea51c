"""The receipt: number, 查询码 once, who answers, by when and why then."""

from __future__ import annotations

from urllib.parse import urlencode

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.kit import number
from baiying.web.forms.need import NeedForm
from baiying.web.guard import DOOR_IN_SESSION
from baiying.web.pages import page


def shown(request: HttpRequest, form: NeedForm, receipt: cases.Receipt) -> HttpResponse:
    """The page that answers the sending. A case of danger or of a protected matter leaves no key in this browser."""
    protected = receipt.danger or receipt.matter.safe
    if protected:
        request.session.pop(DOOR_IN_SESSION, None)
    else:
        request.session[DOOR_IN_SESSION] = number.entry(receipt.number, receipt.code).hex()
    return page(
        request, "receipt.html", receipt=receipt, form=form, protected=protected, switch_form="again", switch_to="/",
        clocks=running(receipt), qr=qr(request, receipt.number), sent=sent(request),
    )


def running(receipt: cases.Receipt) -> list[queries.ClockView]:
    """The clocks of the new case: hers by law first, then ours, each by the one that runs out first."""
    views = [queries.ClockView(row, receipt.matter.clocks[row.name]) for row in receipt.clocks]
    return sorted(views, key=lambda view: (not view.hers, view.due_at is None, view.due_at))


def qr(request: HttpRequest, case_number: str) -> SafeString:
    """A QR code of the address of the find page with the number, never the code. Drawn without styles (CSP)."""
    address = request.build_absolute_uri(reverse("find") + "?" + urlencode({"number": number.shown(case_number)}))
    drawn = segno.make(address, error="m").svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=2)
    return mark_safe(drawn)  # noqa: S308 - made here, of an address


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, for the switches of the receipt: they send it again, and once stays once."""
    return [(name, value) for name in request.POST for value in request.POST.getlist(name)
            if name not in ("csrfmiddlewaretoken", "language", "large")]

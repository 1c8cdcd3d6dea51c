"""The counters that a unit keeps: opened, given a set-up code, closed; how often they were used, in counts alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal
from baiying.services.actions import counters as actions
from baiying.services.queries import counters as queries
from baiying.web.forms.card import CounterForm
from baiying.web.pages import page
from baiying.web.presses import once
from baiying.web.views.account_own import drawn

POWER = "counter.keep"


@once
def counters(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one."""
    form, status, wrong = _form(request), 200, ""
    if form.is_bound:
        status = 400
        try:
            if form.is_valid():
                form.carry_out(request.asker)  # type: ignore[attr-defined]
                return HttpResponseRedirect(reverse("counters"))
        except Refusal as refusal:
            status, wrong = refusal.status, refusal.sentence
    kept = queries.kept(request.asker)  # type: ignore[attr-defined]
    return page(request, "card/counters.html", status, form=form, wrong=wrong or form.sentence, kept=kept)


def _form(request: HttpRequest) -> CounterForm:
    units = [post.unit for post in request.staff.posts_with(POWER)]  # type: ignore[attr-defined]
    return CounterForm(request.POST or None, units=units, initial={"key": fresh(16).hex()})


def counter_code(request: HttpRequest, key: str) -> HttpResponse:
    """A set-up code for the device, shown once, and the sign that stands at the counter."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("counters"))
    code = actions.new_code(request.asker, key)  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("card_show", args=[key]))
    return page(request, "card/code.html", code=code, counter=queries.open_counter(key), qr=drawn(address),
                where=request.build_absolute_uri(reverse("counter")))  # fmt: skip


def counter_close(request: HttpRequest, key: str) -> HttpResponse:
    """Close a counter."""
    if request.method == "POST":
        actions.close_counter(request.asker, key)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("counters"))

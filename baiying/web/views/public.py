"""Pages for everybody: the box, what is kept of it, places, catalogue, figures, promises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.gzip import gzip_page

from baiying.cases import actions as cases
from baiying.cases import queries as handled
from baiying.cases.actions import coming
from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.kit import flood, moment, number
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.source import address
from baiying.web import again, drafts, fitting, papers, receipts
from baiying.web.forms.files import TAKES
from baiying.web.forms.need import NeedForm, fresh_key
from baiying.web.pages import LARGE_COOKIE, exit_to, page
from baiying.web.views import offered

KEEPS = 6_000  # drafts kept in the same time from one address
KEEPS_WINDOW = 600  # seconds


def front(request: HttpRequest) -> HttpResponse:
    """The box. A POST stores the need and leads on to the receipt."""
    if request.method == "POST":
        return send(request)
    kept = drafts.read(request)
    first = {"key": fresh_key(), "matter": request.GET.get("matter", ""), **name_of(request)}
    return receipts.forget(need_page(request, NeedForm(initial={**first, **kept}), restored=bool(kept.get("words"))))


def send(request: HttpRequest) -> HttpResponse:
    form = NeedForm(request.POST)
    if not form.is_valid():
        return need_page(request, form, status=400)
    try:
        coming.may_send(address(request))
        told = form.submission(asker_of(request))
        if (known := again.joined(request, told)) is not None:
            return known
        receipt = cases.submit(told)
    except Refusal as refusal:
        return need_page(request, form, refusal.status, refusal.sentence)
    return sent(request, form, receipt)


def sent(request: HttpRequest, form: NeedForm, receipt: cases.Receipt) -> HttpResponse:
    """Her need is in: its papers too, the draft away, on to the receipt."""
    handed_in = papers.hand_all_in(request, number.entry(receipt.number, receipt.code))
    drafts.drop(request)
    return receipts.sent_on(receipt, form.taken_out, getattr(request, "converted", False), handed_in)


def asker_of(request: HttpRequest) -> UUID | None:
    """The account that a request is tied to: hers if she is signed in; one of safety is tied to none (cases.submit).

    Nor is one tied, from a device she has not proved, to an account that has cases: its code would prove the device,
    and whoever took over her telephone number would open what she sent before.
    """
    member, trusted = request.member, request.trusted  # type: ignore[attr-defined]
    if member is None or not (trusted or handled.has_none(Asker(who=member.id))):
        return None
    return UUID(str(member.id))


def name_of(request: HttpRequest) -> dict[str, str]:
    """What is filled in for somebody who is signed in, on a device that she has proved to be hers."""
    member, trusted = request.member, request.trusted  # type: ignore[attr-defined]
    return {"name": member.name} if member is not None and trusted else {}


def received(request: HttpRequest) -> HttpResponse:
    """The receipt, as long as this browser brings it; after that, number and code open the case."""
    told = receipts.brought(request)
    return receipts.shown(request, told) if told else HttpResponseRedirect(reverse("find"))


def need_page(request: HttpRequest, form: NeedForm, status: int = 200, notice: str = "", restored: bool = False,
              fits: fitting.Fits | None = None, looked: bool = False) -> HttpResponse:
    """The box with everything that was written in it, and what fits that, on the page where it was written.
    `looked`: she asked what fits."""
    if form.chosen and form.data.get("on") == form.chosen.key:
        return matter_page(request, form.chosen.key, form, status, notice)
    told = {name: form[name].value() or "" for name in ("words", "area", "topic")}
    return page(request, "front.html", status, form=form, notice=notice, restored=restored, switch_form="need",
                **papers_of(request, form), fits=fits or fitting.fitting(told), now=moment.now(), looked=looked)


def papers_of(request: HttpRequest, form: NeedForm) -> dict[str, Any]:
    """For the field of photos and papers: those that are there already, what was not taken, what may be chosen."""
    kept = list(form.initial.get(drafts.PAPERS, []))
    return {"papers": papers.waiting(request, kept), "refused": papers.brought(request).refused, "takes": TAKES}


def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is in the box. The answer is the line below it, and never an error: writing goes on."""
    if request.method != "POST":
        raise Unseen
    if not flood.allow(f"draft {address(request)}", KEEPS, KEEPS_WINDOW):
        return page(request, "part/kept.html", kept=False)
    try:
        return page(request, "part/kept.html", kept=drafts.keep(request))
    except Refusal as refusal:
        return page(request, "part/kept.html", notice=refusal.sentence)


def drop(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        drafts.drop(request)
    return HttpResponseRedirect(reverse("front"))


@gzip_page
def danger(request: HttpRequest) -> HttpResponse:
    """What the check in the browser needs. The same for everybody, so a browser may keep it for an hour, and packed:
    nothing of anybody's stands in it that its length could tell."""
    answer = JsonResponse(declared.danger_words(), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def prefer(request: HttpRequest) -> HttpResponse:
    """Back to where the switch was pressed; the middleware has set the wish. Words in the box are kept as a draft."""
    if "words" in request.POST:
        drafts.keep(request)
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: nothing stays here. What the browser's own history holds is beyond us, and the link says so."""
    drafts.drop(request)
    request.session.flush()
    answer = HttpResponseRedirect(exit_to())
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Clear-Site-Data"] = '"cache"'
    for cookie in (settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, LARGE_COOKIE):
        answer.delete_cookie(cookie, samesite="Lax")
    return receipts.forget(answer)


def matter(request: HttpRequest, key: str) -> HttpResponse:
    """One matter: what happens, its clocks and their sources, and the box with its own questions; or one service."""
    if key in promised().services:
        return offered.service(request, key)
    kept = drafts.read(request)
    form = NeedForm(initial={"key": fresh_key(), **name_of(request), **kept})
    return matter_page(request, key, form, restored=bool(kept.get("words")))


def matter_page(request: HttpRequest, key: str, form: NeedForm, status: int = 200, notice: str = "",
                fits: fitting.Fits | None = None, restored: bool = False) -> HttpResponse:
    """The page of one matter with what is written in its box, and what fits that. Raises Unseen."""
    found = next((one for one in declared.matters() if one.key == key), None)
    if found is None:
        raise Unseen
    form.initial["matter"] = key
    told = {**{name: form[name].value() or "" for name in ("words", "area")}, "on": key}
    return page(request, "matter.html", status, matter=found, notice=notice, form=form, protected=found.safe,
                fits=fits or fitting.fitting(told), now=moment.now(), restored=restored, switch_form="need",
                **papers_of(request, form),
                return_to=reverse("matter", args=[key]))

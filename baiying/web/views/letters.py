"""Letters of a case: the list, one being written, one that was sent; hers; the late answers."""

from __future__ import annotations

from typing import get_args

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.queries import letters as queries
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.web import downloads
from baiying.web.forms.letters import SEND, LetterForm, ReplyForm, ServedForm
from baiying.web.pages import page
from baiying.web.presses import once


def case_letters(request: HttpRequest, number: str) -> HttpResponse:
    """What can be written in this case, and what was sent."""
    seen = queries.letters(request.asker, number)  # type: ignore[attr-defined]
    return page(request, "letters/list.html", seen=seen)


@once
def write_letter(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One letter as it would go out; kept or sent by a press."""
    asker = request.asker  # type: ignore[attr-defined]
    if request.method != "POST":
        held = queries.preparing(asker, number, key, corrects=request.GET.get("corrects", ""))
        return page(request, "letters/write.html", held=held, form=LetterForm(held))
    held = queries.preparing(asker, number, key, corrects=request.POST.get("corrects", ""))
    form = LetterForm(held, request.POST)
    notice, status = refused(form, asker, number)
    if notice:
        return page(request, "letters/write.html", status, held=held, form=form, notice=notice)
    if request.POST.get("do") == SEND:
        return HttpResponseRedirect(reverse("case_letters", args=[number]) + "#sent")
    return HttpResponseRedirect(reverse("write_letter", args=[number, key]) + "?kept=1")


def refused(form: LetterForm | ServedForm | ReplyForm, asker: Asker, number: str, *more: str) -> tuple[str, int]:
    """Do what the form says; the sentence of a refusal and its status, which keep the page. Raises Unseen."""
    if not form.is_valid():
        return form.sentence, 400
    try:
        form.carry_out(asker, number, *more)
    except Refusal as refusal:
        return refusal.sentence, refusal.status
    return "", 200


def sent_letter(request: HttpRequest, number: str, ref: str) -> HttpResponse:
    """One that was sent: how it was served, and what was answered. A form that was refused stands filled."""
    asker, served, reply = request.asker, ServedForm(), ReplyForm()  # type: ignore[attr-defined]
    notice, status = "", 200
    if request.method == "POST":
        if "reply" in request.POST:
            form: ServedForm | ReplyForm = (reply := ReplyForm(request.POST, request.FILES))
        else:
            form = (served := ServedForm(request.POST))
        notice, status = refused(form, asker, number, ref)
        if not notice:
            return HttpResponseRedirect(reverse("sent_letter", args=[number, ref]) + "?kept=1")
    seen = queries.sent_letter(asker, number, ref)
    return page(request, "letters/sent.html", status, seen=seen, one=seen.sent[0], served=served, reply=reply,
                notice=notice)


def case_paper(request: HttpRequest, number: str, ref: str, form: str) -> HttpResponse:
    return paper(request.asker, number, ref, form)  # type: ignore[attr-defined]


def my_letters(request: HttpRequest) -> HttpResponse:
    """What was sent in her case, and drafts that she can take home."""
    seen = queries.her_letters(request.door)  # type: ignore[attr-defined]
    return page(request, "letters/hers.html", seen=seen, protected=seen.hidden)


def my_paper(request: HttpRequest, ref: str, form: str) -> HttpResponse:
    return paper(Asker(door=request.door), None, ref, form)  # type: ignore[attr-defined]


def paper(asker: Asker, number: str | None, ref: str, form: str) -> HttpResponse:
    """A letter to be saved, under a name that says nothing. Raises Unseen, Refusal."""
    if form not in get_args(queries.Form):
        raise Unseen
    found = queries.printed(asker, number, ref, form)  # type: ignore[arg-type]
    answer = downloads.answer(found.content, found.media, found.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def late_letters(request: HttpRequest) -> HttpResponse:
    return page(request, "letters/late.html", rows=queries.overdue(request.asker))  # type: ignore[attr-defined]

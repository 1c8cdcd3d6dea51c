"""Files of a case: one page for her, one for the unit that leads, one for a party with its task."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.queries import files as queries
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.web import downloads, receipts
from baiying.web.forms.files import FileForm, ReleaseForm
from baiying.web.pages import page

OUTSIDE = "web/outside/base.html"


def my_files(request: HttpRequest) -> HttpResponse:
    return files(request, her(request), None, reverse("my_files"), reverse("mine"))


def my_file(request: HttpRequest, ref: str) -> HttpResponse:
    return download(her(request), None, ref)


def case_files(request: HttpRequest, number: str) -> HttpResponse:
    return files(request, request.asker, number, reverse("case_files", args=[number]),  # type: ignore[attr-defined]
                 reverse("case", args=[number]))


def case_file(request: HttpRequest, number: str, ref: str) -> HttpResponse:
    return download(request.asker, number, ref)  # type: ignore[attr-defined]


def task_files(request: HttpRequest, number: str) -> HttpResponse:
    return files(request, request.asker, number, reverse("task_files", args=[number]),  # type: ignore[attr-defined]
                 reverse("task", args=[number]))


def task_file(request: HttpRequest, number: str, ref: str) -> HttpResponse:
    return download(request.asker, number, ref)  # type: ignore[attr-defined]


def received_file(request: HttpRequest) -> HttpResponse:
    """On the receipt: a photo or a paper for what was just sent, though this browser keeps no key to it."""
    told = receipts.brought(request)
    if told is None or request.method != "POST":
        return HttpResponseRedirect(reverse("received" if told else "find"))
    form = FileForm(request.POST, request.FILES)
    notice = form.sentence if not form.is_valid() else done(form, Asker(door=told.door), None)
    if notice:
        return receipts.shown(request, told, paper=notice)
    return HttpResponseRedirect(f"{reverse('received')}?kept=1#papers")


def her(request: HttpRequest) -> Asker:
    return Asker(door=request.door)  # type: ignore[attr-defined]


def files(request: HttpRequest, asker: Asker, number: str | None, here: str, back: str) -> HttpResponse:
    """The list, and what is done on it: hand one in, show one of one's own to another side."""
    form, notice = FileForm(), ""
    if request.method == "POST":
        made = ReleaseForm(request.POST) if "ref" in request.POST else FileForm(request.POST, request.FILES)
        notice = made.sentence if not made.is_valid() else done(made, asker, number)
        if not notice:
            return HttpResponseRedirect(f"{here}?kept=1#files")
        form = made if isinstance(made, FileForm) else form
    seen = queries.page_of(asker, number)
    return page(request, "files.html", 400 if notice else 200, seen=seen, form=form, notice=notice, here=here,
                back=back, base=OUTSIDE if asker.outside else "web/base.html" if seen.hers else "web/staff.html",
                protected=seen.hers and seen.protected)


def done(form: FileForm | ReleaseForm, asker: Asker, number: str | None) -> str:
    """Do it; gives the sentence of a refusal, which keeps the page. Raises Unseen."""
    try:
        form.carry_out(asker, number)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def download(asker: Asker, number: str | None, ref: str) -> HttpResponse:
    """The file, to be saved under a name that says nothing; the reading is logged. Raises Unseen."""
    return saved(queries.read(asker, number, ref))


def saved(found: queries.FileRead) -> HttpResponse:
    """A file as it goes out: saved, never shown by the browser, kept by no cache."""
    answer = downloads.answer(found.content, found.media_type, f"{found.ref}.{found.ending}")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer

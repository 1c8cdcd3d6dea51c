"""Her word on who is brought in and who may read what; and on the fact sheet that was written with her."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.kit.errors import Refusal
from baiying.web.forms.verdict import VerdictForm
from baiying.web.views.asker import story_page


def consent(request: HttpRequest) -> HttpResponse:
    """Yes with what she ticked, yes with all of it, or no; a yes can be taken back as long as the task is open."""
    told = request.POST
    groups = told.getlist("group") if told.get("yes") == "some" else None
    return said(request, lambda: cases.consent(
        request.door, told.get("task", ""), told.get("yes") in ("yes", "some"), told.get("key", ""), groups))  # type: ignore[attr-defined]


def choose_groups(request: HttpRequest) -> HttpResponse:
    """What a party at work may read from now on."""
    told = request.POST
    return said(request, lambda: cases.choose(
        request.door, told.get("task", ""), told.getlist("group"), told.get("key", "")))  # type: ignore[attr-defined]


def right(request: HttpRequest) -> HttpResponse:
    """She has read the fact sheet, and it is right."""
    version = request.POST.get("version", "")[:6]  # thousands of digits are no number to Python
    return said(request, lambda: cases.confirm_sheet(
        request.door, int(version) if version.isdecimal() else 0, request.POST.get("key", "")), "sheet")  # type: ignore[attr-defined]


def said(request: HttpRequest, act: Callable[[], None], where: str = "hands") -> HttpResponse:
    """Do it by a button of her page; refused, the page comes back with the sentence."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    try:
        act()
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine") + f"#{where}")

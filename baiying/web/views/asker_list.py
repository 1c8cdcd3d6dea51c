"""The cases of her account, after signing in by telephone. On a device she has not proved, nothing of them is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import queries
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.web.pages import page
from baiying.web.views.asker import open_here


def my_cases(request: HttpRequest) -> HttpResponse:
    """Her cases on a trusted device; on another one, how to make it trusted."""
    trusted, her = request.trusted, Asker(who=request.member.id)  # type: ignore[attr-defined]
    return page(request, "my_cases.html", trusted=trusted, rows=queries.hers(her) if trusted else [])


def my_case(request: HttpRequest, number: str) -> HttpResponse:
    """Open one of them, as number and 查询码 would. By the button only."""
    if request.method != "POST" or not request.trusted:  # type: ignore[attr-defined]
        raise Unseen
    open_here(request, queries.her_entry(Asker(who=request.member.id), number))  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("mine"))

"""Signing in and out of staff."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.web import drafts
from baiying.web.forms.account import SignInForm
from baiying.web.pages import page
from baiying.web.source import address

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    wanted = wanted if safe else ""
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return page(request, "sign_in.html", 400 if form.is_bound else 200, form=form, next=wanted)
    login_, password = form.cleaned_data["login"], form.cleaned_data["password"]
    try:
        person = members.sign_in(login_, password, address(request))
    except Refusal as refusal:
        return page(request, "sign_in.html", refusal.status, form=form, next=wanted, notice=refusal.sentence)
    drafts.drop(request)
    request.session.flush()
    login(request, person, backend=BACKEND)
    return HttpResponseRedirect(wanted or reverse("today"))


def sign_out(request: HttpRequest) -> HttpResponse:
    """By the button only; a link elsewhere signs nobody out."""
    if request.method == "POST":
        drafts.drop(request)
        logout(request)
    return HttpResponseRedirect(reverse("front"))

"""Setting up in the browser: a one-time key, then one thing a page. What was told is kept behind the session."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.kit import draft, rate
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.source import address
from baiying.setup import actions, queries
from baiying.setup.answers import Answers, Federation, faults
from baiying.web.forms.setup import DistrictForm, FederationsForm, KeyForm, KeysForm, PeopleForm
from baiying.web.pages import page

KEPT = "setup"
OPENED = "setup_opened"
TRIES, WINDOW = 20, 900
View = Callable[[HttpRequest], HttpResponse]


def setup(request: HttpRequest) -> HttpResponse:
    """The one-time key opens the steps; once the installation is set up this page is not there."""
    if queries.done():
        raise Unseen
    form = KeyForm(request.POST or None)
    if not form.is_valid():
        return page(request, "setup/key.html", 400 if form.is_bound else 200, form=form, there=there())
    if not rate.allow("setup_key", address(request), TRIES, WINDOW):
        return page(request, "setup/key.html", 429, form=form, there=there(), notice=_(
            "Too many tries. Wait a quarter of an hour, then try again."))
    if not queries.key_fits(form.cleaned_data["key"]):
        form.add_error("key", _("This is not the key of this installation. Compare it with the window where the "
                                "program was started."))
        return page(request, "setup/key.html", 400, form=form, there=there())
    request.session.cycle_key()
    request.session[OPENED] = True
    return HttpResponseRedirect(reverse("setup_district"))


def there() -> bool:
    """Whether there is a key at all; without one the program was not started by `make start`."""
    return queries.key_file().exists()


def step(view: View) -> View:
    """A step is there only until the installation is set up, and for whoever brought the key."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if queries.done():
            raise Unseen
        if not request.session.get(OPENED):
            return HttpResponseRedirect(reverse("setup"))
        return view(request)

    return inner


@step
def setup_district(request: HttpRequest) -> HttpResponse:
    """Which district; its areas are loaded at once, and the page says how many there are."""
    form = DistrictForm(request.POST or None, request.FILES or None, initial=kept(request))
    if not form.is_valid():
        return page(request, "setup/district.html", 400 if form.is_bound else 200, form=form, step=1)
    file = form.cleaned_data["areas"]
    try:
        actions.load_areas(form.cleaned_data["district"], Path(file.temporary_file_path()) if file else None)
    except Refusal as refusal:
        form.add_error("areas", refusal.sentence)
        return page(request, "setup/district.html", refusal.status, form=form, step=1)
    keep(request, district=form.cleaned_data["district"])
    return HttpResponseRedirect(reverse("setup_federations"))


@step
def setup_federations(request: HttpRequest) -> HttpResponse:
    told = kept(request)
    if "district" not in told:
        return HttpResponseRedirect(reverse("setup_district"))
    standing = queries.standing(told["district"])
    form = FederationsForm(request.POST or None, place=standing.place, initial=told.get("fields", {}))
    if not form.is_valid():
        return page(request, "setup/federations.html", 400 if form.is_bound else 200, form=form, standing=standing,
                    step=2)
    keep(request, fields=form.cleaned_data, federations=[asdict(one) for one in form.federations()])
    return HttpResponseRedirect(reverse("setup_keys"))


@step
def setup_keys(request: HttpRequest) -> HttpResponse:
    """Where the keys lie, and what depends on them."""
    if "federations" not in kept(request):
        return HttpResponseRedirect(reverse("setup_district"))
    form = KeysForm(request.POST or None, initial={"seen": kept(request).get("seen", False)})
    if not form.is_valid():
        return page(request, "setup/keys.html", 400 if form.is_bound else 200, form=form, step=3,
                    folder=settings.BAIYING_KEYS)
    keep(request, seen=True)
    return HttpResponseRedirect(reverse("setup_people"))


@step
def setup_people(request: HttpRequest) -> HttpResponse:
    """The last step: the first administrators; then everything is entered at once."""
    told = kept(request)
    if not told.get("seen"):
        return HttpResponseRedirect(reverse("setup_keys"))
    federations = tuple(Federation(**one) for one in told["federations"])
    form = PeopleForm(request.POST or None, federations=federations)
    if form.is_valid():
        answers = Answers(told["district"], federations, form.administrators())
        form.take(faults(answers))
        if form.is_valid():
            return finish(request, answers, form)
    return people_page(request, form, 400 if form.is_bound else 200)


def finish(request: HttpRequest, answers: Answers, form: PeopleForm) -> HttpResponse:
    """Enter everything; the page that says so is shown once."""
    try:
        actions.set_up(answers)
    except Refusal as refusal:
        return people_page(request, form, refusal.status, refusal.sentence)
    draft.drop(str(request.session.session_key))
    request.session.flush()
    return page(request, "setup/done.html", standing=queries.standing(answers.district))


def people_page(request: HttpRequest, form: PeopleForm, status: int, notice: str = "") -> HttpResponse:
    """The last step with what will be entered above it."""
    told = kept(request)
    return page(request, "setup/people.html", status, form=form, notice=notice, step=4,
                standing=queries.standing(told["district"]), federations=form.federations)


def kept(request: HttpRequest) -> dict[str, Any]:
    """What was told so far."""
    text = draft.read(str(request.session.session_key), KEPT)
    return dict(json.loads(text)) if text else {}


def keep(request: HttpRequest, **told: Any) -> None:
    """Keep it behind the session, sealed; never a password."""
    whole = {**kept(request), **told}
    if told.get("district") and kept(request).get("district") not in (None, told["district"]):
        whole.pop("fields", None)
        whole.pop("federations", None)
    draft.keep(str(request.session.session_key), KEPT, json.dumps(whole, ensure_ascii=False))



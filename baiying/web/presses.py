"""What every press has in common: done, or the page again with the sentence of a refusal; and pressed twice it is once.

A form pressed twice leads both times to the page to which the first press led, whatever that did to the case.

The second press of an impatient finger often finds nothing any more: the case was just given back, the ruling is made.
That is no fault of hers. What the form's own key led to is kept in her session.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from baiying.kit.errors import Refusal, Unseen

PRESSED, KEPT = "pressed", 20  # the last so many forms of a session
BEGUN = ""  # under way: no page yet
PATIENCE, LOOK_EVERY = 1.0, 0.05  # seconds that a second press waits for the first one
View = Callable[..., HttpResponse]
Did = TypeVar("Did")


class Sent(Protocol):
    """A form, sent or not; ``sentence``: all its faults in one."""

    is_bound: bool

    @property
    def sentence(self) -> str: ...

    def is_valid(self) -> bool: ...


def pressed(form: Sent, deed: Callable[[], Did], after: Callable[[Did], str],
            shown: Callable[[int, str], HttpResponse]) -> HttpResponse:
    """A page with presses: shown when it is asked for, and again with the sentence of what is missing or was refused;
    else the deed is done, and on to the address that ``after`` gives. Raises Unseen where the page itself does."""
    if not form.is_bound:
        return shown(200, "")
    if not form.is_valid():
        return shown(400, form.sentence)
    try:
        did = deed()
    except Refusal as refusal:
        return shown(refusal.status, refusal.sentence)
    return HttpResponseRedirect(after(did))


def once(view: View) -> View:
    """The view of a form, which may be pressed twice. Pages asked for go straight through."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        key = request.POST.get("key", "") if request.method == "POST" else ""
        if not key:
            return view(request, *args, **named)
        name = f"{request.path}:{key}"
        where = led_to(request, name)
        if where:
            return HttpResponseRedirect(where)
        if where == BEGUN:
            return second(request, name, lambda: view(request, *args, **named))
        keep(request, name, BEGUN)
        try:
            answer = view(request, *args, **named)
        except Exception:
            keep(request, name, None)
            raise
        keep(request, name, answer["Location"] if answer.status_code == 302 else None)
        return answer
    return inner


def second(request: HttpRequest, name: str, again: Callable[[], HttpResponse]) -> HttpResponse:
    """The press that came while the first was under way: its own answer, or the page of the first where it has none."""
    try:
        answer = again()
    except Unseen:
        where = wait(request, name)
        if not where:
            raise
        return HttpResponseRedirect(where)
    where = wait(request, name) if answer.status_code >= 400 else None
    return HttpResponseRedirect(where) if where else answer


def wait(request: HttpRequest, name: str) -> str | None:
    """Where the first press led, as soon as it is through; nothing when it led nowhere."""
    until = time.monotonic() + PATIENCE
    while (where := led_to(request, name)) == BEGUN and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
    return where


def led_to(request: HttpRequest, name: str) -> str | None:
    """What the session says now, in the database: a page, that a press is under way, or nothing."""
    stored = type(request.session)(request.session.session_key)
    found = stored.get(PRESSED, {}).get(name)
    return found if found is None else str(found)


def keep(request: HttpRequest, name: str, where: str | None) -> None:
    """Note it in the session at once, so that a press on another thread sees it."""
    pressed: dict[str, str] = {key: page for key, page in request.session.get(PRESSED, {}).items() if key != name}
    if where is not None:
        pressed[name] = where
    request.session[PRESSED] = dict(list(pressed.items())[-KEPT:])
    request.session.save()

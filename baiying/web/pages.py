"""Making a page from a template, and what every page may know of the one who looks at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LARGE_COOKIE = "baiying_large"
YEAR = 365 * 24 * 3600


def page(request: HttpRequest, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """The page of this template. `protected=True` gives it a neutral title and the quick exit."""
    return render(request, f"web/{template}", values, status=status)


def remember(response: HttpResponse, cookie: str, value: str) -> None:
    """Keep a wish (language, large text) for a year; nothing else is ever kept so."""
    response.set_cookie(cookie, value, max_age=YEAR, httponly=True, samesite="Lax",
                        secure=settings.SESSION_COOKIE_SECURE)


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. Asks no database, so that the page of a database that is away can be made."""
    staff = getattr(request, "staff", None)
    return {
        "demo": settings.BAIYING_DEMO,
        "large": request.COOKIES.get(LARGE_COOKIE) == "1",
        "staff": staff,
        "member": getattr(request, "member", None),
        "sees_late": staff is not None and staff.may("late.see"),
        "exit_to": exit_to(),
        "path": request.path,
        "converted": getattr(request, "converted", False),
    }


def exit_to() -> str:
    """Where the quick exit leads: a page that anybody may have open. An operator names another by BAIYING_EXIT."""
    return str(settings.BAIYING_EXIT)

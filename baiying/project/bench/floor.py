"""The floor: a bare Django view behind the same middleware, making one committed insert."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse


def floor(request: HttpRequest) -> HttpResponse:
    """Insert the words and say so. In autocommit: the insert is committed before the answer."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_floor (words) VALUES (%s)", [request.POST["words"]])
    return HttpResponse("ok")


floor.power = "public"  # type: ignore[attr-defined]

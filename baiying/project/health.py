"""`/healthz`: whether this process can serve, in one word and a status."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not. Says nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})


healthz.power = "public"  # type: ignore[attr-defined]

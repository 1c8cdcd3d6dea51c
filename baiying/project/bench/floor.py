"""The floor: a bare Django view behind the same middleware, making one committed insert."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse


class FloorRow(models.Model):
    """One row of the floor's table, which exists only while something is measured."""

    id = models.BigAutoField(primary_key=True)
    words = models.TextField()

    class Meta:
        app_label = "project"
        db_table = "bench_floor"
        managed = False


def floor(request: HttpRequest) -> HttpResponse:
    """Insert the words and say so. In autocommit: the insert is committed before the answer."""
    FloorRow(words=request.POST["words"]).save(force_insert=True)
    return HttpResponse("ok")


floor.power = "public"  # type: ignore[attr-defined]

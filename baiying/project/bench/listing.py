"""The floor of lists: a bare Django page of a hundred rows, read from one table by its index."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines

ROWS = 100
PAGE = """<!doctype html><title>floor</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td>
<td>{{ row.due_at|date:"Y-m-d H:i" }}</td><td>{{ row.words }}</td></tr>{% endfor %}</table>"""


class ListRow(models.Model):
    """One row of the floor's list, which exists only while something is measured."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.IntegerField()
    number = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        app_label = "project"
        db_table = "bench_list"
        managed = False


def listing(request: HttpRequest) -> HttpResponse:
    """The first hundred rows of one unit, by the day they are due."""
    rows = ListRow._default_manager.filter(unit=1).order_by("due_at")[:ROWS]
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}, request))


listing.power = "public"  # type: ignore[attr-defined]

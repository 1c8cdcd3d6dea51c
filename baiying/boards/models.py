"""Figures by month: counts of cases, never of persons."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Figure(models.Model):
    """What one unit had of one matter in one month. ``generated`` marks the invented past of the demo.

    ``solved + partly + not_solved + unrated = received``: silence is counted as silence.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=80)
    month = models.DateField()
    received = models.PositiveIntegerField()
    contacted_in_time = models.PositiveIntegerField()
    answered_in_time = models.PositiveIntegerField()
    solved = models.PositiveIntegerField()
    partly = models.PositiveIntegerField()
    not_solved = models.PositiveIntegerField()
    unrated = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField()
    protected = models.BooleanField(default=False)
    generated = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["district", "month"], name="boards_figure_month")]
        constraints = [
            models.UniqueConstraint(fields=["district", "unit", "matter", "month"], name="boards_figure_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="boards_figure_first_of_month"),
            models.CheckConstraint(
                condition=Q(received=F("solved") + F("partly") + F("not_solved") + F("unrated")),
                name="boards_figure_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(contacted_in_time__lte=F("received"))
                & Q(answered_in_time__lte=F("received"))
                & Q(reopened__lte=F("received")),
                name="boards_figure_parts",
            ),
        ]

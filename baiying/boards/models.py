"""Figures by day: counts of cases, never of persons."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Figure(models.Model):
    """What one unit had of one matter that came in on one day, as it stands now.

    ``received`` is the sum of waiting, ended, unrated, within_30_days, solved, partly and not_solved; the other counts
    are parts of these (`engine.boards.counts`). Guarded cases stand in rows without unit and matter, one a day.
    ``generated`` marks the invented past of the demo; such a row stands for its month, on its first day.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    matter = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    protected = models.BooleanField(default=False)
    generated = models.BooleanField(default=False)
    received = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    unrated = models.PositiveIntegerField()
    within_30_days = models.PositiveIntegerField()
    solved = models.PositiveIntegerField()
    partly = models.PositiveIntegerField()
    not_solved = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField()
    contacted = models.PositiveIntegerField()
    not_contacted = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "day"], name="boards_figure_day"),
            models.Index(fields=["unit", "day"], name="boards_figure_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(received=F("waiting") + F("ended") + F("unrated") + F("within_30_days") + F("solved")
                            + F("partly") + F("not_solved")),
                name="boards_figure_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("received"))
                & Q(in_time__lte=F("received") - F("waiting") - F("ended"))
                & Q(reopened__lte=F("received") - F("waiting") - F("ended"))
                & Q(solved__gte=F("contacted") + F("not_contacted") - F("partly") - F("not_solved")),
                name="boards_figure_parts",
            ),
            models.CheckConstraint(
                condition=Q(protected=True, unit=None, matter="") | Q(protected=False, unit__isnull=False),
                name="boards_protected_is_no_units",
            ),
        ]


class Count(models.Model):
    """Up to when the cases of a district have been counted, and when a full recount last proved the figures."""

    district = models.CharField(max_length=6, primary_key=True)
    until = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    # How many days had to be put right by that recount: nought, unless something is wrong.
    drifted = models.PositiveIntegerField(default=0)

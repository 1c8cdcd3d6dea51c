"""What this installation was set up as: one row, written once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """The district that this installation serves, since when. Its absence means: not set up yet."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    district = models.CharField(max_length=6)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="setup_installation_is_one_row"),
            models.CheckConstraint(condition=Q(district__regex=r"^[1-9][0-9]{5}$"), name="setup_installation_district"),
        ]

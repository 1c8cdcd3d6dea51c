"""Break-glass: a protected case read once in an emergency by somebody who is not one of its named people."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class BreakGlass(models.Model):
    """One person may read one protected case until a moment, for a reason that she wrote down first."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Copied from the case, which its own row opens only one at a time: what the level above is shown.
    number = models.CharField(max_length=10)
    district = models.CharField(max_length=6)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The unit one level above, which is told at once; at the top the unit itself.
    above = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    # A word of the list of grounds; what was written beside it lies sealed in the log.
    ground = models.CharField(max_length=20)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case"], name="glass_case"),
                   models.Index(fields=["above", "at"], name="glass_above"),
                   models.Index(fields=["person", "until"], name="glass_person")]
        constraints = [models.CheckConstraint(condition=models.Q(until__gt=models.F("at")), name="glass_ends")]

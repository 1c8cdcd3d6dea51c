"""What she asks about her own information (个人信息保护法 art. 44 to 50), where somebody has to decide on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from baiying.kit import moment
from baiying.kit.number import ref_of


class Demand(models.Model):
    """One thing that she asks of the unit that leads: to put something right, or to erase what it must still keep.

    Her words and the answer lie sealed in `demand:<id>` and `decided:<id>`.
    """

    class Kind(models.TextChoices):
        CORRECT = "correct"  # what the handling goes by is wrong (art. 46)
        ERASE = "erase"      # what there is a ground to keep shall go all the same (art. 47)
        RELATIVE = "relative"  # a near relative asks, of somebody who died (art. 49) or cannot act

    class State(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        REFUSED = "refused"
        DROPPED = "dropped"  # by her, or the case was erased meanwhile

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.CharField(max_length=6)
    # Copied from the case, which its own row opens only one at a time: what a list shows.
    number = models.CharField(max_length=10)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    # What is wrong: `words`, or the key of a question of the matter; of a relative what is wished (relatives.WISHES).
    about = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                                   db_index=False)
    # Who of the staff wrote down what a relative asks; nobody where she asked herself.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                                   db_index=False)

    class Meta:
        indexes = [models.Index(fields=["case"], name="demand_case"),
                   models.Index(fields=["unit", "due_at"], condition=models.Q(state="open"), name="demand_to_decide")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["correct", "erase", "relative"]), name="demand_kind"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None) | models.Q(state="dropped")
                | models.Q(state__in=["granted", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="who_decides_a_demand_is_named"),
            models.CheckConstraint(condition=models.Q(entered_by=None) | models.Q(decided_by=None)
                                   | ~models.Q(entered_by=models.F("decided_by")),
                                   name="who_enters_a_demand_decides_no_demand"),
        ]

    @property
    def overdue(self) -> bool:
        """Whether it was not answered by its day."""
        return self.state == Demand.State.OPEN and self.due_at <= moment.now()

    @property
    def ref(self) -> str:
        """How a form names this demand: an internal key never leaves the server."""
        return ref_of(self.id)

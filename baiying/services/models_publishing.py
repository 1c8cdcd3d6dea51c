"""A changed catalogue that waits for two named people, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Publishing(models.Model):
    """One edition that would change who gets what, beyond the measures of the one in force.

    ``edition``: the one that waits; ``against``: the one in force when it was compared. ``preview``: what was told of
    it, small numbers hidden (queries.previewing); ``why``: [service, reason] for each that needs a second person.
    ``by`` looked and proposed, with ``words``; ``decided_by`` is another person. It comes into force with the approval.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for somebody who looks and proposes it")
        PROPOSED = "proposed", _("waits for a second person")
        IN_FORCE = "in_force", _("came into force")
        DECLINED = "declined", _("was declined")
        OVERTAKEN = "overtaken", _("another version came first")

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    edition = models.CharField(max_length=64)
    against = models.CharField(max_length=64)
    preview = models.JSONField()
    why = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True, default="")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(state__in=["waiting", "proposed"]),
                name="services_publishing_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(decided_by__isnull=True) | ~Q(by=F("decided_by")),
                name="services_publishing_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(by__isnull=False, decided_by__isnull=False),
                name="services_publishing_named",
            ),
        ]

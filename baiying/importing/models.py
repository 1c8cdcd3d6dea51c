"""A sheet that was brought, and exactly what it brought, so that it can be taken back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a sheet is a list of."""

    UNITS = "units", _("units")
    POSTS = "posts", _("posts")
    MEMBERS = "members", _("members")


class State(models.TextChoices):
    """How far a sheet is."""

    LAID = "laid", _("brought, not looked through yet")
    LOOKING = "looking", _("being looked through")
    LOOKED = "looked", _("looked through")
    RUNNING = "running", _("being entered")
    DONE = "done", _("entered")
    FAILED = "failed", _("broken off")
    UNDONE = "undone", _("taken back")


class Sheet(models.Model):
    """One sheet. It is seen in the unit whose administrator brought it, or by the system's own errand.

    ``columns`` says which column of the sheet is what. ``sealed`` holds what of the sheet must be kept while it is
    worked on (cells corrected on the page, faults with their cells), under a key of its own that goes when it is done.
    """

    id = models.UUIDField(primary_key=True)
    ref = models.CharField(max_length=16, unique=True)
    district = models.CharField(max_length=6)
    unit_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.LAID)
    name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=20, default="")
    header = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    leave_out = models.BooleanField(default=False)
    at = models.DateTimeField()
    touched = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    why = models.TextField(default="")
    key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit_id", "-at"], name="importing_sheet_of_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="importing_sheet_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="importing_sheet_state"),
            models.CheckConstraint(condition=Q(sealed__isnull=True) | Q(key__isnull=False), name="importing_sheet_key"),
        ]


class Brought(models.Model):
    """One row of the network that a sheet entered or changed, in order; ``was`` is what a changed one was before."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8)
    row_id = models.UUIDField()
    line = models.PositiveIntegerField()
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    taken_back = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sheet", "id"], name="importing_brought_of_sheet")]

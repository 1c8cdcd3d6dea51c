"""The tables of concerns (the same need of many cases) and of the search over what is not guarded.

A part of `models`, from where everything here is imported. Nothing protected stands in any of them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Concern(models.Model):
    """The same need of several cases, confirmed by a person of the unit that holds it. The cases stay whose they are.

    Holds no person's words: ``title`` is what whoever confirmed it calls it.
    """

    class Kind(models.TextChoices):
        MANY = "many"  # the need of several people
        ONE = "one"    # one person's need, sent more than once

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    # How an address names it: an internal key never leaves the server.
    ref = models.CharField(max_length=12)
    kind = models.CharField(max_length=4, choices=Kind)
    title = models.CharField(max_length=80)
    topic = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=12, blank=True)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # It goes on in that one.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Said to be no common need: its cases are not suggested together again.
    declined = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "opened_at"], name="concern_of_unit")]
        constraints = [models.UniqueConstraint(fields=["ref"], name="concern_ref")]


class ConcernCase(models.Model):
    """One case in one concern, from a day until a day. Never a guarded one: a trigger ends it with what guards it."""

    class Left(models.TextChoices):
        TAKEN_OUT = "taken_out"  # by a person: it is another need after all
        SPLIT = "split"          # it goes on in another concern, with others
        MERGED = "merged"        # its concern goes on in another one
        CLOSED = "closed"        # the concern was dissolved
        GUARDED = "guarded"      # what was told since is protected
        ERASED = "erased"        # what was told was kept until then
        ELSEWHERE = "elsewhere"  # another unit leads it by now, out of the reach of whoever holds the concern

    id = models.UUIDField(primary_key=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+", db_index=False)
    # No constraint of the database: it would lock the case's row for whoever only joins it.
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    number = models.CharField(max_length=10)
    # Whoever holds the concern, and what it was called on that day: all that the case's own page needs.
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    called = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=Concern.Kind)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    left_why = models.CharField(max_length=12, blank=True, choices=Left)

    class Meta:
        indexes = [models.Index(fields=["concern", "joined_at"], name="concern_cases"),
                   models.Index(fields=["case", "joined_at"], name="concerns_of_case"),
                   models.Index(fields=["unit"], name="concern_cases_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(left_at=None), name="one_concern_at_a_time"),
            models.CheckConstraint(condition=models.Q(left_at=None, left_why="")
                                   | models.Q(left_at__isnull=False) & ~models.Q(left_why=""),
                                   name="who_left_says_why"),
        ]


class ConcernAnswer(models.Model):
    """One answer that went to all in a concern: whom it reached, and who was left, each with the reason."""

    id = models.UUIDField(primary_key=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    # Numbers of cases: those it reached, and [number, reason] of those it did not.
    reached = models.JSONField(default=list)
    left = models.JSONField(default=list)


class Found(models.Model):
    """What the search knows of one case that is not guarded: pairs of characters, and marks of unit, matter and topic.

    The web role reads it by the function `cases_candidates` alone, which looks for the units that the door was told.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="+",
                                db_constraint=False)
    received_at = models.DateTimeField()
    grams = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="found_grams")]


class Unread(models.Model):
    """A case that the search has still to read, or to read again: written with the case, taken away by the job."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="+",
                                db_constraint=False)

"""The tables of cases.

What is protected lies in `Sealed` alone: in no index, readable one case at a time, and only
with that case's key. `Case.words` holds words only of cases that are not guarded.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Case(models.Model):
    """One need, opened under one version of one matter, on a day."""

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    number = models.CharField(max_length=10)
    # Keyed hash of number and 查询码 together: neither alone opens anything (kit.number.entry).
    entry = models.BinaryField(max_length=32)
    # The wrapped key of everything sealed in this case; forgetting it erases the case's words.
    key = models.BinaryField(null=True)
    # No constraint of the database here: it would lock the one row of a matter's declaration for every submission of
    # a city at once. Declarations only grow: a trigger refuses to change or delete one.
    declaration = models.ForeignKey("catalogue.Declaration", on_delete=models.PROTECT, related_name="+",
                                    db_index=False, db_constraint=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=16)
    stage = models.CharField(max_length=40)
    # Who has said yes so far to moves that need several: {move: [party, …]}; empty again after each move.
    agreed = models.JSONField(default=dict)
    # Guarded: a matter of class P3, or words of danger. Everything told is then sealed.
    guarded = models.BooleanField()
    danger = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended = models.BooleanField(default=False)
    # The open clock of ours that runs out first; the day's list is sorted by it.
    next_due_at = models.DateTimeField(null=True)
    next_clock = models.CharField(max_length=40, blank=True)
    # Grows with every change: a form made before the last change is stale.
    version = models.PositiveIntegerField(default=1)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=12, blank=True)
    contacted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.CheckConstraint(condition=models.Q(guarded=False) | models.Q(words=""),
                                   name="guarded_words_are_sealed"),
            models.CheckConstraint(condition=models.Q(verdict__in=["", "solved", "partly", "not_solved"]),
                                   name="verdict_is_one_of_three"),
        ]
        indexes = [
            models.Index(fields=["unit", "next_due_at"], condition=models.Q(ended=False), name="case_todays_list"),
            models.Index(fields=["entry"], name="case_entry"),
        ]

    @property
    def wrapped(self) -> bytes | None:
        """The wrapped key, or nothing when the case's words were erased."""
        return bytes(self.key) if self.key is not None else None


class Sealed(models.Model):
    """One protected text of a case, encrypted under the case's key. Never searched."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=60)
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="one_text_a_field")]


class Move(models.Model):
    """One step of the story: who moved it, from where to where, with which words and reason."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Nobody when the person who asked moved it.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    reason = models.CharField(max_length=200, blank=True)
    # Empty in a guarded case; then the words lie sealed in the field `move:<id>`.
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="move_story")]


class Clock(models.Model):
    """A clock that runs or ran in a case. Rule and start are kept, so that it can always be explained again."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    # asker: hers by law, on top; other: an outside body's; ours: the unit's promise.
    owner = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=64)
    met_at = models.DateTimeField(null=True)
    told_late = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="clock_case"),
            models.Index(fields=["due_at"], condition=models.Q(met_at=None, told_late=False), name="clock_running"),
            models.Index(fields=["id"], condition=models.Q(provisional=True), name="clock_provisional"),
        ]

"""What is known of people for their services, and how they stand to each of them. One row a person, packed.

A value that is P3 lies sealed under the person's own key and is opened for her alone. No unit reads a profile. Rows
hang on a person without a constraint: a list of members that is taken back takes its people along, and these by news.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baiying.services.models_publishing import Publishing
from baiying.services.models_requests import Look, Lot, Request, Round
from baiying.services.words import Per, Result, Step

__all__ = [
    "Counter", "Cover", "Listed", "Look", "Lot", "Missed", "MonthCover", "Profile", "Publishing", "Request", "Round",
    "Rulebook", "Served", "Standing", "Tally",
]  # fmt: skip


class Profile(models.Model):
    """Facts that a person told, a paper proved or a roster brought.

    ``said``: values by the name of their fact, as JSON. ``told``: by the same names (source, day; of a list also
    which one). ``sealed``: a JSON of [value, source, day] by name, of facts of class P3. ``agreed``: the purposes she
    agreed to, each with the day; what needs one that is missing is neither kept nor read. ``quiet``: she wants nobody
    to come to her about services.
    """

    person = models.OneToOneField(
        "members.Person", on_delete=models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    district = models.CharField(max_length=6)
    said = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    agreed = models.JSONField(default=dict)
    quiet = models.BooleanField(default=False)
    changed_at = models.DateTimeField()


class Listed(models.Model):
    """One list of members said something of this person: found by the list when it is taken back."""

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    batch = models.UUIDField()
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "person"], name="services_listed_once")]


class Rulebook(models.Model):
    """The services that were judged together, in the order of their bits. ``id``: the hash of all they consist of."""

    id = models.CharField(max_length=64, primary_key=True)
    services: models.JSONField[list[str], list[str]] = models.JSONField()
    at = models.DateTimeField()
    # The last full sweep: when, of which day, how many people stood, and how many had drifted (nought, unless
    # something is wrong).
    swept_at = models.DateTimeField(null=True)
    swept_for = models.DateField(null=True)
    people = models.PositiveIntegerField(default=0)
    drifted = models.PositiveIntegerField(default=0)


class Standing(models.Model):
    """How one person stands to every service that may be offered unasked: bits in the order of the rulebook.

    ``yes``: entitled; ``unknown``: a fact is missing; neither: not entitled. ``served``: she has it. ``unit``: where
    she is a member. Services of class P3, and those that read a fact of class P3, have no bit: they are told her alone.
    """

    person = models.OneToOneField(
        "members.Person", on_delete=models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    rulebook = models.CharField(max_length=64)
    on = models.DateField()
    yes = models.BinaryField()
    unknown = models.BinaryField()
    served = models.BinaryField()
    quiet = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit"], name="services_standing_unit"),
            models.Index(fields=["district"], name="services_standing_district"),
        ]


class Served(models.Model):
    """A mark that a person has a service, until the ledger says so itself. Taken back by ``ended_at``."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "service"], condition=Q(ended_at=None), name="services_served_once"
            ),
        ]


class Missed(models.Model):
    """What a unit did for one of its people whom one service had missed: told, helped with papers, visited."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    service = models.CharField(max_length=80)
    step = models.CharField(max_length=8, choices=Step)
    result = models.CharField(max_length=12, choices=Result)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "service"], name="services_missed_unit")]


class Cover(models.Model):
    """Of one unit and one service: how many people are entitled, how many of them have it, of how many it is not known.

    Counts alone; a unit's people and those of no unit (none). Written by the sweep and after each change.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    entitled = models.IntegerField()
    served = models.IntegerField()
    unknown = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "unit", "service"], nulls_distinct=False, name="services_cover_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["district", "service"], name="services_cover_district")]


class MonthCover(models.Model):
    """Coverage of one service in a district as it stood when a month was first swept: what boards tell. The running
    counts side by side, day by day, would point at whoever came or went in between."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    month = models.DateField()
    service = models.CharField(max_length=80)
    entitled = models.IntegerField()
    served = models.IntegerField()
    unknown = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "month", "service"], name="services_month_once"),
        ]


class Counter(models.Model):
    """Where one service is used with the card: a place of ours or a merchant, with one device that verifies codes.

    ``ref``: by which people name it; ``number``: the same in a code; ``per`` and ``times``: how often one person may.
    ``code``: keyed hash of the set-up code, for some days; ``device``: of what the device then says. Not who came.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    ref = models.CharField(max_length=8, unique=True)
    number = models.BigIntegerField(unique=True)
    per = models.CharField(max_length=8, blank=True, choices=Per)
    times = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    code = models.BinaryField(max_length=32, null=True)
    code_until = models.DateTimeField(null=True)
    device = models.BinaryField(max_length=32, null=True, unique=True)
    device_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__gte=0, number__lt=2**32), name="services_counter_number"),
            models.CheckConstraint(condition=Q(times__gte=1), name="services_counter_times"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit"], name="services_counter_unit"),
            models.Index(fields=["district", "service"], name="services_counter_service"),
        ]


class Tally(models.Model):
    """How often a service was used at a counter in a month: a count alone, apart from the lines of the ledger, which
    know no counter."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["counter", "month"], name="services_tally_once"),
        ]

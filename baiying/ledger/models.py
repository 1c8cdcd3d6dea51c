"""The tables of money. Lines only grow, and the database itself keeps the books: see migration 0001.

A line holds no name. Whom it was for is a keyed mark of person and service, so that two services of one person cannot
be laid side by side; names and accounts stand in `Payee`, sealed, and go with the case.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from baiying.ledger.words import Kind, Why


class Budget(models.Model):
    """What one unit has for one service in one year. Its amounts are lines: nothing here ever changes."""

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "service", "year"], name="ledger_budget_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2199), name="ledger_budget_year"),
        ]


class Line(models.Model):
    """One line of the ledger. ``fen`` is signed, so that a sum of lines is a balance (see `words.Kind`).

    ``of``: the promise that is released, the grant that is countered or paid. ``share_of``: the first line of a grant
    that several budgets bear. ``seq`` and the four sums are what stands after this line in its budget; the database
    fills them in, and ``unit`` too. A line without a budget is about something that costs no money of ours.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    fen = models.BigIntegerField()
    service = models.CharField(max_length=80)
    # The hash of the declaration by which it was decided.
    version = models.CharField(max_length=64, blank=True)
    case = models.UUIDField(null=True)
    mark = models.BinaryField(max_length=32, null=True)
    # For which time or event it counts: 2026, life, event:…
    period = models.CharField(max_length=80, blank=True)
    # The class (band) of the grant, and its number, which is on her page and on the public notice.
    band = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=10, blank=True)
    share_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # By which declaration this share is added to what another unit's budget bears.
    matching = models.ForeignKey("Matching", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    item = models.ForeignKey("Item", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    why = models.CharField(max_length=12, blank=True, choices=Why)
    by = models.UUIDField(null=True)
    on = models.DateField()
    at = models.DateTimeField()
    seq = models.PositiveIntegerField(null=True)
    promised = models.BigIntegerField(default=0)
    granted = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    left = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "seq"], name="ledger_line_in_turn"),
            models.UniqueConstraint(
                fields=["item", "kind"], condition=Q(item__isnull=False), name="ledger_result_once"
            ),
            models.CheckConstraint(condition=Q(left__gte=0), name="ledger_budget_left"),
            models.CheckConstraint(
                condition=Q(promised__gte=0, granted__gte=0, paid__gte=0, paid__lte=F("granted")), name="ledger_sums"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.PROMISE, Kind.PAY], fen__gt=0)
                | Q(kind__in=[Kind.GRANT, Kind.REDEEM], fen__gte=0)
                | Q(kind=Kind.RELEASE, fen__lt=0)
                | Q(kind__in=[Kind.COUNTER, Kind.BOUNCE], fen__lte=0)
                | (Q(kind=Kind.FUND) & ~Q(fen=0)),
                name="ledger_line_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.RELEASE, Kind.COUNTER, Kind.PAY, Kind.BOUNCE], of__isnull=False)
                | Q(kind__in=[Kind.FUND, Kind.PROMISE, Kind.GRANT, Kind.REDEEM], of=None),
                name="ledger_line_points",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.PAY, Kind.BOUNCE], item__isnull=False)
                | (~Q(kind__in=[Kind.PAY, Kind.BOUNCE]) & Q(item=None)),
                name="ledger_line_item",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "on"], name="ledger_line_unit"),
            models.Index(fields=["of"], condition=Q(of__isnull=False), name="ledger_line_of"),
            models.Index(fields=["share_of"], condition=Q(share_of__isnull=False), name="ledger_line_share"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="ledger_line_case"),
            models.Index(fields=["mark"], condition=Q(mark__isnull=False), name="ledger_line_mark"),
            models.Index(fields=["matching"], condition=Q(matching__isnull=False), name="ledger_line_matching"),
        ]


class Matching(models.Model):
    """One unit adds to what another one grants of a service in a year, out of its own budget: nobody declares it for
    another one.

    ``unit``: who adds, out of ``budget``; ``to``: whose grants. ``per_hundred``: yuan added to each hundred (100 is
    1:1); ``most``: fen of all that is promised and granted by it. It only ever ends; what was granted by it stays.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    to = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    per_hundred = models.PositiveSmallIntegerField()
    most = models.BigIntegerField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["to", "service", "year", "unit"], condition=Q(ended_at=None), name="ledger_matching_once"
            ),
            models.CheckConstraint(condition=~Q(unit=F("to")), name="ledger_matching_another"),
            models.CheckConstraint(
                condition=Q(per_hundred__gte=1, per_hundred__lte=1000, most__gt=0), name="ledger_matching_share"
            ),
        ]


class Claim(models.Model):
    """One person has had one rule's grant for one period: the keyed hash of the three. Goes when it is countered."""

    mark = models.BinaryField(max_length=32, primary_key=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")


class Payee(models.Model):
    """To whom a grant is paid: name, account and bank, sealed under a key of this row. Goes with the case.

    One that was wrong stays as it was: the next row counts from then on. ``nth``: which one it is; ``turn``: from which
    attempt to pay it is used, so that the file of an earlier batch is never another one. ``hers``: she wrote it herself
    after the bank sent it back; it counts for nothing before whoever keeps the books looked at it and wrote it down.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False)
    nth = models.PositiveSmallIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(default=1)
    hers = models.BooleanField(default=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.UUIDField(null=True, db_index=True)
    key = models.BinaryField()
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "nth"], name="ledger_payee_once")]


class Correction(models.Model):
    """Somebody asks that a grant be taken back, or lessened; another person agrees or not. The lines say what was done.

    ``line``: the first line of the grant; ``fen``: what is taken back of all its shares, nothing: all of it.
    ``sealed``: why, in words that she reads, under a key of this row; they go with the case.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.UUIDField(null=True, db_index=True)
    fen = models.BigIntegerField(null=True)
    why = models.CharField(max_length=12, choices=Why)
    key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(decided_at=None), name="ledger_correction_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, agreed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False),
                name="ledger_correction_decided",
            ),
            models.CheckConstraint(
                condition=Q(agreed=None) | Q(agreed=False) | ~Q(decided_by=F("asked_by")),
                name="ledger_correction_four_eyes",
            ),
            models.CheckConstraint(condition=Q(fen=None) | Q(fen__gt=0), name="ledger_correction_fen"),
        ]


class Batch(models.Model):
    """Grants that one unit pays together. Made by one person, released by another one, or dropped before that.

    ``digest``: the hash of what is in it; what is released is what was made.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=10)
    count = models.PositiveIntegerField()
    fen = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)
    dropped_by = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="ledger_batch_number"),
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | (Q(released_by__isnull=False, released_at__isnull=False) & ~Q(released_by=F("made_by"))),
                name="ledger_batch_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(dropped_at=None), name="ledger_batch_released_or_dropped"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "made_at"], name="ledger_batch_unit")]


class Item(models.Model):
    """One payment of a batch: one grant, frozen with its sum. ``ref`` goes to the bank and comes back.

    ``turn``: which attempt it is; the next one only after this one bounced or its batch was dropped.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", db_index=False)
    turn = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    ref = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "turn"], name="ledger_item_in_turn"),
            models.UniqueConstraint(fields=["ref"], name="ledger_item_ref"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="ledger_item_fen"),
        ]


class Notice(models.Model):
    """A grant on the public notice: number, class and amount, for some days. Everybody may read it, as far as the
    queries tell it."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True, related_name="+")
    district = models.CharField(max_length=6)
    service = models.CharField(max_length=80)
    number = models.CharField(max_length=10)
    band = models.CharField(max_length=40, blank=True)
    fen = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "until"], name="ledger_notice_until")]

"""The tables of the kit. Most are written by plain SQL in one statement; see the module named in each docstring."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Line(models.Model):
    """One line of the log (kit.log). Append-only. A further column, xid, is the transaction that wrote it."""

    at = models.DateTimeField()
    who = models.TextField()
    verb = models.TextField()
    subject = models.UUIDField(db_index=True)
    payload = models.BinaryField(null=True)
    mac = models.BinaryField()

    class Meta:
        db_table = "kit_line"


class Link(models.Model):
    """One link of the log's chain: which line comes next, and the keyed hash of all before it. Append-only."""

    seq = models.BigIntegerField(primary_key=True)
    line_id = models.BigIntegerField(unique=True)
    chained = models.BinaryField()

    class Meta:
        db_table = "kit_link"


class Seal(models.Model):
    """Where the sealer stands: one row (kit.log.sealer). A further column, seen, is a pg_snapshot."""

    id = models.SmallIntegerField(primary_key=True)
    cluster = models.BigIntegerField()
    seq = models.BigIntegerField()
    chained = models.BinaryField()
    mac = models.BinaryField()

    class Meta:
        db_table = "kit_seal"


class Remembered(models.Model):
    """The fingerprint of the keyring under which this database was filled: one row for ever (kit.keys)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    fingerprint = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "kit_remembered"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="kit_remembered_is_one_row")]


class Draft(models.Model):
    """A draft behind a session (kit.draft), readable only with the session's key."""

    session = models.BinaryField()
    name = models.CharField(max_length=100)
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kit_draft"
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="kit_draft_one_of_a_name")]


class Rate(models.Model):
    """How often something was done in the present window (kit.rate). Unlogged: a crash forgets it."""

    key = models.BinaryField(primary_key=True)
    until = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    class Meta:
        db_table = "kit_rate"


class RolePowers(models.Model):
    """The powers of one role, as roles.toml gives them (kit.actions). A role without a row has none."""

    role = models.CharField(max_length=100, primary_key=True)
    powers = ArrayField(models.CharField(max_length=100), default=list)

    class Meta:
        db_table = "kit_role_powers"

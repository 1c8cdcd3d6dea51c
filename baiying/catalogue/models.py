"""Declarations by content hash: old cases are judged by old rules, so a declaration is never changed."""

from __future__ import annotations

from django.db import models


class Declaration(models.Model):
    """One version of one file. ``id`` is the SHA-256 of its canonical content, in hex."""

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100, db_index=True)
    body = models.JSONField()
    loaded_at = models.DateTimeField()


class Current(models.Model):
    """Which declaration of a kind and key is in force."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_in_force")]

"""Declarations by content hash, and which of them are in force.

A case is judged under the declaration it was opened under, so a declaration is never changed (a trigger refuses it);
a new content is a new row. What is in force is one edition of the whole catalogue at a time: a folder is taken whole.
"""

from __future__ import annotations

from django.db import models


class Declaration(models.Model):
    """One version of one file. ``id``: SHA-256 of kind, key and content, in hex (engine.loader.Declaration)."""

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    # Text and not jsonb, which would forget the order of keys: the first stage written is the first.
    body = models.TextField()
    loaded_at = models.DateTimeField()


class Edition(models.Model):
    """A whole catalogue: the declarations in it, in their order. ``id``: SHA-256 of their ids."""

    id = models.CharField(max_length=64, primary_key=True)
    declarations = models.JSONField()
    loaded_at = models.DateTimeField()
    in_force = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["in_force"], condition=models.Q(in_force=True), name="one_edition_in_force")
        ]

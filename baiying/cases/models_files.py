"""Files of a case. The bytes lie sealed beside the database (kit.files); a row says what is known of one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from baiying.kit.number import ref_of


class File(models.Model):
    """One paper, photo or letter of a case. Its name is sealed like its bytes; after retention neither can be read."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.CharField(max_length=6)
    at = models.DateTimeField()
    # What it is for: paper, evidence, letter …
    kind = models.CharField(max_length=20)
    # Which hand put it in: asker, lead, or a party brought in.
    party = models.CharField(max_length=40)
    # Nobody when she herself did.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                               db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Whose file alone it is, beside the unit that leads (`sides.py`); empty: everybody's who has the case's files in
    # view. What a party hands in is always its own side's.
    side = models.CharField(max_length=40, blank=True)
    # The other sides to whom its own has shown it since.
    released_to = ArrayField(models.CharField(max_length=40), default=list)
    # Its class, P0 to P3: the matter's, unless it was handed in with a higher one.
    level = models.CharField(max_length=2)
    media = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    name = models.BinaryField()
    # The hash of the sealed bytes, which is their name on the disk; empty once they were destroyed.
    blob = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="file_case")]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=["P0", "P1", "P2", "P3"]), name="file_has_a_class"),
            models.UniqueConstraint(fields=["blob"], condition=~models.Q(blob=""), name="one_row_a_blob"),
        ]

    @property
    def ref(self) -> str:
        """How a page names this file: an internal key never leaves the server."""
        return ref_of(self.id)

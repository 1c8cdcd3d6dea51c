"""The letters of cases: what is being prepared, what was sent under which number, how it was served and answered.

What a letter says lies sealed under the case's key. A letter that was sent is never changed: a correction is a new
letter that names the old one, and a trigger refuses anything else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from baiying.kit.number import ref_of


class LetterDraft(models.Model):
    """What a unit has written into a letter of a case so far. Gone once the letter is sent."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The key of the letter in the case's matter.
    letter = models.CharField(max_length=40)
    blob = models.BinaryField()
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                               db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "letter"], name="one_draft_a_letter")]


class LetterCount(models.Model):
    """The last number that a unit gave in one series of one year. The row is locked while a letter takes its number, so
    a transaction that fails leaves no gap. Letters of protected cases are not counted here."""

    id = models.UUIDField(primary_key=True, editable=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "series", "year"], name="one_count_a_series")]


class SentLetter(models.Model):
    """One letter that went out, as it went out."""

    class Served(models.TextChoices):
        HANDED = "handed"          # handed over in person
        POSTED = "posted"          # sent by post, with the number of the item
        ELECTRONIC = "electronic"  # sent electronically, in the way that was agreed
        LEFT = "left"              # left with somebody, or put up, as the law allows

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.CharField(max_length=6)
    letter = models.CharField(max_length=40)
    # The hash of the template's declaration: the words under which it was written.
    template = models.CharField(max_length=64)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    # In the unit's own series of the year; of a protected case in a random series, which tells nothing of how many.
    number = models.CharField(max_length=40, blank=True)
    # The party it was sent to; the addressee's name lies sealed with the rest.
    to = models.CharField(max_length=40)
    blob = models.BinaryField()
    # The line of the story with which it went out; none when it was sent beside the steps.
    move = models.UUIDField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    served = models.CharField(max_length=10, blank=True, choices=Served)
    served_on = models.DateField(null=True)
    served_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                                  db_index=False)
    # The number of the postal item, or who took it: sealed.
    served_note = models.BinaryField(default=bytes)
    read_on = models.DateField(null=True)
    reply_due = models.DateTimeField(null=True)
    replied_on = models.DateField(null=True)
    # What was answered: sealed.
    reply = models.BinaryField(default=bytes)
    reply_file = models.ForeignKey("cases.File", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["case", "at"], name="letters_of_case"),
            models.Index(fields=["unit", "reply_due"], name="letter_waits_for_reply",
                         condition=models.Q(reply_due__isnull=False, replied_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], condition=~models.Q(number=""), name="letter_number"),
            models.CheckConstraint(condition=models.Q(served="", served_on=None)
                                   | ~models.Q(served="") & models.Q(served_on__isnull=False),
                                   name="who_serves_says_when"),
        ]

    @property
    def ref(self) -> str:
        """How a page names this letter: an internal key never leaves the server."""
        return ref_of(self.id)

"""The tables of referrals: what a party that was brought in may read, the links of those outside, the fact sheet.

A part of `models`, from where everything here is imported. No words stand in any of them: they lie sealed.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from baiying.kit.number import ref_of


class Referral(models.Model):
    """What one party may read for its task, by field group, and how far its part has come.

    Seen by the unit that leads the case, by the party's unit and by her (migration 0014). `unit`, `state`, `due_at`
    and `ended_at` are copies of the task's, `lead`, `entry` and `guarded` of the case's: triggers keep them in step.
    """

    task = models.OneToOneField("cases.Task", on_delete=models.PROTECT, primary_key=True, related_name="+")
    # No constraint of the database: it would lock the case's row for whoever only opens a task.
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    number = models.CharField(max_length=10)
    declaration = models.ForeignKey("catalogue.Declaration", on_delete=models.PROTECT, related_name="+",
                                    db_index=False, db_constraint=False)
    district = models.CharField(max_length=6)
    party = models.CharField(max_length=40)
    lead = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    entry = models.BinaryField(max_length=32)
    # The token of the link that is open to a party outside, as the door says it; nothing for a unit, or without one.
    way = models.BinaryField(max_length=32, null=True)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
                             db_constraint=False)
    state = models.CharField(max_length=10)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    guarded = models.BooleanField()
    # The field groups that the task needs, and those of them that are open to the party now (flow.groups_of).
    asked = ArrayField(models.CharField(max_length=60), default=list)
    granted = ArrayField(models.CharField(max_length=60), default=list)
    # What the law demands without asking her, with its article; then nothing here is hers to withdraw.
    duty = models.CharField(max_length=200, blank=True)
    # Her yes, whatever she agreed to with it; and when she last took a group back.
    consented_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # When each group first came into the party's view: {group: instant}. Never taken back.
    read_at = models.JSONField(default=dict)
    # The party says that the task has arrived; by when it has to.
    receipt_due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    # Why it does not do it, from the list; its words lie sealed in `done:<task>`.
    refused_ground = models.CharField(max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True)
    times_reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="referral_case"),
            models.Index(fields=["lead", "due_at"], condition=models.Q(state="open"), name="referral_of_lead"),
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="referral_running"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(granted__contained_by=models.F("asked")),
                                   name="nothing_granted_that_was_not_asked"),
        ]


class OutsideLink(models.Model):
    """One way in for a party without an account: a link whose token and code are kept only as keyed hashes.

    To whom they went lies sealed in `link:<id>`. A link that was renewed ends, and another row begins.
    """

    class Why(models.TextChoices):
        TASK = "task"        # the task has ended
        RENEWED = "renewed"
        REVOKED = "revoked"  # by the unit that leads
        WRONG = "wrong"      # too many wrong codes

    id = models.UUIDField(primary_key=True, editable=False)
    task = models.ForeignKey("cases.Task", on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    lead = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    token = models.BinaryField(max_length=32)
    code = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, blank=True, choices=Why)

    class Meta:
        indexes = [models.Index(fields=["case"], name="link_case"), models.Index(fields=["task"], name="link_task")]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="link_token"),
            models.UniqueConstraint(fields=["task"], condition=models.Q(ended_at=None), name="one_link_at_a_time"),
            models.CheckConstraint(condition=models.Q(ended_at=None, ended_why="")
                                   | models.Q(ended_at__isnull=False) & ~models.Q(ended_why=""),
                                   name="an_ended_link_says_why"),
        ]


class Sheet(models.Model):
    """One version of a case's fact sheet, written with her so that she tells it once. The latest one counts.

    Its texts lie sealed, one for each field group that it fills: `sheet:<id>:<group>`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    # Read back to her by whoever wrote it, or read by herself on her page: she says that it is right.
    read_back = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="sheet_version")]


class SheetEntry(models.Model):
    """What a party adds for the unit that leads. Its words lie sealed in `entry:<id>`; other parties never see it."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    task = models.ForeignKey("cases.Task", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="sheet_entry_case")]

    @property
    def ref(self) -> str:
        """How a page names it: an internal key never leaves the server."""
        return ref_of(self.id)

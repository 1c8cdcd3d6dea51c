"""People: how they are called, reached and recognised, what they belong to, how they sign in.

What identifies or reaches somebody (papers, telephones, a guardian) is sealed under a key of that person and found
by keyed blind index alone. Birth date and sex are nowhere; no field tells of attitude, religion or ethnicity, and
none may (design, promise 11).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from baiying.members.identity import KINDS, PASSPORT_KIND


class People(BaseUserManager["Person"]):
    """Finds people; a login is looked up as it is stored, in lower case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody: one who asks, a member, staff. What she may do comes from her posts (network), from nothing here.

    Only staff has a ``login``. Somebody who signs in by telephone alone may have no name yet.
    """

    id = models.UUIDField(primary_key=True)
    login = models.CharField(max_length=64, unique=True, null=True)
    name = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=True)
    key = models.BinaryField(null=True)
    # Deaf or hard of hearing: she is written to, never called.
    text_only = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    # Under 14: the day on which she can consent for herself; until then a guardian has consented (PIPL art. 31).
    guarded_until = models.DateField(null=True)
    guardian_sealed = models.BinaryField(null=True)
    # Found to be the same as another one by two people: she is read as that one. Nothing of hers is moved.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The import that brought her; taken back with it.
    batch = models.UUIDField(null=True)
    # the framework would write it by its own clock, and nobody needs it
    last_login = None

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "login"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(login__isnull=True) | Q(login__regex=r"^[a-z0-9][a-z0-9._-]{1,63}$"),
                name="members_person_login",
            ),
            models.CheckConstraint(
                condition=Q(guardian_sealed__isnull=True) | Q(key__isnull=False), name="members_guardian_sealed"
            ),
            models.CheckConstraint(
                condition=Q(guarded_until__isnull=True) | Q(guardian_sealed__isnull=False),
                name="members_a_child_has_a_guardian",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="members_merged_into_another"),
        ]
        indexes = [
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="members_merged"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="members_person_batch"),
        ]

    def __str__(self) -> str:
        return self.name or "—"

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # read-only: switched by actions alone
        """Django's name for ``active``."""
        return self.active

    @property
    def wrapped(self) -> bytes | None:
        """The wrapped key of what is sealed about her, or nothing when there is none or it was erased."""
        return bytes(self.key) if self.key is not None else None


class Telephone(models.Model):
    """A number by which she can be reached. Several people may share one, and one may have several."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    index = models.BinaryField(max_length=32)
    # When she last typed a code that was sent there; nothing: somebody else wrote it down.
    proved_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "index"], name="members_telephone_once")]
        indexes = [models.Index(fields=["index"], name="members_telephone_index")]


class Paper(models.Model):
    """One paper that says who she is. The 15 and the 18 characters of one identity number have one index."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13)  # one of KINDS
    sealed = models.BinaryField()
    index = models.BinaryField(max_length=32)
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [
            # every country gives out numbers of passports for itself; all others are given once
            models.UniqueConstraint(fields=["index"], condition=~Q(kind=PASSPORT_KIND), name="members_paper_once"),
            models.UniqueConstraint(fields=["person", "index"], name="members_paper_once_a_person"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="members_paper_kind"),
        ]
        indexes = [models.Index(fields=["index"], condition=Q(kind=PASSPORT_KIND), name="members_passport_index")]


class Membership(models.Model):
    """She belongs to a unit, from a day on. It stays hers when the unit closes: the days tell when that was."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                                   name="members_membership_dates"),
            models.UniqueConstraint(fields=["person", "unit"], condition=Q(until__isnull=True),
                                    name="members_membership_once_at_a_time"),
            models.UniqueConstraint(fields=["unit", "number"], condition=Q(until__isnull=True) & ~Q(number=""),
                                    name="members_number_once_a_unit"),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(until__isnull=True), name="members_of_unit"),
                   models.Index(fields=["person"], name="members_membership_person")]


class Batch(models.Model):
    """One bulk entry: how many rows brought something, and whether it was taken back."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)


class Code(models.Model):
    """A code on its way to a telephone. Held as a keyed hash; used once, by the browser that asked for it."""

    id = models.UUIDField(primary_key=True)
    index = models.BinaryField(max_length=32)
    hashed = models.BinaryField(max_length=32)
    sealed = models.BinaryField()  # the telephone, under the house's key: it has no person yet
    sent_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A browser that signed in as her. Trusted once a 查询码 of hers was typed on it, and while it is in use."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    hashed = models.BinaryField(max_length=32)
    words = models.CharField(max_length=80)
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "hashed"], name="members_device_once")]


class Factor(models.Model):
    """Something beside the password: a TOTP secret, a passkey, or one of ten backup codes."""

    class Kind(models.TextChoices):
        TOTP = "totp"
        PASSKEY = "passkey"
        BACKUP = "backup"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80, blank=True)
    # The secret of TOTP or the public credential of a passkey, under her key; of a backup code nothing.
    sealed = models.BinaryField(null=True)
    # Keyed hash of a backup code or of a passkey's id.
    index = models.BinaryField(max_length=32, null=True)
    # TOTP: the last step that was used, so that no code serves twice. Passkey: its counter.
    step = models.BigIntegerField(default=0)
    since = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(kind="totp"), name="members_one_totp"),
            models.UniqueConstraint(fields=["person", "index"], name="members_factor_once"),
        ]


class SignIn(models.Model):
    """One session of hers, to be listed and ended. The session itself names this row; ended here is ended."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=80)
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    # What was shown beside the password: totp, passkey, backup; empty: nothing.
    factor = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A link by which a colleague sets her password: once, within seven days."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hashed = models.BinaryField(max_length=32, unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Merge(models.Model):
    """Two rows are one person: proposed by one, confirmed by another, undone by either."""

    id = models.UUIDField(primary_key=True)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    confirmed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="members_merge_of_two"),
            models.CheckConstraint(condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                                   name="members_merge_by_two_people"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True),
                                    name="members_merge_once_at_a_time"),
        ]


class Card(models.Model):
    """Her card: she asked for it, and it ends when she gives it back or loses it. Codes are made from it for a moment;
    nothing is kept of what it was shown for.

    ``who``: a keyed short hash of her, the same on every card of hers; what stands in a code is made of it.
    """

    class Why(models.TextChoices):
        """Why a card ended."""

        RETURNED = "returned"
        LOST = "lost"

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    who = models.BinaryField(max_length=8)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=8, blank=True, choices=Why)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="members_one_card"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, why="") | (Q(ended_at__isnull=False) & ~Q(why="")),
                name="members_card_ends_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="members_card_person"),
                   models.Index(fields=["who"], name="members_card_who"),
                   models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="members_card_ended")]

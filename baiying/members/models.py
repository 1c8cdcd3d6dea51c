"""People: who may sign in, and how they are reached."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class People(BaseUserManager["Person"]):
    """Finds people; a login is looked up as it is stored, in lower case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with a login. What she may do comes from her posts (network), from nothing here.

    No field tells of attitude, religion or ethnicity, and none may (design, promise 11). The telephone is sealed under
    a key of this person; it is found by the keyed blind index only.
    """

    id = models.UUIDField(primary_key=True)
    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    active = models.BooleanField(default=True)
    key = models.BinaryField(null=True)
    telephone_sealed = models.BinaryField(null=True)
    telephone_index = models.BinaryField(null=True, db_index=True)
    # the framework would write it by its own clock, and nobody needs it
    last_login = None

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "login"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(login__regex=r"^[a-z0-9][a-z0-9._-]{1,63}$"), name="members_person_login"
            ),
            models.CheckConstraint(
                condition=Q(telephone_sealed__isnull=True, telephone_index__isnull=True)
                | Q(telephone_sealed__isnull=False, telephone_index__isnull=False, key__isnull=False),
                name="members_person_telephone_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # read-only: switched by actions alone
        """Django's name for ``active``."""
        return self.active

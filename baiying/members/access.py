"""Whose data one may see. A person sees herself; names of post holders are public with their posts.

Everything else of a person stands behind row security: her own by the door of that person, all by the errand
`members` of the system.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet

from baiying.kit import sealing
from baiying.members.identity import REGISTERED, CheckedPaper
from baiying.members.models import Person, Telephone


def people() -> QuerySet[Person]:
    """Everybody whom the one that has the door open may know of, without what is sealed."""
    return Person.objects.defer("key", "guardian_sealed")


def herself(person_id: UUID) -> Person | None:
    """The person with everything that is hers, or nothing."""
    return Person.objects.filter(id=person_id).first()


def selves(person_id: UUID) -> QuerySet[Person]:
    """She and everybody found to be her."""
    return Person.objects.filter(Q(id=person_id) | Q(merged_into=person_id))


def telephones(person_id: UUID) -> QuerySet[Telephone]:
    """Her telephones and those of everybody found to be her, what she proved last first."""
    hers = Q(person_id=person_id) | Q(person__merged_into=person_id)
    return Telephone.objects.select_related("person").filter(hers).order_by(F("proved_at").desc(nulls_last=True), "id")


def holders(index: bytes) -> QuerySet[Person]:
    """Everybody living who can be reached at this telephone."""
    own = Telephone.objects.filter(index=index).values("person_id")
    merged = Person.objects.filter(id__in=own, merged_into__isnull=False).values("merged_into_id")
    return people().filter(Q(id__in=own) | Q(id__in=merged), merged_into=None, active=True, died_on=None).order_by("id")


def telephone_index(telephone: str) -> bytes:
    """By which a number is found again."""
    return sealing.blind_index("phone", telephone)


def paper_index(paper: CheckedPaper) -> bytes:
    """By which a paper is found again. All kinds of the common register share one index: a number is given once."""
    family = "register" if paper.kind in REGISTERED else paper.kind
    return sealing.blind_index(f"paper {family}", paper.match)


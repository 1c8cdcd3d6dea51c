"""Whose data one may see. A person sees herself; names of post holders are public with their posts.

Everything else of a person stands behind row security: her own by the door of that person, all by the errand
`members` of the system.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baiying.kit import sealing
from baiying.members.identity import REGISTERED, CheckedPaper
from baiying.members.models import Card, Device, Factor, Membership, Merge, Paper, Person, SignIn, Telephone


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


def bearers(index: bytes) -> QuerySet[Person]:
    """Everybody who has this paper."""
    own = Paper.objects.filter(index=index).values("person_id")
    merged = Person.objects.filter(id__in=own, merged_into__isnull=False).values("merged_into_id")
    return people().filter(Q(id__in=own) | Q(id__in=merged), merged_into=None).order_by("id")


def papers(person_id: UUID) -> QuerySet[Paper]:
    """Her papers, and those of everybody found to be her."""
    return Paper.objects.select_related("person").filter(
        Q(person_id=person_id) | Q(person__merged_into=person_id)).order_by("kind", "id")


def factors(person_id: UUID) -> QuerySet[Factor]:
    """Her second factors that count: a secret whose first code was not typed yet does not."""
    return Factor.objects.filter(person_id=person_id, step__gte=0).order_by("since", "id")


def devices(person_id: UUID) -> QuerySet[Device]:
    """The browsers she signed in with and has not taken back, the last one first."""
    return Device.objects.filter(person_id=person_id, ended_at=None).order_by("-last_seen", "id")


def sessions(person_id: UUID, since: datetime) -> QuerySet[SignIn]:
    """Her sessions that may still run, the last one first."""
    return SignIn.objects.filter(person_id=person_id, ended_at=None, since__gt=since).order_by("-last_seen", "id")


def memberships(person_id: UUID) -> QuerySet[Membership]:
    """Where she belongs and belonged, the newest first."""
    return Membership.objects.select_related("unit").filter(person_id=person_id).order_by("-since", "id")


def merges(by: UUID | None) -> QuerySet[Merge]:
    """Merges that were not taken back; those that a colleague proposed or confirmed when she is named."""
    mine = Q(proposed_by=by) | Q(confirmed_by=by) if by else Q()
    return Merge.objects.select_related("kept", "gone", "proposed_by", "confirmed_by").filter(
        mine, undone_at=None).order_by("-proposed_at", "id")


def telephone_index(telephone: str) -> bytes:
    """By which a number is found again."""
    return sealing.blind_index("phone", telephone)


def paper_index(paper: CheckedPaper) -> bytes:
    """By which a paper is found again. All kinds of the common register share one index: a number is given once."""
    family = "register" if paper.kind in REGISTERED else paper.kind
    return sealing.blind_index(f"paper {family}", paper.match)


def cards(person_id: UUID) -> QuerySet[Card]:
    """Her cards, and those of everybody found to be her, the newest first."""
    hers = Q(person_id=person_id) | Q(person__merged_into=person_id)
    return Card.objects.filter(hers).order_by("-since", "id")


def cards_called(who: bytes) -> QuerySet[Card]:
    """The cards of which a code was made, the newest first."""
    return Card.objects.filter(who=who).order_by("-since", "id")


def cards_ended(since: datetime, until: datetime) -> QuerySet[Card]:
    """The cards that ended in this time."""
    return Card.objects.filter(ended_at__gte=since, ended_at__lt=until).order_by("id")


def memberships_of(person_id: UUID) -> QuerySet[Membership]:
    """As `memberships`, of everybody found to be her."""
    hers = Q(person_id=person_id) | Q(person__merged_into=person_id)
    return Membership.objects.filter(hers).order_by("-since", "id")


def in_units(units: frozenset[UUID], people_ids: list[UUID]) -> QuerySet[Membership]:
    """Memberships of these people, or of whoever was merged into them, in these units."""
    return Membership.objects.filter(
        Q(person__in=people_ids) | Q(person__merged_into__in=people_ids), unit__in=units)


def kept_by(units: frozenset[UUID], name: str, telephone: bytes | None, paper: bytes | None) -> QuerySet[Person]:
    """People in these units with this name, telephone or paper, each as the one she was merged into; at most 50."""
    wanted = Q(name=name) if name else Q(id=None)
    if telephone is not None:
        wanted |= Q(id__in=Telephone.objects.filter(index=telephone).values("person_id"))
    if paper is not None:
        wanted |= Q(id__in=Paper.objects.filter(index=paper).values("person_id"))
    inside = Membership.objects.filter(unit__in=units).values("person_id")
    own = Person.objects.filter(wanted, id__in=inside)
    kept = Q(id__in=own.filter(merged_into=None).values("id")) | Q(id__in=own.values("merged_into_id"))
    return Person.objects.filter(kept, merged_into=None).order_by("name", "id")[:50]

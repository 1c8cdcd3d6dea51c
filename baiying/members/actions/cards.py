"""Her card: asked for, given back, lost and replaced. By her alone: nobody asks for a card in somebody else's name."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import access
from baiying.members.models import Card, Person
from baiying.members.queries import who_of

ERRAND = "members"


class NoMember(Refusal):
    """Only who stands in the register of members has a card."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A card is for registered members, and you are not in the register of this district yet. "
                "You can ask to join, or ask your union to enter you; then come back here."
            )
        )


def ask_for_card(person_id: UUID) -> Card:
    """A card of hers; the one she has, when she has one.

    :raises NoMember: :raises Unseen: there is nobody like that.
    """
    with door.errand(ERRAND):
        found = _living(person_id)
        return found if found is not None else _issue(person_id)


def give_card_back(person_id: UUID) -> None:
    """She wants no card any more: its codes open nothing from now on. Twice is once."""
    with door.errand(ERRAND):
        _end(person_id, Card.Why.RETURNED)


def replace_lost_card(person_id: UUID) -> Card:
    """Her card was lost, or somebody copied a code: the old one is listed as lost, and she has a new one.

    :raises NoMember: she is no member any more; the old card is ended all the same.
    """
    with door.errand(ERRAND):
        _end(person_id, Card.Why.LOST)
    with door.errand(ERRAND):
        return _living(person_id) or _issue(person_id)


def _living(person_id: UUID) -> Card | None:
    """Inside the errand. Whoever comes second at the same moment waits here for the first."""
    if not list(Person.objects.select_for_update().filter(id=person_id).values_list("id")):
        raise Unseen
    return access.cards(person_id).filter(ended_at=None).first()


def _issue(person_id: UUID) -> Card:
    held = [one for one in access.memberships_of(person_id) if one.until is None or one.until > moment.today()]
    if not held:
        raise NoMember
    made = Card.objects.create(
        id=UUID(bytes=chance.fresh(16)),
        district=held[0].district,
        person_id=person_id,
        who=who_of(person_id),
        since=moment.now(),
    )
    log.write("card.issued", person_id, str(person_id))
    return made


def _end(person_id: UUID, why: str) -> None:
    if access.cards(person_id).filter(ended_at=None).update(ended_at=moment.now(), why=why):
        log.write("card.ended", person_id, str(person_id), {"why": str(why)})

"""Changed catalogues that wait for two people, and who these could be."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from baiying.kit import door, moment
from baiying.kit import queries as kit
from baiying.kit.chance import letters_for
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.network.models import Level, Post
from baiying.services import access
from baiying.services.models import Publishing
from baiying.services.words import ERRAND

POWER = "rule.publish"
#: How long the figures of a comparison may be decided on; then people have come and gone, and they are reckoned anew.
HOLDS = timedelta(days=14)
OPEN = (Publishing.State.WAITING, Publishing.State.PROPOSED)
LOOKS_BACK = 20


def waiting(district: str) -> Publishing | None:
    """The changed catalogue that waits, if one does."""
    with door.errand(ERRAND):
        return access.publishings(district).filter(state__in=OPEN).first()


def last(district: str) -> list[Publishing]:
    """What became of those before, the last first."""
    with door.errand(ERRAND):
        return list(access.publishings(district).exclude(state__in=OPEN)[:LOOKS_BACK])


def ref(found: Publishing) -> str:
    """What stands for it in a form: derived letters that say nothing."""
    return letters_for(str(found.id), "publishing ref", 10)


def is_old(found: Publishing) -> bool:
    """Whether its figures must be reckoned anew before anybody decides."""
    return moment.now() >= found.at + HOLDS


def gives(post: Post) -> bool:
    """Whether a post lets its holder publish: it has the power, in a unit of the whole district."""
    return post.unit.level == Level.DISTRICT and POWER in kit.powers_of([post.role])


def may(person_id: UUID, on: date) -> bool:
    """Whether she may propose or approve on that day: alive, at work, in a post that gives it."""
    person = members.person(person_id)
    return person is not None and person.is_active and any(gives(post) for post in network.posts_of(person_id, on))


def who_may(on: date) -> list[str]:
    """The names of those who may; two of them are needed."""
    posts = [post for _, held in network.in_office(on) for post in held if gives(post) and post.holder is not None]
    return sorted({post.holder.name for post in posts if post.holder is not None})

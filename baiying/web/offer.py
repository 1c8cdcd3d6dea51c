"""The catalogue for reading: matters and services in sections by when in life they are looked for, found by words.

No matter and no service is named here: the files say where they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.engine.flow import Matter
from baiying.engine.services import Service
from baiying.engine.text.topics import Topic

Said = str | Promise
# situation of engine.services -> its name, and a sentence. The order is that of the page.
SHELVES: dict[str, tuple[Said, Said]] = {
    "safety": (_("In danger, in fear, harassed"),
               _("What you say here is protected: only those on duty read it, and each opening is shown to you. You "
                 "need not prove anything to ask.")),
    "rights": (_("Work: pay, contract, dismissal, dispute"),
               _("Whoever works may come: with or without a contract, with or without membership.")),
    "illness": (_("Ill, injured, or not able to bear it"),
                _("Hospital, grave illness, accident, a night without sleep.")),
    "hardship": (_("The money is not enough"),
                 _("First a register, then help by degree. A notice never bears a name.")),
    "family": (_("Marriage and family"), _("Quarrels, children, and what a family is honoured for.")),
    "joining": (_("Joining, card, changing the unit"), _("Membership goes with you.")),
    "work": (_("Looking for work"), _("Jobs, and being recognised as somebody who needs help to find one.")),
    "skills": (_("Learning, certificates, contests, inventions"), _("Grants for what you learn and make.")),
    "leisure": (_("Rest, culture, meeting people"), _("Places are often limited: the rules and the draw are open.")),
    "voice": (_("Have a say, and see what is done with it"),
              _("Proposals, votes, appraisals, open accounts.")),
    "volunteering": (_("Helping others"),
                     _("Calls, hours, and a certificate; a refusal is never held against you.")),
    "organising": (_("For units: founding, places, bargaining, projects"),
                   _("What a union or a women's home sets up.")),
    "other": (_("Anything else"), _("What stands in no section above.")),
}
SAFE, REST = "safety", "other"

KINDS: dict[str, Said] = {
    "benefit": _("money or help"), "enrolment": _("to join"), "matter": _("a case"), "inspection": _("supervision"),
    "incident": _("for grave events"), "participation": _("to take part"), "publication": _("made public"),
    "org_task": _("a unit's duty"), "honour": _("an honour"), "activity": _("an activity"), "learning": _("to learn"),
    "volunteer": _("volunteering"), "project": _("a project"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue: a matter or a service. `open`: it has a page of its own."""

    what: Matter | Service
    shelf: str
    words: str = field(repr=False, default="")

    @property
    def kind_name(self) -> Said:
        return KINDS.get(self.what.kind, KINDS["matter"])


@dataclass
class Shelf:
    """One section with its entries."""

    key: str
    name: Said
    says: Said
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind to look at alone, with how many there are."""

    key: str
    name: Said
    count: int


def entries(matters: Sequence[Matter], services: Iterable[Service], topics: Sequence[Topic]) -> list[Entry]:
    """Everything that is offered."""
    found = [
        Entry(one, shelf_of(one.situation, one.safe), _text(one, _of_topics(one, topics))) for one in matters
    ]
    return [*found, *(Entry(one, shelf_of(one.situation), _text(one, one.keywords)) for one in services)]


def shelves(found: Iterable[Entry], q: str = "", kind: str = "") -> list[Shelf]:
    """The sections that hold something; of one kind alone, or those that the words find."""
    made = {key: Shelf(key, name, says) for key, (name, says) in SHELVES.items()}
    wanted = q.casefold().split()
    for one in found:
        if all(word in one.words for word in wanted) and kind in ("", one.what.kind or "matter"):
            made[one.shelf].entries.append(one)
    return [shelf for shelf in made.values() if shelf.entries]


def kinds(found: Iterable[Entry]) -> list[Kind]:
    """The kinds that there are, in the order of the page."""
    counted = Counter(one.what.kind or "matter" for one in found)
    return [Kind(key, name, counted[key]) for key, name in KINDS.items() if counted[key]]


def fitting(found: Iterable[Service], words: str, most: int = 3) -> list[Service]:
    """The services whose keywords stand in her words, the ones with most of them first. Nothing is stored."""
    told = words.casefold()
    hits = [(sum(word.casefold() in told for word in one.keywords), one) for one in found]
    return [one for count, one in sorted(hits, key=lambda hit: -hit[0]) if count][:most]


def shelf_of(situation: str, safe: bool = False) -> str:
    """Where something stands: what its file says; a matter that says nothing with the others, one of safety first."""
    return situation if situation in SHELVES else SAFE if safe else REST


def _of_topics(matter: Matter, topics: Sequence[Topic]) -> list[str]:
    """What people call it, by the topics that can become it."""
    own = [topic for topic in topics if matter.key in topic.matters]
    return [word for topic in own for word in (topic.name, topic.name_en, *topic.keywords)]


def _text(one: Matter | Service, more: Iterable[str]) -> str:
    return "\n".join((one.name, one.name_en, one.help, one.help_en, *more)).casefold()

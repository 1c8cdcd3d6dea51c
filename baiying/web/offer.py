"""The catalogue for reading: matters on shelves by what people need, found by words. No matter is named here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.engine.flow import Matter
from baiying.engine.text.topics import Topic

SHELVES: dict[str, tuple[str | Promise, str | Promise]] = {
    "safety": (_("At home, in fear, or not able to bear it"),
               _("Violence, quarrels, a child, a night without sleep. What you say here is protected: only those on "
                 "duty read it, and each opening is shown to you. You need not prove anything to ask.")),
    "labour": (_("Work: pay, contract, injury, dispute"),
               _("Whoever works may come: with or without a contract, with or without membership.")),
    "family": (_("Hardship of women and families"),
               _("When you are alone with it, or the money is not enough.")),
    "other": (_("What you want to say"),
              _("When you see what could be done better, or nothing above fits.")),
}
SAFE, FAMILY, REST = "safety", "family", "other"
DISTRESS = "distress"


@dataclass
class Shelf:
    """One kind of need with its matters."""

    key: str
    name: str | Promise
    says: str | Promise
    matters: list[Matter] = field(default_factory=list)


def shelves(matters: Sequence[Matter], topics: Sequence[Topic], q: str = "") -> list[Shelf]:
    """The shelves that hold something, each matter on one; only those that the words find."""
    found = [Shelf(key, name, says) for key, (name, says) in SHELVES.items()]
    by_key = {shelf.key: shelf for shelf in found}
    for matter in matters:
        own = [topic for topic in topics if matter.key in topic.matters]
        if is_found(q, matter, own):
            by_key[shelf_of(matter, own)].matters.append(matter)
    return [shelf for shelf in found if shelf.matters]


def shelf_of(matter: Matter, topics: Sequence[Topic]) -> str:
    """Where a matter stands: safety first, then the group of most of the topics that can become it. What a women's
    federation answers before anybody else stands with the families, not with what one wants to say."""
    votes = Counter(topic.group for topic in topics)
    group = votes.most_common(1)[0][0] if votes else REST
    if group == REST and matter.org == "women" and any(topic.matters[0] == matter.key for topic in topics):
        return FAMILY
    return SAFE if matter.safe or group == DISTRESS else group if group in SHELVES else REST


def is_found(q: str, matter: Matter, topics: Sequence[Topic]) -> bool:
    """Whether every word asked for stands in the matter's own words or in the names and keywords of its topics."""
    said = [matter.name, matter.name_en, matter.help, matter.help_en]
    said += [word for topic in topics for word in (topic.name, topic.name_en, *topic.keywords)]
    text = "\n".join(said).casefold()
    return all(word in text for word in q.casefold().split())

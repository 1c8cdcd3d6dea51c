"""As what a need is taken when it comes in: the kind of need and the matter, from her choice or from her own words.

Nothing here can stop a submission. Of words of danger nothing is kept beside the matter, and they choose only one of
safety: a beaten wife is answered by the women's federation, not by the office of labour.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from baiying.cases.models import TopicBy
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.text import Suggestion
from baiying.kit.errors import Refusal, Unseen

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    """The matter, and what is kept of why. ``elsewhere``: whose business her words clearly are, when not ours."""

    matter: flow.Matter
    topic: str = ""
    topic_by: str = ""
    confidence: float | None = None
    elsewhere: str = ""

    @property
    def is_guarded(self) -> bool:
        """Whether the matter alone keeps everything told sealed."""
        return self.matter.privacy == "P3"


def take(words: str, matter: str | None, topic: str, danger: bool) -> Taken:
    """What this need is taken as. What she chose stands; what she left open is taken from her words, a matter only
    where they are sure. A guarded case keeps nothing of it. Raises Refusal for a choice that nobody offers."""
    chosen = chosen_by_her(matter, topic)
    if danger:
        return Taken(chosen.matter if chosen else of_safety(words))
    suggested = None if chosen and chosen.is_guarded else suggestion_for(words)
    taken = read(chosen, suggested)
    return Taken(taken.matter) if taken.is_guarded else taken


def of_safety(words: str) -> flow.Matter:
    """The matter that words of danger sound most like, if it is one of safety; else the one that their kind of danger
    goes to; where they are sure of something else, the one that takes everything.

    However unsure: that they speak of danger is known already, and nobody can be asked to choose among three now. In
    her own words, in dialect or mistyped, a beating sounds like no topic at all, but it is known for a beating.
    """
    suggested = suggestion_for(words)
    found = read(None, suggested and replace(suggested, confidence=1.0)).matter
    if found.safe:
        return found
    return catalogue.default_matter() if suggested and suggested.is_sure else of_kind(words)


def of_kind(words: str) -> flow.Matter:
    """The matter of safety that the first kind of danger in these words goes to; else the one that takes everything."""
    for peril in catalogue.perils(words):
        try:
            found = catalogue.matter(peril.matter)
        except Unseen:  # it names none, or one that is not in force
            continue
        if found.safe:
            return found
    return catalogue.default_matter()


def chosen_by_her(matter: str | None, topic: str) -> Taken | None:
    """What she chose: a matter, a kind of need, or both; nothing when she left both open. Raises Refusal."""
    if not matter and not topic:
        return None
    try:
        kind = catalogue.topic(topic) if topic else None
        found = catalogue.matter(matter or (kind.matters[0] if kind else ""))
    except Unseen:
        raise Refusal(_("We do not offer this kind of help under that name. "
                        "Please choose one from the list, or leave it open.")) from None
    return Taken(found, topic, TopicBy.ASKER if topic else "")


def read(chosen: Taken | None, suggested: Suggestion | None) -> Taken:
    """Her choice and what her words say beside it, brought together."""
    if suggested is None:
        return chosen or Taken(catalogue.default_matter())
    elsewhere = suggested.elsewhere.key if suggested.elsewhere else ""
    if chosen is not None and chosen.topic:
        return replace(chosen, elsewhere=elsewhere)
    from_words = Taken(chosen.matter if chosen else catalogue.default_matter(), suggested.topic, TopicBy.TEXT,
                       suggested.confidence, elsewhere)
    if chosen is not None:
        fits = chosen.matter.key in catalogue.topic(suggested.topic).matters
        return from_words if fits else replace(chosen, elsewhere=elsewhere)
    if not suggested.is_sure:
        return from_words
    try:
        return replace(from_words, matter=catalogue.matter(suggested.matter))
    except Unseen:  # the catalogue names a matter that is not in force; the default one takes it
        return from_words


def suggestion_for(words: str) -> Suggestion | None:
    """What her words are about; nothing when the reading fails, whatever the reason. Her words reach no log."""
    try:
        return catalogue.suggest(words)
    except Exception as error:  # her need is stored, whatever fails in reading it
        logger.error("A need could not be read for what it is about (%s); it is stored all the same.",
                     type(error).__name__)
        return None

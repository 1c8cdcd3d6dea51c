"""From a person's own words to what her need is probably about, and which matter it would become."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.engine.text.danger import normalised
from baiying.engine.text.model import Model, guess
from baiying.engine.text.topics import READ_MOST, Elsewhere, Topics, by_keywords, whose

SURE = 0.6  # below it she is offered three topics to choose from
CLEAR = 0.5  # from here on it is clearly somebody else's business
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A topic and the matter it would become. `confidence`: 0 to 1, how often such a suggestion is right."""

    topic: str
    matter: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a text is taken for. `offers`: the three best, the first being the suggestion itself."""

    topic: str
    matter: str
    confidence: float
    offers: tuple[Suggested, ...]
    elsewhere: Elsewhere | None = None

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


def suggest(topics: Topics, words: str, model: Model | None = None) -> Suggestion:
    """What these words are about: by the model, or by the keywords of the catalogue alone where there is none.

    Whether they speak of danger is another question (`danger.find`), and who asks this one has mostly asked it first.
    """
    if model is None:
        plain = normalised(words[:READ_MOST])
        belief = by_keywords(topics, plain)
        ranked = [(key, belief[key]) for key in sorted(belief, key=lambda key: -belief[key])]
        elsewhere = whose(topics, plain, ranked[0][0])
    else:
        guessed = guess(model, words)
        ranked = list(guessed.ranked)
        clear = guessed.elsewhere and guessed.share >= CLEAR
        elsewhere = topics.elsewhere[guessed.elsewhere] if clear else None
    offers = tuple(Suggested(key, topics.topics[key].matters[0], round(share, 3)) for key, share in ranked[:OFFERED])
    best = offers[0]
    return Suggestion(best.topic, best.matter, best.confidence, offers, elsewhere)

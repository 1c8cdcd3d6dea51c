"""What fits her words, for showing it beside the box: kinds of need to choose from, the nearest place, whose business
it is when not ours. Nothing here is stored or logged, and nothing here can keep a need from being sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baiying.catalogue import queries as catalogue
from baiying.catalogue.promised import promised
from baiying.engine.flow import Matter
from baiying.engine.services import Service
from baiying.engine.text import Elsewhere, Suggestion, Topic
from baiying.kit import moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Place
from baiying.web import offer

logger = logging.getLogger(__name__)
LEAST = 4  # characters: fewer say nothing yet
MOST = 20_000


@dataclass(frozen=True)
class Choice:
    """A kind of need that she may choose, and what it would become."""

    topic: Topic
    matter: Matter
    chosen: bool = False


@dataclass(frozen=True)
class Near:
    """The nearest place. ``said``: the area that her own words told, when she chose none."""

    place: Place
    said: str = ""


@dataclass(frozen=True)
class Fits:
    """All that is shown. ``sure``: the first is what it will be taken for. ``rather``: on the page of one matter,
    another that her words clearly mean. ``resting``: too much was asked."""

    danger: bool = False
    sure: bool = False
    choices: tuple[Choice, ...] = ()
    rather: Choice | None = None
    elsewhere: Elsewhere | None = None
    near: Near | None = None
    areas: tuple[tuple[str, str], ...] = ()  # (code, name) of those her words may mean
    other_district: str = ""
    services: tuple[Service, ...] = ()  # what she may be entitled to, by what people call it
    resting: bool = False
    asked: bool = field(default=False)

    @property
    def first(self) -> Choice:
        return self.choices[0]

    @property
    def others(self) -> tuple[Choice, ...]:
        return self.choices[1:]

    @property
    def chosen(self) -> Choice | None:
        """What she chose, when it is still offered."""
        return next((choice for choice in self.choices if choice.chosen), None)


NOTHING = Fits()
RESTING = Fits(resting=True, asked=True)


def fitting(told: Mapping[str, str]) -> Fits:
    """What fits the words, area and choice of a form; nothing when there are too few words or the reading fails.

    ``on``: the matter whose own page the form stands on.
    """
    words = str(told.get("words") or "").strip()[:MOST]
    if len(words) < LEAST:
        return NOTHING
    try:
        return read(words, str(told.get("area") or ""), str(told.get("topic") or ""),
                    str(told.get("on") or ""))
    except Exception as error:  # her words reach no log, and she can send them all the same
        logger.error("What fits could not be said (%s).", type(error).__name__)
        return NOTHING


def read(words: str, area: str, topic: str, on: str = "") -> Fits:
    """What fits these words. Words of danger are not sorted and sent nowhere else."""
    suggestion = catalogue.suggest(words)
    where = network.find_area(words)
    code = area or where.code or ""
    near = nearest(code, read_from_words=not area)
    if catalogue.danger(words):
        return Fits(danger=True, near=near, asked=True)
    names = tuple((one, network.area_said(one)) for one in where.candidates) if not code else ()
    other = where.other_district.name if where.other_district and not code else ""
    if on:
        return Fits(near=near, areas=names, other_district=other, asked=True, **of_matter(on, suggestion))
    elsewhere = suggestion.elsewhere if topic == "" else None
    choices = () if elsewhere else choices_of(suggestion, topic)
    services = () if elsewhere else tuple(offer.fitting(promised().services.values(), words))
    return Fits(False, suggestion.is_sure, choices, None, elsewhere, near, names, other, services, asked=True)


def of_matter(on: str, suggestion: Suggestion) -> dict[str, Any]:
    """Beside the box of one matter: whose business it clearly is, or which other matter the words clearly mean.

    Whoever opened a matter of safety is sent nowhere else, whatever her words sound like.
    """
    try:
        opened, kind = catalogue.matter(on), catalogue.topic(suggestion.topic)
        meant = catalogue.matter(suggestion.matter)
    except Unseen:  # a matter that is not in force
        return {}
    if opened.safe:
        return {}
    fits = not suggestion.is_sure or on in kind.matters
    return {"elsewhere": suggestion.elsewhere, "rather": None if fits else Choice(kind, meant)}


def choices_of(suggestion: Suggestion, topic: str) -> tuple[Choice, ...]:
    """The three best without "other", which is the last choice anyhow; what she has chosen stays among them."""
    rest = catalogue.topics()[-1].key
    offered = [(one.topic, one.matter) for one in suggestion.offers if one.topic != rest or suggestion.is_sure]
    found = []
    for key, matter in offered if not topic or topic in dict(offered) else [(topic, ""), *offered[:2]]:
        try:
            kind = catalogue.topic(key)
            found.append(Choice(kind, catalogue.matter(matter or kind.matters[0]), key == topic))
        except Unseen:  # it names a matter that is not in force
            continue
    return tuple(found)


def nearest(code: str, read_from_words: bool) -> Near | None:
    """The place of this community, else of its street; nothing where neither has one."""
    area = network.area(code) if code else None
    found = network.places(moment.today(), code) if area else []
    if area is None or not found or found[0].area_id[:9] != code[:9]:
        return None
    return Near(found[0], area.name if read_from_words else "")

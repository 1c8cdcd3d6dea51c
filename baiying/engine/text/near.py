"""How alike texts are, and which of many belong together. Pairs of neighbouring characters, no dictionary, no network.

Two measures. `alike` compares two texts by themselves: the same words sent twice. `together` gathers many: what
everybody writes weighs little there, what only some write (the name of an estate, a firm, a road) weighs much.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from baiying.engine.text.danger import normalised

READ = 600  # characters of a text that are read; what matters stands at the beginning
SHORT = 6  # below so many characters two texts are the same only when they are equal
ALMOST = 0.7  # from here on two texts are almost the same words
EVERYDAY = 0.05  # what stands in more than this share of many texts tells none of them from another
MANY = 200  # only among so many texts is anything everyday
UNKNOWN = 50  # as many further texts as if there were, so that among few texts what two share still tells much
HEADING = 6.0  # how much more a heading says than the text below it
# Chosen on half of the topics of tipdm2020c (see `baiying bench topics`): the highest on its plateau.
TOGETHER = 0.06
KEPT = 0.5  # pairs below this share of the threshold count as having nothing in common

Vector = Mapping[str, float]
Pairs = dict[tuple[int, int], float]


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring characters, in order, without anything that stands between them."""
    plain = normalised(text[:READ])
    return [plain[place:place + 2] for place in range(len(plain) - 1)]


def alike(one: str, other: str) -> float:
    """How much two texts have in common: 0 nothing, 1 the same pairs as often (Dice). Symmetric."""
    first, second = Counter(bigrams(one)), Counter(bigrams(other))
    total = first.total() + second.total()
    if min(first.total(), second.total()) < SHORT - 1:
        return float(bool(normalised(one)) and normalised(one) == normalised(other))
    return 2 * (first & second).total() / total


def almost_same(one: str, other: str) -> bool:
    """Whether these are almost the same words: what a person sends again because nothing seemed to happen."""
    return alike(one, other) >= ALMOST


def vectors(texts: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
    """A direction for each (heading, text), of length 1: pairs by how often here and how seldom elsewhere."""
    counted = [counts(heading, text) for heading, text in texts]
    seen = Counter(pair for one in counted for pair in one)
    most = EVERYDAY * len(texts) if len(texts) >= MANY else len(texts)
    rarity = {pair: math.log((len(texts) + UNKNOWN) / often) for pair, often in seen.items() if often <= most}
    found = []
    for one in counted:
        raw = {pair: (1 + math.log(often)) * rarity[pair] for pair, often in one.items() if pair in rarity}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        # What stands in one text alone lengthens it and meets nothing: it need not be kept.
        found.append({pair: value / length for pair, value in raw.items() if seen[pair] > 1})
    return found


def counts(heading: str, text: str) -> dict[str, float]:
    """How often each pair stands in a text, those of its heading more."""
    found: dict[str, float] = defaultdict(float)
    for pair in bigrams(heading):
        found[pair] += HEADING
    for pair in bigrams(text):
        found[pair] += 1
    return found


def near(directions: Sequence[Vector], least: float, weigh: Callable[[int, int], float] | None = None) -> Pairs:
    """Every pair of texts that have at least this much in common, the smaller place first.

    ``weigh``: a factor for a pair by what else is known of both (another place, another month): at most 1.
    """
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: Pairs = {}
    for place, direction in enumerate(directions):
        common: dict[int, float] = defaultdict(float)
        for pair, value in direction.items():
            held = holding[pair]
            for other, there in held:
                common[other] += value * there
            held.append((place, value))
        for other, share in common.items():
            weighed = share * weigh(other, place) if weigh is not None and share >= least else share
            if weighed >= least:
                found[other, place] = min(weighed, 1.0)
    return found


def gathered(pairs: Pairs, count: int, least: float) -> list[list[int]]:
    """The groups in which texts have on average at least this much in common (average linkage), each in order.

    Every place from 0 to ``count`` - 1 stands in exactly one group; one that is like no other stands alone.
    """
    groups = {place: [place] for place in range(count)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), share in pairs.items():
        links[one][other] = links[other][one] = share
    waiting = [(-share, one, other) for (one, other), share in pairs.items() if share >= least]
    heapify(waiting)
    new = count
    while waiting:
        _share, one, other = heappop(waiting)
        if one not in groups or other not in groups:
            continue
        joined = groups.pop(one) + groups.pop(other)
        for third, total in joint(links.pop(one, {}), links.pop(other, {}), groups).items():
            links[third].pop(one, None)
            links[third].pop(other, None)
            links[third][new] = links[new][third] = total
            mean = total / (len(joined) * len(groups[third]))
            if mean >= least:
                heappush(waiting, (-mean, third, new))
        groups[new] = joined
        new += 1
    return sorted(sorted(group) for group in groups.values())


def joint(one: Mapping[int, float], other: Mapping[int, float], living: Mapping[int, object]) -> dict[int, float]:
    """What two groups together share with each third one that is still a group."""
    found: dict[int, float] = defaultdict(float)
    for links in (one, other):
        for third, share in links.items():
            if third in living:
                found[third] += share
    return found


def together(texts: Sequence[tuple[str, str]], least: float = TOGETHER,
             weigh: Callable[[int, int], float] | None = None) -> list[list[int]]:
    """The groups of (heading, text) that belong together, as places in order; a heading may be empty."""
    return gathered(near(vectors(texts), least * KEPT, weigh), len(texts), least)


def in_common(texts: Sequence[str], at_least: int, most: int = 6) -> list[str]:
    """The longest runs of characters that stand in at least so many of these texts, those in most texts first: what
    is common to all of them, and what no single person could be known by. No two tell the same, and none is a mere
    date or number."""
    plain = [normalised(text[:READ]) for text in texts]
    found: list[tuple[int, str]] = []
    for length in range(16, 1, -1):
        seen = Counter(run for text in plain for run in {text[at:at + length] for at in range(len(text) - length + 1)})
        for run, often in sorted(seen.items()):
            if often >= at_least and not any(run in longer for _often, longer in found):
                found.append((often, run))
    told: list[str] = []
    for _often, run in sorted(found, key=lambda one: (-one[0] * len(one[1]), one[1])):
        if 3 * sum(letter.isdigit() for letter in run) < len(run) and not any(_same(run, other) for other in told):
            told.append(run)
    return told[:most]


def _same(one: str, other: str) -> bool:
    """Whether two runs share half of the shorter one, as two windows on one sentence do."""
    half = -(-min(len(one), len(other)) // 2)
    return any(one[at:at + half] in other for at in range(len(one) - half + 1))

"""What the model learns from: our own sentences, put into letters; and the four sets whose licence allows it.

STARD (MIT), LawBench and lawyer-llama (Apache-2.0), SMILE (CC0). Their texts are read here and stay where they are.
A question whose set says only "work" or "family" is taught as a set of classes; the questions of lawyer-llama have no
label and are sorted roughly by the signs of `catalogue/examples/phrases.toml`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baiying.engine.text import Topics, normalised
from baiying.engine.text.topics import Keywords

LETTERS = 8  # made of each own sentence
TOGETHER = 400  # sentences put together, of each topic that has the parts
OWN, LETTER, KEYWORD, ROUGH, FEELING = 1.0, 0.375, 0.5, 0.2, 0.15  # how much a text of each kind counts
NO_LABEL = "legal_qa/lawyer_llama_questions_unlabelled.jsonl.gz"
FEELINGS = "psych/smile_first_turns.jsonl.gz"
LAW = "civil_law"  # a question of law that is about nothing we know
FAMILY_AREAS, WORK_AREAS = ("婚姻家庭", "继承"), ("劳动社保", "劳动纠纷")


@dataclass(frozen=True)
class Text:
    """A normalised text, the classes it may belong to, how much it counts, and whether it is our own."""

    plain: str
    classes: tuple[str, ...]
    weight: float
    own: bool = False


@dataclass(frozen=True)
class Sets:
    """The sets of other people: each file as rows, or nothing where it is not there."""

    folder: Path

    def rows(self, file: str) -> list[dict[str, Any]]:
        with gzip.open(self.folder / file, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


class Own:
    """Our own sentences and phrases."""

    def __init__(self, folder: Path) -> None:
        self.phrases: dict[str, Any] = _toml(folder / "phrases.toml")
        self.sentences: dict[str, list[str]] = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name != "phrases.toml":
                for key, sentences in _toml(path).items():
                    self.sentences.setdefault(key, []).extend(sentences)


def taught(topics: Topics, own: Own, sets: Sets | None, seed: int, part: Callable[[str], bool]) -> list[Text]:
    """Every text to learn from. `part` says which own sentences are in, so that some can be held back. Without the
    sets of others only our own sentences are taught."""
    draw = random.Random(seed)
    filling = _filling(topics, own, sets)
    found = [*_letters(topics, own, filling, draw, part), *_keywords(topics, own, draw)]
    if sets:
        found += [*_asked(topics, sets), *_unlabelled(topics, own, sets), *_feelings(sets, draw)]
    return found


def members(topics: Topics, group: str) -> tuple[str, ...]:
    """The classes of a group: its topics, and what is elsewhere under one of them."""
    own = [key for key, topic in topics.topics.items() if topic.group == group]
    return (*own, *(key for key, other in topics.elsewhere.items() if other.topic in own))


def _letters(
    topics: Topics, own: Own, filling: Sequence[str], draw: random.Random, part: Callable[[str], bool]
) -> Iterator[Text]:
    """Each sentence alone, and in letters: with others of its kind, with what says nothing, with who and where."""
    working = set(members(topics, "labour"))
    for key, every in own.sentences.items():
        sentences = [one for one in every if part(one)]
        strange = key in topics.elsewhere and topics.elsewhere[key].topic == topics.rest
        for sentence in sentences:
            yield Text(normalised(sentence), (key,), OWN, own=True)
            for _ in range(LETTERS):
                size = draw.choice((1, 1, 2, 3, 5) if strange else (1, 1, 2, 3))
                others = draw.sample(sentences, min(len(sentences), size) - 1)
                rest = others + draw.sample(filling, draw.choice((0, 1, 2, 4, 7, 12))) if filling else others
                body = [sentence, *rest]
                if size > 1:
                    draw.shuffle(body)
                letter = _framed(body, own.phrases, draw, key in working, strange)
                yield Text(normalised(letter), (key,), LETTER, own=True)
    for key, parts in own.phrases["together"].items():
        for _ in range(TOGETHER):
            body = ["".join(draw.choice(one) for one in parts)]
            yield Text(normalised(_framed(body, own.phrases, draw, True, False)), (key,), LETTER)


def _framed(body: Sequence[str], phrases: Mapping[str, Any], draw: random.Random, working: bool, strange: bool) -> str:
    place = ""
    if working and draw.random() < 0.5:
        place = draw.choice(phrases["who"]) + "在" + draw.choice(phrases["where"]) + draw.choice(phrases["job"])
    elif strange and draw.random() < 0.3:
        place = draw.choice(phrases["home"])
    ending = draw.choice(phrases["endings_at_work"] if working and draw.random() < 0.4 else phrases["endings"])
    return ", ".join(one for one in (draw.choice(phrases["greetings"]), place, *body, ending) if one)


def _keywords(topics: Topics, own: Own, draw: random.Random) -> Iterator[Text]:
    words = {key: (topic.name, topic.name_en, *topic.keywords) for key, topic in topics.topics.items()}
    words |= {key: (other.name, other.name_en, *other.words) for key, other in topics.elsewhere.items()}
    for key, many in words.items():
        for word in many:
            yield Text(normalised(word), (key,), KEYWORD)
            framed = draw.choice(own.phrases["greetings"]) + word + draw.choice(own.phrases["endings"])
            yield Text(normalised(framed), (key,), KEYWORD / 2)


def _asked(topics: Topics, sets: Sets) -> Iterator[Text]:
    """Questions to lawyers that have a label."""
    ways = _ways(topics)
    for file in ("legal_qa/stard_area.dev.jsonl.gz", "legal_qa/lawbench_topic20.dev.jsonl.gz"):
        for row in sets.rows(file):
            plain = normalised(row["question"])
            if row["label"] in WORK_AREAS:
                yield Text(plain, members(topics, "labour"), OWN)
            elif row["label"] in FAMILY_AREAS:
                yield Text(plain, ("marriage",) if "stard" in file else members(topics, "family"), OWN)
            else:
                yield Text(plain, (_way(ways, plain),), OWN)
    for row in sets.rows("legal_qa/lawyer_llama_marriage_questions.jsonl.gz"):
        yield Text(normalised(row["question"]), members(topics, "family"), OWN)


def _unlabelled(topics: Topics, own: Own, sets: Sets) -> Iterator[Text]:
    signs = {name: re.compile("|".join(words)) for name, words in own.phrases["signs"].items()}
    ways = _ways(topics)
    for row in sets.rows(NO_LABEL):
        question, plain = row["question"], normalised(row["question"])
        surely = len(signs["surely_work"].findall(question))
        work, family = surely + len(signs["work"].findall(question)), len(signs["family"].findall(question))
        if surely and not family:
            yield Text(plain, members(topics, "labour"), OWN)
        elif family and (not work or (family > 1 and not surely)):
            yield Text(plain, members(topics, "family"), OWN)
        elif not work and not family:
            yield Text(plain, (_way(ways, plain),), ROUGH)


def _feelings(sets: Sets, draw: random.Random) -> Iterator[Text]:
    for number, row in enumerate(sets.rows(FEELINGS)):
        words = row["first"] if number % 2 else row["client_text"][: draw.randint(50, 400)]
        yield Text(normalised(words), ("psych",), FEELING)


def _filling(topics: Topics, own: Own, sets: Sets | None) -> list[str]:
    """Parts of sentences that say nothing about any topic, to stand between those that do."""
    if sets is None:
        return []
    said = {word for topic in topics.topics.values() for word in topic.keywords}
    said |= {word for other in topics.elsewhere.values() for word in other.words}
    said |= {word for words in own.phrases["signs"].values() for word in words}
    telling = re.compile("|".join(map(re.escape, sorted(said))))
    whole = [row["question"] for row in sets.rows(NO_LABEL)]
    whole += [row["client_text"][:300] for row in sets.rows(FEELINGS)[::6]]
    parts = (part for text in whole for part in re.split(r"[，。？！,?!；、 ]", text))
    return [part for part in parts if 5 <= len(part) <= 40 and not telling.search(part)]


def _ways(topics: Topics) -> Keywords:
    return Keywords({key: other.words for key, other in topics.elsewhere.items() if key != LAW})


def _way(ways: Keywords, plain: str) -> str:
    """Whose business a question of law is that is not ours."""
    scores = {key: score for key, score in ways.scores(plain).items() if score >= 2}
    return max(scores, key=lambda key: scores[key], default=LAW)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

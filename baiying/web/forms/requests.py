"""The form of a request for a service: its questions, the facts its rule still needs, papers, and her yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baiying.cases.actions import Receipt
from baiying.catalogue.promised import promised
from baiying.engine import flow
from baiying.engine.services import Paper
from baiying.engine.services.facts import DAYS, PURPOSES, FactWord
from baiying.engine.text.readable import readable
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.kit.files import LARGEST
from baiying.services import asking
from baiying.services.actions import looking
from baiying.services.actions.requesting import Wish, ask_for
from baiying.services.answers import value_of
from baiying.services.models_requests import Round
from baiying.services.queries.entitlement import Offer
from baiying.services.words import PURPOSE_NAMES
from baiying.web.forms.need import fresh_key
from baiying.web.forms.questions import Question, questions_of, raw_answers

FACT, FILE = "fact:", "paper."
WORDS_MOST, PHONE_MOST = 5000, 40
KINDS = {"set": "choices", "yesno": "yesno", "choice": "choice", "number": "number", "money": "money"}


@dataclass
class RequestForm:
    """Everything that the page of a request shows, with what was typed when it could not be sent."""

    offer: Offer
    rounds: tuple[Round, ...]
    data: QueryDict = field(default_factory=QueryDict)

    def __post_init__(self) -> None:
        self.raw = raw_answers(self.data)
        self.key = self.data.get("key", "")[:80] or fresh_key()
        self.words = readable(self.data.get("words", ""))[0][:WORDS_MOST]
        self.phone = readable(self.data.get("phone", ""))[0][:PHONE_MOST]
        self.round = self.data.get("round", "")[:12]
        self.agreed = [one for one in self.data.getlist("agree") if one in PURPOSES]
        self.keep = self.data.get("keep") == "1"

    @property
    def papers(self) -> tuple[Paper, ...]:
        return asking.papers_of(self.offer.service)

    @property
    def questions(self) -> list[Question]:
        """The questions of the service, then the facts that could still change what the rule says."""
        return [*questions_of(asking.asks_of(self.offer.service), self.raw), *questions_of(self._facts(), self.raw)]

    def _words(self) -> list[FactWord]:
        """The facts to ask for: what no question of the service settles."""
        settled = {one.fact for one in self.offer.service.papers if one.fact}
        return [one for one in self.offer.asks if one.name not in settled]

    def _facts(self) -> Iterable[flow.Ask]:
        return [ask_of(one) for one in self._words()]

    @property
    def purposes(self) -> list[tuple[str, str | Promise]]:
        """What she agrees to, each by itself: what the private questions here are for."""
        words = [*self._words(), *asked_by(self.offer)]
        found = {one.purpose for one in words if one.purpose}
        return [(one, PURPOSE_NAMES[one]) for one in PURPOSES if one in found]

    def send(self, person: UUID) -> Receipt:
        """Send it. Raises Unseen, Refusal with a sentence; then nothing is stored."""
        return ask_for(person, self.wish())

    def wish(self) -> Wish:
        """What is sent. Raises Refusal with the sentence of the first answer that cannot be taken."""
        said = {
            one.name: value_of(one, self.raw[FACT + one.name])
            for one in self._words()
            if any(text.strip() for text in self.raw.get(FACT + one.name, ()))
        }
        if self.rounds and not self.round:
            raise Refusal(_("Please choose for which round you put your name down."))
        return Wish(
            key=self.key, service=self.offer.service.key, answers=self.raw, said=said, agreed=self.agreed,
            words=self.words, phone=self.phone, round=self.round, keep=self.keep,
        )  # fmt: skip


def asked_by(offer: Offer) -> list[FactWord]:
    """The facts that questions of the service settle."""
    words = promised().facts
    return [words[one.fact] for one in offer.service.papers if one.fact in words and words[one.fact].type != "text"]


def ask_of(word: FactWord) -> flow.Ask:
    """The question of a fact as a form asks it."""
    kind = "date" if word.type in DAYS else KINDS.get(word.type, "text")
    return flow.Ask(FACT + word.name, word.question, word.question_en, kind, word.privacy, word.options)  # type: ignore[arg-type]


def hand_in_all(request: HttpRequest, papers: Iterable[Paper], asker: Asker, number: str | None = None) -> list[str]:
    """Hand in the files that came with a form, each under its paper; gives the sentences of those that could not be
    taken."""
    faults = []
    for paper in papers:
        for file in request.FILES.getlist(FILE + paper.key):
            try:
                looking.hand_in(asker, paper.key, str(file.name or ""), file.read(LARGEST + 1), number)
            except Refusal as refusal:
                faults.append(refusal.sentence)
    return faults

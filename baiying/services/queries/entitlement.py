"""What one person may have: every service with yes, no or what is still missing, and what to ask next.

The same for somebody who is not signed in, by what she says on the page alone; then nothing is read and nothing kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from baiying.catalogue.promised import Promised, promised
from baiying.engine.rules import SUBJECTS, Answer, Clause, Facts, Judgement, Rule, Sum, Use
from baiying.engine.rules.judging import judge_all
from baiying.engine.services import UNSURE, Service
from baiying.engine.services.facts import FactWord
from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import queries as ledger
from baiying.services import access
from baiying.services.queries import knowing
from baiying.services.queries.knowing import Told
from baiying.services.queries.rulebook import NOT_OF_A_PERSON, conditions_read, facts_read

YES, NO, ONE, OPEN, HUMAN = "yes", "no", "one", "open", "human"
SELF, CHILD, PARENT = SUBJECTS
ORDER = (YES, ONE, OPEN, HUMAN, NO)


@dataclass(frozen=True)
class ClauseLine:
    """One requirement with its answer; ``missing``: facts that would settle it; ``papers``: what would prove it."""

    clause: Clause
    missing: tuple[FactWord, ...]
    papers: tuple[str, ...]

    @property
    def met(self) -> bool:
        return self.clause.answer is Answer.YES

    @property
    def failed(self) -> bool:
        return self.clause.answer is Answer.NO


@dataclass(frozen=True)
class Offer:
    """One service as it stands for one person. ``asks``: the questions that can still change the answer."""

    service: Service
    rule: Rule
    judgement: Judgement
    clauses: tuple[ClauseLine, ...]
    asks: tuple[FactWord, ...]
    served: bool
    subject: str = SELF

    @property
    def state(self) -> str:
        """yes, no, one (one answer away), open (several), human (what is missing is nothing that she is asked, or it is
        for somebody else: her own facts say nothing of a child or a parent)."""
        if self.for_others:
            return HUMAN
        if self.judgement.answer is not Answer.UNKNOWN:
            return YES if self.judgement.answer is Answer.YES else NO
        return HUMAN if not self.asks or self.judgement.open.lines else ONE if len(self.asks) == 1 else OPEN

    @property
    def for_others(self) -> bool:
        """Whether one asks for it only on behalf of a child or a parent."""
        return self.subject == SELF and SELF not in self.rule.subjects

    @property
    def on_behalf(self) -> bool:
        """Whether it was judged as asked for on behalf of a child or a parent, whose facts these are."""
        return self.subject != SELF

    @property
    def used_up(self) -> tuple[Use, ...]:
        """The limits of which nothing is left."""
        return tuple(one for one in self.judgement.limits if one.reached is Answer.YES)

    @property
    def closed(self) -> bool:
        """Whether this is no day to ask for it."""
        return self.judgement.window is Answer.NO

    @property
    def unfilled(self) -> bool:
        """Whether a value that others set is missing or out of date, so that a person must look."""
        return bool(self.judgement.open.lines)

    @property
    def sums(self) -> tuple[Sum, ...]:
        """What it comes to, without what she pays herself."""
        return tuple(one for one in self.judgement.amounts if not one.amount.hers)

    def sure(self, one: Sum) -> bool:
        """Whether a sum may be named: it is known, and its source is no mirror page and no hearsay."""
        return one.fen is not None and (one.amount.grade or self.service.grade) not in UNSURE

    @property
    def lines(self) -> tuple[tuple[Sum, bool], ...]:
        return tuple((one, self.sure(one)) for one in self.sums)


@dataclass(frozen=True)
class Entitlements:
    """All services for one person, what can be asked next, and what is known of her."""

    offers: tuple[Offer, ...]
    questions: tuple[FactWord, ...]
    told: Mapping[str, Told]
    agreed: Collection[str] = ()
    quiet: bool = False

    def of(self, *states: str) -> tuple[Offer, ...]:
        return tuple(one for one in self.offers if one.state in states)

    @property
    def settled(self) -> int:
        """How many answers are known for certain."""
        return len(self.of(YES, NO))


def mine(person_id: UUID) -> Entitlements:
    """What she may have by all that is known of her."""
    held, whom = promised(), ledger.whom(person_id)
    with door.open(Asker(who=person_id)):
        profile = access.profile(person_id)
        facts = knowing.known(held.facts, read_by(held), person_id, moment.today())
        used, had = ledger.facts_of_all(held.services, whom, moment.today())
        facts.update(used)
        served = {one.service for one in access.served([person_id])} | had
        told = knowing.told(profile)
    agreed = profile.agreed if profile else {}
    return _entitlements(held, facts, served, told, agreed, profile is not None and profile.quiet)


def guest(said: Mapping[str, object], skipped: Collection[str] = (), subject: str = SELF) -> Entitlements:
    """What somebody may have by what is said here, and the questions that were not left out.

    ``subject``: of whom it is said: herself, or her child or parent. Nothing of either is read or kept.
    """
    held = promised()
    facts = knowing.known_of(held.facts, read_by(held), said, moment.today())
    return _entitlements(held, facts, frozenset(), {}, skipped=skipped, subject=subject)


def offer(person_id: UUID, key: str) -> Offer:
    """One service for one person. Raises Unseen."""
    found = next((one for one in mine(person_id).offers if one.service.key == key), None)
    if found is None:
        raise Unseen
    return found


def of_nobody(key: str, subject: str = SELF) -> Offer:
    """One service with all its questions, for somebody of whom nothing is known. Raises Unseen."""
    found = next((one for one in guest({}, subject=subject).offers if one.service.key == key), None)
    if found is None:
        raise Unseen
    return found


def read_by(held: Promised) -> tuple[str, ...]:
    """The facts that the rules shown to a person read, amounts and limits too."""
    return tuple(sorted({name for _, rule in shown(held) for name in conditions_read(rule) if name in held.facts}))


def shown(held: Promised) -> Iterable[tuple[Service, Rule]]:
    """The services that a page of a person shows."""
    return (
        (one, held.rules[key])
        for key, one in held.services.items()
        if key in held.rules and one.kind not in NOT_OF_A_PERSON and one.in_force(moment.today())
    )


def _entitlements(
    held: Promised,
    facts: Facts,
    served: Collection[str],
    told: Mapping[str, Told],
    agreed: Collection[str] = (),
    quiet: bool = False,
    skipped: Collection[str] = (),
    subject: str = SELF,
) -> Entitlements:
    """What is asked for on this person's behalf is judged so; everything else as if he or she asked."""
    found, judged = list(shown(held)), {}
    whose = {rule.id: subject if subject in rule.subjects else SELF for _, rule in found}
    for one in sorted({*whose.values()}):
        rules = [rule for _, rule in found if whose[rule.id] == one]
        judged.update(judge_all(rules, facts, held.lines, moment.today(), one))
    offers = [
        _offer(held, service, rule, judged[rule.id], facts, service.key in served, whose[rule.id])
        for service, rule in found
    ]
    offers.sort(key=lambda one: (ORDER.index(one.state), not one.rule.requirements, one.service.order))
    return Entitlements(tuple(offers), _next(offers, skipped), told, agreed, quiet)


def _offer(held: Promised, service: Service, rule: Rule, judgement: Judgement, facts: Facts, served: bool,
           subject: str) -> Offer:  # fmt: skip
    clauses = tuple(
        ClauseLine(one, _asked(held, one.open.facts, facts), _papers(service, conditions_read_of(one)))
        for one in judgement.clauses
    )
    return Offer(service, rule, judgement, clauses, _asked(held, judgement.missing, facts), served, subject)


def conditions_read_of(clause: Clause) -> frozenset[str]:
    """The facts that one requirement reads."""
    return facts_read(Rule("", requirements=(clause.requirement,)))


def _asked(held: Promised, missing: Iterable[str], facts: Facts) -> tuple[FactWord, ...]:
    """The questions behind facts that are missing: of one that is computed, those it is computed from."""
    found: dict[str, FactWord] = {}
    for name in missing:
        word = held.facts.get(name)
        for one in (word.of or (name,)) if word else ():
            if facts.get(one) is None and one in held.facts and held.facts[one].question:
                found.setdefault(one, held.facts[one])
    return tuple(found.values())


def _papers(service: Service, facts: Collection[str]) -> tuple[str, ...]:
    """The papers of a service that prove these facts, by their keys."""
    return tuple(dict.fromkeys(one.proof or one.key for one in service.papers if one.fact in facts))


def _next(offers: Iterable[Offer], skipped: Collection[str]) -> tuple[FactWord, ...]:
    """The questions that can still change an answer, the one that settles most first; of equals the less private.

    A question weighs the more in a service, the fewer are open there.
    """
    weight: dict[str, float] = {}
    words: dict[str, FactWord] = {}
    for one in offers:
        open_ = [word for word in one.asks if word.name not in skipped]
        for word in open_:
            words[word.name] = word
            weight[word.name] = weight.get(word.name, 0) + 1 / len(one.asks)
    return tuple(sorted(words.values(), key=lambda word: (-weight[word.name], word.privacy, word.name)))

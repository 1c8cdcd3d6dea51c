"""The services that are judged for everybody, in the order of their bits, and which of them are told nobody unasked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from baiying.catalogue import facts as registry
from baiying.catalogue.promised import Promised, promised
from baiying.catalogue.queries import edition
from baiying.engine.rules import Group, Rule, Test
from baiying.engine.services import Service

#: What a unit does, and nobody gets.
NOT_OF_A_PERSON = frozenset({"org_task", "publication", "inspection", "incident"})
#: What is no service that somebody could miss: a vote or a consultation calls its own people.
NOT_SWEPT = NOT_OF_A_PERSON | {"participation"}


@dataclass(frozen=True)
class Rules:
    """What a full sweep goes by. ``version``: the hash of all of it; ``rules`` in the order of the bits."""

    version: str
    rules: tuple[Rule, ...]
    facts: tuple[str, ...]
    held: Promised

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.rules)

    def bit(self, service: str) -> int | None:
        """The place of a service's bit; nothing for one that is not swept."""
        return self.services.index(service) if service in self.services else None


def current() -> Rules:
    """The rulebook of the edition in force."""
    return _of(edition())


@lru_cache(maxsize=4)
def _of(edition_id: str) -> Rules:
    return rules_of(promised())


def rules_of(held: Promised) -> Rules:
    """The rulebook of what an edition promises, in force or not."""
    rules = tuple(rule for key, rule in held.rules.items() if is_swept(held.services[key], rule, held))
    names = tuple(sorted({name for rule in rules for name in facts_read(rule) if name in held.types}))
    told = [
        *(held.declared[rule.id] for rule in rules),
        *(f"{name} {registry.expression_of(name, dict(held.facts))}" for name in names),
        *held.beside,
    ]
    return Rules(hashlib.sha256("\n".join(told).encode()).hexdigest(), rules, names, held)


def is_quiet(service: Service, rule: Rule, held: Promised) -> bool:
    """Whether a service is told her alone, on her own page: it is of class P3, or reads a fact that is."""
    read = (held.facts[name] for name in facts_read(rule) if name in held.facts)
    return service.privacy == "P3" or any(fact.sealed for fact in read)


def is_swept(service: Service, rule: Rule, held: Promised) -> bool:
    """Whether everybody is judged for it: it asks something of a person, its engine is there, and it is not quiet."""
    return (
        bool(rule.requirements)
        and not service.declared
        and service.kind not in NOT_SWEPT
        and not is_quiet(service, rule, held)
    )


def facts_read(rule: Rule) -> frozenset[str]:
    """The facts on which the answer of a rule depends."""
    conditions = [one.when for one in rule.requirements] + [one for band in rule.bands for one in band.when]
    return frozenset(_read(conditions))


def conditions_read(rule: Rule) -> frozenset[str]:
    """The facts that anything in a rule reads: the answer, amounts, limits, places."""
    conditions = [one for amount in rule.amounts for one in amount.when] + [
        one for limit in rule.limits for one in limit.when
    ]
    sums = {name for one in rule.amounts for name in (one.each, one.of, *one.row) if name}
    return facts_read(rule) | frozenset(_read(conditions)) | sums


def _read(conditions: Iterable[object]) -> Iterator[str]:
    for one in conditions:
        if isinstance(one, Group):
            yield from _read(one.of)
        elif isinstance(one, Test):
            yield one.fact
            if one.of:
                yield one.of

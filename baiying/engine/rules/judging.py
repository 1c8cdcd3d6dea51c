"""One person, one rule: the answer with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from baiying.engine.rules.amounts import sums
from baiying.engine.rules.judgement import NOTHING, Clause, Judgement
from baiying.engine.rules.language import ROUND_OPEN, Answer, Facts, Rule, Window, answer
from baiying.engine.rules.limits import uses
from baiying.engine.rules.lines import Lines
from baiying.engine.rules.logic import NO_BAND, Person, all_hold, band_open, holds, opened, together

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def judge(rule: Rule, facts: Facts, lines: Lines, on: date, subject: str = "self") -> Judgement:
    """Judge the person of these facts by a rule, on a day.

    `subject`: for whom she asks; the facts are this person's. A rule that is not for such a subject says no by itself.
    """
    return judged(rule, Person(facts, lines, on), subject)


def judge_all(
    rules: Iterable[Rule], facts: Facts, lines: Lines, on: date, subject: str = "self"
) -> dict[str, Judgement]:
    """The same for many rules, by the ids of the rules: what is known of her is looked up once."""
    person = Person(facts, lines, on)
    return {rule.id: judged(rule, person, subject) for rule in rules}


def judged(rule: Rule, person: Person, subject: str = "self") -> Judgement:
    """Judge by a rule with what is known of a person on a day."""
    person.take(rule)
    clauses = []
    entitled = YES if subject in rule.subjects else NO
    for one in rule.requirements:
        value = holds(one.when, person)
        if value:
            clauses.append(Clause(one, YES))
        elif value is None:
            clauses.append(Clause(one, UNKNOWN, opened((one.when,), person)))
            entitled = UNKNOWN if entitled is YES else entitled
        else:
            clauses.append(Clause(one, NO))
            entitled = NO
    use = uses(rule, person) if rule.limits else ()
    window = open_on(rule.window, person) if rule.window else YES
    now = entitled if window is YES and not use else _all_of([entitled, window, *(_left(one.reached) for one in use)])
    return Judgement(
        answer=entitled,
        now=now,
        clauses=tuple(clauses),
        open=together(one.open for one in clauses) if entitled is UNKNOWN else NOTHING,
        band=person.names[0] if len(person.names) == 1 else NO_BAND,
        band_open=band_open(person) if len(person.names) > 1 else NOTHING,
        amounts=sums(rule, person) if rule.amounts else (),
        limits=use,
        window=window,
    )


def answers(rules: Iterable[Rule], facts: Facts, lines: Lines, on: date, subject: str = "self") -> dict[str, Answer]:
    """The answers alone (`Judgement.answer`), by the ids of the rules, for whoever needs no reasons."""
    person = Person(facts, lines, on)
    return {rule.id: answered(rule, person, subject) for rule in rules}


def answered(rule: Rule, person: Person, subject: str = "self") -> Answer:
    """The answer alone, of one rule."""
    if subject not in rule.subjects:
        return NO
    person.take(rule)
    return answer(all_hold([one.when for one in rule.requirements], person))


def open_on(window: Window, person: Person) -> Answer:
    """Whether one can ask on this day."""
    on = person.on
    if window.round:
        told = person.fact(ROUND_OPEN)
        return answer(told if isinstance(told, bool) else None)
    if (window.opens and on < window.opens) or (window.closes and on > window.closes):
        return NO
    if window.yearly:
        first, last = window.yearly
        today = (on.month, on.day)
        inside = first <= today <= last if first <= last else today >= first or today <= last
        return answer(inside)
    return YES


def _left(reached: Answer) -> Answer:
    return NO if reached is YES else YES if reached is NO else UNKNOWN


def _all_of(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    return NO if NO in found else UNKNOWN if UNKNOWN in found else YES

"""How everybody stands: reckoned anew for those of whom something changed, and every night for all, which proves that
nothing drifted and says so in the log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from baiying.engine.rules import Answer, answers
from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.services import access
from baiying.services.actions import covering, sweeping
from baiying.services.actions.rows import Stand, delete, upsert
from baiying.services.models import Rulebook
from baiying.services.queries.few import One, few
from baiying.services.queries.rulebook import Rules, current
from baiying.services.words import ERRAND

SUBJECT = "services.swept"
FEW = 8  # so many people are judged one after another sooner than as columns


def changed(people: Collection[UUID]) -> None:
    """News: something that rules may ask of these people is another now. Inside the errand's door."""
    reckon(people)


def reckon(who: Collection[UUID]) -> int:
    """Bring the standing of these people up to date, inside the errand's door; gives how many rows changed.

    Before the first sweep nobody stands anywhere: it makes a beginning for all.
    """
    rules, on = current(), moment.today()
    if 0 < len(who) <= FEW:
        found = list(few(rules, on, who))
        if not found[0].begun:
            return 0
        new = {one.who: stand(rules, on, one) for one in found if one.here}
        old = {one.who: (one.stood[0], Stand(one.who, *one.stood[1:])) for one in found if one.stood}
        return _write(rules, on, new, old, set(who))
    if not who or access.rulebook() is None:
        return 0
    return sweeping.some(rules, on, who)


def sweep_all(district: str) -> int:
    """Reckon everybody anew and put right what is not as it stands; the log says how much that was.

    Under the rulebook and day that were swept last a difference is a drift; after a new rule or day it is what that
    changed. Gives how many people had drifted: nought, as long as `changed` misses nothing.
    """
    with door.errand(ERRAND):
        rules, on = current(), moment.today()
        book, was = _book(rules), access.rulebook()
        same = was is not None and was.id == rules.version and was.swept_for == on
        differing, book.people = sweeping.full(rules, on)
        covering.keep_month(on)
        book.drifted = differing if same else 0
        book.swept_at, book.swept_for = moment.now(), on
        book.save(update_fields=["swept_at", "swept_for", "people", "drifted"])
        log.write(
            SUBJECT,
            uuid_for(district, "standing"),
            door.asker().name,
            {"people": book.people, "changed": differing, "drifted": book.drifted, "rulebook": rules.version},
        )
    return book.drifted


def keep_true(district: str) -> bool:
    """Sweep when the rules in force or the day are not those of the last sweep; gives whether it did."""
    was = access.rulebook()
    if was is not None and was.id == current().version and was.swept_for == moment.today():
        return False
    sweep_all(district)
    return True


def _book(rules: Rules) -> Rulebook:
    found, _ = Rulebook.objects.select_for_update().get_or_create(
        id=rules.version, defaults={"services": list(rules.services), "at": moment.now()}
    )
    return found


def stand(rules: Rules, on: date, one: One) -> Stand:
    """How one person stands, judged by herself."""
    yes = unknown = served = 0
    found = answers(rules.rules, one.facts, rules.held.lines, on)
    for place, rule in enumerate(rules.rules):
        answer = found[rule.id]
        yes |= (answer is Answer.YES) << place
        unknown |= (answer is Answer.UNKNOWN) << place
        served |= (rule.id in one.marks) << place
    size = 8 * sweeping.words(rules)
    return Stand(one.who, *one.place, *(bits.to_bytes(size, "little") for bits in (yes, unknown, served)))


def _write(
    rules: Rules, on: date, new: Mapping[UUID, Stand], old: Mapping[UUID, tuple[str, Stand]], whose: set[UUID]
) -> int:
    """Write the rows that differ, take out those of people who are no longer in the register, move the counts; gives
    how many rows differed."""
    differing = [one for who, one in new.items() if who not in old or old[who] != (rules.version, one)]
    gone = [who for who in old if who not in new]
    upsert(rules.version, on, differing)
    delete(gone)
    covering.shift(rules, [(old.get(who), new.get(who)) for who in whose])
    return len(differing) + len(gone)

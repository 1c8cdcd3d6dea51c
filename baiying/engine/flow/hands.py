"""Who stands in for whom, and what a party that was brought in may see.

A party that has no unit of its own in the case is spoken for by the unit that leads: until a court has a task, the
lead writes down what the court decided. `played` are the parties with an open task of their own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from baiying.engine.flow.conditions import Facts, all_hold
from baiying.engine.flow.matter import CO, HOUSE_PARTIES, LEAD, Duty, Matter, Part

NOBODY: frozenset[str] = frozenset()

# She agrees by group of fields: what a party may read of her (a word of SEEN) is in one of these, an answer in its own.
IDENTITY, CONTACT, WORDS, STORY, FILES = "identity", "contact", "words", "story", "files"
GROUPS = {"name": IDENTITY, "phone": CONTACT, "words": WORDS, "story": STORY, "files": FILES}
ANSWER = "answer:"
# What a duty of the law does not open of itself: a report says what its article asks for, in the lead's own words.
NOT_BY_DUTY = (WORDS, STORY, FILES)
# The groups that the fact sheet has a box for; each is shown to a party only as far as that group is open to it.
SHEET_GROUPS = (IDENTITY, CONTACT, WORDS, STORY)


def hand_of(party: str, played: frozenset[str]) -> str:
    """Whose hand acts for this party: its own if it is the house's or has a task in the case, else the lead's."""
    return party if party in HOUSE_PARTIES or party in played else LEAD


def hands_of(parties: Iterable[str], played: frozenset[str] = NOBODY) -> tuple[str, ...]:
    """The hands of several parties, each once, in their order."""
    return tuple(dict.fromkeys(hand_of(party, played) for party in parties))


def parties_of(matter: Matter) -> tuple[str, ...]:
    """The parties that can be brought into a case of this matter: those it gives a part or a task, and a co-handler."""
    named: dict[str, None] = dict.fromkeys(matter.parts)
    for stage in matter.stages.values():
        named.update(dict.fromkeys(stage.task))
        for move in stage.moves:
            named.update(dict.fromkeys((*move.by, *move.agree)))
    named.update(dict.fromkeys(ask.by for ask in matter.asks.values()))
    named.update(dict.fromkeys(party for duty in matter.duties for party in duty.tells))
    named[CO] = None
    return tuple(party for party in named if party not in HOUSE_PARTIES)


def part_of(matter: Matter, party: str) -> Part:
    """What this party may see and whether she is asked first. Where the file says nothing: nothing but its own task,
    and in a matter of class P3 only with her consent."""
    return matter.parts.get(party) or Part(party, (), matter.privacy == "P3")


def group_of(seen: str) -> str:
    """The field group that a word of a part's `sees` belongs to; the answer to a question is one of its own."""
    return GROUPS.get(seen, ANSWER + seen)


def groups_of(part: Part) -> tuple[str, ...]:
    """The field groups that a part needs, each once, in the order of the file."""
    return tuple(dict.fromkeys(group_of(one) for one in part.sees))


def seen_within(part: Part, granted: Container[str]) -> tuple[str, ...]:
    """What a part may show of her, given the groups that are open to it: never more than the file names."""
    return tuple(one for one in part.sees if group_of(one) in granted)


def duty_to_tell(matter: Matter, party: str, facts: Facts) -> Duty | None:
    """The duty under which this party is told without asking her; None when none holds, or it is not known yet."""
    return next((one for one in matter.duties if party in one.tells and all_hold(one.when, facts)), None)


def heard_of(party: str, what: str) -> tuple[str, ...]:
    """The events clocks hear about a party's task: `called` and `called_court`, or `done` and `done_court`.

    `what` is "called" (it was brought in) or "done" (it finished, or refused).
    """
    return (what, f"{what}_{party}")

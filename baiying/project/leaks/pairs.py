"""The pairs: two states of the prepared world that differ in one protected thing, and who is cleared to notice it."""

from __future__ import annotations

from dataclasses import dataclass

LEAD = frozenset({"lead"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class State:
    """A world: the prepared one after these deeds, at once or some days later, when every job has run."""

    deeds: tuple[str, ...] = ()
    later: bool = False

    @property
    def name(self) -> str:
        return "+".join(self.deeds or ("seed",)) + (" later" if self.later else "")


@dataclass(frozen=True)
class Pair:
    """``deed``: what the one world has more; ``instead``: what the other has in its place; ``before``: what both have.
    ``cleared``: the walkers who may notice it, by right."""

    name: str
    deed: str
    cleared: frozenset[str] = LEAD
    before: tuple[str, ...] = ()
    instead: str = ""
    later: bool = False

    @property
    def less(self) -> State:
        return State((*self.before, self.instead) if self.instead else self.before, self.later)

    @property
    def more(self) -> State:
        return State((*self.before, self.deed), self.later)


ABOVE = LEAD | {"desk_women"}  # called by a clock that climbs, by a demand for the end, by a complaint
HEAD = LEAD | {"lead_head"}  # a head sees of each protected case of the unit number, clock and who opens it
PAIRS = (
    # Her clock of an hour has climbed to the level above.
    Pair("a case of safety", "safe_case", ABOVE | HEAD),
    Pair("a case of safety, days later", "safe_case", ABOVE | HEAD, later=True),
    Pair("a protected case of her account", "secret_case", frozenset({"neighbour", "desk_union"})),
    Pair("words of danger", "danger_case", frozenset({"neighbour", "desk_union"})),
    Pair("a case of another street", "plain_case", frozenset({"other_street", "desk_union", "call_back"})),
    Pair("what was told", "other_words", instead="some_words"),
    Pair("sealed fields", "sealed_field", frozenset({"neighbour"}), instead="no_field"),
    Pair("a step with words", "note", ABOVE | HEAD),
    Pair("a step with words, days later", "note", ABOVE | HEAD, later=True),
    Pair("a unit is to be brought in", "party_asked"),
    Pair("a unit was brought in", "party", LEAD | {"partner_part"}),
    Pair("an answer", "answered", ABOVE | HEAD),
    Pair("an answer, days later", "answered", ABOVE | HEAD, later=True),
    Pair("her word", "verdict", HEAD, before=("answered",)),
    Pair("a reading", "reading"),
    Pair("a complaint", "complaint", frozenset({"desk_union"})),
    Pair("a complaint in a protected case", "guarded_complaint", frozenset({"desk_women"})),
    Pair("what a concern holds", "concern", frozenset({"other_street", "desk_union"}), instead="beside"),
    Pair("a draft", "kept_draft", NOBODY),
    Pair("a member", "member", frozenset({"other_street"})),
    Pair("an account", "account", NOBODY),
    Pair("an invitation", "invitation", frozenset({"administrator"})),
    Pair("a proposal", "proposal", frozenset({"administrator"})),
    Pair("an end that was asked for", "set_aside", ABOVE),
    Pair("a call back that was asked for", "asked_to_call", ABOVE | {"call_back"}, before=("answered",)),
    Pair("a case given back", "given_back", ABOVE | HEAD),
    Pair("a case taken back", "withdrawn", ABOVE | HEAD),
    Pair("a template of another unit", "template", HEAD | {"colleague"}),
    Pair("a file", "file"),
    Pair("a file that a party may not read", "file", before=("shut_party",)),
    Pair("a file of her side", "file_of_hers", frozenset({"other_asker", "neighbour"})),
    Pair("a file of another unit that helps", "file_of_party", frozenset({"other_asker", "neighbour", "outsider"})),
    Pair("words of another unit that helps", "entry", frozenset({"other_asker", "neighbour", "outsider"})),
    Pair("what a party may read is shut", "shut", LEAD | {"partner_part"}, before=("party",)),
    Pair("somebody outside is asked", "guest"),
    Pair("a letter", "letter"),
    Pair("a fact sheet that a party may not read", "sheet", before=("shut_party",)),
    Pair("where she stays", "address", before=("party",)),
    Pair("an emergency", "glass", LEAD | {"desk_women"}),
    Pair("a demand", "demand"),
    Pair("an incident", "incident", frozenset({"neighbour", "desk_union"})),
    Pair("a protected case behind a published figure", "published_here",
         HEAD | {"other_street", "other_head", "desk_women"},
         instead="published_there"),
)
NULL = State()


def states(pairs: tuple[Pair, ...]) -> list[State]:
    """Every state that these pairs need, each once, those with fewer deeds first."""
    found = dict.fromkeys(state for pair in pairs for state in (pair.less, pair.more))
    return sorted(found, key=lambda state: (state.later, len(state.deeds)))



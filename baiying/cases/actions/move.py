"""A handler makes the next step of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.judge import refused_as_sentence
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.cases.facts import facts_of, roles_in
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal

MOST_CHARACTERS = 20_000


class Stale(Refusal):
    """Somebody else changed the case since this form was made. What was typed is kept by the page."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody has moved this case since you opened the page. What you wrote is still below: "
                           "read what has changed, then send it again if it still fits."))


def move(asker: door.Asker, number: str, move_key: str, text: str, reason: str, key: str, seen_version: int) -> None:
    """Make the move of this key as one of the unit's people. Raises Unseen, Stale, Refusal; then nothing is changed."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal(_("Please keep the text under %(most)d characters."), most=MOST_CHARACTERS)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "move", asker.who, key, move_key, text, reason)
        if done_before(deed_id):
            return
        if case.version != seen_version:
            raise Stale
        matter = catalogue.matter_of(case.declaration_id)
        agreements = {name: frozenset(parties) for name, parties in case.agreed.items()}
        step = refused_as_sentence(lambda: flow.step(
            matter, case.stage, move_key, roles_in(case, asker), facts_of(case), reason or None,
            text=text, agreements=agreements,
        ))
        carry_out(case, matter, Deed(deed_id, "moved", step, words=text, reason=reason))

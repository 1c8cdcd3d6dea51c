"""A changed catalogue comes into force with open eyes: what hardly touches anybody at once, what jumps by two people.

One looks at whom it would gain and lose and proposes it with a word why; another one approves. Until then the old
edition stays in force, whatever lies in the folder.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.catalogue import actions as catalogue
from baiying.catalogue import queries as declared
from baiying.catalogue.promised import Promised, promised_by, promised_in
from baiying.engine import loader
from baiying.engine.rules import Share
from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members
from baiying.services import access
from baiying.services.actions.following import Followed, follow
from baiying.services.models import Publishing
from baiying.services.queries import publishing as queries
from baiying.services.queries.previewing import Preview, preview
from baiying.services.queries.simulating import what_if
from baiying.services.words import ERRAND

State = Publishing.State
NONE = Preview({"changes": [], "people": 0}, ())


@dataclass(frozen=True)
class Outcome:
    """What became of a folder: whether it is in force now, what it changes, and who must look at it if it waits."""

    in_force: bool
    preview: Preview = NONE
    waits: Publishing | None = None


def publish(found: catalogue.Read, again: bool = False) -> Outcome:
    """Bring what was read into force, or let it wait for two people when it jumps.

    ``again``: also what was declined before. Twice is once. Raises Refusal when another one came first meanwhile.
    """
    against = declared.in_force()
    if not against or against == found.edition:
        with door.errand(ERRAND):
            catalogue.store(found)
            catalogue.bring_into_force(found.edition)
        return Outcome(in_force=True)
    shown = look(found)
    with door.errand(ERRAND):
        catalogue.store(found)
        if shown.why and _publishers_of(against):
            return Outcome(False, shown, _wait(found.edition, against, shown, again))
        _into_force(found.edition, against, door.asker().name, {})
    return Outcome(True, shown)


def look(found: catalogue.Read, lines: Sequence[tuple[str, int | Share]] = ()) -> Preview:
    """What it would change, without touching a row; as if these reference values were others (money in fen).

    Raises Unseen for a line that is not there, or no such number.
    """
    against = declared.in_force()
    if not against:
        return NONE
    new = promised_by(found.declarations)
    for name, value in lines:
        new = what_if(new, name, value)
    return _compared(new, _publishers(found.declarations), against)


def look_again(asker: Asker, ref: str) -> None:
    """Reckon the figures of what waits anew; whoever proposed it looks once more. Raises Unseen."""
    found = _named(asker, ref)
    publishers = _publishers_of(found.edition)
    shown = _compared(promised_in(found.edition), publishers, declared.in_force())
    with door.errand(ERRAND):
        row = _locked(found)
        row.preview, row.why, row.against = dict(shown.told), [list(one) for one in shown.why], declared.in_force()
        row.at, row.state, row.by, row.proposed_at = moment.now(), State.WAITING, None, None
        row.save()
        _log("services.rules_looked", row, asker)


def propose(asker: Asker, ref: str, words: str) -> None:
    """The first of the two: she has looked, and says why it should come. Raises Unseen, Refusal."""
    found, said = _named(asker, ref), " ".join(words.split())
    if not said:
        raise Refusal(_("Please write in a sentence why it should come. The second person reads it."))
    with door.errand(ERRAND):
        row = _fit(_locked(found))
        if row.state != State.WAITING:
            raise Refusal(_("Somebody has proposed this already. Another person can approve it now."))
        row.state, row.by_id, row.words, row.proposed_at = State.PROPOSED, asker.who, said[:500], moment.now()
        row.save()
        _log("services.rules_proposed", row, asker)


def approve(asker: Asker, ref: str) -> None:
    """The second person: it comes into force, and standing answers follow in the same transaction.

    Raises Unseen; Refusal for who proposed it herself, under whichever account.
    """
    found = _named(asker, ref)
    selves = members.selves(asker.who) if asker.who else []
    with door.errand(ERRAND):
        row = _fit(_locked(found))
        if row.state != State.PROPOSED or row.by_id is None:
            raise Refusal(_("Nobody has proposed this yet. One person looks at it and proposes it, another approves."))
        if row.by_id in selves or asker.who in members.selves(row.by_id):
            raise Refusal(_("You proposed this yourself. Another person must approve it."))
        row.state, row.decided_by_id, row.decided_at = State.IN_FORCE, asker.who, moment.now()
        row.save()
        _log("services.rules_approved", row, asker)
        _into_force(row.edition, row.against, asker.name, {"by": str(row.by_id), "approved_by": str(asker.who)})


def decline(asker: Asker, ref: str) -> None:
    """No: the old edition stays. Whoever proposed it herself takes that back, and it waits again. Raises Unseen."""
    found = _named(asker, ref)
    with door.errand(ERRAND):
        row = _locked(found)
        if row.by_id is not None and row.by_id == asker.who:
            row.state, row.by, row.proposed_at = State.WAITING, None, None
        else:
            row.state, row.decided_by_id, row.decided_at = State.DECLINED, asker.who, moment.now()
        row.save()
        _log("services.rules_declined" if row.state == State.DECLINED else "services.rules_taken_back", row, asker)


def _compared(new: Promised, publishers: frozenset[str], against: str) -> Preview:
    """What these promises change; that others may publish is a change of the measures."""
    return preview(promised_in(against), new, moment.today(), others=publishers != _publishers_of(against))


def _publishers_of(edition: str) -> frozenset[str]:
    return _publishers(declared.declarations_of(edition))


def _publishers(declarations: Collection[loader.Declaration]) -> frozenset[str]:
    """The roles that may publish, by what a catalogue says of roles."""
    (table,) = [one.table for one in declarations if one.kind == "roles"]
    roles = loader.roles(table).roles
    return frozenset(key for key, role in roles.items() if queries.POWER in role.powers)


def _wait(edition: str, against: str, shown: Preview, again: bool) -> Publishing:
    """The row that waits for two people: the one that is there, or a new one in whose favour others step back."""
    rows = access.publishings(settings.BAIYING_DISTRICT).select_for_update()
    same = [one for one in rows if (one.edition, one.against) == (edition, against)]
    if same and (same[0].state in queries.OPEN or same[0].state == State.DECLINED and not again):
        return same[0]
    rows.filter(state__in=queries.OPEN).update(state=State.OVERTAKEN)
    made = Publishing(
        id=uuid_for(f"{edition}:{against}:{len(same)}", "publishing"), district=settings.BAIYING_DISTRICT,
        edition=edition, against=against, preview=dict(shown.told), why=[list(one) for one in shown.why],
        at=moment.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    _log("services.rules_wait", made, door.asker())
    return made


def _into_force(edition: str, against: str, who: str, named: dict[str, str]) -> None:
    """The edition, and everybody's standing by it, in one transaction; what else waited was made for the old one."""
    before = promised_in(against)
    catalogue.bring_into_force(edition)
    access.publishings(settings.BAIYING_DISTRICT).filter(state__in=queries.OPEN).update(state=State.OVERTAKEN)
    done = follow(settings.BAIYING_DISTRICT, before) or Followed((), 0, 0)
    log.write(
        "services.rules_in_force", uuid_for(edition, "edition"), who,
        {"edition": edition, "instead_of": against, **named, "reckoned": list(done.services), "written": done.written,
         "people": done.people, "everybody": done.whole},
    )  # fmt: skip


def _named(asker: Asker, ref: str) -> Publishing:
    """What waits, if the form means it and she may decide. Raises Unseen."""
    found = queries.waiting(settings.BAIYING_DISTRICT)
    if found is None or asker.who is None or queries.ref(found) != ref or not queries.may(asker.who, moment.today()):
        raise Unseen
    return found


def _locked(found: Publishing) -> Publishing:
    """The row as it is now, until the end of the transaction. Raises Refusal when it was decided meanwhile."""
    row = access.publishings(found.district).select_for_update().get(id=found.id)
    if row.state not in queries.OPEN:
        raise Refusal(_("This was decided a moment ago by somebody else."))
    return row


def _fit(row: Publishing) -> Publishing:
    """The row, if its figures may be decided on. Raises Refusal when they are out of date."""
    if row.against != declared.in_force() or queries.is_old(row):
        raise Refusal(_("These figures are out of date: people have come and gone since. Reckon them anew first."))
    return row


def _log(verb: str, row: Publishing, asker: Asker) -> None:
    told = {"edition": row.edition, "instead_of": row.against, "why": row.why, "publishing": str(row.id)}
    log.write(verb, uuid_for(row.edition, "edition"), asker.name, told)

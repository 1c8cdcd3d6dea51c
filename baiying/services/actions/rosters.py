"""What a list of members says of people, as facts: kept with the list they came from, and taken back with it.

A list outweighs what somebody said of herself, and never what a paper proved; what it outweighed comes back with it.
Nothing that is private comes this way: what is sealed or needs her consent is refused as a defect.

How a listed fact stands in `Profile.told`: source, day, each list that says it, and what it outweighed: [value, told].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from baiying.catalogue.promised import promised
from baiying.engine.services.facts import DECLARED, PAPER, ROSTER
from baiying.kit import door, log, moment, news
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Misuse
from baiying.services.models import Listed, Profile
from baiying.services.news import FACTS_CHANGED
from baiying.services.words import ERRAND


def bring(rows: Mapping[UUID, Mapping[str, Any]], *, batch: UUID, district: str, by: UUID | None) -> None:
    """Keep what one list says of these people; the same again is nothing new. Opens the errand's door.

    Raises Misuse for a fact that is private or that nobody declared.
    """
    words = promised().facts
    for name in {name for facts in rows.values() for name in facts}:
        if name not in words or words[name].sealed or words[name].purpose:
            raise Misuse(f"the fact {name} does not come from a list")
    with door.errand(ERRAND):
        held = {one.person_id: one for one in _of(rows)}
        new = [_new(person, district) for person in rows if person not in held]
        held |= {one.person_id: one for one in new}
        differ = [one for one in held.values() if _take(one, rows[one.person_id], batch)]
        made = {one.person_id for one in new}
        Profile.objects.bulk_create([one for one in differ if one.person_id in made])
        _note(differ, batch, district)
        _write([one for one in differ if one.person_id not in made], "facts.listed", batch, by, [*differ])


def take_back(batch: UUID, by: UUID | None) -> None:
    """A list was taken back: what it said goes, of whoever stays, and what it outweighed holds again. Opens the
    errand's door."""
    with door.errand(ERRAND):
        listed = Listed.objects.filter(batch=batch)
        differ = [one for one in _of(listed.values_list("person_id", flat=True)) if _drop(one, batch)]
        _write(differ, "facts.listed_no_more", batch, by, differ)
        listed.delete()


def _of(people: Iterable[UUID]) -> Iterable[Profile]:
    return Profile.objects.select_for_update().filter(person_id__in=list(people)).order_by("person_id")


def _new(person: UUID, district: str) -> Profile:
    return Profile(person_id=person, district=district, changed_at=moment.now())


def _take(profile: Profile, facts: Mapping[str, Any], batch: UUID) -> bool:
    """Put a list's values in their place; whether anything differs."""
    before = dict(profile.said), dict(profile.told)
    for name, value in facts.items():
        told = profile.told.get(name, [DECLARED, date.min.isoformat()])
        if told[0] == PAPER:
            continue
        if told[0] == ROSTER and profile.said.get(name) == value:
            if batch.hex not in told:  # one more list says the same
                profile.told[name] = [*told[:2], batch.hex, *told[2:]]
            continue
        outweighed = [[profile.said[name], told]] if name in profile.said else []
        profile.said[name] = value
        profile.told[name] = [ROSTER, moment.today().isoformat(), batch.hex, *outweighed]
    profile.changed_at = moment.now()
    return before != (profile.said, profile.told)


def _drop(profile: Profile, batch: UUID) -> bool:
    before = dict(profile.told)
    for name, told in before.items():
        left = _without([profile.said.get(name), told], batch.hex)
        if left is None:
            profile.said.pop(name, None)
            profile.told.pop(name)
        else:
            profile.said[name], profile.told[name] = left
    profile.changed_at = moment.now()
    return bool(before != profile.told)


def _without(held: list[Any], gone: str) -> list[Any] | None:
    """[value, told] without what one list said: as other lists say it, or what was outweighed; None: nothing."""
    value, told = held
    if told[0] != ROSTER:
        return held
    lists = [one for one in told[2:] if isinstance(one, str) and one != gone]
    below = next((_without(one, gone) for one in told[2:] if isinstance(one, list)), None)
    return [value, [*told[:2], *lists, *([below] if below else [])]] if lists else below


def _note(profiles: Iterable[Profile], batch: UUID, district: str) -> None:
    """Of whom this list says something, so that it is found when the list is taken back."""
    rows = [
        Listed(
            id=uuid_for(f"{batch}:{one.person_id}", "listed"), district=district, batch=batch, person_id=one.person_id
        )
        for one in profiles
    ]
    Listed.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _write(rows: list[Profile], verb: str, batch: UUID, by: UUID | None, changed: list[Profile]) -> None:
    """Store it, note that it was done (of how many, not what), and tell whoever must reckon anew."""
    Profile.objects.bulk_update(rows, ["said", "told", "changed_at"], batch_size=1000)
    if changed:
        log.write(verb, batch, str(by) if by else door.asker().name, {"people": len(changed)})
        news.tell(FACTS_CHANGED, people=[one.person_id for one in changed])

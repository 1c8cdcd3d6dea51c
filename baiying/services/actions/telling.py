"""What a person told, a paper proved or a roster brought is kept, with source and day; she takes it back at any time.

What is P3 is sealed under her own key. A fact that needs a consent is kept only with it, and goes when she takes the
consent back. Each change brings her standing up to date in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.catalogue.promised import promised
from baiying.engine.services.facts import DECLARED, PAPER, PURPOSES, SOURCES, FactWord
from baiying.kit import door, log, moment, news, sealing
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions as members
from baiying.members.queries import unit_of
from baiying.services import access
from baiying.services.models import Listed, Lot, Missed, Profile, Request, Served, Standing
from baiying.services.news import FACTS_CHANGED
from baiying.services.queries.knowing import FIELD, Told, sealed
from baiying.services.words import ERRAND


def tell(
    person_id: UUID,
    values: Mapping[str, Any],
    *,
    by: UUID,
    source: str = DECLARED,
    on: date | None = None,
    agreed: Collection[str] = (),
) -> None:
    """Keep values of facts (as `answers.value_of` gives them) about a person, and the purposes she agrees to with them.

    A value of a worse source never replaces one of a better: what a paper proved stays until a newer paper.

    :raises Unseen: a fact nobody declared, or one that is computed. :raises Refusal: a consent is missing.
    """
    words = promised().facts
    if not set(values) <= set(words):
        raise Unseen
    with door.errand(ERRAND):
        profile = _profile(person_id)
        _agree(profile, agreed)
        if missing := {words[name].purpose for name in values} - {""} - set(profile.agreed):
            raise Refusal(
                _("These answers are kept only with your consent. Tick it, or leave the questions out."),
                purposes=", ".join(sorted(missing)),
            )
        _keep(profile, words, [Told(name, value, source, on or moment.today()) for name, value in values.items()])
        _write(profile, "facts.told", by, sorted(values))


def take_back(person_id: UUID, names: Iterable[str], by: UUID) -> None:
    """She takes back what she told: it is gone, and counts for nothing from now on. What is not there is no fault."""
    with door.errand(ERRAND):
        profile, gone = _profile(person_id), set(names)
        _drop(profile, gone)
        _write(profile, "facts.taken_back", by, sorted(gone))


def withdraw(person_id: UUID, purpose: str, by: UUID) -> None:
    """She takes a consent back: every fact that was kept with it goes."""
    if purpose not in PURPOSES:
        raise Unseen
    words = promised().facts
    with door.errand(ERRAND):
        profile = _profile(person_id)
        profile.agreed = {one: day for one, day in profile.agreed.items() if one != purpose}
        _drop(profile, {name for name, word in words.items() if word.purpose == purpose})
        _write(profile, "facts.consent_withdrawn", by, [purpose])


def stay_quiet(person_id: UUID, yes: bool, by: UUID) -> None:
    """She wants nobody to come to her about services, or no longer: from now on no unit's list names her."""
    with door.errand(ERRAND):
        profile = _profile(person_id)
        profile.quiet = yes
        _write(profile, "facts.quiet" if yes else "facts.not_quiet", by, [])


def forget(people: Collection[UUID]) -> None:
    """People were wiped: what is known of them for services goes too. Inside the errand's door."""
    for table in (Profile, Listed, Standing, Served, Missed, Request, Lot):
        table.objects.filter(person_id__in=list(people)).delete()


def _profile(person_id: UUID) -> Profile:
    """Her profile, locked; a new one when there is none."""
    found = access.profile(person_id, lock=True)
    if found is not None:
        return found
    unit = unit_of(person_id)
    return Profile(person_id=person_id, district=unit[1] if unit else "", changed_at=moment.now())


def _agree(profile: Profile, purposes: Collection[str]) -> None:
    known = {one: moment.today().isoformat() for one in purposes if one in PURPOSES}
    profile.agreed = {**known, **profile.agreed}


def _keep(profile: Profile, words: Mapping[str, FactWord], new: list[Told]) -> None:
    """Put values in their place; a better source outweighs, among equals the newer."""
    hidden = {one.fact: one for one in sealed(profile)}
    for one in new:
        held = hidden.get(one.fact) or _plain(profile, one.fact)
        if held is not None and SOURCES.index(held.source) < SOURCES.index(one.source):
            raise Refusal(_("This was proved by a paper or stands in a list. Somebody of your unit can put it right."))
        if words[one.fact].sealed:
            hidden[one.fact] = one
        else:
            profile.said[one.fact], profile.told[one.fact] = one.value, [one.source, one.on.isoformat()]
    _seal(profile, hidden)


def _plain(profile: Profile, name: str) -> Told | None:
    if name not in profile.said:
        return None
    source, on, *_list = profile.told.get(name, [PAPER, moment.today().isoformat()])
    return Told(name, profile.said[name], source, date.fromisoformat(on))


def _drop(profile: Profile, gone: Collection[str]) -> None:
    for name in gone:
        profile.said.pop(name, None)
        profile.told.pop(name, None)
    _seal(profile, {one.fact: one for one in sealed(profile) if one.fact not in gone})


def _seal(profile: Profile, hidden: Mapping[str, Told]) -> None:
    if not hidden:
        profile.sealed = None
        return
    text = json.dumps(
        {one.fact: [one.value, one.source, one.on.isoformat()] for one in hidden.values()}, ensure_ascii=False
    )
    profile.sealed = sealing.seal(members.sealing_key(profile.person_id), profile.person_id, FIELD, text)


def _write(profile: Profile, verb: str, by: UUID, names: list[str]) -> None:
    """Store it, note in the log that it was done (which facts they were would outlive her erasure there), and tell
    whoever must reckon anew."""
    profile.changed_at = moment.now()
    profile.save()
    log.write(verb, profile.person_id, str(by), {"facts": len(names)})
    news.tell(FACTS_CHANGED, people=[profile.person_id])

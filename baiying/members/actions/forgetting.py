"""When the last reason to know somebody is gone, what is known of her goes too, a while later.

Reasons: she is a member, holds a post or held one in the last years (who acted must have a name), has asked for
something that is still kept, signs in. Whoever stands higher and knows of a further reason says so (`also`). Two rows
that are one person have their reasons together. The row itself stays, without a name: posts, lines of the log and
counts hang on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from baiying.catalogue import privacy
from baiying.kit import door, erasures, log, moment, news
from baiying.members.actions.matching import NO_PASSWORD
from baiying.members.models import (
    Card,
    Device,
    Factor,
    Invitation,
    Membership,
    Merge,
    Paper,
    Person,
    SignIn,
    Telephone,
)
from baiying.members.news import FORGOTTEN
from baiying.network.queries.past import in_office_since

ERRAND = "members"
Reason = Callable[[Iterable[UUID]], frozenset[UUID]]
_reasons: list[Reason] = []


def also(reason: Reason) -> None:
    """Let a function say for which of these people there is a reason that this app does not know."""
    if reason not in _reasons:
        _reasons.append(reason)


def forget_gone() -> int:
    """Wipe everybody whose last reason has been gone for the declared time; gives how many. Each in a transaction."""
    since, office = ((moment.now() - privacy.term(name)).date() for name in ("person", "office"))
    with door.errand(ERRAND):
        people = {one.id: one.merged_into_id or one.id for one in Person.objects.exclude(key=None, name="")
                  .only("id", "merged_into_id")}
        kept = with_reason(people, since) | in_office_since(people, office)
    for reason in _reasons:
        kept |= reason(people)
    stay = {people[one] for one in kept if one in people}
    return sum(forget(one) for one, whole in people.items() if whole not in stay)


def with_reason(people: Iterable[UUID], since: date) -> set[UUID]:
    """Those among them whom we may still know: something of theirs runs, or ended after that day."""
    ids = list(people)
    member = Membership.objects.filter(Q(until=None) | Q(until__gt=since), person__in=ids)
    return {*member.values_list("person_id", flat=True),
             *SignIn.objects.filter(last_seen__date__gt=since, person__in=ids).values_list("person_id", flat=True),
             *Device.objects.filter(last_seen__date__gt=since, person__in=ids).values_list("person_id", flat=True),
             *Telephone.objects.filter(proved_at__date__gt=since, person__in=ids).values_list("person_id", flat=True),
             *Invitation.objects.filter(made_at__date__gt=since, person__in=ids).values_list("person_id", flat=True),
             *Person.objects.filter(died_on__gt=since, id__in=ids).values_list("id", flat=True)}


def readable() -> list[UUID]:
    """Everybody of whom something is still known: what a restore compares with the ledger of erasures."""
    with door.errand(ERRAND):
        return list(Person.objects.exclude(key=None, name="").values_list("id", flat=True))


def forget(person_id: UUID) -> int:
    """Wipe one person: name, telephones, papers, guardian, factors, devices, sessions, cards, the number of her
    membership; gives 1 when there was something to wipe. Rows of posts, merges and cases stay and name nobody."""
    with door.errand(ERRAND):
        person = Person.objects.select_for_update().filter(id=person_id).first()
        if person is None or (person.key is None and not person.name):
            return 0
        for table in (Telephone, Paper, Factor, Device, SignIn, Card):
            table.objects.filter(person=person_id).delete()
        Membership.objects.filter(person=person_id).update(number="")
        Merge.objects.filter(Q(kept=person_id) | Q(gone=person_id)).update(reason="—")
        person.name, person.key, person.guardian_sealed, person.guarded_until = "", None, None, None
        person.password, person.text_only, person.active, person.login = NO_PASSWORD, False, False, None
        person.save()
        log.write("member.forgotten", person_id, f"errand:{ERRAND}")
        erasures.note("person", person_id)
        news.tell(FORGOTTEN, people=[person_id])
    return 1

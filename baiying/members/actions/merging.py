"""Two rows that are one person: one colleague proposes, another confirms, either takes it back.

Nothing is moved: the row that goes is read as the one that is kept, so that taking it back leaves everything as it was.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment, news
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal, Unseen
from baiying.members.models import Merge, Person
from baiying.members.news import PERSONS_CHANGED


def propose_merge(key: str, kept: UUID, gone: UUID, reason: str, by: UUID) -> Merge:
    """Say that two rows are one person, and why; the same key twice is once. Nothing changes yet.

    :raises Refusal: they are one row, one of them is staff with a login, or one is merged or proposed already.
    """
    reason = reason.strip()[:200]
    if kept == gone or not reason:
        raise Refusal(_("Name two different people and say how you know that they are one."))
    made = uuid_for(key, "merge")
    with door.errand("members"):
        known = Merge.objects.filter(id=made).first()
        if known is not None:
            return known
        _free(kept, gone)
        try:
            with transaction.atomic():
                merge = Merge.objects.create(id=made, kept_id=kept, gone_id=gone, reason=reason, proposed_by_id=by,
                                             proposed_at=moment.now())
        except IntegrityError as error:
            raise Refusal(_("A merge of this person is proposed already. Confirm it or take it back first.")) from error
        log.write("member.merge_proposed", kept, str(by), {"gone": str(gone)})
    return merge


def confirm_merge(merge_id: UUID, by: UUID) -> Merge:
    """Another colleague agrees: from now on the two are read as one. Twice is once.

    :raises Refusal: she proposed it herself, or one of the two has changed meanwhile.
    """
    with door.errand("members"):
        merge = _open(merge_id)
        if merge.proposed_by_id == by:
            raise Refusal(_("Two people see to it that nobody is merged by mistake: another colleague confirms what "
                            "you proposed."))
        if merge.confirmed_by_id is None:
            _free(merge.kept_id, merge.gone_id)
            merge.confirmed_by_id, merge.confirmed_at = by, moment.now()
            merge.save()
            Person.objects.filter(id=merge.gone_id).update(merged_into=merge.kept_id)
            log.write("member.merged", merge.kept_id, str(by), {"gone": str(merge.gone_id)})
            news.tell(PERSONS_CHANGED, people=[merge.kept_id, merge.gone_id])
    return merge


def undo_merge(merge_id: UUID, by: UUID) -> Merge:
    """Either of the two colleagues takes it back, before or after it was confirmed: everything is as it was.

    :raises Refusal: somebody else wants to.
    """
    with door.errand("members"):
        merge = _open(merge_id)
        if by not in (merge.proposed_by_id, merge.confirmed_by_id):
            raise Refusal(_("Only who proposed or confirmed a merge takes it back. Ask one of the two."))
        merge.undone_by_id, merge.undone_at = by, moment.now()
        merge.save()
        Person.objects.filter(id=merge.gone_id, merged_into=merge.kept_id).update(merged_into=None)
        log.write("member.merge_undone", merge.kept_id, str(by), {"gone": str(merge.gone_id)})
        news.tell(PERSONS_CHANGED, people=[merge.kept_id, merge.gone_id])
    return merge


def _open(merge_id: UUID) -> Merge:
    """A merge that was not taken back, locked. Raises Unseen."""
    found = Merge.objects.select_for_update().filter(id=merge_id, undone_at=None).first()
    if found is None:
        raise Unseen
    return found


def _free(kept: UUID, gone: UUID) -> None:
    """Raises Refusal unless both are there, neither is merged, and none that goes has a login or others behind it."""
    people = Person.objects.select_for_update().order_by("id").in_bulk([kept, gone])
    if len(people) < 2:
        raise Unseen
    if any(one.merged_into_id is not None for one in people.values()):
        raise Refusal(_("One of the two is merged into somebody already. Take that back first, or choose that person."))
    if people[gone].login is not None:
        raise Refusal(_("An account of staff never goes into another one: powers and names of posts hang on it. "
                        "Choose it as the one that is kept."))
    if Person.objects.filter(merged_into=gone).exists():
        raise Refusal(_("Others were merged into the one that would go. Merge them with the one that is kept instead."))

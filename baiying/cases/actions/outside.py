"""A party that has no account with us: asked like any other, it comes in by a link and a code that went another way."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baiying.cases import access, clocks, effects, outside, referring
from baiying.cases.actions.bring_in import basis_said, check_part, check_vacant, duty_of, is_asked
from baiying.cases.actions.files import keep
from baiying.cases.actions.referrals import one_of, received
from baiying.cases.actions.sheet import write_entry
from baiying.cases.actions.step import Deed, deed_of, done_before, seal
from baiying.cases.actions.tasks import Answer, check, give_answer, open_task, stay, still
from baiying.cases.models import Case, OutsideLink, Task
from baiying.cases.sides import side_of
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, messages, moment, sealing
from baiying.kit.errors import Refusal, Unseen

GRACE = timedelta(days=7)  # a link lives that long beyond its task's last day (proposed)
MOST_WRONG = 10  # wrong codes of one link; then it ends, and the lead makes another
MOST_NAME = 80


@dataclass(frozen=True)
class Guest:
    """Whom to ask from outside. ``phone``: where the link goes; ``code_phone``: where the code goes, another one; if
    empty, the code is told by voice."""

    party: str
    name: str
    phone: str
    text: str
    code_phone: str = ""
    due_on: date | None = None
    duty: str = ""


@dataclass(frozen=True)
class Way:
    """A link as it went out. ``code``: to be told by voice; empty when it went to another telephone."""

    to: str
    code: str


def invite(asker: door.Asker, number: str, guest: Guest, key: str) -> str:
    """Ask somebody outside to play a party; gives the name of the task. She is asked first as for any other, and the
    link goes out when she has said yes. Raises Unseen, Refusal; then nobody was asked."""
    check(guest.text)
    name, phone, other = read_guest(guest)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "brought_in", asker.who, key, guest.party, name, phone, other, guest.text, guest.due_on)
        matter = catalogue.matter_of(case.declaration_id)
        if not done_before(deed_id):
            check_part(case, guest.party, guest.due_on)
            check_vacant(case, guest.party)
        duty = duty_of(case, matter, guest.party, guest.duty)
        asks_her = duty is None and is_asked(case, matter, guest.party, None)
        said = basis_said(duty) if duty else ""
        task = open_task(case, Task.Kind.WORK, None, key=str(deed_id), party=guest.party, text=guest.text,
                         due_at=clocks.day_after(guest.due_on) if guest.due_on else None,
                         state=Task.State.PROPOSED if asks_her else Task.State.OPEN, granted=not asks_her, duty=said)
        if not done_before(deed_id):
            for field, text in (("outside", name), ("way", phone), ("other_way", other)):
                if text:
                    seal(case, f"{field}:{task.id}", text)
            heard = () if asks_her else flow.heard_of(guest.party, "called")
            stay(case, Deed(deed_id, "consent_asked" if asks_her else "brought_in", still(case, *heard), reason=said,
                            party=guest.party))
            effects.cause("tell_her", case, matter)
        return task.ref


def read_guest(guest: Guest) -> tuple[str, str, str]:
    """Name and telephones in their one form: two different ones, or the code by voice. Raises Refusal."""
    name = guest.name.strip()[:MOST_NAME]
    if not name:
        raise Refusal(gettext_lazy("Please write who it is: the office or firm, and the person there."))
    phone = sealing.phone(guest.phone)
    other = sealing.phone(guest.code_phone) if guest.code_phone.strip() else ""
    if other == phone:
        raise Refusal(gettext_lazy("The code must not go where the link goes: whoever finds that telephone would have "
                                   "both. Name another one, or leave it open and tell the code by voice."))
    return name, phone, other


def send_link(asker: door.Asker, number: str, ref: str, base: str, key: str) -> Way:
    """Make a link for this party and send it, and its code another way; an earlier link ends. ``base``: the address
    that stands before the token. Raises Unseen, Refusal."""
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        task = one_of(case, ref)
        if task.unit_id is not None or task.state != Task.State.OPEN:
            raise Refusal(gettext_lazy("No link is sent now: the person has not said yes, or the task has ended."))
        deed_id = deed_of(case, "link_sent", task.id, key)
        link = OutsideLink.objects.filter(id=chance.uuid_for(str(deed_id), "link")).first()
        before, link = link, link or make(case, task, deed_id)
        phone, other = opened(case, f"way:{task.id}"), opened(case, f"other_way:{task.id}")
    if before is None:
        messages.send(phone, _("You are asked for something. Open %(link)s on your telephone; the code comes another "
                               "way.") % {"link": f"{base}{outside.token_of(link.id)}/"})
        if other:
            messages.send(other, _("The code for the link that went to another telephone: %(code)s. Tell it to nobody "
                                   "else.") % {"code": outside.code_of(link.id)})
    return Way(sealing.mask_phone(phone), "" if other else outside.code_of(link.id))


def make(case: Case, task: Task, deed_id: object) -> OutsideLink:
    """The row of a new link; the one before it ends. The case must be locked and looked at."""
    end_links(case, task, OutsideLink.Why.RENEWED)
    link_id, at = chance.uuid_for(str(deed_id), "link"), moment.now()
    way = outside.hashed(outside.token_of(link_id))
    link = OutsideLink(id=link_id, task=task, case=case, lead_id=case.unit_id, token=way,
                       code=outside.code_hash(link_id, outside.code_of(link_id)), made_at=at,
                       until=max(task.due_at or at, at) + GRACE)
    link.save(force_insert=True)
    seal(case, f"link:{link.id}", opened(case, f"way:{task.id}"))
    let_in(task, way)
    stay(case, Deed(deed_of(case, "link", link.id), "link_sent", still(case), party=task.party))
    return link


def revoke_link(asker: door.Asker, number: str, ref: str, key: str) -> None:
    """The lead ends a party's link at once; the task stays, and another link can be made. Raises Unseen, Refusal."""
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        task = one_of(case, ref)
        if not end_links(case, task, OutsideLink.Why.REVOKED):
            return
        let_in(task, None)
        stay(case, Deed(deed_of(case, "link_ended", task.id, key), "link_ended", still(case), party=task.party))


def end_links(case: Case, task: Task, why: str) -> int:
    """End whatever link this task has; gives how many there were."""
    return referring.links(case).filter(task=task, ended_at=None).update(ended_at=moment.now(), ended_why=why)


def let_in(task: Task, way: bytes | None) -> None:
    """What a policy compares with whoever comes by a link."""
    referral = referring.referral_of(task)
    if referral is not None:
        referral.way = way
        referral.save(update_fields=["way"])


def opened(case: Case, field: str) -> str:
    """One sealed text of the case; empty where there is none."""
    row = access.sealed(case).filter(field=field).first()
    return "" if row is None else sealing.unseal(case.wrapped, case.id, field, bytes(row.blob))


def try_code(token: str, code: str) -> bytes | None:
    """The way in that token and code open together, or nothing: one answer for every kind of failure.

    A wrong code is counted at its link, which ends after MOST_WRONG of them. How fast it may be tried is for the page.
    """
    way = outside.hashed(token)
    with door.open(door.Asker(outside=way)):
        try:
            link = outside.live(way, lock=True)
        except Unseen:
            return None
        if hmac.compare_digest(bytes(link.code), outside.code_hash(link.id, code)):
            link.opened_at = link.opened_at or moment.now()
            link.save(update_fields=["opened_at"])
            return way
        link.wrong += 1
        if link.wrong >= MOST_WRONG:
            link.ended_at, link.ended_why = moment.now(), OutsideLink.Why.WRONG
        link.save(update_fields=["wrong", "ended_at", "ended_why"])
        return None


def receive_outside(way: bytes) -> None:
    """The party outside says that the task has arrived. Raises Unseen."""
    with door.open(door.Asker(outside=way)):
        case, task = outside.opened(way, lock=True)
        received(case, task, deed_of(case, "task_received", task.id))


def answer_outside(way: bytes, answer: Answer, key: str) -> None:
    """Done, or not, in writing and with a ground from the list; the link ends with the task. Raises Unseen, Refusal."""
    check(answer.text)
    if answer.state == Task.State.REFUSED and answer.ground not in {
            one.label for one in catalogue.options("refusal_grounds")}:
        raise Refusal(gettext_lazy("Please choose a ground from the list."))
    with door.open(door.Asker(outside=way)):
        case, task = outside.opened(way, lock=True)
        give_answer(case, task, answer, deed_of(case, answer.verb, task.id, key, answer.text, answer.ground))


def reply_outside(way: bytes, text: str, files: list[tuple[str, bytes]], key: str) -> None:
    """Words and papers for the unit that leads; what it files is its own side's alone. Raises Unseen, Refusal."""
    if not text.strip() and not files:
        check(text)
    with door.open(door.Asker(outside=way)) as asker:
        case, task = outside.opened(way, lock=True)
        if text.strip():
            check(text)
            write_entry(case, task, text, key)
        for name, content in files:
            keep(case, asker, name, content, kind="paper", side=side_of(task), party=task.party)

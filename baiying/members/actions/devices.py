"""Browsers that signed in as somebody, and whether they are trusted; sessions that can be listed and ended.

A telephone number changes hands. So signing in by it shows only what would hurt nobody; the rest opens on a device on
which she typed the 查询码 of a case of hers, as long as the device is used at least every half year.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit.chance import fresh, uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.keys import keyring
from baiying.members import access
from baiying.members.models import Code, Device, Invitation, Person, SignIn

SILENCE = timedelta(days=183)  # after half a year without a visit a device is a stranger again
SEEN_EVERY = timedelta(minutes=5)  # how often a session's last visit is written down
DEVICE_SEEN_EVERY = timedelta(days=1)
LONGEST_TOKEN = 200
KEPT = timedelta(days=30)  # how long ended sessions, used codes and links are kept


def recognise(person_id: UUID, token: str, words: str) -> Device:
    """The browser with this cookie as hers, from now on; it is not trusted by that."""
    now, hashed = moment.now(), hashed_token(token)
    with door.open(Asker(who=person_id)):
        device, _made = Device.objects.get_or_create(person_id=person_id, hashed=hashed, defaults={
            "id": uuid_for(person_id.bytes + hashed, "device"), "words": words[:80], "since": now, "last_seen": now})
        if device.ended_at is not None or now - device.last_seen >= SILENCE:
            device.proved_at, device.ended_at, device.since = None, None, now
        device.last_seen = now
        device.save()
    return device


def knows_device(person_id: UUID, token: str) -> bool:
    """Whether this browser has signed in as her before and was not forgotten: then nobody asks whether it is she. A
    number changes hands, a browser hardly does."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return False
    with door.open(Asker(who=person_id)):
        return Device.objects.filter(person_id=person_id, hashed=hashed_token(token), ended_at=None).exists()


def is_trusted(device: Device | None, now: datetime) -> bool:
    """Whether a 查询码 of hers was typed on it and it was used within half a year."""
    return (device is not None and device.ended_at is None and device.proved_at is not None
            and now - device.last_seen < SILENCE)


def come_back(person_id: UUID, sign_in: UUID, token: str) -> tuple[Person, bool] | None:
    """Who is signed in by telephone in this session, and whether on a trusted device; nobody when it is over.

    A visit a day is written down for the device, one every few minutes for the session.
    """
    now = moment.now()
    token = token if len(token) <= LONGEST_TOKEN else ""  # anybody may send any cookie
    if visit(sign_in, person_id) is None:
        return None
    with door.open(Asker(who=person_id)):
        person = access.people().filter(id=person_id, active=True, died_on=None, merged_into=None).first()
        device = Device.objects.filter(person_id=person_id, hashed=hashed_token(token)).first() if token else None
        trusted = is_trusted(device, now)
        if device is not None and trusted and now - device.last_seen >= DEVICE_SEEN_EVERY:
            Device.objects.filter(id=device.id).update(last_seen=now)
    return None if person is None else (person, trusted)


def prove_device(person_id: UUID, token: str, asker_id: UUID | None) -> bool:
    """Number and 查询码 of a case were typed on this browser while she was signed in: it is trusted from now on.

    ``asker_id`` is whose case it is (Case.asker). Only her own counts, or that of somebody found to be her; gives
    whether it did. Called by the find page after the door of the case has opened.
    """
    if asker_id is None or not 0 < len(token) <= LONGEST_TOKEN:
        return False
    with door.errand("members"):
        if not access.selves(person_id).filter(id=asker_id).exists():
            return False
    with door.open(Asker(who=person_id)):
        proved = Device.objects.filter(person_id=person_id, hashed=hashed_token(token), ended_at=None).update(
            proved_at=moment.now(), last_seen=moment.now())
        if proved:
            log.write("member.device_proved", person_id, str(person_id))
    return bool(proved)


def end_device(person_id: UUID, device_id: UUID) -> None:
    """She takes the trust from a device. Raises Unseen when it is not hers."""
    with door.open(Asker(who=person_id)):
        if not Device.objects.filter(id=device_id, person_id=person_id, ended_at=None).update(
                ended_at=moment.now(), proved_at=None):
            raise Unseen
        log.write("member.device_ended", person_id, str(person_id))


def begin(person_id: UUID, words: str, factor: str = "") -> UUID:
    """A session of hers begins; ``factor`` is what was shown beside the password. Gives its key."""
    now = moment.now()
    made = SignIn.objects.create(id=uuid_for(fresh(16), "sign in"), person_id=person_id, words=words[:80], since=now,
                                 last_seen=now, factor=factor)
    return made.id


def visit(sign_in: UUID, person_id: UUID) -> SignIn | None:
    """The session if it is still hers and was not ended; a visit every few minutes is written down."""
    now = moment.now()
    found = SignIn.objects.filter(id=sign_in, person_id=person_id, ended_at=None).first()
    if found is not None and now - found.last_seen >= SEEN_EVERY:
        SignIn.objects.filter(id=found.id).update(last_seen=now)
    return found


def strengthen(sign_in: UUID, factor: str) -> None:
    """A second factor was shown, or made, in a session that runs."""
    SignIn.objects.filter(id=sign_in, ended_at=None).update(factor=factor)


def end_session(person_id: UUID, sign_in: UUID) -> None:
    """End one session of hers; ending it twice is once. Raises Unseen when it is not hers."""
    with door.open(Asker(who=person_id)):
        if not SignIn.objects.filter(id=sign_in, person_id=person_id).exists():
            raise Unseen
        if SignIn.objects.filter(id=sign_in, ended_at=None).update(ended_at=moment.now()):
            log.write("member.session_ended", person_id, str(person_id))


def end_sessions(person_id: UUID, but: UUID | None = None) -> int:
    """End all sessions of hers, but perhaps the one she looks at them from; gives how many."""
    running = SignIn.objects.filter(~Q(id=but) if but else Q(), person_id=person_id, ended_at=None)
    return running.update(ended_at=moment.now())


def hashed_token(token: str) -> bytes:
    """How the table names a browser: a keyed hash of its cookie."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise Refusal(_("This browser keeps no cookies, so nobody can stay signed in with it. Allow cookies for this "
                        "address and try again."))
    return hmac.digest(keyring().subkey("device"), token.encode(), "sha256")


def sweep() -> int:
    """Delete codes, sessions and links that are over since a month; gives how many."""
    before = moment.now() - KEPT
    gone = SignIn.objects.filter(last_seen__lt=before).delete()[0]
    with door.errand("members"):
        gone += Code.objects.filter(sent_at__lt=before).delete()[0]
        gone += Invitation.objects.filter(made_at__lt=before).delete()[0]
    return gone

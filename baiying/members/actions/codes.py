"""Signing in by a code that is sent to a telephone.

Every number gets one, known or not, after the same work: nobody learns from this page who has an account. Whether
there is a person is looked up only after the code was typed.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, messages, moment, rate, sealing
from baiying.kit.chance import fresh, uuid_for
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring
from baiying.members import access, identity
from baiying.members.actions.accounts import telephone_of
from baiying.members.actions.matching import NO_PASSWORD
from baiying.members.models import Code, Person, Telephone

DIGITS, TRIES = 6, 5
LIVES = timedelta(minutes=5)
#: Codes to one telephone from one address in a quarter of an hour; to one telephone in a day, from anywhere; from one
#: address in a quarter of an hour: an office or a telephone carrier sits behind one.
SENT_HERE, SENT_A_DAY, SENT_FROM, WINDOW, DAY = 3, 10, 30, 900, 86400
TRIED_FROM = 120


@dataclass(frozen=True)
class Proved:
    """A telephone whose code was typed, and everybody who is reached there."""

    telephone: str
    people: tuple[Person, ...]


def send_code(telephone: str, source: str = "") -> UUID:
    """Send a code to this telephone; gives what the browser that asked must bring to use it.

    :raises Refusal: it is no telephone number, or too many codes were sent (429).
    """
    plain = identity.check_telephone(telephone)
    if not plain:
        raise Refusal(_("Please type your telephone number: a code goes there."))
    allowed = [
        rate.allow("code_here", f"{plain} {source}", SENT_HERE, WINDOW),
        rate.allow("code_a_day", plain, SENT_A_DAY, DAY),
        not source or rate.allow("code_from", source, SENT_FROM, WINDOW),
    ]
    if not all(allowed):
        raise Refusal(_("Too many codes were asked for this number or from this place. Wait a quarter of an hour, or "
                        "look up your case with number and query code."), status=429)
    code = f"{int.from_bytes(fresh(8), 'big') % 10 ** DIGITS:0{DIGITS}d}"
    made = uuid_for(fresh(16), "code")
    with door.errand("members"):
        Code.objects.create(id=made, index=access.telephone_index(plain), hashed=_hashed(made, code),
                            sealed=sealing.seal_with(_house(), made.bytes, plain.encode()), sent_at=moment.now())
    sentence = gettext("%(code)s is your code for Baiying, good for five minutes. Tell it to nobody, not even to our "
                       "people.")
    messages.send(plain, sentence % {"code": code})
    return made


def prove_code(asked: UUID, typed: str, source: str = "") -> Proved:
    """The telephone whose code this is; a code serves once.

    :raises Refusal: it is wrong, too old, used or tried too often, in one sentence for all.
    """
    if source and not rate.allow("code_tried", source, TRIED_FROM, WINDOW):
        raise Refusal(_("Too many tries. Wait a quarter of an hour, then try again."), status=429)
    digits = "".join(sign for sign in identity.plain_digits(typed) if sign.isdecimal())
    with door.errand("members"):
        counted = Code.objects.filter(id=asked, used_at=None, tries__lt=TRIES, sent_at__gt=moment.now() - LIVES)
        alive = counted.update(tries=F("tries") + 1)
        found = Code.objects.filter(id=asked).first()
        fits = hmac.compare_digest(bytes(found.hashed) if found else b"", _hashed(asked, digits))
        if alive and found is not None and fits and Code.objects.filter(id=asked, used_at=None).update(
                used_at=moment.now()):
            telephone = sealing.unseal_with(_house(), asked.bytes, bytes(found.sealed)).decode()
            return Proved(telephone, tuple(access.holders(bytes(found.index))))
    raise Refusal(_("This code does not fit, or its five minutes are over. Look at the message again, "
                    "or have a new code sent."))


def ticket(proved: Proved) -> str:
    """A proved telephone for the session to hold while she says who she is: sealed, as sessions lie in the database."""
    return base64.b64encode(sealing.seal_with(_house(), b"ticket", proved.telephone.encode())).decode()


def of_ticket(held: str) -> Proved:
    """The proved telephone again, with everybody who is reached there now."""
    telephone = sealing.unseal_with(_house(), b"ticket", base64.b64decode(held)).decode()
    with door.errand("members"):
        return Proved(telephone, tuple(access.holders(access.telephone_index(telephone))))


def person_of(proved: Proved, chosen: UUID | None = None) -> Person:
    """The person who signs in with a proved telephone; somebody new when nobody was chosen.

    :raises Refusal: the chosen person is not reached at this telephone.
    """
    person = next((one for one in proved.people if one.id == chosen), None)
    if chosen is not None and person is None:
        raise Refusal(_("That person is not reached at this number any more. Please sign in again."))
    with door.errand("members"):
        if person is None:
            person = _new_person(proved.telephone)
        index = access.telephone_index(proved.telephone)
        Telephone.objects.filter(person=person, index=index).update(proved_at=moment.now())
        log.write("member.signed_in", person.id, str(person.id))
    return person


def _new_person(telephone: str) -> Person:
    """Somebody of whom only the telephone is known."""
    person = Person(id=uuid_for(fresh(16), "member"), name="", password=NO_PASSWORD)
    person.key = sealing.new_key(person.id)
    person.save(force_insert=True)
    telephone_of(person, telephone).save(force_insert=True)
    return person


def _hashed(asked: UUID, code: str) -> bytes:
    return hmac.digest(keyring().subkey("member code"), asked.bytes + code.encode(), "sha256")


def _house() -> bytes:
    return keyring().subkey("member code telephone")

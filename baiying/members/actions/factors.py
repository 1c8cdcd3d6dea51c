"""The second factor of staff: TOTP (RFC 6238), a passkey (WebAuthn), and ten backup codes.

A secret that the server must know (TOTP) is sealed under her key; of backup codes only keyed hashes are kept.
"""

from __future__ import annotations

import base64
import hmac
import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
)

from baiying.kit import door, log, messages, moment, rate, sealing
from baiying.kit.chance import LETTERS, fresh, uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.keys import keyring
from baiying.members import queries
from baiying.members.actions.devices import end_sessions
from baiying.members.identity import plain_digits
from baiying.members.models import Factor, Person

SECRET_BYTES, DIGITS, STEP = 20, 6, 30
AROUND = 1  # steps of half a minute that a telephone's clock may be ahead or behind
UNCONFIRMED = -1  # Factor.step of a secret whose first code was not typed yet
BACKUP_CODES, BACKUP_LETTERS = 10, 10
TRIES, WINDOW = 6, 300
Json = Mapping[str, Any]
#: What the parts of a passkey raise when what came is none, or was made up.
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, struct.error)


def begin_totp(person: Person) -> str:
    """A new secret for her authenticator, in base32; it counts once a code of it was typed (``confirm_totp``).

    :raises Refusal: she has one already.
    """
    secret = fresh(SECRET_BYTES)
    with _hers(person) as owner:
        if _factors(owner).filter(kind=Factor.Kind.TOTP, step__gt=UNCONFIRMED).exists():
            raise Refusal(_("You have an authenticator already. Remove it first, then add the new one."))
        _factors(owner).filter(kind=Factor.Kind.TOTP).delete()
        row = uuid_for(fresh(16), "factor")
        told = base64.b32encode(secret).decode()
        Factor.objects.create(id=row, person=owner, kind=Factor.Kind.TOTP, step=UNCONFIRMED, since=moment.now(),
                              sealed=sealing.seal(_key_of(owner), owner.id, "totp", told, row))
    return told


def pending_totp(person: Person) -> str:
    """The secret that waits for its first code, in base32; a new one when there is none."""
    with _hers(person) as owner:
        waiting = _factors(owner).filter(kind=Factor.Kind.TOTP, step=UNCONFIRMED).first()
        if waiting is not None:
            return _secret(owner, waiting)
    return begin_totp(person)


def confirm_totp(person: Person, typed: str) -> list[str]:
    """The first code of a new authenticator; gives her backup codes when she had none yet, once.

    :raises Refusal: it does not fit.
    """
    _limited(person)
    with _hers(person) as owner:
        waiting = _factors(owner).filter(kind=Factor.Kind.TOTP, step=UNCONFIRMED).first()
        if waiting is None or not _uses_step(waiting, _secret(owner, waiting), typed):
            raise Refusal(_("This code does not fit. Type the six digits that your authenticator shows now; its clock "
                            "must be right."))
        log.write("member.factor_added", owner.id, str(owner.id), {"kind": "totp"})
        return _first_backup_codes(owner)


def otpauth(person: Person, secret: str, house: str) -> str:
    """What an authenticator reads from the QR code (Key Uri Format)."""
    made = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)
    return made.get_provisioning_uri(str(person.login or person.id), house)


def passkey_options(person: Person, host: str, house: str) -> tuple[Json, Json]:
    """What the browser needs to make a passkey, and what the session keeps until it comes back."""
    with _hers(person) as owner:
        user = PublicKeyCredentialUserEntity(id=owner.id.bytes, name=str(owner.login), display_name=owner.name)
        options, state = _server(host, house).register_begin(user, _credentials(owner), user_verification=None)
    return dict(options), state


def add_passkey(person: Person, host: str, name: str, state: Json, answer: str) -> list[str]:
    """Keep the passkey that the browser made; gives her backup codes when she had none yet, once.

    :raises Refusal: what came does not belong to what was asked.
    """
    try:
        made = _server(host, "").register_complete(state, _read(answer)).credential_data
        if made is None:
            raise ValueError("no credential came")
    except BROKEN as error:
        raise Refusal(_("The passkey was not made. Press the button again and follow what the device says.")) from error
    with _hers(person) as owner:
        row, index = uuid_for(fresh(16), "factor"), _hashed(owner.id, made.credential_id.hex())
        if _factors(owner).filter(index=index).exists():
            raise Refusal(_("You have added this passkey already. It works as it is."))
        told = base64.b64encode(bytes(made)).decode()
        Factor.objects.create(id=row, person=owner, kind=Factor.Kind.PASSKEY, name=name[:80], since=moment.now(),
                              index=index,
                              sealed=sealing.seal(_key_of(owner), owner.id, "passkey", told, row))
        log.write("member.factor_added", owner.id, str(owner.id), {"kind": "passkey"})
        return _first_backup_codes(owner)


def challenge(person: Person, host: str) -> tuple[Json, Json] | None:
    """What the browser needs to show a passkey, and what the session keeps; nothing when she has none."""
    with _hers(person) as owner:
        known = _credentials(owner)
    if not known:
        return None
    options, state = _server(host, "").authenticate_begin(known)
    return dict(options), state


def show_passkey(person: Person, host: str, state: Json, answer: str) -> str:
    """A passkey as second factor; gives its kind. Raises Refusal when it is none of hers."""
    _limited(person)
    with _hers(person) as owner:
        try:
            told = _read(answer)
            used = _server(host, "").authenticate_complete(state, _credentials(owner), told)
            counted = AuthenticationResponse.from_dict(told).response.authenticator_data.counter
            mine = _factors(owner).filter(index=_hashed(owner.id, used.credential_id.hex()))
            # a device that counts its uses and has counted too few is a copy (WebAuthn 7.2, step 22)
            if not mine.filter(Q(step__lt=counted) | Q(step=0)).update(step=counted, used_at=moment.now()):
                raise ValueError("the passkey was copied")
        except BROKEN as error:
            raise Refusal(_("This passkey does not open this account. Use another one, or a code.")) from error
    return Factor.Kind.PASSKEY.value


def show_code(person: Person, typed: str) -> str:
    """A code of her authenticator or a backup code as second factor; gives which of the two. Each serves once.

    :raises Refusal: it fits neither, was used before, or there were too many tries.
    """
    _limited(person)
    with _hers(person) as owner:
        totp = _factors(owner).filter(kind=Factor.Kind.TOTP, step__gt=UNCONFIRMED).first()
        if totp is not None and _uses_step(totp, _secret(owner, totp), typed):
            return Factor.Kind.TOTP.value
        hashed = _hashed(owner.id, plain_digits(typed).upper())
        if _factors(owner).filter(kind=Factor.Kind.BACKUP, index=hashed, used_at=None).update(used_at=moment.now()):
            log.write("member.backup_used", owner.id, str(owner.id))
            return Factor.Kind.BACKUP.value
    raise Refusal(_("This code does not fit, or it was used before. Wait for the next one, or type a backup code."))


def new_backup_codes(person: Person) -> list[str]:
    """Ten new backup codes, shown once; the old ones open nothing any more."""
    with _hers(person) as owner:
        return _backup_codes(owner)


def remove_factor(person: Person, factor_id: UUID) -> None:
    """She removes an authenticator or a passkey. Raises Unseen when it is not hers."""
    with _hers(person) as owner:
        gone = _factors(owner).filter(~Q(kind=Factor.Kind.BACKUP), id=factor_id).delete()[0]
        if not gone:
            raise Unseen
        if not _factors(owner).exclude(kind=Factor.Kind.BACKUP).filter(step__gt=UNCONFIRMED).exists():
            _factors(owner).delete()  # backup codes stand in for something; alone they are a second password
        log.write("member.factor_removed", owner.id, str(owner.id))


def reset_factors(person: Person, by: UUID) -> None:
    """Take away every second factor of somebody who has lost hers, end her sessions, and tell her.

    Whoever calls this has seen that ``by`` administers her unit (power of the page). Raises Refusal: nobody resets her
    own, as whoever has taken over a session would.
    """
    if by == person.id:
        raise Refusal(_("Nobody resets her own second factor. Ask another administrator of your unit."))
    with _hers(person) as owner:
        _factors(owner).delete()
        log.write("member.factors_reset", owner.id, str(by))
    end_sessions(person.id)
    for telephone in queries.telephones(person.id)[:1]:
        messages.send(telephone, gettext("Your second factor for Baiying was reset by your unit's administrator. "
                                      "If you did not ask for it, call your unit now."))


@contextmanager
def _hers(person: Person) -> Iterator[Person]:
    """Her own door; gives her with her key, locked."""
    with door.open(Asker(who=person.id)):
        yield Person.objects.select_for_update().get(id=person.id)


def _factors(owner: Person) -> QuerySet[Factor]:
    return Factor.objects.filter(person=owner)


def _key_of(owner: Person) -> bytes:
    """Her key; somebody of whom nothing was sealed so far gets one."""
    if owner.key is None:
        owner.key = sealing.new_key(owner.id)
        Person.objects.filter(id=owner.id).update(key=owner.key)
    return bytes(owner.key)


def _secret(owner: Person, factor: Factor) -> str:
    return sealing.unseal(owner.wrapped, owner.id, "totp", bytes(factor.sealed or b""), factor.id)


def _uses_step(factor: Factor, secret: str, typed: str) -> bool:
    """Whether the code is of a step near now that was not used yet; it is used by that."""
    made = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)
    present, digits = int(moment.now().timestamp()) // STEP, plain_digits(typed).encode()
    fitting = [step for step in range(present - AROUND, present + AROUND + 1)
               if hmac.compare_digest(made.generate(step * STEP), digits)]
    used = [step for step in fitting if step > factor.step and Factor.objects.filter(id=factor.id, step__lt=step)
            .update(step=step, used_at=moment.now())]
    return bool(used)


def _first_backup_codes(owner: Person) -> list[str]:
    return [] if _factors(owner).filter(kind=Factor.Kind.BACKUP).exists() else _backup_codes(owner)


def _backup_codes(owner: Person) -> list[str]:
    """Ten codes in two groups of five letters (49 bits each)."""
    _factors(owner).filter(kind=Factor.Kind.BACKUP).delete()
    codes = ["".join(LETTERS[number % len(LETTERS)] for number in fresh(BACKUP_LETTERS)) for _ in range(BACKUP_CODES)]
    Factor.objects.bulk_create(
        Factor(id=uuid_for(fresh(16), "factor"), person=owner, kind=Factor.Kind.BACKUP, since=moment.now(),
               index=_hashed(owner.id, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _credentials(owner: Person) -> list[AttestedCredentialData]:
    sealed = ((one.id, bytes(one.sealed or b"")) for one in _factors(owner).filter(kind=Factor.Kind.PASSKEY))
    return [AttestedCredentialData(base64.b64decode(sealing.unseal(owner.wrapped, owner.id, "passkey", blob, row)))
            for row, blob in sealed]


def _read(answer: str) -> dict[str, Any]:
    """What the browser sent. Raises ValueError when it is no object."""
    told = json.loads(answer)
    if not isinstance(told, dict):
        raise ValueError("no object came")
    return told


def _server(host: str, house: str) -> Fido2Server:
    """WebAuthn for the name under which the page was opened, without the port."""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=house or host))


def _hashed(person_id: UUID, told: str) -> bytes:
    return hmac.digest(keyring().subkey("factor"), person_id.bytes + told.encode(), "sha256")


def _limited(person: Person) -> None:
    """Raises Refusal after too many tries: six digits are soon guessed otherwise."""
    if not rate.allow("factor", person.id.bytes, TRIES, WINDOW):
        raise Refusal(_("Too many tries. Wait five minutes, then try again."), status=429)

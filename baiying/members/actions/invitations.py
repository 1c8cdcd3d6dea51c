"""A colleague comes by a link that is good once and for seven days; with it she sets her password.

Until then her account is not active, so that no case waits for somebody who cannot come in.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit.chance import fresh, uuid_for
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring
from baiying.members.actions.accounts import NewPerson, add_person, check_new_password
from baiying.members.actions.devices import end_sessions
from baiying.members.actions.matching import NO_PASSWORD
from baiying.members.identity import check_name, check_telephone
from baiying.members.models import Invitation, Person
from baiying.network import queries as network

LIVES = timedelta(days=7)
TOKEN_BYTES = 24


@dataclass(frozen=True)
class Invited:
    """Who was invited, and what her link ends with; it is told once and kept nowhere."""

    person: Person
    token: str


def invite(key: str, login: str, name: str, by: UUID, telephone: str = "") -> Invited:
    """Make an account that opens by a link; the same key twice is one account and a fresh link.

    ``by`` is who invites; that she may is the power of the page. The post is given by the network.

    :raises Refusal: the login is taken or none, or the name or telephone is none.
    """
    telephone = check_telephone(telephone)
    try:
        with transaction.atomic():
            person = add_person(NewPerson(key, login.strip().lower(), check_name(name), telephone=telephone or None))
            Person.objects.filter(id=person.id, password__startswith=NO_PASSWORD).update(active=False)
    except (DataError, IntegrityError) as error:
        raise Refusal(_("This account cannot be made. Choose another login and try again.")) from error
    return invite_again(person, by)


def invite_again(person: Person, by: UUID) -> Invited:
    """A new link for a colleague: the first was lost, or she has forgotten her password. Older links end."""
    token = base64.urlsafe_b64encode(fresh(TOKEN_BYTES)).decode()
    with door.errand("members"):
        Invitation.objects.filter(person=person, used_at=None, ended_at=None).update(ended_at=moment.now())
        Invitation.objects.create(id=uuid_for(fresh(16), "invitation"), person=person, hashed=_hashed(token), by_id=by,
                                  made_at=moment.now())
        log.write("member.invited", person.id, str(by))
    return Invited(Person.objects.get(id=person.id), token)


def invited(token: str) -> Person:
    """Whom a link invites. Raises Refusal: it was used, is older than seven days, or never was one."""
    with door.errand("members"):
        found = _living(token)
        if found is None:
            raise _over()
        return found.person


def accept_invitation(token: str, password: str) -> Person:
    """She sets her password by the link, which is used by that; her account is active from now on.

    :raises Refusal: the link is over, or the password is too weak.
    """
    person = invited(token)
    check_new_password(password, str(person.login or ""))
    with door.errand("members"):
        living = _living(token)
        if living is None or not Invitation.objects.filter(id=living.id, used_at=None).update(used_at=moment.now()):
            raise _over()
        Person.objects.filter(id=person.id).update(active=True, password=make_password(password))
        network.forget()
        log.write("member.invitation_used", person.id, str(person.id))
    end_sessions(person.id)
    return Person.objects.get(id=person.id)


def _living(token: str) -> Invitation | None:
    return Invitation.objects.select_related("person").filter(
        hashed=_hashed(token), used_at=None, ended_at=None, made_at__gt=moment.now() - LIVES).first()


def _over() -> Refusal:
    return Refusal(_("This link was used already, is older than seven days, or was copied only in part. "
                     "Ask the administrator of your unit for a new one."), status=410)


def _hashed(token: str) -> bytes:
    return hmac.digest(keyring().subkey("invitation"), token[:100].encode(), "sha256")

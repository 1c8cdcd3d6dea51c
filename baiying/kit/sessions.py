"""Sessions in the database under a keyed hash of their key: who reads the database, or a backup of it, can neither
take a session over nor open the drafts behind it.

Named by SESSION_ENGINE. Django's own store keeps the key of the cookie as it is.
"""

from __future__ import annotations

import hmac
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from baiying.kit import moment
from baiying.kit.keys import keyring

HELD_BYTES = 20  # the column has 40 characters


def held(session_key: str) -> str:
    """How the table names a session."""
    return hmac.digest(keyring().subkey("session"), session_key.encode(), "sha256")[:HELD_BYTES].hex()


class SessionStore(db.SessionStore):
    """Django's store of sessions in the database, which never sees a key."""

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(session_key=held(str(self.session_key)), expire_date__gt=moment.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=held(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(session_key=held(str(self.session_key)), session_data=self.encode(data),
                       expire_date=self.get_expiry_date(modification=moment.now()))

    def delete(self, session_key: str | None = None) -> None:
        ended = session_key or self.session_key
        if ended is not None:
            Session.objects.filter(session_key=held(ended)).delete()


def sweep() -> int:
    """Delete the sessions that are over; gives how many."""
    return Session.objects.filter(expire_date__lte=moment.now()).delete()[0]

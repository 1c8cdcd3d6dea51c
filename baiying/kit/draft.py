"""Drafts lie on the server behind the session, never in the browser's storage.

The key of a draft is made of the session's key and a master key, so neither the database nor the keyring alone
opens it, and nobody finds a draft without the session. Whoever signs out or leaves by quick exit drops them.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.kit.keys import MASTER_ID_BYTES, KeysMissing, keyring, master
from baiying.kit.sealing import Altered, seal_with, unseal_with

LIMIT = 100_000  # characters
KEEP = """
    INSERT INTO kit_draft (session, name, sealed, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (session, name) DO UPDATE SET sealed = excluded.sealed, at = excluded.at"""


def keep(session_key: str, name: str, text: str) -> None:
    """Keep a draft under a name of the page's choosing, in place of an older one. Raises Refusal when too long."""
    if len(text) > LIMIT:
        raise Refusal(_("The draft is longer than %(limit)d characters and was not kept. "
                        "Shorten it, or send it in parts."), limit=LIMIT)
    ring, session = keyring(), _session(session_key)
    sealed = ring.current + seal_with(_key(ring.masters[ring.current], session_key), _binding(session, name),
                                      text.encode())
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [session, name, sealed, moment.now()])


def read(session_key: str, name: str) -> str | None:
    """The draft, or None when there is none that this session can open."""
    session = _session(session_key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM kit_draft WHERE session = %s AND name = %s", [session, name])
        row = cursor.fetchone()
    if row is None:
        return None
    sealed = bytes(row[0])
    wrapped_by = sealed[:MASTER_ID_BYTES]
    try:
        key = _key(master(wrapped_by).masters[wrapped_by], session_key)
        return unseal_with(key, _binding(session, name), sealed[MASTER_ID_BYTES:]).decode()
    except (Altered, KeysMissing):  # a draft is a convenience: one that does not open is one that is not there
        return None


def drop(session_key: str, name: str | None = None) -> None:
    """Delete one draft, or all of the session (signing out, quick exit)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_draft WHERE session = %s AND (%s::text IS NULL OR name = %s)",
                       [_session(session_key), name, name])


def sweep(older_than: timedelta = timedelta(hours=24)) -> int:
    """Delete drafts that nobody has touched for so long; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_draft WHERE at < %s", [moment.now() - older_than])
        return int(cursor.rowcount)


def _session(session_key: str) -> bytes:
    """How the table names a session: a keyed hash, useless for taking the session over."""
    return hmac.digest(keyring().subkey("draft session"), session_key.encode(), "sha256")


def _key(master_key: bytes, session_key: str) -> bytes:
    return hmac.digest(master_key, b"kit.draft" + session_key.encode(), "sha256")


def _binding(session: bytes, name: str) -> bytes:
    return b"kit.draft" + session + name.encode()

"""AES-256-GCM under a key per case; the key itself wrapped by a master key that is not in the database.

The wrapped key is bound to its case, a sealed field to its case, its name and (where given) its row, so that
neither can be moved to where it does not belong. Forgetting the wrapped key forgets the person: to destroy
a case's key, store NULL in its place: the key is fresh, and nothing derives it again.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal
from baiying.kit.keys import KEY_BYTES, MASTER_ID_BYTES, NONCE_BYTES, WRAP_FORMAT, keyring, master

FIELD_FORMAT = b"\x01"
TAG_BYTES = 16


class Altered(Refusal):
    """A sealed field does not open: it was altered, or brought from another place."""

    status = 500

    def __init__(self) -> None:
        super().__init__(_("A sealed record does not open, because it was altered outside this program. "
                           "Nothing was changed. Tell the operator to run baiying verify log."))


class Forgotten(Refusal):
    """The key of this case was destroyed, as the person or the law asked."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("What was told here has been erased for good, as its retention ended or erasure was asked. "
                           "Only the count remains."))


def new_key(case: UUID) -> bytes:
    """A fresh key for this case, wrapped by the current master key; store it with the case."""
    return keyring().wrap(fresh(KEY_BYTES), _case_binding(case))


def seal(wrapped: bytes | None, case: UUID, field: str, text: str, row: UUID | None = None) -> bytes:
    """Encrypt a text for one field of one case (and one row of it). Raises Forgotten when the key is gone."""
    return seal_with(open_key(wrapped, case), _field_binding(case, field, row), text.encode())


def unseal(wrapped: bytes | None, case: UUID, field: str, blob: bytes, row: UUID | None = None) -> str:
    """The text again. Raises Altered when anything was changed or moved, Forgotten when the key is gone."""
    return unseal_with(open_key(wrapped, case), _field_binding(case, field, row), blob).decode()


def rewrap(wrapped: bytes, case: UUID) -> bytes:
    """The same key under the current master key; given back untouched when it already is."""
    if is_current(wrapped):
        return bytes(wrapped)
    return keyring().wrap(open_key(wrapped, case), _case_binding(case))


def is_current(wrapped: bytes) -> bool:
    """Whether the current master key wraps this key."""
    return bytes(wrapped[:1 + MASTER_ID_BYTES]) == WRAP_FORMAT + keyring().current


def seal_with(key: bytes, binding: bytes, plain: bytes) -> bytes:
    """Format byte, nonce, AES-256-GCM; for keys that are not a case's (log, drafts)."""
    nonce = fresh(NONCE_BYTES)
    return FIELD_FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, FIELD_FORMAT + binding)


def unseal_with(key: bytes, binding: bytes, blob: bytes) -> bytes:
    """The inverse of ``seal_with``. Raises Altered."""
    blob = bytes(blob)
    if blob[:1] != FIELD_FORMAT or len(blob) < 1 + NONCE_BYTES + TAG_BYTES:
        raise Altered
    try:
        return AESGCM(key).decrypt(blob[1:1 + NONCE_BYTES], blob[1 + NONCE_BYTES:], FIELD_FORMAT + binding)
    except InvalidTag:
        raise Altered from None


def open_key(wrapped: bytes | None, case: UUID) -> bytes:
    """The bare key of a case, for this package alone: it never leaves the sealing."""
    if wrapped is None:
        raise Forgotten
    wrapped = bytes(wrapped)
    if len(wrapped) <= 1 + MASTER_ID_BYTES + NONCE_BYTES:
        raise Altered
    try:
        ring = master(wrapped[1:1 + MASTER_ID_BYTES])
        return ring.unwrap(wrapped, _case_binding(case))
    except InvalidTag:
        raise Altered from None


def _case_binding(case: UUID) -> bytes:
    return b"kit.case" + case.bytes


@lru_cache(maxsize=256)
def _name_binding(field: str) -> bytes:
    name = field.encode()
    return b"kit.field" + len(name).to_bytes(2, "big") + name


def _field_binding(case: UUID, field: str, row: UUID | None) -> bytes:
    return _name_binding(field) + case.bytes + (row.bytes if row is not None else b"")

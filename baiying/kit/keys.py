"""The keyring: the secrets of this installation, outside the database and outside its backups.

It lies in ``settings.BAIYING_KEYS / "ring"`` (0700), one small file a key (0600), hexadecimal:

* ``master-<id>``: master keys that wrap other keys; ``current`` names the one that wraps new ones;
* ``seed``: from it every derived number and identifier comes (kit.chance);
* ``index``: blind indexes and the door of a case; ``log``: keyed hashes and the chain of the log;
* ``payload``: the key of log lines that belong to no case, wrapped by a master key.

A database remembers the fingerprint of the keyring it was filled under, so that a lost folder is
never silently replaced by a new one that could open nothing.
"""

from __future__ import annotations

import hmac
import os
import shutil
import stat
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.kit import durable
from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal

FOLDER = "ring"
KEY_BYTES = 32
NONCE_BYTES = 12
MASTER_ID_BYTES = 4
STABLE = ("seed", "index", "log")  # never rotated: numbers, indexes and the chain depend on them
WRAP_FORMAT = b"\x01"
PAYLOAD_BINDING = b"kit.log.payload"
GONE = 0  # the mark of a folder that is not there; a process that has read it goes on with what it read
_lock = threading.Lock()


class KeysMissing(Refusal):
    """The keyring cannot be used; the sentence tells the operator what to do."""

    status = 503


@dataclass(frozen=True)
class Keyring:
    """The keys, read once. ``masters`` by id; ``current`` wraps what is new."""

    folder: Path
    masters: dict[bytes, bytes] = field(repr=False)
    current: bytes
    seed: bytes = field(repr=False)
    index: bytes = field(repr=False)
    log: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    _subkeys: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def fingerprint(self) -> bytes:
        """32 bytes that name this keyring and betray nothing; the same before and after a rotation."""
        return hmac.digest(self.seed, b"baiying keyring" + self.index + self.log, "sha256")

    def subkey(self, purpose: str) -> bytes:
        """A key of its own for one purpose, from the log or index family by the purpose's first word."""
        known = self._subkeys.get(purpose)
        if known is None:
            root = self.log if purpose.startswith("log") else self.index
            known = self._subkeys[purpose] = hmac.digest(root, b"subkey:" + purpose.encode(), "sha256")
        return known

    def wrap(self, key: bytes, binding: bytes) -> bytes:
        """Encrypt a key under the current master key: format, master id, nonce, AES-256-GCM."""
        nonce = fresh(NONCE_BYTES)
        head = WRAP_FORMAT + self.current
        return head + nonce + AESGCM(self.masters[self.current]).encrypt(nonce, key, head + binding)

    def unwrap(self, wrapped: bytes, binding: bytes) -> bytes:
        """The inverse of ``wrap``. Raises InvalidTag when altered or bound to something else, KeyError
        when the master key is not on this ring."""
        wrapped = bytes(wrapped)
        start = 1 + MASTER_ID_BYTES
        head, nonce, body = wrapped[:start], wrapped[start:start + NONCE_BYTES], wrapped[start + NONCE_BYTES:]
        if head[:1] != WRAP_FORMAT or len(body) < 16:
            raise InvalidTag
        return AESGCM(self.masters[head[1:]]).decrypt(nonce, body, head + binding)

# The setting, what was read there, the path of the current key, and its mark.
_kept: tuple[object, Keyring | None, str, int] = (None, None, "", 0)


def folder() -> Path:
    """Where the keyring of this installation lies."""
    return Path(settings.BAIYING_KEYS) / FOLDER


def keyring() -> Keyring:
    """The keyring, read again only when another process has rotated; made on the first use of an empty installation.

    Raises KeysMissing when it is unreadable, or missing although the database was filled under one.
    """
    place, ring, current, mark = _kept
    if ring is not None and place is settings.BAIYING_KEYS and mark == _mark(current):
        return ring
    return reload()


def reload() -> Keyring:
    """Read the folder, also when another process has rotated."""
    global _kept
    found = folder()
    with _lock:
        if not found.exists():
            _refuse_if_remembered(found)
            create(found)
        current = str(found / "current")
        mark = _mark(current)  # before reading: a rotation meanwhile is noticed the next time
        ring = _read(found)
        _kept = (settings.BAIYING_KEYS, ring, current, mark)
    return ring


def _mark(current: str) -> int:
    """What changes when another master key becomes the current one: its file is then a new one (two microseconds)."""
    try:
        return os.stat(current).st_mtime_ns
    except FileNotFoundError:
        return GONE


def master(wanted: bytes) -> Keyring:
    """The keyring that holds this master key, read again when another process has just made it."""
    ring = keyring()
    if wanted in ring.masters:
        return ring
    ring = reload()
    if wanted not in ring.masters:
        raise KeysMissing(_("The master key %(id)s is not in the key folder %(folder)s, so what it sealed cannot be "
                            "opened. Put the key folder of the backup that belongs to this database there."),
                          id=wanted.hex(), folder=ring.folder)
    return ring


def create(at: Path) -> None:
    """Make a new keyring at this path, whole or not at all; when another process was faster, its ring stays."""
    at.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh_folder = Path(tempfile.mkdtemp(prefix=".ring-", dir=at.parent))
    try:
        for name in STABLE:
            _write(fresh_folder / name, fresh(KEY_BYTES).hex())
        first = fresh(MASTER_ID_BYTES)
        secret = fresh(KEY_BYTES)
        _write(fresh_folder / f"master-{first.hex()}", secret.hex())
        _write(fresh_folder / "current", first.hex())
        only = Keyring(at, {first: secret}, first, b"", b"", b"", b"")
        _write(fresh_folder / "payload", only.wrap(fresh(KEY_BYTES), PAYLOAD_BINDING).hex())
        try:
            fresh_folder.rename(at)
        except OSError:
            if not at.exists():
                raise
    finally:
        shutil.rmtree(fresh_folder, ignore_errors=True)


def add_master() -> bytes:
    """Make a new master key the current one and wrap the log's payload key under it; gives its id.

    Older masters stay, so that everything opens until it is wrapped anew (kit.sealing.rotate).
    """
    ring = reload()
    new, secret = fresh(MASTER_ID_BYTES), fresh(KEY_BYTES)
    _write(ring.folder / f"master-{new.hex()}", secret.hex())
    grown = Keyring(ring.folder, ring.masters | {new: secret}, new, b"", b"", b"", b"")
    _write(ring.folder / "payload", grown.wrap(ring.payload, PAYLOAD_BINDING).hex())
    _write(ring.folder / "current", new.hex())
    reload()
    return new


def drop_master(old: bytes) -> None:
    """Destroy a master key that wraps nothing any more. The current one is never dropped."""
    ring = reload()
    if old == ring.current:
        raise KeysMissing(_("The current master key cannot be dropped, because new keys are wrapped by it. "
                            "Rotate first, then drop the old one."))
    (ring.folder / f"master-{old.hex()}").unlink(missing_ok=True)
    reload()


def establish() -> Keyring:
    """Called after migrating (kit.apps): the keyring and the database are made known to one another.

    Raises KeysMissing when the database was filled under another keyring.
    """
    from baiying.kit import moment
    from baiying.kit.models import Remembered

    ring = keyring()
    Remembered.objects.bulk_create([Remembered(id=1, fingerprint=ring.fingerprint, at=moment.now())],
                                   ignore_conflicts=True)
    trouble = disagreement()
    if trouble is not None:
        raise trouble
    return ring


def disagreement() -> KeysMissing | None:
    """What is wrong between the key folder and this database, or None (for `baiying doctor`)."""
    remembered = _remembered()
    if remembered is None or hmac.compare_digest(remembered, keyring().fingerprint):
        return None
    return KeysMissing(_("The keys in %(folder)s are not those under which this database was filled, so nothing sealed "
                         "could be opened. Put the key folder that belongs to this database there; "
                         "it is backed up apart from the data."), folder=folder())


def _refuse_if_remembered(at: Path) -> None:
    """No new keyring for a database that holds what an old one sealed."""
    if _remembered() is not None:
        raise KeysMissing(_("The key folder %(folder)s is missing, but the database holds sealed records that only its "
                            "keys can open. Bring the folder back from the backup of the keys; no new keys were made."),
                          folder=at)


def _remembered() -> bytes | None:
    """The fingerprint stored in the database, None when there is none or nothing is migrated yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('kit_remembered') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT fingerprint FROM kit_remembered WHERE id = 1")
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def _read(at: Path) -> Keyring:
    """Read a keyring folder. Raises KeysMissing when it is damaged."""
    try:
        masters = {bytes.fromhex(path.name.removeprefix("master-")): _key(path)
                   for path in sorted(at.glob("master-*"))}
        current = bytes.fromhex(_text(at / "current"))
        seed, index, log = (_key(at / name) for name in STABLE)
        if current not in masters:
            raise ValueError(f"master-{current.hex()} is missing")
        bare = Keyring(at, masters, current, seed, index, log, b"")
        payload = bare.unwrap(bytes.fromhex(_text(at / "payload")), PAYLOAD_BINDING)
    except (OSError, ValueError, KeyError, InvalidTag) as error:
        reason = str(error) or type(error).__name__
        raise KeysMissing(_("The key folder %(folder)s cannot be read (%(reason)s). Check that it belongs to the user "
                            "who runs Baiying and is complete, or bring it back from the backup of the keys."),
                          folder=at, reason=reason) from error
    return Keyring(at, masters, current, seed, index, log, payload)


def _text(path: Path) -> str:
    """The text of a key file. Raises ValueError when other users may read it."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ValueError(f"{path.name} may be read by other users; run chmod 600 {path}")
    return path.read_text("ascii").strip()


def _key(path: Path) -> bytes:
    """One 32-byte key. Raises ValueError when it is not one."""
    key = bytes.fromhex(_text(path))
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path.name} is not a key of {KEY_BYTES} bytes")
    return key


def read_key(path: Path) -> bytes:
    """One 32-byte key of the folder that is no part of the ring (kit.log.anchors). Raises ValueError."""
    return _key(path)


def write_key(path: Path, key: bytes) -> None:
    """Keep such a key, for the owner only, on the disk before returning."""
    _write(path, key.hex())


def _write(path: Path, text: str) -> None:
    """Write a key file for the owner only, whole or not at all, and on the disk before returning."""
    durable.write(path, (text + "\n").encode("ascii"))

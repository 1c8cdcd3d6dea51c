"""The link of a party outside: token and code, their keyed hashes, and the task that a live link opens."""

from __future__ import annotations

import hmac
import re
from uuid import UUID

from baiying.cases import access
from baiying.cases.models import Case, OutsideLink, Task
from baiying.kit import chance, door, moment
from baiying.kit.errors import Unseen
from baiying.kit.keys import keyring

TOKEN_LETTERS = 28  # of an alphabet of 31: 138 bits
CODE_DIGITS = 6
PLAIN = re.compile(r"[0-9A-Z]{1,64}")


def token_of(link: UUID) -> str:
    """The token of a link, as it stands in its address. Not kept: the row holds its keyed hash."""
    return chance.letters_for(link.bytes, "outside link", TOKEN_LETTERS)


def code_of(link: UUID) -> str:
    """The six digits of a link, which go another way."""
    return f"{int.from_bytes(chance.bytes_for(link.bytes, 'outside code', 16), 'big') % 10 ** CODE_DIGITS:06d}"


def hashed(token: str) -> bytes:
    """What the row holds of a token, and what the door is told; the same work for whatever was typed."""
    return hmac.digest(keyring().subkey("outside"), b"link\x00" + token.upper().encode()[:200], "sha256")


def code_hash(link: UUID, code: str) -> bytes:
    """What the row holds of a code; bound to its link."""
    return hmac.digest(keyring().subkey("outside"), b"code\x00" + link.bytes + code.encode()[:40], "sha256")


def live(way: bytes, lock: bool = False) -> OutsideLink:
    """The link behind this hash, while it runs. Behind the door of `way` only. Raises Unseen."""
    found = OutsideLink.objects.filter(token=way, ended_at=None, until__gt=moment.now())
    link = (found.select_for_update() if lock else found).first()
    if link is None:
        raise Unseen
    return link


def opened(way: bytes, lock: bool = False) -> tuple[Case, Task]:
    """The case and the open task that a live link leads to; the case is looked at. Raises Unseen."""
    link = live(way)
    door.look_at(link.case_id)
    case = access.by_id(link.case_id, lock)
    if case is None:
        raise Unseen
    task = next((one for one in access.tasks_of(case) if one.id == link.task_id), None)
    if task is None or task.state != Task.State.OPEN:
        raise Unseen
    return case, task

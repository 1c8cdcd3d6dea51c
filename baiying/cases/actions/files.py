"""Files of a case: handing one in, showing it to another side, destroying it with the case's key, sweeping orphans.

The bytes are on the disk before the row that names them commits; when that does not come, they are an orphan.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.models import Case, File
from baiying.cases.queries.files import LEVELS, NAME_FIELD
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, files, log, moment, sealing
from baiying.kit.errors import Misuse, Refusal

MOST = 60  # files that one hand may put into one case
LONGEST_NAME = 120
ORPHAN_AFTER = timedelta(hours=6)  # no transaction takes nearly as long


def keep(case: Case, asker: door.Asker, name: str, content: bytes, *, kind: str, side: str = "", level: str = "",
         party: str = "") -> File:
    """Seal a file into a case, by the case's key; the same file from the same hand twice is one.

    ``kind``: what it is for. ``side``: whose alone it is (`sides.py`), beside the unit that leads; else whoever has the
    case's files in view reads it. ``level``: a higher class than the matter's. ``party``: whose hand it is, when it is
    neither hers nor the leading unit's. The case must be looked at, inside an open door. Raises NotTaken, Refusal.
    """
    if not door.is_open():
        raise Misuse("a file is kept inside the door that has its case open")
    taken = files.take(content)
    hand = party or (flow.ASKER if asker.door is not None else flow.LEAD)
    known = plain_name(name, taken.kind.key)
    file_id = chance.uuid_for(b"\x00".join((case.id.bytes, hand.encode(), kind.encode(), side.encode(), known.encode(),
                                            taken.content)), "file")
    there = access.files(case).filter(id=file_id).first()
    if there is not None:
        return there
    if access.files(case).filter(**{"side": side} if party else {"party": hand}).count() >= MOST:
        raise Refusal(_("%(most)d files were handed in already, and more are not taken here. "
                        "Put several pages into one PDF, or ask the unit that helps you to look at the rest."),
                      most=MOST)
    row = File(
        id=file_id, case=case, district=case.district, at=moment.now(), kind=kind, party=hand, person_id=asker.who,
        unit_id=case.unit_id if asker.who and hand == flow.LEAD else None, side=side, level=level_of(case, level),
        media=taken.kind.key, size=len(taken.content),
        name=sealing.seal(case.wrapped, case.id, NAME_FIELD, known, file_id),
        blob=files.write(sealing.seal_file(case.wrapped, case.id, file_id, taken.content)))
    row.save(force_insert=True)
    log.write("file.kept", case.id, asker.name, {"file": str(file_id), "kind": kind, "party": hand}, case.wrapped)
    return row


def level_of(case: Case, wished: str = "") -> str:
    """The class of a file in this case: the matter's, P3 after words of danger, or a higher one that is wished."""
    own = "P3" if case.guarded else catalogue.matter_of(case.declaration_id).privacy
    if wished not in ("", *LEVELS):
        raise Misuse(f"a class is one of {', '.join(LEVELS)}")
    return max(own, wished)


def plain_name(typed: str, key: str) -> str:
    """A file's name as it is shown: without a path and without characters that do not show, with the ending it has."""
    name = unicodedata.normalize("NFC", typed).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    stem = name.rpartition(".")[0] or name
    return f"{stem[:LONGEST_NAME]}.{files.KINDS[key].ending}"


def sweep_orphans() -> int:
    """Remove blobs that no row names, hours after they were written; gives how many. Opens its own door."""
    old = set(files.older_than(ORPHAN_AFTER))
    with door.errand("files"):
        named = set(File.objects.exclude(blob="").values_list("blob", flat=True))
    for name in old - named:
        files.remove(name)
    return len(old - named)


def forget(case: Case) -> None:
    """Destroy the files of a case whose key is destroyed in the same transaction; rows stay, for the count. The case
    must be looked at. What a crash leaves on the disk is swept as an orphan, and no key opens it."""
    blobs = list(access.files(case).exclude(blob="").values_list("blob", flat=True))
    access.files(case).update(blob="", name=b"")
    transaction.on_commit(partial(remove, blobs))


def remove(blobs: Iterable[str]) -> None:
    """Take blobs from the disk, once the rows that named them are gone for good."""
    for blob in blobs:
        files.remove(blob)

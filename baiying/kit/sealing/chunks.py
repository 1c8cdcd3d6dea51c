"""A file under its case's key: pieces of a megabyte, each bound to case, file and place, and the last one to be it.

So no piece can be left out, doubled, moved or brought from another file, and the end cannot be cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from baiying.kit.sealing.box import Altered, open_key, seal_with, unseal_with

MARK = b"baiying file 1\n"
CHUNK = 1_000_000  # bytes of content in one piece
LENGTH_BYTES = 4


def seal_file(wrapped: bytes | None, case: UUID, file: UUID, content: bytes) -> bytes:
    """The sealed bytes of a file, as they lie on the disk. Raises Forgotten when the case's key is gone."""
    key = open_key(wrapped, case)
    pieces = [content[start:start + CHUNK] for start in range(0, len(content), CHUNK)] or [b""]
    sealed = [seal_with(key, _binding(case, file, place, place == len(pieces) - 1), piece)
              for place, piece in enumerate(pieces)]
    return MARK + b"".join(len(one).to_bytes(LENGTH_BYTES, "big") + one for one in sealed)


def unseal_file(wrapped: bytes | None, case: UUID, file: UUID, blob: bytes) -> bytes:
    """The content again. Raises Altered when anything was changed, cut or moved; Forgotten when the key is gone."""
    key = open_key(wrapped, case)
    pieces = list(_pieces(blob))
    return b"".join(unseal_with(key, _binding(case, file, place, place == len(pieces) - 1), piece)
                    for place, piece in enumerate(pieces))


def _pieces(blob: bytes) -> Iterator[bytes]:
    """The sealed pieces, in order; there is always one. Raises Altered."""
    if not blob.startswith(MARK) or len(blob) == len(MARK):
        raise Altered
    start = len(MARK)
    while start < len(blob):
        body = start + LENGTH_BYTES
        start = body + int.from_bytes(blob[start:body], "big")
        if body > len(blob) or start > len(blob) or start == body:
            raise Altered
        yield blob[body:start]


def _binding(case: UUID, file: UUID, place: int, last: bool) -> bytes:
    return b"kit.file" + case.bytes + file.bytes + place.to_bytes(4, "big") + (b"\x01" if last else b"\x00")

"""A photo without what the camera wrote beside the picture: place, time, device, a smaller picture.

The picture itself is copied bit by bit: it may be evidence, and no decoder is fed with a stranger's bytes. Of the
notes only how the picture is turned is kept, without which a phone's photo lies on its side.
Formats: JPEG as ISO/IEC 10918-1 annex B has it, Exif 2.32 section 4.5; PNG as its specification (W3C) section 5.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
NOTES = frozenset(range(0xE0, 0xF0)) | {0xFE}  # APP0 to APP15, and comments
MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")  # in the picture's data FF00 and FFD0 to FFD7 are none
EXIF = b"Exif\x00\x00"
TURN = 0x0112  # the tag of how the picture is turned
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"})


class Broken(ValueError):
    """The picture ends before its end, or is put together wrongly."""


def clean(key: str, content: bytes) -> bytes:
    """A JPEG or PNG without its notes; anything else as it is. Raises Broken."""
    if key == "jpeg":
        return _clean_jpeg(content)
    return _clean_png(content) if key == "png" else content


def _clean_jpeg(content: bytes) -> bytes:
    """The segments that make the picture, up to its end; what lies behind is left out."""
    kept, turned = [b"\xff\xd8"], 1
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:].startswith(EXIF):
            turned = _turn(segment[4 + len(EXIF):])
        if marker not in NOTES or _draws(marker, segment[4:]):
            kept.append(segment)
    if turned != 1:
        at = 2 if len(kept) > 1 and kept[1][1:2] == b"\xe0" else 1
        kept.insert(at, _turned(turned))
    return b"".join(kept)


def _draws(marker: int, body: bytes) -> bool:
    """Whether a note is needed to show the picture rightly: its density, its colours."""
    needed = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
    return marker in needed and body.startswith(needed[marker])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment after the first marker, with the picture's data behind each start of scan. Raises Broken."""
    at = 2
    while True:
        found = MARKER.match(content, at)
        if found is None:
            raise Broken
        marker, start = found[1][0], found.end() - 2
        if marker == EOI:
            yield marker, b"\xff\xd9"
            return
        if marker in ALONE:
            end = found.end()
        else:
            end = found.end() + int.from_bytes(content[found.end():found.end() + 2], "big")
            if end < found.end() + 2 or end > len(content):
                raise Broken
        if marker == SOS:
            after = MARKER.search(content, end)
            if after is None:
                raise Broken
            end = after.start()
        yield marker, content[start:end]
        at = end


def _turn(tiff: bytes) -> int:
    """How the picture is turned, 1 to 8; 1 where nothing readable says so."""
    order = {b"II*\x00": "little", b"MM\x00*": "big"}.get(tiff[:4])
    if order is None:
        return 1
    little = order == "little"

    def number(at: int, count: int) -> int:
        return int.from_bytes(tiff[at:at + count], "little" if little else "big")

    first = number(4, 4)
    for entry in range(number(first, 2)):
        at = first + 2 + entry * 12
        if at + 12 > len(tiff):
            break
        if number(at, 2) == TURN:
            value = number(at + 8, 2)
            return value if 1 <= value <= 8 else 1
    return 1


def _turned(value: int) -> bytes:
    """A note that says how the picture is turned, and nothing else."""
    entry = struct.pack(">HHIHH", TURN, 3, 1, value, 0)  # one short number
    body = EXIF + b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(content: bytes) -> bytes:
    """The chunks that make the picture, up to its end. Raises Broken."""
    kept, at = [PNG_HEAD], len(PNG_HEAD)
    while True:
        length, name = int.from_bytes(content[at:at + 4], "big"), content[at + 4:at + 8]
        end = at + 12 + length
        if len(name) < 4 or end > len(content):
            raise Broken
        if name[0] < 0x60 or name in PNG_KEPT:  # a capital first: the picture cannot be shown without it
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end

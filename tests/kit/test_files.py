"""What a file is, a photo without its place, sealed pieces that cannot be moved, blobs that are never half there."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.kit import files, keys, moment, sealing
from baiying.kit.errors import Misuse
from baiying.kit.files import photos
from baiying.kit.sealing import chunks

CASE, FILE = UUID(int=3), UUID(int=4)
PLACE = b"GPSLatitude 39.9055 N Redmi Note"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int, order: str = ">") -> bytes:
    """What a phone writes: how it is turned, and below that where it was."""
    head = b"MM\x00*" if order == ">" else b"II*\x00"
    entries = struct.pack(order + "HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(order + "HHII", 0x8825, 4, 1, 40)
    tiff = head + struct.pack(order + "IH", 8, 2) + entries + bytes(4) + PLACE
    return segment(0xE1, b"Exif\x00\x00" + tiff)


SHOWN = (segment(0xDB, bytes(65)) + segment(0xC0, b"\x08\x00\x10\x00\x10\x01\x01\x11\x00") + segment(0xC4, bytes(20))
         + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56")
JFIF = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")


def jpeg(*notes: bytes, behind: bytes = b"") -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(notes) + SHOWN + b"\xff\xd9" + behind


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = [(b"IHDR", bytes(13)), *chunks, (b"IDAT", b"x"), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts)


def office(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name in names:
            book.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize("content, kind", [
    (b"%PDF-1.7\nx", "pdf"), (jpeg(), "jpeg"), (png(), "png"), ("三个月没发工资".encode(), "txt"),
    ("三个月没发工资".encode("gb18030"), "txt"), (office("[Content_Types].xml", "word/document.xml"), "docx"),
    (office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
])
def test_a_file_is_what_its_content_says(content, kind):
    assert files.take(content).kind.key == kind


@pytest.mark.parametrize("content", [
    b"", b"MZ\x90\x00\x03", b"GIF89a\x01\x00\x00", office("a.txt"), b"PK\x03\x04broken", b"\x00\x00\x00\x18ftypheic",
    office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), b"x" * (files.LARGEST + 1),
    jpeg()[:60], png()[:-3], b"\x7fELF\x02\x01\x01",
])
def test_everything_else_is_refused_with_a_sentence(content):
    with pytest.raises(files.NotTaken) as refused:
        files.take(content)
    assert len(refused.value.sentence) > 15


def test_text_of_old_systems_is_kept_as_utf_8():
    assert files.take("欠薪三月".encode("gb18030")).content == "欠薪三月".encode()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_photo_keeps_its_picture_and_how_it_is_turned_and_nothing_else(turned, order):
    told = jpeg(exif(turned, order), segment(0xED, PLACE), segment(0xFE, PLACE), segment(0xE1, b"http://xmp " + PLACE),
                behind=b"a second picture with its own place " + PLACE)
    kept = files.take(told).content
    assert PLACE not in kept and b"http" not in kept and kept.endswith(SHOWN + b"\xff\xd9")
    assert kept.count(b"Exif") == (turned != 1)
    if turned != 1:
        assert photos._turn(kept[kept.index(b"Exif\x00\x00") + 6:]) == turned
    assert files.take(kept).content == kept  # nothing more to take out


def test_colours_of_a_photo_stay():
    profile = segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + bytes(20))
    assert profile in files.take(jpeg(profile, segment(0xE2, b"MPF\x00" + PLACE))).content
    assert PLACE not in files.take(jpeg(segment(0xE2, b"MPF\x00" + PLACE))).content


def test_a_screenshot_loses_its_notes():
    kept = files.take(png((b"eXIf", PLACE), (b"tEXt", PLACE), (b"iTXt", PLACE), (b"gAMA", bytes(4)))).content
    assert PLACE not in kept and b"gAMA" in kept and kept.endswith(png()[-12:])


@settings(max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 5))
def test_no_content_whatever_breaks_the_reader(noise, cut):
    for content in (noise, b"\xff\xd8\xff" + noise, png()[:20] + noise, b"PK\x03\x04" + noise, jpeg()[:-cut or None]):
        try:
            files.take(content)
        except files.NotTaken:
            pass


@pytest.mark.parametrize("size", [0, 1, chunks.CHUNK, chunks.CHUNK + 1, 2 * chunks.CHUNK])
def test_what_was_sealed_opens_again(ring, size):
    key, content = sealing.new_key(CASE), os.urandom(size)
    blob = sealing.seal_file(key, CASE, FILE, content)
    assert sealing.unseal_file(key, CASE, FILE, blob) == content
    assert size < 40 or content[:40] not in blob


def test_pieces_cannot_be_cut_moved_doubled_or_brought_from_elsewhere(ring, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 10)
    key = sealing.new_key(CASE)
    blob = sealing.seal_file(key, CASE, FILE, b"0123456789abcdefghijKLMNOPQRST")
    start, step = len(chunks.MARK), (len(blob) - len(chunks.MARK)) // 3
    head, parts = blob[:start], [blob[start + at * step:start + (at + 1) * step] for at in range(3)]
    wrong = [head, head + parts[0], head + parts[0] + parts[1], head + parts[1] + parts[0] + parts[2],
             head + parts[0] + parts[1] + parts[1] + parts[2], blob + b"x", blob[:-1], blob[1:],
             blob[:-1] + bytes((blob[-1] ^ 1,))]
    for one in wrong:
        with pytest.raises(sealing.Altered):
            sealing.unseal_file(key, CASE, FILE, one)
    for case, file in ((UUID(int=9), FILE), (CASE, UUID(int=9))):
        with pytest.raises(sealing.Altered):
            sealing.unseal_file(key, case, file, blob)


def test_files_open_after_the_master_key_was_rotated_and_never_without_the_case_s_key(ring):
    key = sealing.new_key(CASE)
    blob = sealing.seal_file(key, CASE, FILE, b"contract")
    keys.add_master()
    rotated = sealing.rewrap(key, CASE)
    assert rotated != key and sealing.unseal_file(rotated, CASE, FILE, blob) == b"contract"
    with pytest.raises(sealing.Forgotten):
        sealing.unseal_file(None, CASE, FILE, blob)


def test_a_blob_is_whole_or_not_there_and_its_name_proves_it(settings, tmp_path, monkeypatch):
    settings.BAIYING_FILES = tmp_path / "files"
    name = files.write(b"sealed")
    assert files.read(name) == b"sealed" and files.name_of(b"sealed") == name and list(files.names()) == [name]
    assert oct((tmp_path / "files").stat().st_mode)[-3:] == "700"
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("the power went")))
    with pytest.raises(OSError):
        files.write(b"other")
    assert list(files.names()) == [name]
    with pytest.raises(files.Gone):
        files.read(files.name_of(b"other"))
    with pytest.raises(Misuse):
        files.read("../keys/ring/seed")


def test_what_is_older_is_told_by_the_clock(settings, tmp_path):
    settings.BAIYING_FILES = tmp_path / "files"
    name = files.write(b"sealed")
    assert name not in files.older_than(timedelta(hours=1))
    with moment.frozen(moment.now() + timedelta(hours=2)):
        assert name in files.older_than(timedelta(hours=1))
    files.remove(name)
    files.remove(name)
    assert not list(files.names())

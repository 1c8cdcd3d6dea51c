"""The files of cases in a backup: all of them there and back, a damaged one told before anything is touched."""

from __future__ import annotations

import tarfile

import pytest

from baiying.kit.files import name_of
from baiying.project import file_archive
from baiying.project.errors import Trouble

SEALED = [b"sealed bytes " * 1000, b"\x00\xff" * 3]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with two blobs and an unfinished one."""
    monkeypatch.setenv("BAIYING_DATA", str(tmp_path / "data"))
    for content in SEALED:
        put(tmp_path / "data", content)
    (tmp_path / "data" / "files" / "ab").mkdir(exist_ok=True)
    (tmp_path / "data" / "files" / "ab" / "half.part").write_bytes(b"half")
    return tmp_path / "data"


def put(data, content: bytes) -> None:
    name = name_of(content)
    (data / "files" / name[:2]).mkdir(parents=True, exist_ok=True)
    (data / "files" / name[:2] / name).write_bytes(content)


def test_all_blobs_travel_and_come_back_readable_by_their_owner_only(data, tmp_path, monkeypatch):
    path = file_archive.beside(tmp_path / "b.dump")
    assert path.name == "b.dump.files" and file_archive.save(path) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    file_archive.refuse_damaged(path)
    monkeypatch.setenv("BAIYING_DATA", str(tmp_path / "fresh"))
    assert [file_archive.bring(path), file_archive.bring(path)] == [2, 2]
    back = list(file_archive.blobs())
    assert sorted(one.read_bytes() for one in back) == sorted(SEALED)
    assert {one.stat().st_mode & 0o777 for one in back} == {0o600}
    assert {one.parent.stat().st_mode & 0o777 for one in back} == {0o700}


def test_anchors_of_the_log_travel_along_and_none_is_written_over(data, tmp_path, monkeypatch):
    (data / "anchors").mkdir()
    for day in ("2026-03-02", "2026-03-03"):
        (data / "anchors" / f"{day}.json").write_text(day)
    path = tmp_path / "b.files"
    assert file_archive.save(path) == 2
    file_archive.refuse_damaged(path)
    monkeypatch.setenv("BAIYING_DATA", str(tmp_path / "fresh"))
    (tmp_path / "fresh" / "anchors").mkdir(parents=True)
    (tmp_path / "fresh" / "anchors" / "2026-03-03.json").write_text("another witness")
    file_archive.bring(path)
    assert {one.name: one.read_text() for one in (tmp_path / "fresh" / "anchors").iterdir()} == {
        "2026-03-02.json": "2026-03-02", "2026-03-03.json": "another witness"}


def test_a_backup_whose_files_are_gone_cut_or_altered_is_refused_with_a_sentence(data, tmp_path):
    path = tmp_path / "b.dump.files"
    with pytest.raises(Trouble, match="--without-files"):
        file_archive.refuse_damaged(path)
    file_archive.save(path)
    whole = path.read_bytes()
    for broken in (whole[:700], whole.replace(b"sealed bytes", b"Sealed bytes", 1), b"noise" * 2000):
        path.write_bytes(broken)
        with pytest.raises(Trouble, match="nothing was touched"):
            file_archive.refuse_damaged(path)


def test_a_file_of_a_backup_never_leaves_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BAIYING_DATA", str(tmp_path / "data"))
    path = tmp_path / "b.files"
    (tmp_path / "x").write_bytes(b"evil")
    with tarfile.open(path, "w") as book:
        book.add(tmp_path / "x", arcname="../../" + name_of(b"evil"))
    file_archive.bring(path)
    assert [one.parent.parent for one in file_archive.blobs()] == [tmp_path / "data" / "files"]

"""A file is whole or not there, on the disk with its folder, and what stood there stays when writing fails."""

from __future__ import annotations

import os

import pytest

from baiying.kit import durable


def test_a_file_is_whole_for_its_owner_alone_and_leaves_nothing_beside_it(tmp_path):
    place = tmp_path / "key"
    durable.write(place, b"first")
    durable.write(place, b"second")
    assert place.read_bytes() == b"second" and oct(place.stat().st_mode)[-3:] == "600"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    durable.write(place, b"for all", mode=0o644)
    assert oct(place.stat().st_mode)[-3:] == "644"


def test_what_stood_there_stays_when_the_new_one_cannot_be_written(tmp_path, monkeypatch):
    place = tmp_path / "key"
    durable.write(place, b"first")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("the power went")))
    with pytest.raises(OSError):
        durable.write(place, b"second")
    assert place.read_bytes() == b"first" and [path.name for path in tmp_path.iterdir()] == ["key"]


def test_the_bytes_reach_the_disk_before_the_name_and_the_name_before_it_returns(tmp_path, monkeypatch):
    told, fsync, replace = [], os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda one: told.append("folder" if os.path.isdir(f"/proc/self/fd/{one}") else
                                                             "file") or fsync(one))
    monkeypatch.setattr("pathlib.Path.replace", lambda one, to: told.append("name") or replace(one, to))
    durable.write(tmp_path / "key", b"first")
    assert told == ["file", "name", "folder"]

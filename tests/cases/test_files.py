"""Files of a case: who reads which, what lies on the disk, and that nothing is lost or left behind."""

from __future__ import annotations

import pytest

from baiying.cases import access
from baiying.cases.actions import files as acts
from baiying.cases.models import Case, File
from baiying.cases.queries import files as seen
from baiying.kit import door, files
from baiying.kit.errors import Unseen
from tests.cases.conftest import entry, people_of

PDF = b"%PDF-1.4\n" + b"wages " * 300 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BAIYING_FILES = tmp_path / "files"


@pytest.fixture
def hers(send):
    """Her door and number, and the people of the unit that leads."""
    receipt = send()
    her = door.Asker(door=entry(receipt))
    with door.open(her):
        unit = access.one(her).unit_id
    return her, people_of(unit), receipt.number


def kept(asker: door.Asker, number: str | None = None, **named) -> File:
    with door.open(asker):
        case, _view = seen.looking(asker, number)
        return acts.keep(case, asker, named.pop("name", "工资条.pdf"), named.pop("content", PDF),
                         **{"kind": "paper", **named})


def test_what_she_hands_in_is_read_by_her_and_by_the_unit_that_leads(hers):
    her, staff, number = hers
    row = kept(her)
    for asker in (her, staff):
        found = seen.read(asker, number, row.ref)
        assert (found.content, found.name, found.media_type) == (PDF, "工资条.pdf", "application/pdf")


def test_bytes_and_name_lie_sealed_under_a_name_that_says_nothing(hers):
    her, _staff, _number = hers
    row = kept(her)
    assert list(files.names()) == [row.blob]
    assert b"wages" not in files.read(row.blob) and "工资条".encode() not in bytes(row.name)
    assert files.name_of(files.read(row.blob)) == row.blob


def test_a_stranger_reads_nothing_and_learns_nothing(hers, send):
    her, _staff, number = hers
    row = kept(her)
    other = door.Asker(door=entry(send("别的事。", key="two")))
    for asker, named in ((other, None), (door.Asker(), number)):
        with pytest.raises(Unseen):
            seen.read(asker, named, row.ref)
    with door.open(door.Asker()):
        assert not File.objects.exists() and not Case.objects.exists()

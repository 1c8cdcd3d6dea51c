"""Files of a case: who reads which, what lies on the disk, and that nothing is lost or left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import access, actions, queries, referring
from baiying.cases.actions import files as acts
from baiying.cases.actions import handing_in
from baiying.cases.models import Case, File, Task
from baiying.cases.queries import files as seen
from baiying.cases.queries.reading import WHYS, by_day, readings
from baiying.engine import flow
from baiying.kit import door, files, moment
from baiying.kit.errors import Refusal, Unseen
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


def helper_in(receipt, which: int = 0, party: str = flow.CO) -> door.Asker:
    """A party that was brought in, a co-handler where nothing is said; in class P3 she says yes to all of it."""
    lead, her = people_of(receipt.unit.id), door.Asker(door=entry(receipt))
    unit = queries.candidates(lead, receipt.number, party)[which]
    actions.bring_in(lead, receipt.number, actions.Call(party, unit.id, "请协助。"), f"brought{which}")
    with door.open(her):
        asked = [task for task in access.tasks_of(access.one(her)) if task.state == Task.State.PROPOSED]
    for task in asked:
        actions.consent(entry(receipt), task.ref, True, "yes")
    return people_of(unit.id)


def test_a_party_reads_what_it_handed_in_and_what_was_shown_to_it_and_no_more(send):
    receipt = send()
    her, lead, helper = door.Asker(door=entry(receipt)), people_of(receipt.unit.id), helper_in(receipt)
    handing_in.hand_in(her, None, "合同.pdf", PDF)
    hers = handing_in.hand_in(her, None, "录音说明.txt", "他说再等等。".encode(), alone=True)
    theirs = handing_in.hand_in(helper, receipt.number, "调查.pdf", PDF + b"2")
    assert [line.name for line in seen.page_of(helper, receipt.number).files] == ["调查.pdf"]
    assert {line.name for line in seen.page_of(her).files} == {"合同.pdf", "录音说明.txt"}
    assert len(seen.page_of(lead, receipt.number).files) == 3
    for asker, ref in ((helper, hers), (her, theirs)):
        with pytest.raises(Unseen):
            seen.read(asker, receipt.number, ref)
    handing_in.release(her, None, hers, dict(reversed(one) for one in others_of(her, hers))["会办单位"])
    assert seen.read(helper, receipt.number, hers).content == "他说再等等。".encode()
    with pytest.raises(Refusal):
        handing_in.release(lead, receipt.number, theirs, flow.ASKER)  # only its own side shows a file


def others_of(asker: door.Asker, ref: str, number: str | None = None) -> tuple[tuple[str, str], ...]:
    """To whom this file can be shown: (side, its name)."""
    return next(line.others for line in seen.page_of(asker, number).files if line.ref == ref)


def names(asker: door.Asker, number: str | None = None) -> set[str]:
    return {line.name for line in seen.page_of(asker, number).files}


def test_of_two_that_help_alike_neither_reads_what_the_other_handed_in(send):
    receipt = send()
    one, two = helper_in(receipt), helper_in(receipt, which=1)
    ref = handing_in.hand_in(one, receipt.number, "甲.pdf", PDF)
    handing_in.hand_in(two, receipt.number, "乙.pdf", PDF, to_her=True)
    assert (names(one, receipt.number), names(two, receipt.number)) == ({"甲.pdf"}, {"乙.pdf"})
    assert names(door.Asker(door=entry(receipt))) == {"乙.pdf"}
    with pytest.raises(Unseen):
        seen.read(two, receipt.number, ref)
    assert [side for side, _name in others_of(one, ref, receipt.number)] == [flow.ASKER]  # it learns of no other one


def test_in_a_mediation_each_side_reads_what_it_filed_or_was_shown_and_the_mediator_reads_both(send):
    receipt = send(matter="union.dispute.mediation", answers={"respondent": "某公司", "issues": [], "other_routes": ""})
    her, number = door.Asker(door=entry(receipt)), receipt.number
    mediator = helper_in(receipt, party="mediator")
    other = door.Asker(outside=outside_in(receipt, "employer"))
    handing_in.hand_in(her, None, "录音说明.pdf", PDF)
    theirs = handing_in.hand_in(other, None, "考勤表.pdf", PDF + b"2")
    assert names(mediator, number) == {"录音说明.pdf", "考勤表.pdf"}
    assert (names(her), names(other)) == ({"录音说明.pdf"}, {"考勤表.pdf"})
    handing_in.release(other, None, theirs, flow.ASKER)
    assert names(her) == {"录音说明.pdf", "考勤表.pdf"} and names(other) == {"考勤表.pdf"}
    with door.open(her):
        task = next(one for one in access.tasks_of(access.one(her)) if one.party == "mediator")
    actions.choose(entry(receipt), task.ref, ["words"], "less")
    assert names(mediator, number) == {"考勤表.pdf"}  # hers are shut with her word; the other side's are not hers


def outside_in(receipt, party: str) -> bytes:
    """A party without an account, let in; she says yes where she is asked."""
    lead, her = people_of(receipt.unit.id), entry(receipt)
    guest = actions.Guest(party, "百工建筑公司", "13800138001", "请说明情况。", "13800138002")
    ref = actions.invite(lead, receipt.number, guest, "guest")
    actions.consent(her, ref, True, "guest-yes")
    actions.send_link(lead, receipt.number, ref, "https://baiying.example/outside/", "link")
    with door.open(lead):
        case = access.one(lead, receipt.number)
        return bytes(referring.links(case).get().token)


def test_every_reading_of_a_file_is_hers_to_see(hers):
    her, staff, number = hers
    row = kept(her)
    seen.read(staff, number, row.ref)
    with door.open(her):
        looks = readings(access.one(her))
    assert [(look.what, look.why) for look in looks] == [("read", str(WHYS["file"]))]


def test_many_openings_of_a_day_stand_together_and_none_is_left_out(hers):
    her, staff, number = hers
    row = kept(her)
    day = datetime(2026, 3, 2, 23, 0, tzinfo=moment.SHANGHAI)
    for hours in (0, 0.5, 1.5):  # the last one is of the next day
        with moment.frozen(day + timedelta(hours=hours)):
            seen.read(staff, number, row.ref)
    with door.open(her):
        found = by_day(readings(access.one(her)))
    assert [[f"{moment.shanghai(at):%d %H:%M}" for at in one.times] for one in found] == [
        ["03 00:30"], ["02 23:30", "02 23:00"]]


def test_the_same_file_twice_is_one_and_a_broken_off_one_leaves_an_orphan_that_is_swept(hers, settings):
    her, _staff, _number = hers
    first, again = kept(her), kept(her)
    assert first.id == again.id and len(list(files.names())) == 1
    with pytest.raises(ZeroDivisionError), door.open(her):
        acts.keep(access.one(her), her, "x.txt", "没存上".encode(), kind="paper")
        raise ZeroDivisionError
    assert len(list(files.names())) == 2
    assert acts.sweep_orphans() == 0
    with moment.frozen(moment.now() + timedelta(hours=7)):
        assert acts.sweep_orphans() == 1
    assert list(files.names()) == [first.blob]


def test_with_the_case_s_key_its_files_are_gone(hers, django_capture_on_commit_callbacks):
    her, _staff, _number = hers
    row = kept(her)
    with door.open(her):
        case_id = access.one(her).id
    with django_capture_on_commit_callbacks(execute=True), door.errand("retention"):
        door.look_at(case_id)
        acts.forget(access.by_id(case_id))
    assert not list(files.names())
    with pytest.raises(Unseen):
        seen.read(her, None, row.ref)


def test_what_is_no_file_for_us_is_refused_and_nothing_is_kept(hers):
    her, _staff, _number = hers
    with pytest.raises(files.NotTaken):
        handing_in.hand_in(her, None, "假.pdf", b"MZ\x90\x00")
    assert not list(files.names())


def test_one_hand_puts_in_so_many_and_no_other_hand_s_are_counted(hers, monkeypatch):
    her, staff, number = hers
    monkeypatch.setattr(acts, "MOST", 2)
    for index in range(2):
        handing_in.hand_in(her, None, f"{index}.txt", f"第{index}张".encode())
    handing_in.hand_in(staff, number, "a.txt", "办理记录".encode())
    with pytest.raises(Refusal):
        handing_in.hand_in(her, None, "2.txt", "第三张".encode())


@pytest.mark.parametrize("typed, shown", [
    ("../../etc/passwd", "passwd.txt"), ("C:\\Users\\w\\工资.TXT", "工资.txt"), ("a\u202egpj.exe", "agpj.txt"),
])
def test_a_name_is_shown_without_path_and_tricks(typed, shown):
    assert acts.plain_name(typed, "txt") == shown

"""The end of the chain of every day lies outside the database: who cuts, forges or brings back an old one is found."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from baiying.kit import door, erasures, log, moment
from baiying.kit.log import Torn
from tests.kit.test_log_attacked import disarmed

CASE = UUID(int=1)
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=moment.SHANGHAI)
DAYS = ["2026-03-02", "2026-03-03", "2026-03-04"]


@pytest.fixture
def places(owner, settings, tmp_path):
    """Three days, two lines and an anchor each; nothing was erased before them. Gives the folder."""
    erasures.path().unlink(missing_ok=True)
    settings.BAIYING_ANCHORS = tmp_path / "anchors"
    with disarmed(owner):
        owner.execute("TRUNCATE kit_line, kit_link, kit_seal")
    for day in range(3):
        with moment.frozen(FIRST + timedelta(days=day)):
            say(2)
            assert log.anchor() is not None and log.anchor() is None
    assert log.verify().broken is None
    assert log.prove_anchors() == log.Anchored(3, DAYS[2], ())
    return settings.BAIYING_ANCHORS


def say(count: int) -> None:
    with door.open(door.Asker()):
        for number in range(count):
            log.write("case.read", CASE, "somebody", {"n": number})


def seal_anew(owner, where: str) -> None:
    """The owner takes lines away, with the chain and where the sealer stood; whoever holds the keys links it anew."""
    with disarmed(owner):
        owner.execute(f"DELETE FROM kit_line WHERE id IN (SELECT line_id FROM kit_link WHERE {where})")
        owner.execute("DELETE FROM kit_link")
        owner.execute("DELETE FROM kit_seal")
    assert log.verify().broken is None  # the chain alone tells nothing


def test_a_log_cut_at_its_end_and_sealed_anew_is_told_by_the_anchors_alone(places, owner):
    seal_anew(owner, "seq > 4")
    assert Torn(DAYS[2], "rolled") in log.prove_anchors().torn


def test_a_line_left_out_and_everything_sealed_anew_is_told(places, owner):
    seal_anew(owner, "seq = 2")
    assert {torn.what for torn in log.prove_anchors().torn} >= {"cut"}


def test_a_replaced_anchor_is_told(places):
    place = places / f"{DAYS[1]}.json"
    told = json.loads(place.read_text())
    place.write_text(json.dumps({**told, "seq": told["seq"] - 1}))
    assert Torn(DAYS[1], "altered") in log.prove_anchors().torn


def test_an_anchor_taken_away_is_told_by_its_follower_and_by_the_log(places):
    (places / f"{DAYS[1]}.json").unlink()
    assert set(log.prove_anchors().torn) == {Torn(DAYS[1], "missing"), Torn(DAYS[2], "gap")}
    (places / f"{DAYS[2]}.json").unlink()
    assert Torn(DAYS[2], "missing") in log.prove_anchors().torn


def test_an_anchor_of_another_day_under_this_ones_name_is_told(places):
    shutil.copy(places / f"{DAYS[0]}.json", places / f"{DAYS[2]}.json")
    assert Torn(DAYS[2], "altered") in log.prove_anchors().torn


def test_copies_on_another_machine_prove_the_same(places, tmp_path):
    shutil.copytree(places, tmp_path / "elsewhere")
    for place in places.glob("*.json"):
        place.unlink()
    assert log.prove_anchors(tmp_path / "elsewhere").torn == ()
    assert {torn.what for torn in log.prove_anchors().torn} == {"missing"}


def test_a_ledger_of_erasures_that_is_cut_or_exchanged_is_told_by_the_anchor_of_the_day(places):
    with moment.frozen(FIRST + timedelta(days=3)):
        for number in range(3):
            erasures.note("case", UUID(int=number))
        say(1)
        assert log.anchor() is not None
    assert log.prove_anchors().torn == ()
    ledger = erasures.path()
    lines = ledger.read_text().splitlines(keepends=True)
    for left in ("".join(lines[:2]), "".join(reversed(lines)), ""):
        ledger.write_text(left)
        assert log.prove_anchors().torn == (Torn("2026-03-05", "erasures"),)
    ledger.write_text("".join(lines))
    erasures.note("case", UUID(int=9))  # what is erased later fits
    assert log.prove_anchors().torn == ()

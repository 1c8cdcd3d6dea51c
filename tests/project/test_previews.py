"""What `baiying catalogue publish` prints; a start with a folder that jumps leaves the old edition in force."""

from __future__ import annotations

import pytest

from baiying.catalogue import queries as declared
from baiying.engine.rules import Share
from baiying.kit import moment
from baiying.project import installation, previews
from baiying.project.commands import catalogue as command
from baiying.project.errors import Trouble
from baiying.services.actions import publishing
from tests.services.changing import ACTIVE, MEMBERS, OLD, asks, edited, written
from tests.services.test_publishing import NOON

TOLD = {
    "on": "2026-11-23",
    "people": 900,
    "changes": [
        {
            "service": "union.trial.swim", "how": "changed", "counted": True, "moved": True, "why": ["lose", "nobody"],
            "total": {"before": 30, "after": 0, "gain": 0, "lose": 30}, "unknown": [12, None],
            "money": {"before": 360000, "after": 0, "unsure_before": 1250, "unsure_after": 0, "by_hand": None},
            "streets": [["110107003", {"before": None, "after": None, "gain": 0, "lose": None}]],
        },
        {"service": "union.trial.relief", "how": "new", "counted": False, "why": ["uncounted"]},
    ],
}  # fmt: skip


def test_the_lines_name_numbers_money_and_reasons_and_hide_what_is_hidden():
    said = previews.said(TOLD)
    assert "entitled 30 → 0 (gains 0, loses 30); not known: 12 → (hidden)" in said
    assert "110107003: entitled (hidden) → (hidden) (gains 0, loses (hidden))" in said
    assert "3,600.00 → 0.00 yuan" in said and "grades C, K" in said and "12.50 → 0.00" in said
    assert "it selects nobody" in said and "told in private" in said
    assert "No service" in previews.said({"changes": [], "people": 0})


@pytest.mark.django_db
def test_a_reference_value_is_typed_in_yuan_or_as_a_share():
    assert previews.line_of("dibao=1500.5") == ("dibao", 150050)
    assert previews.line_of("@publish.gain=0.1") == ("publish.gain", Share(1, 10))
    for typed in ("nothing=1", "dibao=much", "dibao", "dibao=nan", "publish.gain=-1", "trades=3"):
        with pytest.raises(Trouble):
            previews.line_of(typed)


@pytest.mark.django_db
def test_a_start_and_the_command_leave_the_old_edition_in_force_and_say_who_is_asked(monkeypatch, capsys, tmp_path):
    drops, was = edited(MEMBERS, asks(ACTIVE, OLD)), declared.in_force()
    monkeypatch.setattr("baiying.catalogue.actions.read", lambda folder: drops)
    with moment.frozen(NOON):
        count = written()
        assert command._look(tmp_path, ["dibao=1500"]) == 0 and written() == count
        assert "Nothing was changed. In force it would need two people." in capsys.readouterr().out
        installation.fill(demo=False)
        assert "the old one stays in force" in capsys.readouterr().out and declared.in_force() == was
        assert command._publish(tmp_path) == 1
        assert "印同管, 管有章" in capsys.readouterr().out and declared.in_force() == was
        assert publishing.look(drops).why

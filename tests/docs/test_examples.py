"""What a how-to tells the reader to write works: its TOML is a catalogue's, and the fault it quotes is the one told."""

from __future__ import annotations

import shutil
import tomllib

import pytest

from baiying.catalogue import check
from baiying.engine import clock
from tests.docs.pages import CHECKOUT, PAGES, blocks, text, told

HOW_TO = CHECKOUT / "docs" / "how-to"
KEY = "union.lost.tools"


@pytest.fixture
def catalogue(tmp_path):
    """A copy of the product's catalogue."""
    return shutil.copytree(CHECKOUT / "catalogue", tmp_path / "catalogue")


def matter() -> str:
    return blocks(HOW_TO / "new-matter.md", "toml")[0]


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_every_toml_block_can_be_read(page):
    for block in blocks(page, "toml"):
        tomllib.loads(block)


def test_the_matter_of_the_how_to_has_no_fault(catalogue):
    (catalogue / "matters" / f"{KEY}.toml").write_text(matter(), encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 0, lines


def test_the_fault_that_the_how_to_quotes_is_the_one_that_is_told(catalogue):
    slip = matter().replace('to = "deal"', 'to = "dael"')
    (catalogue / "matters" / f"{KEY}.toml").write_text(slip, encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 1
    quoted = [line for block in blocks(HOW_TO / "new-matter.md") for line in block.splitlines() if ".toml:" in line]
    assert quoted == [line for line in lines if KEY in line]


def test_the_threshold_of_the_how_to_fits_into_the_matter_before_it(catalogue):
    whole, more = tomllib.loads(matter()), blocks(HOW_TO / "new-matter.md", "toml")[1]
    text_ = matter().replace('[{ to = "answered", label = "告诉本人结果", label_en = "Tell the result" }]',
                             '[{ to = "vote", label = "表决", label_en = "Vote" }]')
    stage, asks = more.split("[ask]")
    text_ = text_.replace("[ask]", "[ask]" + asks, 1) + stage
    assert "stage" in whole and "vote" in tomllib.loads(text_)["stage"]
    (catalogue / "matters" / f"{KEY}.toml").write_text(text_, encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 0, lines


def test_the_clock_of_the_how_to_fits_into_the_matter_it_is_taken_from(catalogue):
    block = blocks(HOW_TO / "new-clock.md", "toml")[0]
    matter_file = catalogue / "matters" / "union.matter.request.toml"
    whole = matter_file.read_text(encoding="utf-8")
    begin, end = whole.index("[clock.contact]"), whole.index("[clock.answer]")
    matter_file.write_text(whole[:begin] + block + "\n" + whole[end:], encoding="utf-8")
    assert check.report(catalogue)[1] == 0


def test_the_effect_of_the_how_to_is_known_to_the_loader_once_declared(catalogue):
    words, file = catalogue / "words.toml", catalogue / "matters" / f"{KEY}.toml"
    caused = matter().replace('marks = "contacted"', 'marks = "contacted", then = "note_urgent"')
    file.write_text(caused, encoding="utf-8")
    assert check.report(catalogue)[1] == 1
    words.write_text(words.read_text(encoding="utf-8") + blocks(HOW_TO / "new-effect.md", "toml")[0], encoding="utf-8")
    assert check.report(catalogue)[1] == 0


def test_the_role_and_the_power_of_the_how_to_are_a_catalogues(catalogue):
    role, power = blocks(HOW_TO / "new-role.md", "toml")
    roles = catalogue / "roles.toml"
    grown = roles.read_text(encoding="utf-8").replace("[power]\n", f"[power]\n{power}") + role
    roles.write_text(grown, encoding="utf-8")
    lines, status = check.report(catalogue)
    assert status == 0, lines


def test_the_days_in_the_calendar_page_are_announced_ones():
    rows = next(block for block in blocks(HOW_TO / "new-calendar-year.md") if block.startswith("date,")).splitlines()
    calendar = clock.calendar_from_folder(CHECKOUT / "catalogue" / "calendar")
    known = {f"{day.date},{'makeup' if day.makeup else 'off'},{day.name},{day.name_en}" for day in calendar.days}
    assert rows[0] == "date,day,name,name_en" and len(rows) > 1
    assert not set(rows[1:]) - known


def test_the_readme_names_people_of_the_cast_only():
    from baiying.project.demo.cast import cast

    readme = text(CHECKOUT / "README.md")
    people = {player.name: player.login for player in cast()}
    assert "何应声" in people and people["何应声"] in readme
    assert "金安宁" in people and "金安宁" in readme

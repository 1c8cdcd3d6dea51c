"""Setting up: the action, what it refuses, and `baiying setup` in the terminal."""

from __future__ import annotations

import builtins
import getpass
import gzip
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.network.models import Level, Organisation
from baiying.project import asking
from baiying.project.commands import setup as command
from baiying.project.demo.cast import person
from baiying.project.errors import Trouble
from baiying.setup import actions, queries
from baiying.setup.answers import Administrator, Answers, Federation, faults, weakness

DISTRICT = "990101"  # no district of China: nothing real is told of one
AREAS = ("code,name,level,parent\n990101,示例区,3,9901\n990101001,东街道,4,990101\n990101002,西镇,4,990101\n"
         "990101001001,一社区,5,990101001\n")
PASSWORD = "windy hills over the river"
FIRST = Administrator(person("administrator").name, "the.first", PASSWORD)
UNION, WOMEN = Federation("union", "示例区总工会"), Federation("women", "示例区妇女联合会", streets=False)
ANSWERS = Answers(DISTRICT, (UNION, WOMEN), (FIRST,))


@pytest.fixture
def fresh(db, settings, tmp_path, monkeypatch):
    """An installation that is not set up: another district than the demo's, a key laid ready."""
    settings.BAIYING_DEMO = False
    settings.BAIYING_DISTRICT = DISTRICT
    settings.BAIYING_SETUP_KEY = tmp_path / "setup.key"
    settings.BAIYING_SETUP_KEY.write_text(queries.new_key())
    monkeypatch.delenv("BAIYING_DISTRICT", raising=False)
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def areas(fresh, tmp_path) -> Path:
    """The table of an invented district, loaded."""
    table = tmp_path / "areas.csv"
    table.write_text(AREAS, encoding="utf-8")
    actions.load_areas(DISTRICT, table)
    return table


def test_a_district_from_nothing_has_units_streets_and_an_administrator(areas):
    assert not queries.done()
    made = actions.set_up(ANSWERS)
    assert (made.units, made.administrators) == (4, 1) and queries.done()
    today = moment.today()
    union = next(one for one in network.units(today, level=Level.DISTRICT) if one.organisation == Organisation.UNION)
    streets = network.units(today, organisation=Organisation.UNION, level=Level.STREET)
    assert {one.name for one in streets} == {"东街道总工会", "西镇总工会"}
    assert {tie.upper_id for one in streets for tie in network.ties_of(one.id, today)} == {union.id}
    holder = members.by_login("the.first")
    assert {(post.role, post.receives) for post in network.posts_of(holder.id, today)} == {("administrator", False)}
    assert len(network.posts_of(holder.id, today)) == 2, "of both federations"


def test_the_one_time_key_goes_with_the_setting_up(areas):
    key = queries.key_file().read_text()
    assert queries.key_fits(key) and queries.key_fits(f" {key.lower().replace('-', ' ')} ")
    assert not queries.key_fits("") and not queries.key_fits(key[:-1]) and not queries.key_fits("A" * 16)
    actions.set_up(ANSWERS)
    assert not queries.key_file().exists() and not queries.key_fits(key)


def test_the_same_answers_twice_are_once(areas):
    actions.set_up(ANSWERS)
    before = queries.standing()
    actions.set_up(ANSWERS)
    assert queries.standing() == before and len(before.units) == 2


def test_another_district_is_another_installation(areas):
    actions.set_up(ANSWERS)
    with pytest.raises(Refusal, match=DISTRICT):
        actions.set_up(replace(ANSWERS, district="110107"))


def test_a_fault_in_the_middle_leaves_nothing_behind(areas):
    taken = replace(FIRST, login=person("administrator").login)
    with pytest.raises(Refusal):
        actions.set_up(replace(ANSWERS, administrators=(taken,)))
    assert not queries.done() and queries.key_file().exists()
    assert not network.units(moment.today(), level=Level.DISTRICT)


def test_without_a_table_of_areas_the_sentence_says_what_to_give(fresh):
    with pytest.raises(Refusal, match="code, name, level, parent"):
        actions.load_areas(DISTRICT)


@pytest.mark.parametrize("form", ["gb18030", "utf-16", "xlsx", "gz"])
def test_a_table_of_areas_is_read_as_offices_have_it(fresh, tmp_path, form):
    table = tmp_path / "areas.bin"
    if form == "xlsx":
        book = xlsxwriter.Workbook(str(table))
        sheet = book.add_worksheet()
        for number, row in enumerate(AREAS.splitlines()):
            sheet.write_row(number, 0, [int(cell) if cell.isdecimal() else cell for cell in row.split(",")])
        book.close()
    else:
        table.write_bytes(gzip.compress(AREAS.encode()) if form == "gz" else AREAS.encode(form))
    assert actions.load_areas(DISTRICT, table).streets == 2
    assert [street.name for street in network.areas(DISTRICT)] == ["东街道", "西镇"]


def test_an_environment_that_names_another_district_is_told(areas, monkeypatch):
    monkeypatch.setenv("BAIYING_DISTRICT", "110105")
    with pytest.raises(Refusal, match="BAIYING_DISTRICT"):
        actions.set_up(ANSWERS)


def test_every_fault_of_the_answers_is_told_at_once():
    wrong = Answers("12345", (Federation("union", " "),), (Administrator("", "X", "short"), Administrator("", "X", "")))
    assert {"district", "federations.0.name", "administrators.0.name", "administrators.0.login",
            "administrators.0.password", "administrators.1.login"} <= set(faults(wrong))
    assert "administrators" in faults(Answers(DISTRICT)) and "federations" in faults(Answers(DISTRICT))
    assert faults(ANSWERS) == {}


@pytest.mark.parametrize("password", ["short", "123456789012345", "aaaaaaaaaaaaaaaa", "my password is this",
                                      "the.first of all days", ""])
def test_a_weak_password_is_refused(password):
    assert weakness(password, "the.first", "何应声") is not None


@pytest.mark.parametrize("password", [PASSWORD, "今天下了一场大雨所以我没有出门", "xK9#mvQ2-tRw"])
def test_a_good_password_is_taken(password):
    assert weakness(password, "the.first", "何应声") is None


def test_answers_in_a_file_are_read_and_unknown_words_are_named():
    told = {"district": DISTRICT, "areas": "areas.csv",
            "federation": [{"organisation": "union", "name": "示例区总工会"}],
            "administrator": [{"name": FIRST.name, "login": "the.first", "password": PASSWORD}]}
    assert Answers.told(told).federations[0].streets
    with pytest.raises(Refusal, match="colour"):
        Answers.told({**told, "colour": "red"})
    with pytest.raises(Refusal, match="login"):
        Answers.told({**told, "administrator": [{"name": "x", "password": "y"}]})


def test_a_file_with_passwords_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "answers.toml"
    file.write_text("district = '1'\n")
    file.chmod(0o644)
    with pytest.raises(Trouble, match="chmod go="):
        command.answers_in(file)
    file.chmod(0o600)
    assert command.answers_in(file) == {"district": "1"}


def test_the_terminal_asks_until_each_answer_will_do(areas, monkeypatch, capsys):
    """Wrong code, no table, then it; no federation, then one; a bad login; a weak password, then two that differ."""
    lines = iter(["12", DISTRICT, "", DISTRICT, str(areas), "n", "n", "y", "n", "", "", "n",
                  FIRST.name, "BAD!", "the.first", "n"])
    secrets = iter(["short", PASSWORD, "another one", PASSWORD, PASSWORD])
    monkeypatch.setattr(builtins, "input", lambda question: next(lines))
    monkeypatch.setattr(getpass, "getpass", lambda question: next(secrets))

    def load(code: str, file: Path | None) -> object:
        if code != DISTRICT or file is None:
            raise Refusal("no table")
        return actions.load_areas(code, file)

    found = asking.ask_all(load, lambda code: network.area(code + "000000").name)
    assert found == Answers(DISTRICT, (Federation("union", "示例区总工会", streets=False),), (FIRST,))
    assert capsys.readouterr().out.count("no table") == 3


def test_what_is_there_is_said_when_it_is_set_up_already(areas, capsys):
    actions.set_up(ANSWERS)
    command.say_what_is_there("already")
    said = capsys.readouterr().out
    assert "示例区总工会" in said and "2 streets" in said and FIRST.name in said
    assert "Only one administrator" in said and "Nobody takes in needs" in said

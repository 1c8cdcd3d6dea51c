"""Units, posts and members from sheets: faults by row and column, twice is once, what a sheet brought is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from baiying.importing import actions, queries
from baiying.importing.bringing import ERRAND
from baiying.importing.columns import COLUMNS, guess, letter
from baiying.importing.members import Members
from baiying.importing.models import Brought, Sheet, State
from baiying.importing.template import template
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.project.demo.network import unit_id

OPERATOR = door.Asker(errand=ERRAND)
DISTRICT = "110107"
UNITS = ("组织名称,所属系统,层级,组织类型,所在区划,上级组织,电话\n"
         "示例一厂工会,工会,基层,会,八角街道,示例行业工会,010-00000201\n"
         "示例行业工会,工会,行业,,石景山区,石景山区总工会,\n"
         "示例律所,合作单位,区,律师事务所,石景山区,,010-00000202\n")
UNION = "石景山区总工会"
ID = "11019919900307"  # of a district that does not exist; what follows is reckoned


def identity(order: int) -> str:
    """An invented, valid identity number."""
    from baiying.kit.sealing.people import CHECKS, WEIGHTS

    body = f"{ID}{order:03d}"
    return body + CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path, db) -> Path:
    settings.BAIYING_UPLOADS = tmp_path / "uploads"
    with moment.frozen(datetime(2026, 10, 12, 2, tzinfo=UTC)):
        yield settings.BAIYING_UPLOADS


def brought(tmp_path: Path, kind: str, text: str | bytes, asker=OPERATOR, unit=None) -> Sheet:
    file = tmp_path / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return actions.receive(asker, kind, file.name, file, unit, DISTRICT)


def looked(tmp_path: Path, kind: str, text: str | bytes, asker=OPERATOR, unit=None) -> Sheet:
    return actions.look(asker, brought(tmp_path, kind, text, asker, unit).ref)


def entered(tmp_path: Path, kind: str, text: str | bytes, leave_out: bool = False) -> Sheet:
    return actions.run(OPERATOR, looked(tmp_path, kind, text).ref, leave_out)


def faults(sheet: Sheet, asker=OPERATOR) -> dict[tuple[int, str], str]:
    found = queries.open_sheet(asker, sheet.ref).faults
    return {(cell.fault.line, cell.fault.column): cell.fault.told for cell in found}


def units() -> dict[str, object]:
    return {one.name: one for one in network.units(moment.today())}


# --- units


def test_units_are_opened_with_their_ties_even_when_the_one_above_stands_below_in_the_sheet(tmp_path):
    sheet = entered(tmp_path, "units", UNITS)
    assert (sheet.state, sheet.new, sheet.changed, sheet.same) == (State.DONE, 3, 0, 0)
    made = units()
    shop, industry = made["示例一厂工会"], made["示例行业工会"]
    above = {tie.upper_id for tie in network.ties_of(shop.id, moment.today()) if tie.lower_id == shop.id}
    assert above == {industry.id} and shop.telephone == "010-00000201" and made["示例律所"].organisation == "partner"
    assert network.upper(industry, moment.today()).name == UNION


def test_the_same_sheet_twice_is_once_and_what_differs_is_shown_as_changed(tmp_path):
    entered(tmp_path, "units", UNITS)
    again = entered(tmp_path, "units", UNITS)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    other = entered(tmp_path, "units", UNITS.replace("010-00000201", "010-00000209"))
    assert (other.new, other.changed, other.same) == (0, 1, 2)
    shown = queries.corrected(OPERATOR, other.ref)
    assert shown == [("示例一厂工会", {"telephone": ("010-00000201", "010-00000209")})]


def test_what_a_sheet_brought_is_taken_back_and_nothing_else(tmp_path):
    before = units()
    first = entered(tmp_path, "units", UNITS)
    second = entered(tmp_path, "units", UNITS.replace("010-00000201", "010-00000209"))
    assert actions.undo(OPERATOR, second.ref)[1] == 0
    assert units()["示例一厂工会"].telephone == "010-00000201", "the correction alone"
    sheet, kept = actions.undo(OPERATOR, first.ref)
    assert (sheet.state, kept) == (State.UNDONE, 0) and units().keys() == before.keys()
    again = entered(tmp_path, "units", UNITS)
    assert again.new == 3, "and it can come again"
    with pytest.raises(Refusal):
        actions.undo(OPERATOR, first.ref)


def test_a_unit_on_which_something_stands_stays_when_its_sheet_is_taken_back(tmp_path):
    sheet = entered(tmp_path, "units", UNITS)
    entered(tmp_path, "members", f"姓名,证件号码,所在组织\n何应声,{identity(11)},示例一厂工会\n")
    _sheet, kept = actions.undo(OPERATOR, sheet.ref)
    assert kept >= 1 and "示例一厂工会" in units() and "示例律所" not in units()


@pytest.mark.parametrize(("row", "column"), [
    ("示例二厂工会,商会,基层,,八角街道,石景山区总工会,", "organisation"),
    ("示例二厂工会,工会,车间,,八角街道,石景山区总工会,", "level"),
    ("示例二厂工会,工会,基层,食堂,八角街道,石景山区总工会,", "roles"),
    ("示例二厂工会,工会,基层,,无名街道,石景山区总工会,", "area"),
    ("示例二厂工会,工会,基层,,八角街道,无名总工会,", "upper"),
    ("示例二厂工会,工会,基层,,八角街道,示例二厂工会,", "upper"),
    (",工会,基层,,八角街道,石景山区总工会,", "name"),
    ("示例二厂工会,工会,基层,,八角街道,石景山区总工会,1.06E+09", "telephone"),
    ("示例一厂工会,工会,基层,,八角街道,石景山区总工会,", "name"),
    ("\"示例\n二厂工会\",工会,基层,,八角街道,石景山区总工会,", "name"),
])
def test_a_fault_of_a_unit_is_told_by_row_and_column(tmp_path, row, column):
    sheet = looked(tmp_path, "units", UNITS + row + "\n")
    assert list(faults(sheet)) == [(5, column)] and sheet.faulty == 1
    with pytest.raises(Refusal, match="1"):
        actions.run(OPERATOR, sheet.ref, leave_out=False)
    done = actions.run(OPERATOR, sheet.ref, leave_out=True)
    assert (done.new, done.faulty) == (3, 1)


# --- posts


def posts(*rows: str) -> str:
    return "\n".join(("组织名称,岗位,姓名,账号,任职日期,接收诉求", *rows)) + "\n"


def test_posts_are_given_and_accounts_made_without_a_password(tmp_path):
    entered(tmp_path, "units", UNITS)
    sheet = entered(tmp_path, "posts", posts("示例一厂工会,办理人,何应声,he.second,2026-01-02,是"))
    assert (sheet.new, sheet.same) == (1, 0)
    made = members.by_login("he.second")
    assert not made.has_usable_password()
    held = network.posts_of(made.id, moment.today())
    assert [(post.role, post.unit.name, post.receives) for post in held] == [("handler", "示例一厂工会", True)]
    again = entered(tmp_path, "posts", posts("示例一厂工会,办理人,何应声,he.second,2026-01-02,是"))
    assert (again.new, again.same) == (0, 1)
    assert actions.undo(OPERATOR, sheet.ref)[1] == 0 and not network.posts_of(made.id, moment.today())


@pytest.mark.parametrize(("row", "column"), [
    ("无名工会,办理人,何应声,he.second,,", "unit"), ("示例一厂工会,厨师,何应声,he.second,,", "role"),
    ("示例一厂工会,办理人,何应声,He Second,,", "login"), ("示例一厂工会,办理人,何应声,he.second,46024,", "since"),
    ("示例一厂工会,办理人,何应声,he.second,,或许", "receives"), ("示例一厂工会,办理人,金安宁,he.yingsheng,,", "login"),
])
def test_a_fault_of_a_post_is_told_by_row_and_column(tmp_path, row, column):
    entered(tmp_path, "units", UNITS)
    assert list(faults(looked(tmp_path, "posts", posts(row)))) == [(2, column)]


# --- members


def people(*rows: str) -> str:
    return "\n".join(("姓名,证件号码,手机号,所在组织,入会日期", *rows)) + "\n"


FIRST = f"何应声,{identity(11)},13900000101,{UNION},2020-01-01"
SECOND = f"金安宁,{identity(12)},13900000102,{UNION},2020-01-01"


def test_members_are_entered_once_however_often_the_sheet_comes(tmp_path):
    sheet = entered(tmp_path, "members", people(FIRST, SECOND))
    assert (sheet.new, sheet.changed, sheet.same, sheet.faulty) == (2, 0, 0, 0)
    again = entered(tmp_path, "members", people(SECOND, FIRST).encode("gb18030"))
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert actions.undo(OPERATOR, sheet.ref)[0].state == State.UNDONE
    assert entered(tmp_path, "members", people(FIRST)).new == 1


@pytest.mark.parametrize(("row", "column", "word"), [
    (FIRST.replace(identity(11), "1.10107E+17"), "paper", "15"),
    (FIRST.replace(identity(11), identity(11)[:15] + "000"), "paper", "三个零"),
    (FIRST.replace(identity(11), identity(11) + ".0"), "paper", "小数"),
    (FIRST.replace(identity(11), identity(11)[:17]), "paper", "17"),
    (FIRST.replace(identity(11), identity(11)[:17] + ("1" if identity(11)[17] != "1" else "2")), "paper", ""),
    (FIRST.replace("13900000101", "1.39E+10"), "telephone", "文本"),
    (FIRST.replace("2020-01-01", "43831"), "since", "2020-01-01"),
    (FIRST.replace(UNION, "无名工会"), "unit", ""),
    (FIRST.replace("何应声", "何应?"), "name", ""),
])
def test_what_a_spreadsheet_ruined_is_refused_with_what_to_do(tmp_path, row, column, word):
    found = faults(looked(tmp_path, "members", people(SECOND, row)))
    assert list(found) == [(3, column)] and word in found[3, column]


def test_the_fault_shows_the_cell_with_what_an_eye_would_miss(tmp_path):
    sheet = looked(tmp_path, "members", people(SECOND, FIRST.replace("何应声", "何\u200b应?\u00a0")))
    cell = queries.open_sheet(OPERATOR, sheet.ref).faults[0]
    assert cell.fault.shown == "何[U+200B]应?[␣ U+00A0]" and (cell.letter, cell.column) == ("A", "姓名")


def test_a_single_cell_is_corrected_without_the_file(tmp_path):
    sheet = looked(tmp_path, "members", people(SECOND, FIRST.replace(identity(11), "1.10107E+17")))
    actions.correct(OPERATOR, sheet.ref, {(3, "paper"): identity(11)})
    sheet = actions.look(OPERATOR, sheet.ref)
    assert sheet.faulty == 0 and actions.run(OPERATOR, sheet.ref, False).new == 2


def test_columns_are_chosen_where_their_names_say_nothing(tmp_path):
    sheet = brought(tmp_path, "members", f"姓名,甲,所在组织,乙\n何应声,{identity(11)},{UNION},2020-01-01\n")
    assert sheet.columns == {"name": 0, "unit": 2}
    sheet = actions.choose(OPERATOR, sheet.ref, {**sheet.columns, "paper": 1, "since": 3, "nonsense": 2})
    assert sheet.columns == {"name": 0, "unit": 2, "paper": 1, "since": 3}
    assert actions.run(OPERATOR, actions.look(OPERATOR, sheet.ref).ref, False).new == 1


def test_a_sheet_without_a_needed_column_is_not_looked_through(tmp_path):
    sheet = brought(tmp_path, "members", "姓名,手机号\n何应声,13900000101\n")
    with pytest.raises(Refusal, match="所在组织"):
        actions.look(OPERATOR, sheet.ref)


# --- what is kept, who sees it


def test_the_file_and_what_was_kept_of_it_go_when_it_is_entered(tmp_path, uploads):
    sheet = looked(tmp_path, "members", people(FIRST, SECOND.replace(identity(12), "1.1E+17")))
    file = actions.path_of(sheet)
    assert file.exists() and file.stat().st_mode & 0o077 == 0 and file.parent == uploads
    with door.open(OPERATOR), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM importing_sheet WHERE id = %s", [sheet.id])
        assert b"1.1E+17" not in bytes(cursor.fetchone()[0])
    actions.run(OPERATOR, sheet.ref, True)
    left = queries.open_sheet(OPERATOR, sheet.ref).faults
    assert not file.exists() and [(cell.fault.line, cell.fault.original) for cell in left] == [(3, "")]
    whole = actions.run(OPERATOR, looked(tmp_path, "members", people(FIRST)).ref, False)
    assert whole.sealed is None and whole.key is None


def test_a_sheet_whose_worker_died_goes_on_where_it_stood_and_nothing_comes_twice(tmp_path, monkeypatch):
    """Plant: the second piece kills the worker; ten minutes later somebody presses the button again."""
    monkeypatch.setattr(actions, "CHUNK", 1)
    sheet = looked(tmp_path, "members", people(FIRST, SECOND))
    actions.start(OPERATOR, sheet.ref, leave_out=False)
    entering, calls = Members.enter, []

    def dying(self, rows, found):
        calls.append(len(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return entering(self, rows, found)

    monkeypatch.setattr(Members, "enter", dying)
    with pytest.raises(KeyboardInterrupt):
        actions.work(sheet.ref, "run")
    with pytest.raises(Refusal):
        actions.start(OPERATOR, sheet.ref, leave_out=False)
    with moment.frozen(datetime(2026, 10, 12, 3, tzinfo=UTC)):
        assert queries.open_sheet(OPERATOR, sheet.ref).stuck
        actions.start(OPERATOR, sheet.ref, leave_out=False)
        actions.work(sheet.ref, "run")
        done = queries.open_sheet(OPERATOR, sheet.ref).sheet
    assert (done.state, done.new, done.same) == (State.DONE, 1, 1)
    actions.undo(OPERATOR, sheet.ref)
    assert entered(tmp_path, "members", people(FIRST, SECOND)).new == 2, "all of it was taken back"


def test_files_that_nobody_came_back_for_are_removed(tmp_path):
    sheet = brought(tmp_path, "members", people(FIRST))
    assert actions.sweep() == 0
    with moment.frozen(datetime(2026, 10, 15, tzinfo=UTC)):
        assert actions.sweep() == 1
    assert not actions.path_of(sheet).exists()


def test_a_sheet_of_another_unit_is_unseen(tmp_path):
    mine, other = (door.Asker(who=unit_id("women"), units=frozenset({unit_id(key)})) for key in ("women", "union"))
    sheet = brought(tmp_path, "members", people(FIRST), mine, unit_id("women"))
    assert [one.ref for one in queries.sheets(mine)] == [sheet.ref] and queries.sheets(other) == []
    with pytest.raises(Unseen):
        queries.open_sheet(other, sheet.ref)
    assert not list(Brought.objects.all()) and not list(Sheet.objects.all()), "no door, no rows"


def test_who_brings_a_sheet_for_a_unit_enters_below_it_only(tmp_path):
    women = door.Asker(who=unit_id("women"), units=frozenset({unit_id("women")}))
    sheet = looked(tmp_path, "members", people(FIRST), women, unit_id("women"))
    assert list(faults(sheet, women)) == [(2, "unit")], "a unit of the union is not hers to enter for"
    sheet = looked(tmp_path, "units", UNITS, women, unit_id("women"))
    assert (2, "organisation") in faults(sheet, women)
    sheet = looked(tmp_path, "posts", posts("石景山区妇女联合会,办理人,何应声,he.second,,"), women, unit_id("women"))
    assert list(faults(sheet, women)) == [(2, "unit")], "posts of the district are given by two"


def test_nobody_gives_herself_a_post_by_a_sheet(tmp_path):
    herself = members.by_login("guan.youzhang")
    women = door.Asker(who=herself.id, units=frozenset({unit_id("women")}))
    row = posts("八角街道妇女联合会,办理人,管有章,guan.youzhang,,")
    assert list(faults(looked(tmp_path, "posts", row, women, unit_id("women")), women)) == [(2, "login")]


def test_a_sheet_gives_a_partner_no_post_that_opens_cases(tmp_path):
    entered(tmp_path, "units", UNITS)
    assert list(faults(looked(tmp_path, "posts", posts("示例律所,办理人,何应声,he.second,,")))) == [(2, "role")]


def test_a_broken_file_is_refused_and_nothing_of_it_stays(tmp_path, uploads):
    for content in (b"", b"PK\x03\x04 no book", b"\xff\xfe\x00", "姓名,所在组织\n".encode()):
        with pytest.raises(Refusal):
            brought(tmp_path, "members", content)
    assert not uploads.exists() or not list(uploads.iterdir())


# --- columns and templates


@pytest.mark.parametrize("kind", ["units", "posts", "members"])
def test_the_template_is_read_back_with_every_column_known_and_text_kept(tmp_path, kind):
    file = tmp_path / "template.xlsx"
    file.write_bytes(template(kind))
    with pytest.raises(Refusal, match="没有"):
        actions.receive(OPERATOR, kind, "x", file, None, DISTRICT)
    from baiying.engine import sheets

    names = next(iter(sheets.open_table(file).rows()))[1]
    assert set(guess(kind, [str(name) for name in names])) == {one.key for one in COLUMNS[kind]}


def test_columns_are_guessed_in_both_languages_and_through_decoration():
    assert guess("members", ["序号", "姓 名*", "身份证号码", "联系电话（手机）", "单位\u200b"]) == \
           {"name": 1, "paper": 2, "unit": 4}
    assert guess("members", ["Name", "ID number", "Mobile", "Unit"]) == \
           {"name": 0, "paper": 1, "telephone": 2, "unit": 3}
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]



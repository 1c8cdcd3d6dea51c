"""Bringing in a sheet over HTTP: upload, columns, faults, single cells, entering, result, taking back; who may."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import load_workbook

from baiying.importing import actions
from baiying.importing.bringing import ERRAND
from baiying.importing.models import Sheet
from baiying.kit import door
from baiying.services.actions import telling
from baiying.services.models import Profile
from baiying.services.queries import knowing
from tests.project.test_import_sheets import UNION, UNITS, identity
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db
ROW = f"何应声,{identity(11)},13900000101,{UNION}"
MEMBERS = f"姓名,证件号码,手机号,所在组织\n{ROW}\n金安宁,1.10107E+17,,{UNION}\n"


@pytest.fixture
def desk(staff, settings, tmp_path) -> Client:
    """The administrator's browser, and a folder of this test's own for what she brings."""
    settings.BAIYING_UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    return staff("administrator")


def bring(desk: Client, kind: str, content: str | bytes, name: str = "list.csv") -> Shown:
    page = shown(desk.get("/import/"))
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")
    unit = page.form("/import/").fields.get("unit", [""])[0]
    names = [tag[1].get("value") for tag in page.tags if tag[0] == "option"]
    union = next((value for value, tag in zip(names, names, strict=True)), unit)
    return page.press(desk, "/import/", kind=kind, file=file, unit=union_choice(page) or union)


def union_choice(page: Shown) -> str:
    """The place of the union's district unit in the list of units she brings sheets for."""
    options = [given for tag, given in page.tags if tag == "option"]
    words = [text for _language, text in page.words if text in ("石景山区总工会", "石景山区妇女联合会")]
    return str(options[words.index("石景山区总工会")]["value"]) if options and words else ""


def ref(page: Shown) -> str:
    return next(form.action for form in page.forms if "/import/" in form.action).split("/")[2]


def worked(name: str) -> None:
    """The queue does what waits for it."""
    with door.errand(ERRAND):
        sheet = Sheet.objects.get(ref=name)
    actions.work(name, "run" if sheet.state == "running" else "look")


def test_members_come_in_from_the_file_to_the_result(desk):
    page = bring(desk, "members", MEMBERS)
    assert page.status == 200 and "每一列是什么" in page.text and "何应声" in page.text
    name = ref(page)
    page = page.press(desk, "/look/")
    assert "1 行有问题" in page.text and "只保留 15 位" in page.text and "文本" in page.text
    page = page.press(desk, "/fix/", **{"cell:3:paper": identity(12)})
    assert "没有问题" in page.text
    page = page.press(desk, "/run/")
    assert "正在导入" in page.text and any(tag == "progress" for tag, _given in page.tags)
    worked(name)
    page = shown(desk.get(f"/import/{name}/"))
    assert "已导入" in page.text and "新增 2" in page.text
    page = page.press(desk, "/undo/")
    assert "已撤回" in page.text


def kept_facts() -> dict[str, tuple[object, str]]:
    """What is kept of whom the test's lists name, by the number of her list's paper."""
    with door.errand("members"):
        row = Profile.objects.filter(person__name="舒小禾").first()
        return {} if row is None else {one.fact: (one.value, one.source) for one in knowing.told(row).values()}


def test_a_list_says_who_has_a_card_and_is_in_work_and_takes_it_back(desk):
    row = f"姓名,证件号码,所在组织,会员卡,在职,性别\n舒小禾,{identity(31)},{UNION},是,否,"
    page = bring(desk, "members", f"{row}不明\n").press(desk, "/look/")
    assert "1 行有问题" in page.text and "写“女”或“男”" in page.text
    page = page.press(desk, "/fix/", **{"cell:2:sex": "女"})
    name = ref(page)
    page.press(desk, "/run/")
    worked(name)
    said = {"card.active": (True, "roster"), "person.in_work": (False, "roster"), "person.sex": ("女", "roster")}
    assert kept_facts() == said
    with door.errand("members"):
        she = Profile.objects.get(person__name="舒小禾").person_id
    telling.tell(she, {"person.in_work": True}, by=she, source="paper")
    again = bring(desk, "members", f"{row}男\n").press(desk, "/look/")
    second = ref(again)
    again.press(desk, "/run/")
    worked(second)
    said |= {"person.in_work": (True, "paper"), "person.sex": ("男", "roster")}
    assert kept_facts() == said, "a list outweighs an older one, and no paper"
    shown(desk.get(f"/import/{second}/")).press(desk, "/undo/")
    said["person.sex"] = ("女", "roster")
    assert kept_facts() == said, "what the first list said stands again, and the paper stands"


def test_rows_with_faults_are_left_out_only_when_she_says_so(desk):
    page = bring(desk, "members", MEMBERS).press(desk, "/look/")
    name = ref(page)
    refused = page.press(desk, "/run/")
    assert refused.status == 400 and "跳过" in refused.text
    page = refused.press(desk, "/run/", leave_out="yes")
    worked(name)
    page = shown(desk.get(f"/import/{name}/"))
    assert "新增 1" in page.text and "跳过 1" in page.text


def test_columns_are_chosen_on_the_page(desk):
    page = bring(desk, "members", f"姓名,甲,所在组织\n何应声,{identity(11)},{UNION}\n")
    page = page.press(desk, "/look/", **{"column:2": ""})
    assert page.status == 400 and "所在组织" in page.text
    page = page.press(desk, "/look/", **{"column:1": "paper", "column:2": "unit"})
    assert "没有问题" in page.text


def test_units_twice_are_once_and_a_change_is_shown(desk):
    for text, said in ((UNITS, "新增 3"), (UNITS, "原来就有 3"), (UNITS.replace("00000201", "00000209"), "更改 1")):
        page = bring(desk, "units", text).press(desk, "/look/")
        name = ref(page)
        page.press(desk, "/run/")
        worked(name)
        page = shown(desk.get(f"/import/{name}/"))
        assert said in page.text
    assert "010-00000201 → 010-00000209" in page.text


def test_a_file_that_is_no_sheet_is_told_beside_the_field_and_the_choice_stays(desk, settings):
    page = bring(desk, "members", b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert page.status == 400 and "既不是表格也不是文本" in page.text
    assert any(given.get("value") == "members" and "checked" in given for tag, given in page.tags if tag == "input")
    page = page.press(desk, "/import/", kind="members", file="")
    assert page.status == 400 and "请选择文件" in page.text
    assert not list(settings.BAIYING_UPLOADS.glob("*.sheet"))


def test_a_body_larger_than_a_sheet_is_refused_before_it_is_read(desk, monkeypatch):
    from baiying.web import uploads

    monkeypatch.setattr(uploads, "LARGEST", 100)
    monkeypatch.setattr(uploads, "FIELDS", 100)
    file = SimpleUploadedFile("list.csv", b"x" * 5_000, "text/csv")
    assert desk.post("/import/", {"kind": "members", "file": file}).status_code == 413


def test_a_file_sent_to_any_other_page_is_not_kept(browser, settings, tmp_path):
    settings.BAIYING_UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    file = SimpleUploadedFile("x.csv", b"x" * 100_000, "text/csv")
    answer = browser.post("/find/", {"number": "x", "file": file})
    assert answer.status_code in (200, 400, 403) and not list((tmp_path / "uploads").glob("*"))


@pytest.mark.parametrize("kind", ["units", "posts", "members"])
def test_the_template_is_a_workbook_whose_name_is_in_her_language(desk, kind):
    answer = desk.get(f"/import/template/{kind}/")
    assert "filename*=utf-8''" in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store"
    assert len(load_workbook(io.BytesIO(answer.content)).sheet_names) == 2


def test_a_handler_brings_no_sheets_and_learns_of_none(staff, desk):
    name = ref(bring(desk, "members", MEMBERS))
    stranger = staff("bajiao_handler")
    assert {stranger.get(path).status_code for path in ("/import/", f"/import/{name}/", "/import/NOTHERE222/")} == {404}
    assert desk.get("/import/NOTHERE222/").status_code == 404

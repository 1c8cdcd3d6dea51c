"""Papers over HTTP: handed in, refused with a sentence, saved under a neutral name; a protected case is taken."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baiying.kit import files
from tests.web.desks import bare, case_of
from tests.web.pages import shown
from tests.web.test_way import come_back, keepsake

PDF = b"%PDF-1.4\n" + b"wages " * 300 + b"\n%%EOF\n"
NAME = "我的工资条.pdf"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BAIYING_FILES = tmp_path / "files"
    settings.BAIYING_UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"


@pytest.fixture
def hers(send):
    number, code = keepsake(send())
    return number, come_back(number, code)[0]


def hand_in(client, address: str, content: bytes, name: str = NAME):
    form = shown(client.get(address)).form("hand-in")
    brought = SimpleUploadedFile(name, content)
    return client.post(form.action, {**form.fields, "file": brought, "alone": ""}, follow=True)


def test_what_she_hands_in_is_saved_by_the_handler_and_she_sees_that(hers, staff, settings):
    number, her = hers
    page = shown(hand_in(her, "/mine/files/", PDF))
    assert page.status == 200 and NAME in page.text and not list(settings.BAIYING_UPLOADS.glob("*"))
    desk = staff("bajiao_handler")
    listed = shown(desk.get(f"/case/{bare(number)}/files/"))
    assert NAME in listed.text
    (link,) = {given["href"] for tag, given in listed.tags if tag == "a"
               and given.get("href", "").startswith(f"/case/{bare(number)}/files/")}
    saved = desk.get(link)
    assert saved.content == PDF
    assert saved["Content-Disposition"].startswith("attachment") and "工资" not in saved["Content-Disposition"]
    assert (saved["X-Content-Type-Options"], saved["Cache-Control"]) == ("nosniff", "no-store")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert "看材料" in shown(her.get("/mine/")).text
    assert staff("gucheng_handler").get(link).status_code == 404


@pytest.mark.parametrize("content, said", [
    (b"", "空的"), (b"MZ\x90\x00\x03\x00", "收不了"), (b"%PDF-" + b"x" * files.LARGEST, "10 MB"),
])
def test_what_is_not_taken_is_said_in_a_sentence(hers, content, said):
    _number, her = hers
    answer = hand_in(her, "/mine/files/", content)
    assert answer.status_code == 400 and said in shown(answer).text
    assert not list(files.names())


def test_on_the_receipt_a_photo_goes_in_though_the_browser_keeps_no_key(send, staff, browser):
    page, client = send("我老公昨晚又打我了。"), browser
    number, _code = keepsake(page)
    form = page.form("/received/files/")
    brought = SimpleUploadedFile("伤情.txt", "左臂淤青".encode())
    back = shown(client.post(form.action, {**form.fields, "file": brought}, follow=True))
    assert back.status == 200 and "收到了" in back.text and client.get("/mine/").status_code == 302
    no_paper = SimpleUploadedFile("a.pdf", b"MZ\x90\x00\x03\x00")
    wrong = shown(client.post(form.action, {**form.fields, "file": no_paper}, follow=True))
    assert wrong.status == 200 and "收不了" in wrong.text and number in wrong.answer.content.decode()
    desk = staff("bajiao_women")
    case_of(desk, number)
    assert "伤情.txt" in shown(desk.get(f"/case/{bare(number)}/files/")).text


def test_a_protected_case_is_taken_by_a_press_and_gone_for_everybody_else(send, staff):
    number, code = keepsake(send("我老公昨晚又打我了。"))
    desk = staff("bajiao_women")
    today = shown(desk.get("/today/"))
    assert number in today.text and "等人接" in today.text and "家庭暴力" not in today.text
    waiting = shown(desk.get(f"/case/{bare(number)}/", follow=True))
    assert "打我" not in waiting.text and any(form.id == "take" for form in waiting.forms)
    assert "打我" in case_of(desk, number).text
    mine = shown(come_back(number, code)[0].get("/mine/"))
    assert "接了这件" in mine.text


def test_break_glass_asks_for_a_reason_and_keeps_what_was_typed(send, staff):
    number, _code = keepsake(send("我老公昨晚又打我了。"))
    desk = staff("district_women")
    page = shown(desk.get("/emergency/"))
    back = page.press(desk, "/emergency/", number=number, ground="life", reason="太短")
    assert back.status == 400 and "十个字" in back.text and number in back.answer.content.decode()
    opened = shown(desk.get("/emergency/")).press(desk, "/emergency/", number=number, ground="life",
                                                  reason="她刚来电话说他在砸门, 联系不上办理人。")
    assert "打我" in opened.text and "紧急查看" in opened.text
    assert staff("gucheng_handler").get("/emergency/").status_code == 404


def test_a_post_for_tasks_alone_reads_no_files_of_the_cases_its_unit_leads(send, staff):
    number = bare(keepsake(send(area=""))[0])
    assert staff("district_union").get(f"/case/{number}/files/").status_code == 200, "that unit leads it"
    assert staff("callback").get(f"/task/{number}/files/").status_code == 404

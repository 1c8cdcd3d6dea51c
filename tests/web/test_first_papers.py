"""Photos and papers in the very first form: they go in with her words, and no way round loses them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baiying.cases.actions.files import ORPHAN_AFTER
from baiying.kit import files, moment
from tests.web.desks import bare, case_of
from tests.web.pages import COMMUNITY, Shown, shown
from tests.web.test_way import keepsake

PDF = b"%PDF-1.4\n" + b"wages " * 300 + b"\n%%EOF\n"
WORDS = "三个月没有发工资了。"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BAIYING_FILES = tmp_path / "files"
    settings.BAIYING_UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"


def paper(name: str = "工资条.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(browser, page: Shown, to: str = "", **typed) -> Shown:
    """Her form as it stands with this typed and chosen, sent to where its button (or another one) leads."""
    form = page.form("need")
    return shown(browser.post(to or form.action, {**form.fields, **typed}, follow=True))


def names_on_the_desk(staff, number: str) -> str:
    desk = staff("bajiao_handler")
    case_of(desk, number)
    return shown(desk.get(f"/case/{bare(number)}/files/")).text


def test_a_photo_goes_in_with_her_words_and_what_cannot_be_taken_holds_nothing_up(browser, staff):
    page = shown(browser.get("/"))
    back = sent(browser, page, words=WORDS, area=COMMUNITY, papers=[paper(), paper("a.exe", b"MZ\x90\x00\x03\x00")])
    number, _code = keepsake(back)
    assert "一起收到的材料：1 份" in back.text and "a.exe" in back.text and "收不了" in back.text
    assert "工资条.pdf" in names_on_the_desk(staff, number)
    assert len(list(files.names())) == 1


def test_a_form_that_comes_back_still_has_its_paper_whether_refused_sorted_or_in_the_other_language(browser, staff):
    back = sent(browser, shown(browser.get("/")), area=COMMUNITY, papers=[paper()])
    assert back.status == 400 and "工资条.pdf" in back.text
    (held,) = files.names()
    assert PDF[:40] not in files.read(held), "what waits lies sealed"
    sorted_out = sent(browser, back, "/fits/", words=WORDS)
    assert "工资条.pdf" in sorted_out.text
    other = sent(browser, sorted_out, "/prefer/", words=WORDS, language="en", next="/", papers=[paper("合同.pdf")])
    assert "工资条.pdf comes along" in other.text and "合同.pdf comes along" in other.text
    number, _code = keepsake(sent(browser, other, words=WORDS, area=COMMUNITY))
    told = names_on_the_desk(staff, number)
    assert "工资条.pdf" in told and "合同.pdf" in told
    assert held not in set(files.names()), "what waited is gone from the disk once it is in"


def test_a_paper_that_she_unticks_stays_out_and_one_that_lay_too_long_is_told(browser, staff):
    back = sent(browser, shown(browser.get("/")), area=COMMUNITY, papers=[paper()])
    number, _code = keepsake(sent(browser, back, words=WORDS, papers_held=[]))
    assert "工资条.pdf" not in names_on_the_desk(staff, number)
    back = sent(browser, shown(browser.get("/")), area=COMMUNITY, papers=[paper()])
    with moment.frozen(moment.now() + ORPHAN_AFTER):
        late = sent(browser, back, words="另一件事: 押金不退。", area=COMMUNITY)
        assert keepsake(late)[0] != number and "放得太久" in late.text


def test_the_same_form_sent_twice_is_one_case_with_one_paper(browser, staff):
    form = shown(browser.get("/")).form("need")
    typed = {**form.fields, "words": WORDS, "area": COMMUNITY}
    first = shown(browser.post("/", {**typed, "papers": [paper()]}, follow=True))
    second = shown(browser.post("/", {**typed, "papers": [paper()]}, follow=True))
    assert keepsake(first)[0] == keepsake(second)[0]
    assert names_on_the_desk(staff, keepsake(first)[0]).count("工资条.pdf") == 1


def test_a_mark_that_is_not_ours_is_nothing_and_a_form_in_gbk_is_read(browser):
    form = shown(browser.get("/")).form("need")
    token = form.fields["csrfmiddlewaretoken"][0]
    parts = {"csrfmiddlewaretoken": token, "key": form.fields["key"][0], "area": COMMUNITY, "papers_held": "AAAA"}
    body = b"".join(b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
                    for name, value in [*((name, said.encode()) for name, said in parts.items()),
                                        ("words", WORDS.encode("gb18030"))]) + b"--x--\r\n"
    back = shown(browser.post("/", body, content_type="multipart/form-data; boundary=x", follow=True))
    assert back.status == 200 and WORDS in back.text

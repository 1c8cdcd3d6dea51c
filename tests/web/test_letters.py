"""Letters on pages: written, looked at, sent, served, answered by the unit; taken by her; no page of anybody else."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from baiying.cases.queries import letters as queries
from baiying.catalogue import queries as catalogue
from baiying.kit import moment
from tests.web.pages import Shown, shown
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db


def matter(safe: bool) -> str:
    return next(one.key for one in catalogue.matters()
                if one.has_papers and one.safe == safe and (one.privacy == "P3") == safe)


def key_of(name: str) -> str:
    return next(key for key, one in catalogue.matter(name).letters.items()
                if one.template is not None and one.template.numbered and queries.reply_of(one))


def links(page: Shown) -> list[str]:
    return [str(given["href"]) for tag, given in page.tags if tag == "a" and given.get("href")]


@pytest.fixture
def case(send):
    """A case of a matter that is not protected: its number, query code and the address of its letters."""
    number, code = keepsake(send(matter=matter(safe=False)))
    return number, code, f"/case/{number.replace('-', '')}/letters/"


def test_a_letter_is_looked_at_kept_sent_served_and_answered(case, staff):
    _number, _code, here = case
    handler, key, today = staff("bajiao_handler"), key_of(matter(safe=False)), moment.today().isoformat()
    assert here in links(shown(handler.get(here.removesuffix("letters/"))))
    page = shown(handler.get(f"{here}{key}/"))
    form = page.form("letter")
    kept = shown(handler.post(form.action, {**form.fields, "addressee": "某街道 *办事处*", "do": "keep"}, follow=True))
    assert "某街道 *办事处*：" in kept.text and "已保存" in kept.text
    form = kept.form("letter")
    listed = shown(handler.post(form.action, {**form.fields, "do": "send"}, follow=True))
    assert "〕1号" in listed.text
    again = shown(handler.post(form.action, {**form.fields, "do": "send"}, follow=True))
    assert "〕2号" not in again.text
    link = next(one for one in links(listed) if one.endswith("/pdf/"))
    paper = handler.get(link)
    text = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert "某街道" in text and "*办事处*" in text and paper["Cache-Control"] == "no-store"
    word = handler.get(link.replace("/pdf/", "/docx/")).content
    assert any("*办事处*" in one.text for one in docx.Document(io.BytesIO(word)).paragraphs)
    sent = f"{here}{link.split('/')[-3]}/sent/"
    wrong = shown(handler.post(sent, {**shown(handler.get(sent)).form("served").fields, "how": "posted",
                                      "on": "2020-02-01", "note": "EX 0000"}))
    assert wrong.status == 400 and wrong.form("served").fields["note"] == ["EX 0000"]
    served = shown(handler.post(sent, {**wrong.form("served").fields, "on": today}, follow=True))
    assert "EX 0000" in served.text and "前答复" in served.text
    done = shown(handler.post(sent, {**served.form("answered").fields, "on": today, "words": "马上办。"},
                              follow=True))
    assert "马上办。" in done.text and "served" not in [form.id for form in done.forms]


def test_she_takes_her_draft_and_her_letters_home(send):
    number, code = keepsake(send("老公打我, 我想申请保护令。", matter=matter(safe=True)))
    browser, mine = come_back(number, code)
    assert "/mine/letters/" in links(mine)
    page = shown(browser.get("/mine/letters/"))
    assert "交到哪里" in page.text
    link = next(one for one in links(page) if one.endswith("/docx/"))
    answer = browser.get(link)
    assert answer.content.startswith(b"PK") and number in answer["Content-Disposition"]
    assert browser.get(link.replace("/docx/", "/exe/")).status_code == 404
    assert Client().get(link).status_code != 200


def test_nobody_else_sees_that_there_are_letters(case, staff):
    number, _code, here = case
    handler, stranger = staff("bajiao_handler"), staff("gucheng_handler")
    key = key_of(matter(safe=False))
    form = shown(handler.get(f"{here}{key}/")).form("letter")
    handler.post(form.action, {**form.fields, "do": "send"})
    nothing = here.replace(number.replace("-", ""), "2222222222")
    for path in ("", f"{key}/"):
        assert stranger.get(here + path).status_code == stranger.get(nothing + path).status_code == 404


def test_the_federation_has_a_page_of_late_answers(staff):
    assert "没有" in shown(staff("district_union").get("/letters/late/")).text

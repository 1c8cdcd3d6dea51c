"""A new kind of case is one TOML file: no Python, no template, no table knows it."""

from __future__ import annotations

import shutil

import pytest
from django.test import Client

from baiying.catalogue import actions, queries
from tests.web.desks import case_of
from tests.web.pages import shown
from tests.web.test_way import keepsake

KEY = "union.lost.tools"
TOML = '''
name = "工具丢失求助"
name_en = "Lost tools"
help = "在工地丢了自己的工具, 我们帮您找负责人。"
help_en = "Your own tools were lost at work: we find who is responsible."
org = "union"
class = "P2"
order = 90

[ask]
tools = { label = "丢了什么工具", label_en = "Which tools", kind = "text" }

[stage.search]
label = "寻找中"
label_en = "Searching"
task = "lead"
moves = [{ to = "deal", label = "找到负责人, 开始商量", label_en = "Found who is responsible", marks = "contacted" }]

[stage.deal]
label = "商量赔偿"
label_en = "Agreeing on a replacement"
task = "lead"
moves = [{ to = "answered", label = "告诉本人结果", label_en = "Tell the result" }]

[clock.search]
label = "找到负责人"
label_en = "Find who is responsible"
limit = "3 working days"
from = "submitted"
until = "contacted"
of = "lead"
basis = "house"
grade = "proposed"

[closing]
question = "工具的事解决了吗?"
question_en = "Are the tools settled?"
reopen = "upper"
times = 1
'''


@pytest.fixture
def catalogue_with_one_more(db, settings, tmp_path):
    """The product's catalogue and one more file, in force for this test."""
    folder = tmp_path / "catalogue"
    shutil.copytree(settings.BAIYING_CATALOGUE, folder)
    (folder / "matters" / f"{KEY}.toml").write_text(TOML, encoding="utf-8")
    actions.load(folder)
    return folder


def take_step(handler: Client, number: str, to: str, text: str) -> str:
    """Press the button of the step that leads there; the page that follows."""
    page = case_of(handler, number)
    moves = [form for form in page.forms if form.action.endswith("/move/")]
    wanted = next(form for form in moves if form.fields.get("move") == [to])
    data = {**wanted.fields, "text": text}
    return shown(handler.post(wanted.action, data, follow=True)).text


def test_a_matter_written_a_moment_ago_goes_its_whole_way_over_http(catalogue_with_one_more, browser, staff):
    assert "工具丢失求助" in shown(browser.get("/catalogue/")).text
    page = shown(browser.get(f"/catalogue/{KEY}/"))
    receipt = page.press(browser, "need", words="冲击钻不见了", **{"ask.tools": "冲击钻一把"},
                         area="110107003037")
    number, code = keepsake(receipt)
    assert "找到负责人" in receipt.text
    handler = staff("bajiao_handler")
    plain = number.replace("-", "")
    assert number in shown(handler.get("/today/")).text
    opened = case_of(handler, plain).text
    assert "冲击钻一把" in opened and "寻找中" in opened
    assert "商量赔偿" in take_step(handler, plain, "deal", "")
    take_step(handler, plain, "answered", "单位已买新钻, 周一领取。")
    client = Client()
    mine = shown(client.post("/find/", {"number": number, "code": code}, follow=True))
    assert "工具的事解决了吗" in mine.text and "周一领取" in mine.text
    done = mine.press(client, "/mine/judge/", verdict="solved", contacted="yes")
    assert "解决" in done.text
    assert handler.get(f"/case/{plain}/").status_code == 200


def test_the_same_file_with_a_fault_is_told_and_nothing_comes_into_force(catalogue_with_one_more):
    file = catalogue_with_one_more / "matters" / f"{KEY}.toml"
    file.write_text(TOML.replace('to = "deal"', 'to = "dael"'), encoding="utf-8")
    with pytest.raises(actions.Faulty) as faulty:
        actions.load(catalogue_with_one_more)
    assert "deal" in str(faulty.value.faults[0])
    assert queries.matter(KEY).stages["search"].moves[0].to == "deal"

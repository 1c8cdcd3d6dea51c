"""The boards over HTTP: what is told, what is not, to whom; a board is one file; files hide what pages hide."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date

import pytest
from django.db.models import Sum
from python_calamine import CalamineWorkbook

from baiying.boards import queries as boards
from baiying.boards.models import Figure
from baiying.catalogue import actions
from baiying.kit import moment
from tests.web.pages import shown

DISTRICT = "110107"
ONE_MORE = '''
name = "只看一个数"
name_en = "One number alone"
lead = "解决没有, 听本人说。"
lead_en = "Whether it is solved, she says."
audience = "public"
order = 9
periods = ["quarter", "year"]
compare = ["matter"]

[measure.heard]
name = "说了话的"
name_en = "Spoke up"
definition = "收到的诉求里, 本人说了解决没有的。"
definition_en = "Of those received, those who told whether it was solved."
count = "said"
of = "received"
'''


def rows_of(answer) -> list[list[str]]:
    """The table of a CSV file, its heads first, without the notes above."""
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return rows[next(number for number, row in enumerate(rows) if len(row) > 3):]


def test_a_board_written_a_moment_ago_is_a_page_and_a_file(browser, db, settings, tmp_path):
    folder = shutil.copytree(settings.BAIYING_CATALOGUE, tmp_path / "catalogue")
    (folder / "boards" / "just_one.toml").write_text(ONE_MORE, encoding="utf-8")
    assert actions.load(folder)["boards"] >= 2
    page = shown(browser.get("/boards/just_one/"))
    assert page.status == 200 and "只看一个数" in page.text
    assert "本人说了解决没有的" in page.text, "the definition stands on the page"
    assert rows_of(browser.get("/boards/just_one/file/?table=matter&as=csv"))[0][2] == "说了话的"


def test_every_number_of_the_published_file_is_the_plain_sum(browser, db):
    period = boards.last_quarter(moment.today())
    heads, *rows = rows_of(browser.get(f"/boards/everybody/file/?table=matter&as=csv&period={period.key}"))
    said = {row[0]: row[heads.index("收到")] for row in rows}
    plain = Figure.objects.filter(district=DISTRICT, day__gte=period.since, day__lt=period.until, protected=False)
    sums = sorted(plain.order_by().values("matter").annotate(all=Sum("received")).values_list("all", flat=True))
    told = sorted(int(one) for one in said.values() if one.isdigit())
    assert told == [one for one in sums if str(one) in said.values()]
    assert len(said) == len(sums) and any(one.isdigit() for one in said.values())


def test_a_protected_matter_is_named_in_no_table_and_no_file(browser, db):
    from baiying.catalogue import queries as catalogue

    protected = [one.name for one in catalogue.matters() if one.safe]
    assert protected and Figure.objects.filter(protected=True).exists()
    for key in ("street", "matter", "course"):
        text = browser.get(f"/boards/everybody/file/?table={key}&as=csv").content.decode()
        assert not any(name in text for name in protected)
    assert "全区" in shown(browser.get("/boards/")).text
    assert not Figure.objects.filter(protected=True).exclude(unit=None, matter="").exists()


def test_both_files_say_the_same_and_hide_the_same(browser, db):
    table = rows_of(browser.get("/boards/everybody/file/?table=street&as=csv"))
    answer = browser.get("/boards/everybody/file/?table=street&as=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    found = sheet[next(number for number, row in enumerate(sheet) if row[1] != ""):]
    assert [row[0] for row in found] == [row[0] for row in table]
    hidden = [[cell == "太少，不说" for cell in row] for row in table]
    assert hidden == [[cell == "太少，不说" for cell in row] for row in found]
    assert any(any(row) for row in hidden), "a small district has something to hide"


def test_the_page_hides_what_the_file_hides(browser, db):
    page = shown(browser.get("/boards/everybody/?measure=partly"))
    assert "—" in page.text and "不到 5 件" in page.text


@pytest.mark.parametrize("path", [
    "/boards/nothing/", "/boards/federation/", "/boards/unit/", "/boards/everybody/street/999999999/",
    "/boards/everybody/matter/women.dv.protect/", "/boards/everybody/file/?table=unit&as=csv",
    "/boards/everybody/file/?table=street&as=exe", "/boards/everybody/file/?table=",
])
def test_what_is_not_published_is_not_there(browser, db, path):
    assert browser.get(path).status_code == 404


def test_an_address_cannot_ask_for_another_table_than_the_fixed_ones(browser, db):
    usual = rows_of(browser.get("/boards/everybody/file/?table=street&as=csv"))
    odd = "/boards/everybody/file/?table=street&as=csv&period=2025-W03&by=week&since=2025-01-05"
    assert rows_of(browser.get(odd)) == usual


def test_only_posts_with_the_power_see_the_boards_of_units(browser, staff):
    for path in ("/boards/below/", "/boards/ours/", "/boards/ours/cases/?kind=month&period=2026-03"):
        assert browser.get(path).status_code == 302, "nobody is asked to sign in first"
    handler, lawyer, above = staff("bajiao_handler"), staff("lawyer"), staff("district_union")
    assert handler.get("/boards/ours/").status_code == 200 and handler.get("/boards/below/").status_code == 404
    assert lawyer.get("/boards/ours/").status_code == 404
    assert above.get("/boards/below/").status_code == 200


def test_a_units_own_board_counts_its_own_and_leads_to_them(browser, staff, send):
    from baiying.boards.actions import count
    from tests.web.test_way import keepsake

    handler = staff("bajiao_handler")
    number, _code = keepsake(send())
    count(DISTRICT)
    page = shown(handler.get("/boards/ours/?by=month"))
    today = moment.today()
    assert "本组织看板" in page.text
    listed = shown(handler.get(f"/boards/ours/cases/?kind=month&period={today:%Y-%m}"))
    assert number in listed.text
    assert number not in shown(staff("district_women").get(
        f"/boards/ours/cases/?kind=month&period={today:%Y-%m}")).text
    assert handler.get("/boards/ours/cases/?kind=month&period=2026-13").status_code == 404
    assert handler.get("/boards/ours/file/?table=course&as=csv&by=week").status_code == 200


def test_before_the_first_quarter_is_over_the_board_says_so(browser, db):
    Figure.objects.all().delete()
    assert "还没有满一个季度" in shown(browser.get("/boards/")).text
    assert Figure.objects.filter(day__lt=date(2100, 1, 1)).count() == 0


def test_the_invented_past_is_called_invented_on_the_page_and_in_the_file(browser, db):
    assert "虚构" in shown(browser.get("/boards/")).text
    assert "虚构" in browser.get("/boards/everybody/file/?table=matter&as=csv").content.decode()

"""A fresh installation leads everybody to the setup page; the one-time key opens it; once set up it is gone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baiying.setup import queries
from tests.project.test_setup import AREAS, DISTRICT, FIRST, PASSWORD, fresh  # noqa: F401
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db
PEOPLE = {"name_0": FIRST.name, "login_0": "the.first", "password_0": PASSWORD, "again_0": PASSWORD}


@pytest.fixture
def uploads(settings, tmp_path) -> None:
    settings.BAIYING_UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"


def opened(browser: Client) -> Shown:
    """The district's page, behind the key."""
    return shown(browser.get("/setup/")).press(browser, "/setup/", key=queries.key_file().read_text())


def with_table(browser: Client, page: Shown, table: bytes = AREAS.encode()) -> Shown:
    """Send the district with its table of areas."""
    file = SimpleUploadedFile("areas.csv", table, "text/csv")
    return page.press(browser, "/setup/district/", district=DISTRICT, areas=file)


@pytest.mark.parametrize("path", ["/", "/in/", "/today/", "/catalogue/", "/find/", "/nothing/at/all/", "/about/"])
def test_until_it_is_set_up_every_address_leads_to_the_setup_page(fresh, browser, path):  # noqa: F811
    answer = browser.get(path)
    assert answer.status_code == 302 and answer["Location"] == "/setup/"


def test_what_machines_ask_and_the_language_stay_reachable(fresh, browser):  # noqa: F811
    assert browser.get("/healthz").status_code == 200
    page = shown(browser.get("/setup/")).press(browser, "/prefer/", language="en", next="/setup/")
    assert "One-time key" in page.text


def test_in_the_demo_there_is_no_setup_page(browser):
    for path in ("/setup/", "/setup/district/", "/setup/people/"):
        assert browser.get(path).status_code == 404


def test_without_the_key_no_step_opens(fresh, browser):  # noqa: F811
    for step in ("district", "federations", "keys", "people"):
        assert browser.get(f"/setup/{step}/")["Location"] == "/setup/"
    refused = shown(browser.get("/setup/")).press(browser, "/setup/", key="AAAA-BBBB-CCCC-DDDD")
    assert refused.status == 400 and "钥匙不对" in refused.text
    assert browser.get("/setup/district/").status_code == 302


def test_a_district_is_set_up_from_nothing_step_by_step(fresh, uploads, browser):  # noqa: F811
    page = with_table(browser, opened(browser))
    assert "示例区" in page.text and "2 个街道" in page.text
    assert page.form("/setup/federations/").fields["union_name"] == ["示例区总工会"]
    page = page.press(browser, "/setup/federations/", women=[])
    page = page.press(browser, "/setup/keys/", seen="on")
    assert "示例区总工会" in page.text and "示例区妇女联合会" not in page.text
    page = page.press(browser, "/setup/people/", **PEOPLE)
    assert page.status == 200 and "设置好了" in page.text and FIRST.name in page.text
    assert browser.get("/setup/").status_code == 404 and browser.get("/setup/people/").status_code == 404
    assert browser.get("/in/").status_code == 200 and "有什么难处" in shown(browser.get("/")).text


def test_a_refused_step_comes_back_with_everything_in_it(fresh, uploads, browser):  # noqa: F811
    page = with_table(browser, opened(browser))
    page = page.press(browser, "/setup/federations/", union_name=" ", union_telephone="010-0000-0101")
    assert page.status == 400 and page.form("/setup/federations/").fields["union_telephone"] == ["010-0000-0101"]
    page = page.press(browser, "/setup/federations/", union_name="示例区总工会")
    page = page.press(browser, "/setup/keys/")
    assert page.status == 400
    page = page.press(browser, "/setup/keys/", seen="on")
    refused = page.press(browser, "/setup/people/", **{**PEOPLE, "login_0": "BAD LOGIN"})
    assert refused.status == 400 and "小写字母" in refused.text
    assert refused.form("/setup/people/").fields["password_0"] == [PASSWORD], "nothing is typed twice"
    assert refused.form("/setup/people/").fields["name_0"] == [FIRST.name]
    done = refused.press(browser, "/setup/people/", login_0="the.first")
    assert "设置好了" in done.text


def test_going_back_finds_what_was_told(fresh, uploads, browser):  # noqa: F811
    page = with_table(browser, opened(browser))
    page.press(browser, "/setup/federations/", union_name="示例区工会联合会", women=[])
    assert shown(browser.get("/setup/district/")).form("/setup/district/").fields["district"] == [DISTRICT]
    again = shown(browser.get("/setup/federations/")).form("/setup/federations/").fields
    assert again["union_name"] == ["示例区工会联合会"] and "women" not in again


def test_a_table_that_is_not_in_order_is_told_and_the_code_stays(fresh, uploads, browser):  # noqa: F811
    page = with_table(browser, opened(browser), b"a,b\n1,2\n")
    assert page.status == 400 and "code,name,level,parent" in page.text
    assert page.form("/setup/district/").fields["district"] == [DISTRICT]
    page = page.press(browser, "/setup/district/", areas="")
    assert page.status == 400 and "区划表" in page.text


def test_two_passwords_that_differ_and_a_weak_one_are_told(fresh, uploads, browser):  # noqa: F811
    page = with_table(browser, opened(browser)).press(browser, "/setup/federations/").press(
        browser, "/setup/keys/", seen="on")
    page = page.press(browser, "/setup/people/", **{**PEOPLE, "again_0": "something else"})
    assert page.status == 400 and "不一样" in page.text
    page = page.press(browser, "/setup/people/", password_0="short", again_0="short")
    assert page.status == 400 and "太短" in page.text


def test_the_key_cannot_be_guessed_for_long(fresh, browser):  # noqa: F811
    page = shown(browser.get("/setup/"))
    seen = {page.press(browser, "/setup/", key="AAAA-BBBB-CCCC-DDDD").status for _try in range(25)}
    assert 429 in seen

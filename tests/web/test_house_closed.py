"""Pages of trouble help: what happened, whether anything is lost, whom to call. They need no database."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from baiying.cases import actions as cases
from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.kit.errors import Refusal
from baiying.project import command
from baiying.project.folders import Folders
from baiying.web.views import trouble
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db
NUMBERS = ("110", "12338", "12351")


@pytest.fixture
def closed(settings, tmp_path, monkeypatch):
    """Close the house as the operator does, by the command."""
    monkeypatch.setenv("BAIYING_DATA", str(tmp_path))
    settings.BAIYING_SHUT = Folders(tmp_path).shut

    def close(say: str = "") -> None:
        assert command.main(["maintenance", "on", "--say", say]) == 0

    return close


def links_of(page: Shown) -> set[object]:
    return {given.get("href") for tag, given in page.tags if tag == "a"}


def helps(page: Shown) -> bool:
    """Telephones, and a word on what is lost."""
    return all(f"tel:{number}" in links_of(page) for number in NUMBERS) and "有没有丢东西" in page.text


def test_while_the_house_is_closed_every_page_says_so_and_until_when(browser, closed):
    closed("今晚十点前恢复。")
    for path in ("/", "/find/", "/today/", "/nothing/"):
        page = shown(browser.get(path))
        assert page.status == 503 and page.answer["Retry-After"] == "600" and helps(page)
        assert "系统维护" in page.text and "今晚十点前恢复。" in page.text
        # No way is offered that leads to this page again, but looking once more where one was.
        assert {link for link in links_of(page) if str(link).startswith("/")} == {"/", path}
    assert browser.get("/healthz").status_code == 200


def test_what_is_sent_while_the_house_is_closed_comes_back_and_can_be_sent_when_it_opens(browser, closed):
    fields = shown(browser.get("/")).form("need").fields
    closed()
    page = shown(browser.post("/", {**fields, "words": "水管漏了"}))
    again = next(form for form in page.forms if "words" in form.fields)
    assert "/prefer/" not in {form.action for form in page.forms}, "a switch would leave the words behind"
    assert page.status == 503 and again.fields["words"] == ["水管漏了"] and again.fields["key"] == fields["key"]
    assert command.main(["maintenance", "off"]) == 0
    assert "请收好这两样" in shown(browser.post(again.action, again.fields, follow=True)).text


def test_the_switch_tells_how_it_stands_and_the_page_speaks_the_readers_language(browser, closed, capsys):
    assert command.main(["maintenance", "status"]) == 0 and "Open" in capsys.readouterr().out
    closed()
    assert command.main(["maintenance", "status"]) == 0 and "maintenance off" in capsys.readouterr().out
    browser.cookies["django_language"] = "en"
    assert "closed for repairs" in shown(browser.get("/")).text


def test_the_switches_of_the_closed_house_work_and_are_nothing_that_was_written(browser, closed):
    page = shown(browser.get("/find/"))
    closed()
    page = page.press(browser, "/prefer/", language="en")
    assert "closed for repairs" in page.text and "Press again" not in page.text
    assert page.answer.cookies["django_language"].value == "en"
    page = page.press(browser, "/prefer/", large="1")
    assert any(tag == "html" and given.get("class") == "large" for tag, given in page.tags)


def asked_nothing(request, make) -> Shown:
    """The page, made while every word to the database is an error."""
    def refuse(*_given):
        raise OperationalError("no database")

    with connection.execute_wrapper(refuse):
        return shown(make(request))


@pytest.mark.parametrize(("make", "status"), [
    (trouble.broken, 500), (trouble.away, 503), (trouble.unseen, 404), (trouble.misread, 400), (trouble.forbidden, 403),
    (lambda request: trouble.shut(request, "马上回来"), 503),
])
def test_a_page_of_trouble_asks_no_database_and_helps(make, status):
    page = asked_nothing(RequestFactory().get("/places/"), make)
    assert page.status == status and page.answer["Cache-Control"] == "no-store"
    assert all(f"tel:{number}" in {given.get("href") for _tag, given in page.tags} for number in NUMBERS)


def test_an_error_while_sending_says_that_the_words_are_on_the_page(browser, monkeypatch):
    def breaks(told: object) -> None:
        raise ValueError("a defect")

    client = Client(raise_request_exception=False)
    front = shown(client.get("/"))
    with monkeypatch.context() as broken:
        broken.setattr(cases, "submit", breaks)
        page = shown(client.post("/", {**front.form("need").fields, "words": "水管漏了"}))
    assert page.status == 500 and "请不要关" in page.text and helps(page) \
        and {"/", "/find/", "/places/"} <= links_of(page)
    assert next(form for form in page.forms if "words" in form.fields).fields["words"] == ["水管漏了"]


def test_when_the_page_of_trouble_itself_cannot_be_made_a_plain_one_still_gives_the_numbers():
    with patch.object(trouble, "render", side_effect=RuntimeError("no template")):
        answer = trouble.broken(RequestFactory().get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500 and all(number in text for number in NUMBERS) and 'lang="zh-Hans"' in text


def test_too_much_at_once_is_told_as_too_much(browser, monkeypatch):
    def slow() -> None:
        raise Refusal("请等一会儿。", status=429)

    monkeypatch.setattr("baiying.web.views.places.network.areas", slow)
    page = shown(browser.get("/places/"))
    assert page.status == 429 and "请慢一点" in page.text and "请等一会儿。" in page.text


def test_the_page_of_promises_says_what_is_kept_how_to_check_and_what_is_not_promised(browser):
    page = shown(browser.get("/about/"))
    assert page.text.count("怎样核对：") == 8 and "我们不承诺什么" in page.text and "还没有在外面公开" in page.text
    assert "石景山区总工会" in page.text and "木兰" in page.text


def test_the_catalogue_is_on_shelves_and_searched_by_plain_words(browser):
    page = shown(browser.get("/catalogue/"))
    names = [str(given["href"]) for _tag, given in page.tags if given.get("class") == "offer-name"]
    assert len(names) == len(set(names)) == len(declared.matters()) + len(promised().services)
    found = shown(browser.get("/catalogue/", {"q": "工伤"}))
    some = [given for _tag, given in found.tags if given.get("class") == "offer-name"]
    assert 0 < len(some) < len(names) and "找到" in found.text
    nothing = shown(browser.get("/catalogue/", {"q": "飞船"}))
    assert "不等于没有人管" in nothing.text and nothing.status == 200

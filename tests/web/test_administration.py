"""The administrator's pages as a person without JavaScript uses them: posts, substitutes, units, two persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
from django.test import Client

from baiying.kit import moment
from baiying.members.models import Person
from baiying.network import queries
from baiying.network.models import Post, Unit
from tests.web.pages import Shown, shown

ON = date(2026, 9, 1)
pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with moment.frozen(datetime.combine(ON, time(9))):
        yield


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name, closed_on=None)


def address(one: Unit) -> str:
    return f"/administration/unit/{queries.ref(one)}/"


def on_page(browser: Client, name: str) -> Shown:
    return shown(browser.get(address(unit(name))))


def of_post(name: str, deed: str) -> str:
    """The id of the form of a deed on the one open post of a unit."""
    return f"{deed}_{queries.ref(Post.objects.get(unit=unit(name), until__isnull=True))}"


def held(login: str, on: date = ON) -> set[tuple[str, str]]:
    return {(post.unit.name, post.role) for post in queries.posts_of(Person.objects.get(login=login).id, on)}


def second_says(staff: Staff, word: str = "yes") -> Shown:
    browser = staff("administrator_two")
    waiting = shown(browser.get("/administration/proposals/"))
    form = next(form for form in waiting.forms if form.id.startswith(f"{word}_"))
    return waiting.press(browser, form.id)


def test_the_list_finds_a_unit_and_names_where_nobody_is(staff: Staff) -> None:
    browser = staff("administrator")
    everything, found = shown(browser.get("/administration/")), shown(browser.get("/administration/?q=古城街道工会"))
    assert "无人" in everything.text and "法院联络点(演示)" in everything.text
    assert "古城街道工会服务站" in found.text and "八角街道总工会" not in found.text


def test_a_colleague_gets_a_post_and_loses_it_again(staff: Staff) -> None:
    browser = staff("administrator")
    page = on_page(browser, "古城街道工会服务站")
    done = page.press(browser, "appoint", login="chi.nuanyang", role="handler")
    assert done.status == 200 and ("古城街道工会服务站", "handler") in held("chi.nuanyang")
    post = Post.objects.get(unit=unit("古城街道工会服务站"), holder__login="chi.nuanyang")
    done.press(browser, f"end_{queries.ref(post)}", on="2026-09-03")
    assert ("古城街道工会服务站", "handler") in held("chi.nuanyang", date(2026, 9, 2))
    assert ("古城街道工会服务站", "handler") not in held("chi.nuanyang", date(2026, 9, 3))


def test_what_is_refused_comes_back_filled_in_with_the_reason(staff: Staff) -> None:
    browser = staff("administrator")
    page = on_page(browser, "古城街道工会服务站")
    refused = page.press(browser, "appoint", login="no.such", role="handler", until="2027-01-31")
    assert refused.status == 400 and "没有这个账号" in refused.text
    assert refused.form("appoint").fields["login"] == ["no.such"]
    assert refused.form("appoint").fields["until"] == ["2027-01-31"]
    assert page.press(browser, "appoint", login="chi.nuanyang", role="handler", since="").status == 400
    assert page.press(browser, "appoint", login="guan.youzhang", role="handler").status == 400
    assert not Post.objects.filter(unit=unit("古城街道工会服务站"), holder__login="guan.youzhang").exists()


def test_a_new_colleague_is_invited_by_a_link_that_is_shown_once(staff: Staff) -> None:
    browser = staff("administrator")
    page = on_page(browser, "古城街道工会服务站")
    told = page.press(browser, "appoint", login="xin.ren", full_name="辛仁", role="handler")
    link = re.search(r"http://\S+", told.text)
    assert told.status == 200 and link is not None and ("古城街道工会服务站", "handler") not in held("xin.ren")
    again = on_page(browser, "古城街道工会服务站")
    assert link.group() not in again.text and "账号还没启用" in again.text


def test_nobody_is_left_alone_with_work_unknowingly(staff: Staff) -> None:
    browser, name = staff("administrator"), "古城街道工会服务站"
    page = on_page(browser, name)
    refused = page.press(browser, of_post(name, "away"), since="2026-09-01", until="2026-09-08")
    assert refused.status == 400 and "古城街道总工会" in refused.text
    page.press(browser, of_post(name, "away"), since="2026-09-01", until="2026-09-08", substitute="he.yingsheng")
    assert (name, "handler") in held("he.yingsheng") and (name, "handler") not in held("he.yingsheng", date(2026, 9, 8))
    back = on_page(browser, name)
    assert "何应声" in back.text
    absence = queries.ref(Post.objects.get(unit=unit(name), until__isnull=True).absences.get())
    back.press(browser, f"back_{absence}", on="2026-09-02")
    assert (name, "handler") not in held("he.yingsheng", date(2026, 9, 2))


def test_a_substitute_works_with_the_units_cases_on_these_days(staff: Staff) -> None:
    browser, name = staff("administrator"), "古城街道工会服务站"
    on_page(browser, name).press(browser, of_post(name, "away"), since="2026-09-01", substitute="he.yingsheng")
    assert name in shown(staff("bajiao_handler").get("/today/")).text


def test_a_district_post_waits_until_another_person_has_confirmed_it(staff: Staff) -> None:
    browser = staff("administrator")
    page = on_page(browser, "石景山区总工会")
    waiting = page.press(browser, "appoint", login="he.yingsheng", role="auditor")
    assert waiting.status == 200 and "何应声" in waiting.text
    assert not [form for form in waiting.forms if form.id.startswith("yes_")]
    assert ("石景山区总工会", "auditor") not in held("he.yingsheng")
    second_says(staff)
    assert ("石景山区总工会", "auditor") in held("he.yingsheng")


def test_a_unit_closes_when_two_persons_say_so_and_not_when_one_declines(staff: Staff) -> None:
    browser, name = staff("administrator"), "轻骑快送石景山站点工会"
    on_page(browser, name).press(browser, "close", on="2026-09-01")
    second_says(staff, "no")
    assert Unit.objects.get(name=name).closed_on is None
    on_page(browser, name).press(browser, "close", on="2026-09-01")
    second_says(staff)
    closed = Unit.objects.get(name=name)
    assert closed.closed_on == ON and closed.successor == unit("八角街道总工会")
    assert browser.get(address(closed)).status_code == 404


def test_two_streets_become_one_and_a_street_becomes_two(staff: Staff) -> None:
    browser = staff("administrator")
    into, other = unit("八角街道总工会"), unit("古城街道总工会")
    on_page(browser, into.name).press(browser, "merge", units=[queries.ref(other)], on="2026-09-01")
    second_says(staff)
    assert queries.next_living(other.id, ON) == into
    on_page(browser, into.name).press(browser, "split", on="2026-09-01", first="八角东街道总工会",
                                      first_area="110107003000", second="八角西街道总工会", second_area="110107003000")
    second_says(staff)
    assert queries.upper(unit("八角西街道总工会"), ON) == unit("石景山区总工会")
    assert Unit.objects.get(id=into.id).successor == unit("八角东街道总工会")


def test_a_unit_is_opened_below_and_hung_elsewhere(staff: Staff) -> None:
    browser = staff("administrator")
    page = on_page(browser, "古城街道总工会")
    page.press(browser, "open", unit_name="新炉工会", level="grassroots", roles=["union"], area="110107004000")
    new = unit("新炉工会")
    assert queries.upper(new, ON) == unit("古城街道总工会")
    on_page(browser, "新炉工会").press(browser, "hang", kind="territorial", upper=queries.ref(unit("八角街道总工会")))
    assert queries.upper(new, ON) == unit("八角街道总工会")
    new_one = {"unit_name": "新炉工会", "level": "grassroots", "roles": ["union"], "area": "110107004000"}
    assert page.press(browser, "open", **new_one).status == 200, "the same key twice is once"
    assert Unit.objects.filter(name="新炉工会").count() == 1
    assert on_page(browser, "古城街道总工会").press(browser, "open", **new_one).status == 400


def test_a_second_factor_is_reset_alone_below_and_by_two_in_the_district(staff: Staff, monkeypatch) -> None:
    reset: list[str] = []
    monkeypatch.setattr("baiying.members.actions.reset_factors", lambda person, by: reset.append(person.login))
    browser = staff("administrator")
    page = on_page(browser, "古城街道工会服务站")
    page.press(browser, of_post("古城街道工会服务站", "reset"))
    assert reset == ["wen.bida"]
    post = Post.objects.get(unit=unit("石景山区总工会"), role="district_desk")
    on_page(browser, "石景山区总工会").press(browser, f"reset_{queries.ref(post)}")
    assert reset == ["wen.bida"]
    second_says(staff)
    assert reset == ["wen.bida", "ji.suiying"]


def test_an_administrator_opens_no_case_and_a_handler_no_administration(
    staff: Staff, send: Callable[..., Shown]
) -> None:
    number = send().text.split("编号 ")[1].split()[0].replace("-", "")
    assert staff("administrator").get(f"/case/{number}/").status_code == 404
    assert staff("administrator").get("/today/").status_code == 404
    theirs = address(unit("八角街道总工会"))
    for path in ("/administration/", theirs, "/administration/proposals/"):
        assert staff("bajiao_handler").get(path).status_code == 404


def test_whom_a_street_does_not_look_after_is_the_same_as_nobody(staff: Staff) -> None:
    from baiying.network import actions

    person = Person.objects.get(login="he.yingsheng").id
    actions.appoint("street", unit("八角街道总工会"), "administrator", person, ON, receives=False)
    browser = staff("bajiao_handler")
    assert browser.get(address(unit("八角街道总工会"))).status_code == 200
    theirs, nobodys = (shown(browser.get(path)) for path in (address(unit("古城街道总工会")),
                                                             "/administration/unit/2222222222/"))
    assert theirs.status == nobodys.status == 404 and theirs.text == nobodys.text


def test_everybody_may_know_who_is_in_office(browser: Client) -> None:
    page = shown(browser.get("/network/"))
    assert page.status == 200 and "区级服务台 冀随应" in page.text and "010-0000-01" in page.text


def test_no_internal_key_leaves_the_server(staff: Staff) -> None:
    browser = staff("administrator")
    on_page(browser, "轻骑快送石景山站点工会").press(browser, "close", on="2026-09-01")
    for path in ("/administration/", address(unit("石景山区总工会")), "/administration/proposals/", "/network/"):
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", browser.get(path).content.decode())

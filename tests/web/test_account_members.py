"""The members of a unit: whoever keeps them finds exactly those, enters one, merges two with a colleague."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from baiying.kit import door
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.actions import NewMember
from baiying.members.models import Person
from baiying.project.demo.cast import person as player
from tests.members.figures import identity_number, other, street, telephone
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(staff) -> Client:
    """She keeps the members of the street's union."""
    return staff("bajiao_handler")


@pytest.fixture
def second_clerk(staff) -> Client:
    """A colleague with a post in the same unit."""
    from datetime import date

    from baiying.network import actions as network
    from baiying.network import queries as units

    found, unit = queries.by_login(player("gucheng_handler").login), units.unit(street())
    assert found is not None and unit is not None
    network.appoint("test:second", unit, "handler", found.id, date(2024, 1, 1))
    return staff("gucheng_handler")


def look(client: Client, **typed: str) -> Shown:
    return shown(client.get("/members/")).press(client, "look", **typed)


def enter(name: str = "石小工", turn: int = 1, unit: UUID | None = None, paper: str = "") -> UUID:
    papers = (("id", paper),) if paper else ()
    return members.enter_person(f"{name}{turn}", NewMember(1, name, unit or street(), papers, telephone(turn)),
                                UUID(int=9))


def test_a_member_is_found_by_exact_name_telephone_or_paper_and_shown_masked(clerk):
    enter(paper=identity_number(1))
    for typed in ({"name": "石小工"}, {"telephone": telephone(1)}, {"kind": "id18", "number": identity_number(1)}):
        page = look(clerk, **typed)
        assert "石小工" in page.text and identity_number(1) not in page.text and telephone(1) not in page.text
    assert "没有这个姓名" in look(clerk, name="石").text


def test_a_member_of_another_unit_leaves_no_trace(clerk):
    enter(unit=other(), paper=identity_number(1))
    nobody = look(clerk, name="石小工", telephone=telephone(9)).text
    assert look(clerk, name="石小工", telephone=telephone(1)).text == nobody
    assert queries.selves(UUID(int=1)) == [UUID(int=1)]


def test_somebody_is_entered_and_a_ruined_number_is_refused_with_everything_typed(clerk):
    page = shown(clerk.get("/members/"))
    ruined = page.press(clerk, "entry", name="阿 应", unit=str(street()), kind="id18", number="1.10107E+17")
    assert ruined.status == 400 and "弄坏" in ruined.text
    form = ruined.form("entry")
    assert form.fields["number"] == ["1.10107E+17"] and form.fields["name"] == ["阿 应"]
    done = ruined.press(clerk, "entry", kind="id18", number=identity_number(1))
    assert done.status == 200 and any(given.get("id") == "entered" for _tag, given in done.tags)


def test_entering_somebody_shows_nothing_that_was_known_of_her_before(clerk):
    enter("石小工", 1, other(), identity_number(1))  # a member of another unit, with telephone and paper
    page = shown(clerk.get("/members/")).press(clerk, "entry", name="石小工", unit=str(street()), kind="id18",
                                               number=identity_number(1))
    assert page.status == 200 and any(given.get("id") == "entered" for _tag, given in page.tags)
    assert "*" not in page.text and telephone(1)[-4:] not in page.text


def test_a_child_is_entered_with_her_guardian(clerk):
    page = shown(clerk.get("/members/"))
    typed = {"name": "金安宁", "unit": str(street()), "kind": "id18", "number": identity_number(3, born="20200505")}
    assert "监护人" in page.press(clerk, "entry", **typed).text
    done = page.press(clerk, "entry", **typed, guardian_name="安小满", guardian_telephone=telephone(8),
                      guardian_relation="母亲")
    assert any(given.get("id") == "entered" for _tag, given in done.tags)
    assert "有监护人" in look(clerk, name="金安宁", kind="id18", number=identity_number(3, born="20200505")).text


def test_entering_into_a_unit_of_others_is_not_there(clerk):
    page = shown(clerk.get("/members/"))
    assert page.press(clerk, "entry", name="石小工", unit=str(other())).status == 404


def test_two_people_merge_and_either_takes_it_back(clerk, second_clerk):
    enter()
    enter("石小工", 2)
    page = look(clerk, name="石小工")
    asked = page.press(clerk, "merge", reason="同一张身份证")
    assert "同一张身份证" in asked.text and "确认" not in asked.text
    waiting = shown(second_clerk.get("/members/"))
    assert "确认" in waiting.text
    waiting.press(second_clerk, "/merge/decide/")
    with door.errand("members"):
        assert Person.objects.exclude(merged_into=None).count() == 1
    assert look(clerk, name="石小工").text.count("查到的") == 1
    shown(clerk.get("/members/")).press(clerk, "/merge/decide/")
    with door.errand("members"):
        assert not Person.objects.exclude(merged_into=None).exists()


def test_nobody_merges_or_buries_members_of_others(clerk):
    mine, theirs = enter(), enter("石小工", 2, other())
    token = shown(clerk.get("/members/")).form("look").fields["csrfmiddlewaretoken"][0]
    merged = clerk.post("/members/merge/", {"csrfmiddlewaretoken": token, "kept": mine, "gone": theirs, "reason": "x",
                                            "key": "k"})
    died = clerk.post("/members/died/", {"csrfmiddlewaretoken": token, "person": theirs, "on": "2026-01-01"})
    assert merged.status_code == died.status_code == 404 and not queries.merges()


def test_a_death_is_written_down(clerk):
    enter()
    look(clerk, name="石小工").press(clerk, "/members/died/", on="2026-01-01")
    assert "2026年1月1日（星期四）去世" in look(clerk, name="石小工").text

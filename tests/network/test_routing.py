"""Which unit answers first: never none, never one where nobody sits."""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baiying.kit.errors import Refusal
from baiying.members.models import Person
from baiying.network import actions, queries
from baiying.network.models import Area, Post, Unit
from baiying.network.queries import picture as pictures

ON = date(2026, 9, 1)
STREET = "110107004000"
COMMUNITY = "110107003007"
pytestmark = pytest.mark.django_db


def somebody() -> UUID:
    return Person.objects.get(login="zhiban.gonghui").id


@pytest.mark.parametrize("organisation", ["union", "women"])
def test_every_community_leads_to_an_open_unit_of_the_organisation_with_a_living_post(organisation: str) -> None:
    for code in Area.objects.values_list("code", flat=True):
        unit = queries.first_unit(organisation, code, ON)
        assert unit.organisation == organisation and unit.is_open(ON)
        living = [post for post in queries.posts_in(unit.id, ON) if post.receives]
        assert living, f"{unit} takes in cases of {code} and nobody sits there"


@pytest.mark.parametrize("code", [None, "", "999", "110105001001", "110107999999", "nonsense"])
def test_a_request_without_a_known_area_goes_to_the_district_desk(code: str | None) -> None:
    for organisation in ("union", "women"):
        assert queries.first_unit(organisation, code, ON).level == "district"


def test_an_unknown_community_of_a_known_street_goes_to_the_street() -> None:
    assert queries.first_unit("women", "110107003999", ON).area_id == "110107003000"


def test_the_station_receives_and_the_street_union_stands_above_it() -> None:
    station = queries.first_unit("union", "110107004001", ON)
    assert station.roles == ["station"]
    above = queries.upper(station, ON)
    assert above is not None and above.level == "street" and "union" in above.roles


def test_above_the_district_there_is_nothing() -> None:
    desk = queries.first_unit("union", None, ON)
    assert queries.upper(desk, ON) is None


def test_every_unit_of_the_federations_below_the_district_has_somebody_living_above() -> None:
    for unit in Unit.objects.exclude(level="district").exclude(organisation="partner"):
        above = queries.upper(unit, ON)
        assert above is not None and above.id != unit.id and above.organisation == unit.organisation
        assert queries.is_living(above.id, above.district, ON)


def test_a_home_whose_post_is_vacant_is_passed_over_for_its_street() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    assert queries.first_unit("women", COMMUNITY, ON).level == "street"
    actions.appoint("test", home, "handler", somebody(), date(2026, 1, 1))
    assert queries.first_unit("women", COMMUNITY, ON) == home


def test_a_matter_that_a_street_must_lead_passes_a_living_home_over() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    actions.appoint("test", home, "handler", somebody(), date(2026, 1, 1))
    assert queries.first_unit("women", COMMUNITY, ON, lowest="street").level == "street"
    assert queries.first_unit("women", COMMUNITY, ON, lowest="district").level == "district"


def test_a_post_that_begins_tomorrow_or_ended_today_is_not_living() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    actions.appoint("early", home, "handler", somebody(), date(2026, 9, 2))
    actions.appoint("late", home, "handler", somebody(), date(2026, 1, 1), date(2026, 9, 1))
    assert queries.first_unit("women", COMMUNITY, ON) != home
    assert queries.first_unit("women", COMMUNITY, date(2026, 8, 31)) == home
    assert queries.first_unit("women", COMMUNITY, date(2026, 9, 2)) == home


def test_a_post_that_takes_in_no_cases_does_not_make_its_unit_receive() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    actions.appoint("test", home, "auditor", somebody(), date(2026, 1, 1), receives=False)
    assert queries.first_unit("women", COMMUNITY, ON) != home


def test_when_a_holder_is_switched_off_her_unit_is_passed_over() -> None:
    from baiying.members import actions as members

    before = queries.first_unit("women", "110107003037", ON)
    assert before.level == "community"
    members.switch_off(Person.objects.get(login="wen.ruchun"))
    assert queries.first_unit("women", "110107003037", ON).level == "street"


def test_a_closed_station_hands_its_area_to_the_unit_above() -> None:
    station = queries.first_unit("union", STREET, ON)
    actions.close_unit(station, ON)
    assert queries.first_unit("union", STREET, ON).roles == ["union"]
    assert queries.first_unit("union", STREET, date(2026, 8, 31)) == station


def test_units_below_a_closed_unit_stand_below_the_next_one_up() -> None:
    women = Unit.objects.get(area_id="110107003000", organisation="women")
    homes = list(Unit.objects.filter(area__code__startswith="110107003", level="community"))
    actions.close_unit(women, ON)
    for home in homes:
        above = queries.upper(home, ON)
        assert above is not None and above.level == "district"
        upwards = [tie for tie in queries.ties_of(home.id, ON) if tie.kind == "territorial" and tie.lower_id == home.id]
        assert [tie.upper for tie in upwards] == [above]


def test_without_any_living_post_of_the_organisation_the_other_federation_takes_it() -> None:
    Post.objects.filter(unit__organisation="women").update(until=ON)
    actions.end_post(Post(id=somebody(), since=date(2020, 1, 1)), ON)
    unit = queries.first_unit("women", COMMUNITY, ON)
    assert (unit.organisation, unit.level) == ("union", "district")


def test_with_nobody_anywhere_the_own_district_unit_keeps_it() -> None:
    Post.objects.update(holder=None)
    pictures.forget()
    unit = queries.first_unit("women", COMMUNITY, ON)
    assert (unit.organisation, unit.level) == ("women", "district")


def test_an_installation_that_was_not_set_up_says_so() -> None:
    with pytest.raises(Refusal, match=r"."):
        queries.first_unit("union", None, date(1999, 1, 1))


def test_routing_asks_nothing_of_the_database_within_the_same_second(monkeypatch: pytest.MonkeyPatch) -> None:
    # as another request sees it: this transaction changed nothing itself
    monkeypatch.setattr(pictures, "_edition", lambda: 1)
    queries.first_unit("union", STREET, ON)
    with CaptureQueriesContext(connection) as asked:
        queries.first_unit("women", COMMUNITY, ON)
        queries.first_unit("union", STREET, ON)
        queries.areas()
    assert len(asked) == 0


def test_a_change_behind_our_back_gives_a_new_edition() -> None:
    before = pictures._edition()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE network_unit SET telephone = '' WHERE level = 'district'")
    pictures.forget()
    assert pictures._edition() > before


def test_a_picture_of_an_uncommitted_change_is_not_handed_to_others() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    actions.appoint("test", home, "handler", somebody(), date(2026, 1, 1))
    queries.first_unit("women", COMMUNITY, ON)
    assert pictures._asked[1] == -1


def test_what_this_transaction_changed_it_sees_though_another_request_just_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = pictures._edition()
    queries.areas()
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    actions.appoint("test", home, "handler", somebody(), date(2026, 1, 1))
    monkeypatch.setattr(pictures, "_asked", (time.monotonic(), before))
    assert queries.first_unit("women", COMMUNITY, ON) == home


def test_a_home_nobody_sits_in_is_not_living() -> None:
    home = Unit.objects.get(area_id=COMMUNITY, organisation="women")
    assert not queries.is_living(home.id, home.district, ON)
    assert not queries.is_living(UUID(int=1), home.district, ON)


def test_a_district_unit_in_which_one_person_takes_in_cases_stands_alone_until_a_second_is_appointed() -> None:
    union = queries.first_unit("union", None, ON)
    street = next(one for one in queries.units(ON) if queries.upper(one, ON) == union and queries.receiving(one.id, ON))
    assert queries.stands_alone(union, ON) and not queries.stands_alone(street, ON)
    elsewhere = next(iter(queries.receiving(street.id, ON)))
    actions.appoint("second", union, "handler", elsewhere, ON)
    assert not queries.stands_alone(union, ON)

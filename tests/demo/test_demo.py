"""The demo: the real areas, an invented network without a dead end, a cast that is named once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from baiying.boards.models import Figure
from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.members.models import Person
from baiying.network import queries
from baiying.network.models import Area, Place, Post, Tie, Unit
from baiying.project import demo
from baiying.project.demo import seeding

ON = date(2026, 9, 1)
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Area, Unit, Tie, Place, Post, Person, Figure))


def test_all_areas_are_there() -> None:
    levels = Counter(Area.objects.filter(district="110107").values_list("level", flat=True))
    assert levels == {3: 1, 4: 9, 5: 153}


def test_both_federations_stand_at_every_level() -> None:
    counts = Counter(Unit.objects.values_list("organisation", "level"))
    assert counts["union", "district"] == counts["women", "district"] == 1
    assert counts["women", "street"] == 9 and counts["women", "community"] == 153
    assert counts["union", "industry"] == 2 and counts["union", "grassroots"] >= 30
    assert Unit.objects.filter(organisation="partner").count() == 10


def test_every_street_has_a_union_and_a_station_and_some_have_all_three_under_one_roof() -> None:
    for street in queries.areas():
        units = Unit.objects.filter(area_id=street.code, organisation="union", level="street")
        roles = [role for unit in units for role in unit.roles]
        assert Counter(roles)["union"] == 1 and Counter(roles)["station"] == 1
    assert Unit.objects.filter(roles__contains=["union", "station", "home"]).count() == 4


def test_a_place_is_shared_and_has_hours_and_one_speciality() -> None:
    places = queries.places(ON)
    assert all(place.speciality and place.speciality_en and place.hours and place.units.all() for place in places)
    assert any(len({unit.organisation for unit in place.units.all()}) == 2 for place in places)
    housed = {unit.id for place in places for unit in place.units.all()}
    assert housed >= set(
        Unit.objects.filter(level__in=["community", "street"], organisation="women")
        .exclude(level="street")
        .values_list("id", flat=True)
    )


def test_industry_ties_cross_ownership_streets_and_affiliation() -> None:
    for industry in Unit.objects.filter(level="industry"):
        lower = [tie.lower for tie in queries.ties_of(industry.id, ON) if tie.kind == "sector"]
        assert {"state", "private", "foreign"} <= {unit.ownership for unit in lower}
        uppers = {queries.upper(unit, ON) for unit in lower}
        assert len(uppers) >= 4 and industry not in uppers


def test_no_two_ties_or_posts_of_one_kind_overlap() -> None:
    for rows, key in (
        (Tie.objects.all(), ("kind", "lower_id", "upper_id")),
        (Post.objects.all(), ("unit_id", "role", "holder_id")),
    ):
        seen: dict[tuple[object, ...], date | None] = {}
        for row in rows.order_by("since"):
            if getattr(row, "holder_id", 1) is None:
                continue
            name = tuple(getattr(row, part) for part in key)
            ended = seen.get(name, date.min)
            assert ended is not None and ended <= row.since
            seen[name] = row.until


def test_seeding_twice_is_once() -> None:
    before = everything()
    demo.seed()
    assert everything() == before


def test_seeding_refuses_a_database_with_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    # the demo's own district desk is not there, but units are
    monkeypatch.setattr(seeding, "unit_id", lambda key: UUID(int=1))
    with pytest.raises(Refusal):
        demo.seed()
    assert everything() == before


def test_seeding_over_a_demo_finds_every_row_again_and_tells_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    monkeypatch.setattr(seeding, "unit_id", lambda key: UUID(int=1))
    monkeypatch.setattr("baiying.network.queries.any_units", lambda: False)
    monkeypatch.setattr("baiying.members.queries.anybody", lambda: False)
    told: list[tuple[str, int, int]] = []
    demo.seed(lambda what, done, of: told.append((what, done, of)))
    assert everything() == before
    assert [done for _, done, _ in told] == list(range(told[0][2] + 1))


def test_the_demo_of_another_district_is_refused(settings: Any) -> None:
    settings.BAIYING_DISTRICT = "110105"
    with pytest.raises(Refusal):
        demo.seed()


def test_the_cast_is_small_and_everybody_named_is_there_once() -> None:
    cast = demo.cast()
    assert len(cast) < 40
    for part in ("key", "name"):
        assert len({getattr(player, part) for player in cast}) == len(cast)
    logins = [player.login for player in cast if player.signs_in]
    assert len(set(logins)) == len(logins) and not [player for player in cast if player.login and not player.signs_in]
    assert set(Person.objects.values_list("login", flat=True)) == set(logins)
    with door.errand("members"):
        assert Person.objects.filter(login=None).count() == len(cast) - len(logins)


def test_nobody_of_the_cast_is_named_in_another_file() -> None:
    names = [player.name for player in demo.cast() if not player.duty]
    files = [*(ROOT / "baiying").rglob("*.py"), *(ROOT / "baiying/project/demo").glob("*.toml")]
    for path in files:
        if path.name != "cast.toml":
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], path


def test_accounts_are_listed_by_role_and_open() -> None:
    accounts = demo.accounts()
    assert all(account.role and account.name for account in accounts)
    handler = next(account for account in accounts if account.login == "he.yingsheng")
    assert members.sign_in(handler.login, handler.password).name == handler.name
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", handler.password)
    assert len({account.password for account in accounts}) == len(accounts)


def test_who_holds_a_post_has_a_role_of_the_catalogue() -> None:
    roles = set(Post.objects.values_list("role", flat=True))
    assert {"handler", "district_desk", "administrator", "auditor"} <= roles
    assert {post.role for post in queries.posts_of(Person.objects.get(login="guan.youzhang").id, ON)} == {
        "administrator"
    }


def test_a_post_has_history() -> None:
    person = Person.objects.get(login="wen.bida").id
    then, now = (queries.posts_of(person, day) for day in (date(2022, 1, 1), ON))
    assert [post.unit.name for post in then] == ["八角街道总工会"]
    assert [post.unit.name for post in now] == ["古城街道工会服务站"]


def test_telephones_of_the_demo_cannot_ring() -> None:
    numbers = set(Unit.objects.values_list("telephone", flat=True)) | set(
        Place.objects.values_list("telephone", flat=True)
    )
    numbers |= {player.telephone for player in demo.cast()}
    assert all(number.startswith("010-0000-0") for number in numbers if number)

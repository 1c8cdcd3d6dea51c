"""Facts: kept with source and day, sealed where they must be, computed alike for a member and for a guest."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from baiying.catalogue.promised import promised
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions as members
from baiying.services import access
from baiying.services.actions import telling
from baiying.services.models import Profile
from baiying.services.queries import knowing
from tests.members.figures import street, telephone
from tests.services.little import use

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
HERSELF = UUID(int=7)
HOME = {"home.income_year": 6_000_000, "home.rigid_spend": 2_400_000, "home.size": 3}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    use(monkeypatch)
    with moment.frozen(NOON):
        yield


@pytest.fixture
def she() -> UUID:
    return members.enter_person("she", members.NewMember(1, "安小满", street(), (), telephone(4)), HERSELF)


def facts(person: UUID, *names: str) -> dict[str, object]:
    with door.errand("members"):
        return knowing.known(promised().facts, names, person, moment.today())


def test_what_is_computed_is_the_same_for_a_member_and_for_somebody_not_signed_in(she):
    said = {"person.born": "1985-03-04", "person.sex": "女", **HOME}
    telling.tell(she, said, by=she, agreed=["means"])
    names = ("person.age", "person.minor", "person.sex", "home.left_each_month", "home.shock_share")
    guest = knowing.known_of(promised().facts, names, said, moment.today())
    assert facts(she, *names) == guest
    assert str(guest["person.age"]) == "1985-03-04" and guest["person.minor"] is False
    assert guest["home.left_each_month"] == 100_000 and guest["home.shock_share"] is None


def test_the_register_knows_a_member_and_says_nothing_of_others(she):
    assert facts(she, "member.active", "member.unit_closed") == {"member.active": True, "member.unit_closed": False}
    assert knowing.known_of(promised().facts, ["member.active"], {}, moment.today()) == {"member.active": None}


def test_a_private_fact_needs_her_consent_and_goes_with_it(she):
    with pytest.raises(Refusal):
        telling.tell(she, HOME, by=she)
    telling.tell(she, HOME, by=she, agreed=["means"])
    assert facts(she, "home.left_each_month") == {"home.left_each_month": 100_000}
    telling.withdraw(she, "means", by=she)
    assert facts(she, "home.left_each_month") == {"home.left_each_month": None}
    with door.errand("members"):
        assert Profile.objects.get(person_id=she).sealed is None


def test_what_is_p3_lies_sealed_and_is_nowhere_in_clear(she):
    telling.tell(she, {"home.income_year": 123_456_789, "person.sex": "女"}, by=she, agreed=["means"])
    with door.errand("members"):
        row = access.profile(she)
        assert row is not None and row.said == {"person.sex": "女"} and b"123456789" not in bytes(row.sealed or b"")
        assert knowing.told(row)["home.income_year"].source == "declared"


def test_a_paper_outweighs_what_she_says_and_keeps_its_day(she):
    telling.tell(she, {"person.born": "1985-03-04"}, by=HERSELF, source="paper")
    with pytest.raises(Refusal):
        telling.tell(she, {"person.born": "1990-01-01"}, by=she)
    with door.errand("members"):
        held = knowing.told(access.profile(she))["person.born"]
    assert (held.value, held.source, held.on) == ("1985-03-04", "paper", moment.today())


def test_nobody_can_tell_a_fact_that_was_never_declared(she):
    with pytest.raises(Unseen):
        telling.tell(she, {"person.creed": "x"}, by=she)


def test_her_profile_is_seen_by_her_and_by_no_unit(she):
    telling.tell(she, {"person.sex": "女"}, by=she)
    with door.open(door.Asker(who=she)):
        assert access.profile(she) is not None
    with door.open(door.Asker(who=HERSELF, units=frozenset({street()}))):
        assert access.profile(she) is None

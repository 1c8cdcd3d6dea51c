"""Coverage: counts with the unknown beside them, small ones hidden."""

from __future__ import annotations

from datetime import date

import pytest

from baiying.boards.queries.coverage import coverage, for_everybody
from baiying.kit.chance import uuid_for
from baiying.services.actions.covering import keep_month
from baiying.services.models import Cover, MonthCover
from tests.services.little import use

pytestmark = pytest.mark.django_db
SWIM, CHECK = "union.trial.swim", "union.trial.check"


def test_coverage_is_served_of_entitled_and_a_small_number_is_not_told(monkeypatch):
    use(monkeypatch)
    Cover.objects.all().delete()
    for unit, service, entitled, served, unknown in ((1, SWIM, 30, 12, 8), (2, SWIM, 10, 8, 2), (1, CHECK, 20, 3, 9)):
        Cover.objects.create(
            id=uuid_for(f"{unit}{service}", "cover"),
            district="110107",
            unit=None if unit == 1 else _unit(),
            service=service,
            entitled=entitled,
            served=served,
            unknown=unknown,
        )
    MonthCover.objects.all().delete()
    keep_month(date(2026, 11, 5))
    Cover.objects.filter(service=SWIM).update(served=1)  # what happens within the month is told when the next begins
    keep_month(date(2026, 11, 6))
    told = coverage("110107")
    assert told.month == date(2026, 11, 1)
    found = {one.service.key: one for one in told.services}
    assert (found[SWIM].entitled, found[SWIM].served, found[SWIM].unknown, found[SWIM].share) == (40, 20, 10, 0.5)
    assert (found[CHECK].entitled, found[CHECK].served, found[CHECK].share) == (20, None, None)
    assert told.whole == (20, 40, 10), "a service of which a number is hidden is in no sum"
    assert not coverage("110105").services and coverage("110105").share is None
    keep_month(date(2026, 12, 1))
    later = {one.service.key: one for one in coverage("110107").services}
    assert later[SWIM].served is None  # two of forty are too few to be told


def _unit():
    from baiying.network.queries import unit
    from tests.members.figures import street

    return unit(street())


def test_everybody_sees_coverage_in_fives_so_that_two_months_do_not_tell_who_came(monkeypatch):
    use(monkeypatch)
    MonthCover.objects.all().delete()
    for month, entitled in ((11, 42), (12, 41)):
        MonthCover.objects.create(
            id=uuid_for(f"{month}", "month"), district="110107", month=date(2026, month, 1), service=SWIM,
            entitled=entitled, served=23, unknown=9,
        )  # fmt: skip
        (row,) = for_everybody("110107").services
        assert (row.entitled, row.served, row.unknown) == (40, 25, 10)

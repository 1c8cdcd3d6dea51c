"""Coverage: counts with the unknown beside them, small ones hidden."""

from __future__ import annotations

import pytest

from baiying.boards.queries.coverage import coverage
from baiying.kit.chance import uuid_for
from baiying.services.models import Cover
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
    found = {one.service.key: one for one in coverage("110107")}
    assert (found[SWIM].entitled, found[SWIM].served, found[SWIM].unknown, found[SWIM].share) == (40, 20, 10, 0.5)
    assert (found[CHECK].entitled, found[CHECK].served, found[CHECK].share) == (20, None, None)
    assert not coverage("110105")


def _unit():
    from baiying.network.queries import unit
    from tests.members.figures import street

    return unit(street())

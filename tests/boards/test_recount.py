"""The figures are what a plain recount of the stories gives, whatever happened and whenever they were counted."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from django.conf import settings as installed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.boards import actions
from baiying.boards.models import Count, Figure
from baiying.cases import actions as cases
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.boards.recounting import Key, recounted
from tests.cases.answering import lead_of, row
from tests.cases.conftest import COMMUNITY, entry
from tests.cases.test_ends_property import NOON, Way

DISTRICT = "110107"
pytestmark = pytest.mark.django_db


class Life(Way):
    """All that can happen to a case and that a figure could miss."""

    def judge_contact(self, verdict: str, contacted: bool | None) -> None:
        cases.judge(entry(self.receipt), verdict, contacted, "", self.key())

    def danger(self) -> None:
        cases.judge(entry(self.receipt), "partly", None, "他又打我, 我不敢回家。", self.key())

    def give_back(self) -> None:
        ground = catalogue.options("return_grounds")[0].label
        cases.give_back(lead_of(self.receipt), self.receipt.number, ground, "不是我们的", self.key())

    def close_unit(self) -> None:
        """The unit that leads is no more: what it has open goes one level up, its figures stay."""
        unit = row(self.receipt).unit
        above = network.upper(unit, moment.today())
        if above is not None:
            cases.pass_on(unit.id, above.id, moment.today())

    def count(self) -> None:
        actions.count(DISTRICT)


DOINGS = st.one_of(
    st.sampled_from([("answer",), ("answer",), ("ask_end",), ("contest",), ("withdraw",), ("remind",), ("give_back",),
                     ("close_unit",), ("count",), ("danger",)]),
    st.tuples(st.just("judge_contact"), st.sampled_from(flow.VERDICTS), st.sampled_from([True, False, None])),
    st.sampled_from(flow.VERDICTS).map(lambda verdict: ("record", verdict)),
    st.booleans().map(lambda yes: ("decide", yes)),
)
WALKS = st.lists(st.tuples(st.integers(0, 2), DOINGS, st.integers(1, 300)), min_size=4, max_size=16)
QUIET = [HealthCheck.function_scoped_fixture]


def figures() -> dict[Key, dict[str, int]]:
    return {(one.unit_id, one.matter, one.day, one.protected):
            {name: getattr(one, name) for name in actions.NUMBERS if getattr(one, name)}
            for one in Figure.objects.filter(district=DISTRICT, generated=False)}


def live(send, doings) -> None:
    """Three needs of two days, one of them guarded, and all that happens to them, hours apart."""
    guarded = next(one.key for one in catalogue.matters() if one.privacy == "P3" and one.safe)
    lives = []
    for number, (matter, area) in enumerate([(None, COMMUNITY), (None, None), (guarded, COMMUNITY)]):
        with moment.frozen(NOON + timedelta(hours=16 * number)):
            lives.append(Life(send(key=f"{number}{doings}", matter=matter, area=area)))
            Count.objects.all().delete()  # an earlier life was counted at a later hour
            actions.count(DISTRICT)
    hours = 40
    for which, (name, *rest), later in doings:
        hours += later
        with moment.frozen(NOON + timedelta(hours=hours)), contextlib.suppress(Refusal, Unseen, StopIteration):
            getattr(lives[which], name)(*rest)
    with moment.frozen(NOON + timedelta(hours=hours, minutes=30)):
        actions.count(DISTRICT)
        assert figures() == recounted()
        assert actions.recount(DISTRICT) == 0, "what was counted bit by bit had drifted"
        assert figures() == recounted()


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(doings=WALKS)
def test_figures_counted_bit_by_bit_are_what_a_plain_recount_gives(send, doings):
    live(send, doings)


@pytest.mark.deep
@settings(max_examples=400, deadline=None, suppress_health_check=QUIET)
@given(doings=WALKS)
def test_figures_are_what_a_plain_recount_gives_in_many_more_lives(send, doings):
    live(send, doings)


def test_a_recount_puts_right_what_drifted_and_says_so(send):
    with moment.frozen(NOON):
        receipt = send()
        actions.count(DISTRICT)
        Figure.objects.filter(generated=False).update(waiting=0, ended=1)
    with moment.frozen(NOON + timedelta(hours=1)):
        actions.count(DISTRICT)
        Figure.objects.filter(generated=False).update(waiting=0, ended=1)
        assert actions.recount(DISTRICT) == 1
        assert figures() == recounted() and row(receipt).stage != flow.CLOSED


def test_a_case_set_aside_or_withdrawn_is_never_counted_as_solved(send):
    with moment.frozen(NOON):
        way = Life(send())
        way.withdraw()
        actions.count(DISTRICT)
        (counts,) = figures().values()
        assert counts == {"received": 1, "ended": 1}


def test_a_verdict_changed_later_and_a_reopening_one_level_up_stay_with_the_unit_that_had_it_first(send):
    with moment.frozen(NOON):
        way = Life(send())
        first = row(way.receipt).unit_id
        way.answer()
        way.judge_contact("solved", True)
        actions.count(DISTRICT)
        assert figures()[next(iter(figures()))]["solved"] == 1
    with moment.frozen(NOON + timedelta(days=2)):
        way.judge_contact("not_solved", False)
        assert row(way.receipt).unit_id != first
        actions.count(DISTRICT)
        ((unit, _, day, _), counts), = figures().items()
        assert (unit, day) == (first, NOON.date())
        assert counts == {"received": 1, "not_solved": 1, "in_time": 1, "reopened": 1, "not_contacted": 1}


def test_a_closed_unit_keeps_its_figures_with_their_days(send):
    with moment.frozen(NOON):
        way = Life(send())
        first = row(way.receipt).unit_id
    with moment.frozen(NOON + timedelta(days=40)):
        way.close_unit()
        assert row(way.receipt).unit_id != first
        actions.count(DISTRICT)
        assert [(key[0], key[2]) for key in figures()] == [(first, NOON.date())]


def test_a_case_that_becomes_guarded_leaves_its_units_figures_for_the_district_total(send):
    with moment.frozen(NOON):
        way = Life(send())
        way.answer()
        actions.count(DISTRICT)
        assert next(iter(figures()))[3] is False
        way.danger()
        actions.count(DISTRICT)
        assert list(figures()) == [(None, "", NOON.date(), True)]


def test_figures_are_seen_by_no_one_else_than_their_errand(send):
    from baiying.cases.models import Case, Move
    from baiying.kit import door

    with moment.frozen(datetime(2026, 3, 2, 12, tzinfo=moment.SHANGHAI)):
        way = Life(send())
        way.answer()
    with door.errand("sealer"):
        assert not Case.objects.exists() and not Move.objects.exists()
    with door.errand("figures"):
        assert Move.objects.exists()
        assert installed.BAIYING_DISTRICT == DISTRICT

"""Two worlds that differ in one protected thing: nobody who is not cleared notices; planted leaks are noticed."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from baiying.project.database import addresses
from baiying.project.leaks import whole
from baiying.project.leaks.databases import Databases
from baiying.project.leaks.pairs import PAIRS, Pair, states
from baiying.project.leaks.people import BY_KEY, WALKERS, Walker
from baiying.project.leaks.planting import find
from baiying.project.leaks.plants import PLANTS
from baiying.project.leaks.running import Plan, Prepared, prepare_worlds, run
from baiying.project.leaks.walk import Step
from baiying.project.leaks.walks import WALKS

pytestmark = pytest.mark.xdist_group("leaks")
FEW_PAIRS, FEW_PLANTS = ("safe_case", "note"), ("403", "etag")
FEW_WALKERS, SHARE = ("nobody", "neighbour", "colleague", "other_street"), 4


def some(walker: Walker, step: Step) -> bool:
    """A share of the steps, another one for each walker."""
    return crc32(f"{walker.key} {step.name}".encode()) % SHARE == 0


FEW = Plan([pair for pair in PAIRS if pair.deed in FEW_PAIRS and not pair.later], WALKS,
           [BY_KEY[key] for key in FEW_WALKERS], some)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The worlds of a few pairs, ready to be walked."""
    with django_db_blocker.unblock():
        connection.close()
        maker = make_conninfo(addresses().owner, dbname="postgres")
        databases = Databases(maker, whole.owner(), str(connection.settings_dict["NAME"]))
        try:
            yield prepare_worlds(databases, tmp_path_factory.mktemp("leaks"), FEW)
        finally:
            databases.close()


def test_who_is_not_cleared_is_answered_alike_in_both_worlds(worlds):
    outcome = run(worlds, FEW)
    assert not outcome.differences, "\n".join(map(str, outcome.differences))
    assert not outcome.broken, "\n".join(outcome.broken)
    assert outcome.requests > 300


@pytest.mark.parametrize("plant", [plant for plant in PLANTS if plant.name in FEW_PLANTS], ids=lambda plant: plant.name)
def test_a_planted_leak_is_found(worlds, plant):
    [planted] = find(worlds, FEW, [plant])
    assert planted.noticed


@pytest.mark.deep
def test_no_pair_leaks_and_every_planted_leak_is_found(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock():
        connection.close()
        maker = make_conninfo(addresses().owner, dbname="postgres")
        report = whole.whole(maker, tmp_path, whole.Chosen())
    assert report.well, report.table()


def test_ten_leaks_and_more_are_planted_each_in_a_pair_that_is_walked():
    assert len(PLANTS) >= 10 and len({plant.name for plant in PLANTS}) == len(PLANTS)
    routes = {walk.route for walk in WALKS}
    for plant in PLANTS:
        [pair] = [one for one in PAIRS if one.deed == plant.pair and not one.later]
        assert plant.walker not in pair.cleared and set(plant.routes) <= routes, plant.name


def test_every_pair_differs_in_one_thing_and_leaves_somebody_uncleared():
    for pair in PAIRS:
        assert set(pair.more.deeds) - set(pair.less.deeds) == {pair.deed}, pair.name
        assert len(pair.cleared) < len(WALKERS) and pair.cleared <= set(BY_KEY), pair.name
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


def test_a_world_that_two_pairs_need_is_made_once():
    twice = [Pair("one", "note"), Pair("other", "reading")]
    assert len(states(tuple(twice))) == 3

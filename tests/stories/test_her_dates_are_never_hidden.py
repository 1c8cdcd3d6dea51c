"""Every matter, every state that it can be in: what runs against her stands on her own page."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from baiying.cases.actions import Submission
from baiying.cases.models import Case, Clock
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.kit import number as numbers
from baiying.web.typesetting import chinese
from tests.web.pages import COMMUNITY, shown
from tests.web.test_way import come_back

pytestmark = pytest.mark.django_db


def states(matter: flow.Matter) -> list[str]:
    """Every stage that can be reached, the built-in ones too."""
    reached, todo = {matter.first}, [matter.first]
    while todo:
        for move in flow.moves_from(matter, todo.pop()):
            if move.to not in reached:
                reached.add(move.to)
                todo += [move.to] if move.to in matter.stages else []
    return sorted(reached | {flow.ANSWERED, flow.WITHDRAWN, flow.CLOSED, flow.SET_ASIDE})


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_in_every_state_of_every_matter_each_open_clock_against_her_is_on_her_page(every):
    """In the normal run: the first stage, one in the middle, each of the built-in ones; `make deep`: every one."""
    looked_at = 0
    for matter in catalogue.matters():
        hers = [clock for clock in matter.clocks.values() if clock.owner == "asker" and not clock.when]
        if not hers:
            continue
        sent = actions.submit(Submission(key=matter.key, words="想请你们看一看。", area=COMMUNITY, matter=matter.key))
        entry = numbers.entry(sent.number, sent.code)
        client, _page = come_back(numbers.shown(sent.number), numbers.code_shown(sent.code))
        with door.open(door.Asker(door=entry)):
            case = Case.objects.get()
            door.look_at(case.id)
            Clock.objects.filter(case=case).delete()
            for clock in hers:
                Clock.objects.create(id=chance.uuid_for(f"{matter.key}.{clock.key}", "clock"), case=case,
                                     name=clock.key, owner="asker", started_at=moment.now(), due_at=None, calendar="")
        for stage in states(matter) if every else (*list(matter.stages)[:2], flow.ANSWERED, flow.SET_ASIDE):
            with door.open(door.Asker(door=entry)):
                Case.objects.update(stage=stage, ended=stage in flow.ENDED)
            page = shown(client.get("/mine/"))
            missing = [clock.label for clock in hers if chinese(clock.label) not in page.text]
            assert page.status == 200 and not missing, (matter.key, stage, missing)
            looked_at += 1
    assert looked_at > (60 if every else 30)

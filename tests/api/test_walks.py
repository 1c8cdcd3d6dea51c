"""What the shadow pairs ask of the API reaches the operations: a walk refused at the door would notice nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from baiying.api.operations import OPERATIONS
from baiying.catalogue import queries as catalogue
from baiying.project.leaks.walk import steps
from baiying.project.leaks.walking import ask
from baiying.project.leaks.walks_api import WALKS_API
from tests.web.pages import COMMUNITY

pytestmark = pytest.mark.django_db
EMPTY = ("no.such.service", "period=2025")  # what is not there is asked for on purpose
GOOD = {"GET": (200, 401), "POST": (200, 201, 401)}


def test_every_walk_reaches_its_operation():
    values = {"number": ("23456789AB",), "matter": (catalogue.default_matter().key,), "area": (COMMUNITY,),
              "board": tuple(one.key for one in catalogue.boards() if one.audience == "public"),
              "words": ("他又打我了。",), "phone": ("010-0000-0101",)}
    methods = {one.address: one.method for one in OPERATIONS}
    asked = [one for walk in WALKS_API for one in steps(walk, values)]
    assert {one.route for one in asked} == set(methods)
    for step in asked:
        [answer] = [ask(Client(), one) for one in step.asks]
        awaited = (*GOOD[methods[step.route]], *((404,) if any(part in step.name for part in EMPTY) else ()))
        assert answer.status_code in awaited, (step.name, answer.content.decode())

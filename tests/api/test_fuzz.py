"""Whatever a program sends, right or wrong by the document, is answered as the document says: no 500, no page, no trace
of us, nothing repeated, and what was stored before is still there.

Schemathesis makes the requests out of the OpenAPI document; they go through the whole of Django in this process. They
are the same each time. `make deep` sends many more.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import product

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from baiying.api.operation import ASKER
from baiying.api.operations import OPERATIONS
from baiying.api.views import entitled
from baiying.api.views import hers as views
from baiying.cases.actions import coming
from baiying.kit.errors import Refusal
from tests.api.conftest import Program, basic, texts
from tests.api.test_hers import answer, handled, hers

pytestmark = pytest.mark.django_db
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Not among them: whether all that fits the document is taken. A matter that is not in the catalogue is refused.
CHECKS = [not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
          checks.response_schema_conformance, checks.response_headers_conformance]
READ = [checks.negative_data_rejection]  # and what does not fit is never taken
MAKES_LITTLE = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]


@pytest.fixture(autouse=True)
def nobody_is_slowed(monkeypatch, settings):
    """The brakes have tests of their own."""
    monkeypatch.setattr(coming, "counters", lambda source, typed: [])
    monkeypatch.setattr(entitled, "TESTS", 10**9)
    settings.BAIYING_SENDS = 10**9


@contextmanager
def connection_kept():
    """A request would close the connection of the test; Django's own client keeps it in the same way."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(db):
    """The document, asked for as everybody asks."""
    with connection_kept():
        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def her_case(program) -> dict[str, object]:
    """A case whose answer waits for her word."""
    receipt = program.send()
    answer(handled(receipt))
    return receipt


def fuzz(document, one, mode, receipt, examples, phases=tuple(Phase)) -> int:
    """Send so many requests of one operation, and look at each answer. Gives how many were sent."""
    operation, count = document["/" + one.address][one.method], 0

    @settings(max_examples=examples, derandomize=True, database=None, deadline=None, phases=phases,
              suppress_health_check=MAKES_LITTLE)
    @given(asked=operation.as_strategy(generation_mode=mode), let_in=st.integers(0, 3))
    def sent(asked, let_in):
        nonlocal count
        count += 1
        told = {"Authorization": basic(*hers(receipt))} if one.power == ASKER and let_in else {}
        with connection_kept():
            response = asked.call(headers=told)
        looked = CHECKS + (READ if mode is GenerationMode.NEGATIVE and not told else [])
        asked.validate_response(response, checks=looked)
        assert "Set-Cookie" not in response.headers and response.headers["cache-control"] == ["no-store"]
        if response.status_code >= 400:
            said = response.json()["sentence"]
            assert said and not [text for text in texts(asked.body) if len(text) > 5 and text in said]

    sent()
    return count


def everything(document, receipt, examples) -> int:
    before = Program().get("case", hers=hers(receipt)).json()
    count = sum(fuzz(document, one, mode, receipt, examples) for one, mode in product(OPERATIONS, MODES)
                if mode is GenerationMode.POSITIVE or takes_something(document, one))
    after = Program().get("case", hers=hers(receipt)).json()
    assert after["words"] == before["words"] and after["number"] == before["number"]
    assert after["story"][:len(before["story"])] == before["story"]
    return count


def takes_something(document, one) -> bool:
    """Whether anything can be wrong with what it is sent."""
    operation = document["/" + one.address][one.method]
    return bool(operation.body or operation.query or operation.headers)


def test_the_document_is_valid(document):
    document.validate()


def test_whatever_is_sent_is_answered_as_the_document_says(document, her_case):
    assert everything(document, her_case, 8) > 100


@pytest.mark.deep
def test_very_much_more_is_answered_so_too(document, her_case):
    assert everything(document, her_case, 400) > 5_000


def breaks(*_args):
    raise ValueError


def repeats(told):
    raise Refusal(told.words)


@pytest.mark.parametrize("fault", [breaks, repeats])
def test_a_planted_fault_is_found_by_what_is_sent(document, her_case, monkeypatch, fault):
    monkeypatch.setattr(views.cases, "submit", fault)
    one = next(one for one in OPERATIONS if one.path == "cases")
    with pytest.raises((FailureGroup, AssertionError)):
        fuzz(document, one, GenerationMode.POSITIVE, her_case, 40, [Phase.generate])  # whatever is found first will do

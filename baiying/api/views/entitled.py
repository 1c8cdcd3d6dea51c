"""The self-test. It stores nothing and logs nothing."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from baiying.api.shapes.entitled import EntitlementsShape, Facing
from baiying.catalogue.promised import promised
from baiying.kit import flood
from baiying.kit.errors import Refusal
from baiying.kit.source import address
from baiying.services import answers
from baiying.services.queries import entitlement

TESTS, TESTS_WINDOW = 3_000, 600  # of one address in so many seconds; many people stand behind one


def entitlements(request: HttpRequest, sent: Facing) -> EntitlementsShape:
    """For each service yes, no or not known, with its reasons, and the question that settles most. Nothing is kept."""
    if not flood.allow(f"selftest {address(request)}", TESTS, TESTS_WINDOW):
        raise Refusal(_("Very many self-tests are being sent from here. Please wait ten minutes and try again."),
                      status=429)
    words = promised().facts
    if not set(sent.facts) <= set(words):
        raise Refusal(_("One of the facts that were sent is not known here. Take their keys from the list of facts."))
    said = {name: answers.accepted(words[name], value) for name, value in sent.facts.items()}
    return EntitlementsShape.of(entitlement.guest(said, sent.skipped))

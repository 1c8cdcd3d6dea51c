"""How often somebody may come: to open a case by number and 查询码, to send a need. The same for pages and for the API.

``source``: the network address of whoever asks, as `kit.source` tells it.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.cases.queries.story import entry_for
from baiying.kit import flood, number, rate
from baiying.kit.errors import Refusal

# In a quarter of an hour: of one address, of one address at one number, of everybody at one number. The last is high,
# so that somebody who has seen her number cannot lock her out of her case; with 39 bits in a code, guessing at that
# pace for ten years finds it with a chance of one in four thousand.
TRIES, TRIES_HERE, TRIES_OF_NUMBER, TRIES_WINDOW = 60, 10, 600, 900
SENDS_WINDOW = 600  # seconds; how many needs are let through in it from one address is BAIYING_SENDS
NOT_FITTING, TOO_OFTEN, TOO_MUCH = 404, 429, 429


def come_in(source: str, typed_number: str, typed_code: str, every_time: bool = False) -> bytes:
    """What opens the case of this number and 查询码. ``every_time``: they come with each request and no session
    follows, so that only what does not fit counts as a try.

    Raises Refusal: one sentence for every kind of failure, so that nobody learns which number exists.
    """
    kept = counters(source, typed_number)
    if not all([rate.allow(purpose, key, limit, TRIES_WINDOW) for purpose, key, limit in kept]):
        raise Refusal(_("Too many tries. Please wait a quarter of an hour."), status=TOO_OFTEN)
    entry = entry_for(typed_number, typed_code)
    if entry is None:
        raise Refusal(_("Number and query code do not fit together. "
                        "Compare them with the slip letter by letter and try again."), status=NOT_FITTING)
    for purpose, key, _limit in kept if every_time else ():
        rate.forgive(purpose, key)
    return entry


def counters(source: str, typed_number: str) -> list[tuple[str, str, int]]:
    """What a try is counted by, and how many are let through. The number counts in its one form: another way of writing
    it is no further try."""
    try:
        meant = number.read(typed_number)
    except Refusal:
        meant = ""  # it opens nothing, however often it is tried
    found = [("find", source, TRIES), ("find_here", f"{source} {meant}", TRIES_HERE if meant else TRIES)]
    return [*found, ("find_number", meant, TRIES_OF_NUMBER)] if meant else found


def may_send(source: str) -> None:
    """Count one need from this address. Raises Refusal when very many came from it."""
    if not flood.allow(source, settings.BAIYING_SENDS, SENDS_WINDOW):
        raise Refusal(_("Very much is being sent from here. Please wait ten minutes and press again."),
                      status=TOO_MUCH)

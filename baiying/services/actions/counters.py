"""A unit opens a counter for one service, gives its device a code to set itself up by, and closes it again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import chance, door, log, moment, rate
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.services import access
from baiying.services.models import Counter
from baiying.services.queries import counters
from baiying.services.words import Per

CODE_LETTERS, REF_LETTERS = 8, 5
CODE_LASTS = timedelta(days=7)
TRIES, WINDOW = 10, 600
NAME_MOST = 80
TIMES_MOST = 100


class WrongCode(Refusal):
    """No counter waits for this code."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No counter waits for this code: it may be mistyped, used already or older than seven days. Ask the "
                "unit that gave it to you for a new one."
            )
        )


def open_counter(asker: Asker, key: str, unit: UUID, service: str, name: str, per: str, times: int) -> Counter:
    """A counter for one service, kept by a unit of the asker; the same key twice is once.

    :raises Unseen: not a unit of hers, or no service that a counter may have. :raises Refusal: no name, or another
        limit than the service has elsewhere.
    """
    name = " ".join(name.split())[:NAME_MOST]
    if unit not in asker.units or service not in counters.usable() or per not in ("", *Per.values):
        raise Unseen
    if not name or not 1 <= times <= TIMES_MOST:
        raise Refusal(_("A counter needs a name by which people find it, and a number from 1 to 100."))
    held = network.unit(unit)
    if held is None:
        raise Unseen
    times = times if per else 1
    made = chance.uuid_for(f"{key}:{unit}", "counter")
    with door.open(asker):
        if found := Counter.objects.filter(id=made).first():
            return found
        _same_limit(held.district, service, per, times)
        row = Counter(id=made, district=held.district, unit_id=unit, service=service, name=name, per=per, times=times,
                      since=moment.now())  # fmt: skip
        _called(row)
        row.save(force_insert=True)
        log.write("counter.opened", made, asker.name, {"service": service})
    return row


def _same_limit(district: str, service: str, per: str, times: int) -> None:
    """One limit for a service, or the counter with the widest one would be everybody's."""
    other = access.counters().filter(district=district, service=service).first()
    if other is not None and (other.per, other.times) != (per, times):
        raise Refusal(
            _("Another counter for this service has another limit (%(limit)s). One service has one limit everywhere."),
            limit=_("%(times)s times %(per)s") % {"times": other.times, "per": Per(other.per).label}
            if other.per
            else _("as often as one likes"),
        )


def _called(row: Counter) -> None:
    """A name for people and a number for codes that nobody has yet."""
    for turn in range(20):
        row.ref = chance.letters_for(f"{row.id}:{turn}", "counter ref", REF_LETTERS)
        row.number = int.from_bytes(chance.bytes_for(f"{row.id}:{turn}", "counter number", 4), "big")
        if not Counter.objects.filter(ref=row.ref).exists() and not Counter.objects.filter(number=row.number).exists():
            return
    raise Refusal(_("No free name for a counter was found. Try again."))


def new_code(asker: Asker, ref: str) -> str:
    """A set-up code for the counter's device, shown once; the device that was set up before goes on until it is used.

    :raises Unseen: no open counter of the asker's units.
    """
    row = _own(asker, ref)
    code = chance.letters_for(chance.fresh(32), "counter code", CODE_LETTERS)
    with door.open(asker):
        Counter.objects.filter(id=row.id).update(
            code=counters.hashed("code", code), code_until=moment.now() + CODE_LASTS
        )
        log.write("counter.code", row.id, asker.name)
    return code


def set_up(code: str, source: str) -> tuple[Counter, str]:
    """The device that says this code is the counter's from now on, and the only one; gives the key that it keeps.

    ``source``: from where it comes, for the rate. :raises WrongCode: :raises Refusal: too many tries.
    """
    if not rate.allow("counter_code", source, TRIES, WINDOW):
        raise Refusal(_("Too many tries. Wait ten minutes, then try again."), status=429)
    told = "".join(code.split()).replace("-", "").upper()[:CODE_LETTERS]
    row = access.counters().filter(code=counters.hashed("code", told), code_until__gt=moment.now()).first()
    key = chance.fresh(32).hex()
    taken = row is not None and Counter.objects.filter(id=row.id, code=counters.hashed("code", told)).update(
        code=None, code_until=None, device=counters.hashed("device", key), device_since=moment.now()
    )
    if row is None or not taken:
        raise WrongCode
    return row, key


def close_counter(asker: Asker, ref: str) -> None:
    """The counter is closed: no code is made for it, its device settles nothing more. :raises Unseen:"""
    row = _own(asker, ref)
    with door.open(asker):
        Counter.objects.filter(id=row.id).update(ended_at=moment.now(), code=None, device=None)
        log.write("counter.closed", row.id, asker.name)


def _own(asker: Asker, ref: str) -> Counter:
    row = counters.open_counter(ref)
    if row.unit_id not in asker.units:
        raise Unseen
    return row

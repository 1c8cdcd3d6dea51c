"""She says where it is: the place was not known, or her words were taken for another one.

As long as nothing was done the unit that serves the place leads; later the place alone is put right.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions import placing
from baiying.cases.actions.retaking import HER_TIMES, may_retake, present
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import stay, still
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.network import queries as network

SAID_WHERE = "said_where"


def say_where(entry: bytes, area: str, key: str) -> None:
    """Her case is about this area. Its clocks run on from the submission. Raises Unseen, Refusal."""
    if network.area(area) is None:
        raise Refusal(_("We do not know this area. Please choose your community from the list, or leave it open."))
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, SAID_WHERE, key, area)
        if done_before(deed_id) or case.area == area:
            return
        if case.ended:
            raise Refusal(_("This request is at its end, so its place stays as it is. "
                            "If you still need help, please send a new request."))
        if access.moves(case).filter(verb=SAID_WHERE).count() >= HER_TIMES:
            raise Refusal(_("It was put right several times already. The unit named here will call you and ask; "
                            "or send it as a new request."))
        fresh = may_retake(case)
        case.area = area
        if fresh:
            case.unit = placing.unit_for(present(case), area)
        stay(case, Deed(deed_id, SAID_WHERE, still(case), party=flow.ASKER))

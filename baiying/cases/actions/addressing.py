"""Where she stays now: sealed apart, and only ever shown to the two who need it.

They are her handler and the one party that goes there. She names that party, and may name another one, or nobody, at
any time.
"""

from __future__ import annotations

import json

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions import arriving
from baiying.cases.actions.correcting import still_kept
from baiying.cases.actions.step import seal
from baiying.cases.dossier import Dossier
from baiying.cases.models import Task
from baiying.kit import door, log
from baiying.kit.errors import Refusal

FIELD = "address"
LONGEST = 200


def say_address(entry: bytes, where: str, task_ref: str) -> None:
    """Keep where she stays, and which open task's unit goes there (none: her handler alone). An empty place takes it
    back. The same sent twice changes nothing. Raises Unseen, Refusal."""
    said = arriving.storable(where).strip()
    if len(said) > LONGEST:
        raise Refusal(_("Please keep the address under %(most)d characters."), most=LONGEST)
    with door.open(door.Asker(door=entry)):
        case = still_kept(access.one(door.asker(), lock=True))
        held = Dossier(case)
        going = next((task for task in held.tasks if task.ref == task_ref and task.state == Task.State.OPEN
                      and task.kind == Task.Kind.WORK), None)
        if task_ref and going is None:
            raise Refusal(_("This unit does not help in your case any more. Please choose again."))
        told = json.dumps({"where": said, "task": str(going.id) if going else ""}, ensure_ascii=False) if said else ""
        if held.opened(FIELD) != told:
            seal(case, held.corrected_name(FIELD), told)
            log.write("case.address_told", case.id, door.asker().name, {}, case.wrapped)

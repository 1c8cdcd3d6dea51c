"""Out of one case she opens a further one: another kind of help, with her own words carried over at her own press.

Both know of one another for her. The link lies sealed; of the staff only those see it who may open both cases.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions import closing
from baiying.cases.actions.entering import store_inside
from baiying.cases.actions.step import seal
from baiying.cases.actions.submit import Receipt, Submission, decide
from baiying.cases.dossier import Dossier
from baiying.cases.queries.ends import LINKED, further, linked_of
from baiying.kit import door, log
from baiying.kit.errors import Refusal


def link(entry: bytes, matter_key: str) -> Receipt:
    """Open a further case of a kind that this one offers her; pressed twice, it is one. Raises Unseen, Refusal.

    Her words, her name and the ways to reach her go with it, and nothing that others wrote.
    """
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        closing.still_taken(case)
        held = Dossier(case)
        matter, texts = held.matter, held.texts
        known = {one.matter for one in linked_of(texts)}
        if matter_key not in known and matter_key not in {one.key for one in further(held, known)}:
            raise Refusal(_("This request does not lead to that kind of help. Please send it as a new request."))
        plan = decide(Submission(
            key=f"{case.id}:{matter_key}", words=case.words or texts["words"], matter=matter_key, area=case.area,
            phone=held.phone, name=texts.get("name", ""), contact=texts.get("contact", ""), channel="link",
            asker=case.asker_id, text_only="text_only" in texts, reach=texts.get("reach", ""),
        ))
        receipt = store_inside(plan)
        if not receipt.known:
            new = access.by_id(receipt.case_id)
            assert new is not None  # stored a moment ago
            seal(new, LINKED + case.number, matter.key)
            door.look_at(case.id)
            seal(case, LINKED + receipt.number, matter_key)
            log.write("case.linked", case.id, door.asker().name, {"case": str(new.id)}, case.wrapped)
        return receipt



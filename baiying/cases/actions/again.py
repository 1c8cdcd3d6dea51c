"""The same person sends almost the same words while her case is open: it is one case, and nothing she wrote is lost.

Known as the same person is only who is signed in (on a device she has proved), or whose browser holds the case's own
door. A telephone number is no identity: it brings nobody to a case here (docs/decisions/0022).
"""

from __future__ import annotations

from uuid import UUID

from baiying.cases import access
from baiying.cases.actions import arriving
from baiying.cases.actions.entering import store_inside
from baiying.cases.actions.step import Deed, deed_of, seal
from baiying.cases.actions.submit import Receipt, Submission, as_stored, decide
from baiying.cases.actions.tasks import stay, still
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Move
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.text import near
from baiying.kit import chance, door, sealing
from baiying.kit.errors import Unseen

VERB = "told_again"
OPEN_AT_ONCE = 20  # of her own open cases the latest are compared


def again(told: Submission, held: bytes | None) -> bytes | None:
    """Add what she sent to the open case of hers that says almost the same; gives that case's entry, or nothing when
    this is a need of its own. ``held``: the entry of the case that her browser has open.

    Words of danger are never added to anything: they become a case at once. So does what names another kind of help,
    another telephone, name or address, or a child.
    """
    if held is None and told.asker is None:
        return None  # nearly everybody: nothing is known of who sends
    told = as_stored(told)
    if told.guardian or told.entered_by or not arriving.says_something(told.words) or catalogue.danger(told.words):
        return None
    for entry in dict.fromkeys([*([held] if held else []), *entries_of(told.asker)]):
        with door.open(door.Asker(door=entry)):
            case = access.visible(door.asker()).filter(ended=False).first()
            if case is None:
                continue
            case = access.one(door.asker(), lock=True)
            if is_same(case, told):
                add(case, told)
                return entry
    return None


def entries_of(asker: UUID | None) -> list[bytes]:
    """What opens the open cases of the person who is signed in; none of a matter of safety, which is tied to nobody."""
    if asker is None:
        return []
    with door.open(door.Asker(who=asker)):
        found = access.hers(door.asker()).filter(ended=False, danger=False).order_by("-received_at")[:OPEN_AT_ONCE]
        return [bytes(case.entry) for case in found if not catalogue.matter_of(case.declaration_id).safe]


def is_same(case: Case, told: Submission) -> bool:
    """Whether this is the same person's same need, sent once more. The case must be looked at."""
    if case.ended or case.key is None or case.id == chance.uuid_for(f"{told.channel}:{told.key}", "case"):
        return False  # the very same form sent twice is the case itself (submit)
    dossier = Dossier(case)
    if told.matter not in (None, dossier.matter.key) or (told.area and case.area and told.area != case.area):
        return False
    if told.phone and case.phone_index and bytes(case.phone_index) != sealing.blind_index("phone", told.phone):
        return False
    pairs = ((told.name, dossier.opened("name")), (told.contact, dossier.opened("contact")))
    if any(new and old and new != old for new, old in pairs) or answers_of(dossier, told) is None:
        return False
    return near.almost_same(told.words, case.words or dossier.opened("words"))


def answers_of(dossier: Dossier, told: Submission) -> dict[str, flow.Answer] | None:
    """What she answers now and had not answered; nothing at all when she says another thing than before."""
    given, _wrong = flow.read_answers(dossier.matter, told.answers)
    before = dossier.answers
    if any(question in before and before[question] != answer for question, answer in given.items()):
        return None
    return {question: answer for question, answer in given.items() if question not in before}


def add(case: Case, told: Submission) -> None:
    """Keep what she wrote in the story, and what was not known before with it. The case must be locked."""
    dossier = Dossier(case)
    deed_id = deed_of(case, VERB, told.key, told.words)
    if Move.objects.filter(id=deed_id).exists():
        return
    for field, text in (("name", told.name), ("contact", told.contact), ("phone", told.phone), ("reach", told.reach),
                        ("text_only", "yes" if told.text_only else "")):
        if text and not dossier.opened(field):
            seal(case, field, text)
    if told.phone and case.phone_index is None:
        case.phone_index = sealing.blind_index("phone", told.phone)
    case.area = case.area or told.area or ""
    stay(case, Deed(deed_id, VERB, still(case), words=told.words, answers=answers_of(dossier, told) or {}))


def apart(entry: bytes) -> Receipt:
    """She says that what she wrote last is another need: it becomes a case of its own, pressed twice one. Raises Unseen
    when she wrote nothing again."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        dossier = Dossier(case)
        last = next((move for move in reversed(dossier.moves) if move.verb == VERB), None)
        if last is None:
            raise Unseen
        words = last.words or dossier.opened(f"move:{last.id}")
        plan = decide(Submission(
            key=f"{case.id}:{last.id}", words=words, area=case.area or None, phone=dossier.phone,
            name=dossier.opened("name"), contact=dossier.opened("contact"), channel="link", asker=case.asker_id,
            text_only=bool(dossier.opened("text_only")), reach=dossier.opened("reach")))
        return store_inside(plan)

"""One answer to all in a concern: into each case by its own move, with its own clocks, to be judged by each herself.

A case whose matter or stage takes no plain answer now is left as it is, and named with the reason. What a move would
mark beside the answer (that she was contacted) is nobody's to say for all.
"""

from __future__ import annotations

from uuid import UUID

from baiying.cases import access
from baiying.cases.actions.concerns import held, living, person
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.cases.actions.tasks import check
from baiying.cases.dossier import Dossier
from baiying.cases.facts import facts_of, played, roles_in
from baiying.cases.models import Case, Concern, ConcernAnswer, ConcernCase
from baiying.cases.queries.concerns import AWAY, NO_WAY, OUT, REFUSED, WAITS
from baiying.cases.queries.late import wide
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network


def answer_all(asker: door.Asker, ref: str, text: str, key: str) -> ConcernAnswer:
    """Answer every case of a concern that its unit may answer for; gives whom it reached and who was left.

    Each case in a transaction of its own: what somebody else does to one of them meanwhile stands, and breaking off
    loses nothing. The same form sent again goes on where it was broken off. Raises Unseen, Refusal.
    """
    check(text)
    reach = wide(asker)
    with door.open(reach):
        concern = held(reach, ref)
        numbers = [row.number for row in living(concern)]
        answer, _new = ConcernAnswer.objects.get_or_create(
            id=chance.uuid_for(f"{concern.id}:{asker.who}:{key}:{text}", "concern_answer"),
            defaults={"concern": concern, "unit_id": concern.unit_id, "at": moment.now(), "person_id": person(asker),
                      "text": text, "left": [[number, OUT] for number in numbers]})
    reached, left = list(answer.reached), []
    for number in [number for number in dict.fromkeys([*numbers, *(one for one, _why in answer.left)])
                   if number not in reached]:
        why = answer_one(reach, concern, number, text, key)
        if why:
            left.append([number, why])
        else:
            reached.append(number)
    with door.open(reach):
        answer.reached, answer.left = reached, left
        answer.save(update_fields=["reached", "left"])
    return answer


def answer_one(reach: door.Asker, concern: Concern, number: str, text: str, key: str) -> str:
    """Answer one case; gives why not, or nothing when it was answered."""
    try:
        with door.open(reach):
            case = access.one(reach, number, lock=True)
            deed_id = deed_of(case, "concern_answer", concern.id, reach.who, key, text)
            if done_before(deed_id):
                return ""
            if not ConcernCase.objects.filter(concern=concern, case=case, left_at=None).exists():
                return OUT
            return make(case, concern, reach, text, deed_id)
    except Unseen:
        return AWAY
    except Refusal:
        return REFUSED


def make(case: Case, concern: Concern, reach: door.Asker, text: str, deed_id: UUID) -> str:
    """Take the plain way of the case's own matter to an answer. The case must be locked and looked at."""
    if case.ended or case.stage in flow.WAITING:
        return WAITS
    if case.unassigned:
        return NO_WAY
    dossier, matter = Dossier(case), catalogue.matter_of(case.declaration_id)
    parts, facts, others = roles_in(dossier, reach), facts_of(dossier), played(dossier)
    agreements = {name: frozenset(parties) for name, parties in case.agreed.items()}
    plain = next((one for one in flow.offers(matter, case.stage, parts, facts, agreements, played=others)
                  if is_plain(one)), None)  # which no other person must take
    if plain is None:
        return NO_WAY
    step = refused_as_sentence(lambda: flow.step(matter, case.stage, plain.move.key, parts, facts, None, text=text,
                                                 agreements=agreements, played=others))
    # Under the name of the unit that answers: it had a hand in the case now, and never records her verdict.
    carry_out(case, matter, Deed(deed_id, "moved", step, words=text, reason=concern.title,
                                 unit=network.unit(concern.unit_id)))
    return ""


def is_plain(offer: flow.Offer) -> bool:
    """Whether a move answers and says nothing else: no mark, no reason from a list, no question, no second yes."""
    move = offer.move
    return (move.to == flow.ANSWERED and flow.LEAD in move.by and len(offer.awaits) < 2
            and not (offer.missing or offer.asks or move.marks or move.reasons or move.other_than))

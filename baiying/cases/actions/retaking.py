"""A need was taken for something else than it is: she says so, or the unit that leads.

As long as nothing was done the whole case goes to the matter that it is, and to the unit that leads that one, as if it
had come in so; its clocks run from the submission (promise 4). Later, the kind of need alone can be put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, effects
from baiying.cases.actions import placing
from baiying.cases.actions.step import Deed, deed_of, done_before, guard, seal, touch_clocks, write_move
from baiying.cases.actions.tasks import check_led
from baiying.cases.dossier import ANSWERS, Dossier
from baiying.cases.facts import as_kept
from baiying.cases.models import Case, Clock, TopicBy
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal, Unseen

RETAKEN = "retaken"
#: Lines of the story after which nothing has been done yet.
FRESH = (RETAKEN, "said_where", "passed_on")
HER_TIMES = 3  # how often she may say that it is something else; then a person must talk with her


@dataclass(frozen=True)
class Another:
    """What the need is: a kind of need, a matter, or both. With a kind alone its first matter is meant, unless the
    present one fits it too."""

    topic: str = ""
    matter: str = ""


def retake(entry: bytes, another: Another, key: str) -> None:
    """She says: this is something else. Raises Unseen, Refusal; then nothing is changed."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, RETAKEN, key, another.topic, another.matter)
        if done_before(deed_id):
            return
        matter = matter_meant(case, another)
        if matter.key != present(case).key:
            may_change(case)
            if access.moves(case).filter(verb=RETAKEN, party=flow.ASKER).count() >= HER_TIMES:
                raise Refusal(_("It was put right several times already. The unit named here will call you and ask; "
                                "or send it as a new request."))
        apply(case, matter, another, Deed(deed_id, RETAKEN, flow.Step(to=""), party=flow.ASKER), TopicBy.ASKER)


def retake_for(asker: door.Asker, number: str, another: Another, text: str, key: str) -> None:
    """The unit that leads puts right what a need is. ``text``: why, for her to read; needed when the matter changes.

    Where another unit leads that matter it counts as one "not ours" (two in all), and never against what she herself
    said. Raises Unseen, Refusal; then nothing is changed.
    """
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, RETAKEN, asker.who, key, another.topic, another.matter, text)
        if done_before(deed_id):
            return
        check_led(case)
        matter = matter_meant(case, another)
        if matter.key != present(case).key:
            may_change(case)
            if not text.strip():
                raise Refusal(_("Please write why, in words that she understands: she reads them."))
            if access.moves(case).filter(verb=RETAKEN, party=flow.ASKER).exists():
                raise Refusal(_("She herself said what kind of help this is. Talk with her first; she can put it right "
                                "on her page, or you give it back with a ground."))
        apply(case, matter, another, Deed(deed_id, RETAKEN, flow.Step(to=""), words=text), TopicBy.UNIT)


def may_retake(case: Case) -> bool:
    """Whether the matter can still be changed: nothing was done, it waits for nobody. The case must be looked at."""
    begun = access.moves(case).exclude(verb__in=FRESH).exists()
    fresh = case.stage == flow.begin(present(case)).to and not (case.ended or case.unassigned or case.paused_until)
    return fresh and not begun and not access.tasks_of(case).exists()


def may_change(case: Case) -> None:
    """Raises Refusal when something was done already."""
    if not may_retake(case):
        raise Refusal(_("Work on this request has begun, so it stays what it is. If another kind of help is needed "
                        "too, send that as a further request; this one goes on."))


def present(case: Case) -> flow.Matter:
    """The matter that the case is now."""
    return catalogue.matter_of(case.declaration_id)


def matter_meant(case: Case, another: Another) -> flow.Matter:
    """The matter that is meant. Raises Refusal for what nobody offers."""
    now = present(case)
    try:
        if another.matter:
            if another.topic:
                catalogue.topic(another.topic)
            return now if another.matter == now.key else catalogue.matter(another.matter)
        leads_to = catalogue.topic(another.topic).matters
        return now if now.key in leads_to else catalogue.matter(leads_to[0])
    except Unseen:
        raise Refusal(_("We do not offer this kind of help under that name. "
                        "Please choose one from the list.")) from None


def apply(case: Case, matter: flow.Matter, another: Another, deed: Deed, by: TopicBy) -> None:
    """Write it into the case: kind of need, and matter, unit and clocks where they change. The case must be locked and
    looked at."""
    changes = matter.key != present(case).key
    if not changes and (case.guarded or not another.topic or (case.topic, case.topic_by) == (another.topic, by)):
        return
    if not case.guarded:
        case.topic, case.confidence = another.topic, None
        case.topic_by, case.elsewhere = (by if another.topic else ""), ""
    if not changes:
        case.save(update_fields=["topic", "topic_by", "confidence", "elsewhere"])
        log.write("case.named", case.id, door.asker().name, {"topic": case.topic, "by": case.topic_by}, case.wrapped)
        return
    change_matter(case, matter, deed)


def change_matter(case: Case, matter: flow.Matter, deed: Deed) -> None:
    """The case becomes one of another matter, as if it had come in so."""
    at, before, told = moment.now(), case.unit, present(case).asks
    new = placing.unit_for(matter, case.area or None)
    if door.asker().door is None and new.id != before.id:
        if not flow.may_return(case.returns, case.ruled):
            raise Refusal(_("It was given back twice already, so it stays with your unit. "
                            "Ask the level above to rule, or bring in the unit that knows about it."))
        case.returns += 1
    if matter.privacy == "P3" and not case.guarded:
        guard(case, danger=case.danger)
    if matter.safe:
        case.asker_id = None  # one of safety is tied to nobody's account
    for row in access.clocks(case):
        void(row, at)
    case.version += 1
    step = flow.Step(to=flow.begin(matter).to)
    write_move(case, matter, Deed(deed.id, deed.verb, step, words=deed.words, reason=matter.key), at, door.asker(), {})
    other = {key: None for key in Dossier(case).answers
             if key in matter.asks and matter.asks[key].kind != told[key].kind}
    if other:  # an answer of another kind would be misread under this matter's question
        seal(case, f"{ANSWERS}:{deed.id}", as_kept(other))
    case.declaration_id = catalogue.declaration_of(matter.key)
    case.stage, case.agreed, case.unit, case.changed_at = step.to, {}, new, at
    touch_clocks(case, matter, Dossier(case).answers, at)
    case.save()
    log.write("case.retaken", case.id, door.asker().name, {"matter": matter.key, "unit": str(new.id)}, case.wrapped)
    if door.asker().door is None:
        effects.cause("tell_her", case, matter)


def void(row: Clock, at: datetime) -> None:
    """A clock of a matter that the case never was. It cannot be deleted and must not be counted: it loses its name."""
    Clock.objects.filter(id=row.id).update(name=Clock.VOID, met_at=at, due_at=None, next_rung_at=None,
                                           provisional=False, told_late=True)

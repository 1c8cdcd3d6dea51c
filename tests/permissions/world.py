"""A case of each class in each stage, brought there by the ways of the house, and what ties an asker to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from baiying.cases import actions, queries
from baiying.cases.actions import Receipt, Submission, retention, tasks
from baiying.cases.models import Case, Extension, Move, Recusal, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, moment, number
from baiying.network import actions as network_actions
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.project.demo.cast import person
from tests.cases.answering import answer, lead_of, row
from tests.cases.conftest import COMMUNITY
from tests.permissions.rules import GUARDED

WORDS = {"danger": "他打我, 还说要杀了我。"}
PLAIN_WORDS = "三个月没有发工资了。"
ELSEWHERE = "lawyer"  # whose unit is brought in
COLLEAGUE = "counsellor"  # who gets a second post in the unit that leads


@dataclass(frozen=True)
class World:
    """One case, and the units around it."""

    kind: str
    stage: str
    receipt: Receipt
    lead: Unit
    above: Unit
    step: str
    reason: str
    clock: str

    @property
    def number(self) -> str:
        return self.receipt.number

    @property
    def entry(self) -> bytes:
        return number.entry(self.receipt.number, self.receipt.code)

    @property
    def matter(self) -> flow.Matter:
        return self.receipt.matter

    def case(self) -> Case:
        return row(self.receipt)


@dataclass(frozen=True)
class Somebody:
    """A person of a unit; the post is said by the cell."""

    person: UUID
    units: tuple[UUID, ...]


def build(kind: str, stage: str) -> World:
    """A case of this class, brought to this stage."""
    matter = matter_for(kind)
    receipt = actions.submit(Submission(key=f"{kind}:{stage}", words=WORDS.get(kind, PLAIN_WORDS), matter=matter.key,
                                        area=COMMUNITY, phone="13800138000", asker=cast("worker")))
    above = network.upper(receipt.unit, moment.today())
    assert above is not None and row(receipt).guarded is (kind in GUARDED)
    first = queries.open_case(lead_of(receipt), receipt.number)
    if stage != "first":
        bring(receipt, stage, above)
    now = queries.open_case(lead_of(receipt), receipt.number)
    if stage == "unassigned" and kind in GUARDED:
        change(receipt.case_id, named=None)  # nobody of the level above has taken it up yet
    alone = [one for one in now.offers if not one.missing and len(one.awaits) < 2 and one.move.by == (flow.LEAD,)]
    offer = [*plain_offers(now.offers), *alone, *plain_offers(first.offers)][0]
    clock = next((one.key for one in matter.clocks.values() if one.extend), next(iter(matter.clocks)))
    reason = offer.move.reasons[0].label if offer.move.reasons else ""
    return World(kind, stage, receipt, receipt.unit, above, offer.move.key, reason, clock)


def bring(receipt: Receipt, stage: str, above: Unit) -> None:
    """From its arrival to the stage that is wanted, by the actions of the people whose turn it is."""
    lead = lead_of(receipt)
    if stage == "middle":
        offer = plain_offers(queries.open_case(lead, receipt.number).offers)[0]
        reason = offer.move.reasons[0].label if offer.move.reasons else ""
        actions.move(lead, receipt.number, offer.move.key, "去单位问过了。", reason, "on", row(receipt).version)
    elif stage == "paused":
        until = moment.today() + timedelta(days=5)
        actions.pause(lead, receipt.number, receipt.matter.pauses[0], until, "等您找出工资条。", "pause")
    elif stage == "unassigned":
        ground = next(iter(catalogue.options("return_grounds"))).label
        actions.give_back(lead, receipt.number, ground, "不归我们。", "back")
    elif stage == "set_aside":
        actions.ask_set_aside(lead, receipt.number, "spam", "是广告。", "ask")
        actions.decide_set_aside(as_asker(somebody_of(above)), receipt.number, True, "核对过。", "decide")
    else:
        answer(receipt)
    if stage == "closed":
        actions.judge(number.entry(receipt.number, receipt.code), "solved", None, "", "word")
    if stage == "erased":
        change(receipt.case_id, kept_until=moment.today() - timedelta(days=1))
        assert retention.forget(receipt.case_id) == 1


def plain_offers(offers: tuple[flow.Offer, ...]) -> list[flow.Offer]:
    """The steps that the lead can make alone and that lead on, not to an answer."""
    return [one for one in offers if not one.missing and len(one.awaits) < 2 and one.move.to not in flow.WAITING
            and one.move.to not in flow.ENDED]


def matter_for(kind: str) -> flow.Matter:
    """The first matter of this class that the lead of a street can take one step on alone."""
    if kind in ("plain", "danger"):
        return catalogue.default_matter()
    return next(one for one in catalogue.matters() if one.privacy == "P3" and one.safe is (kind == "safe")
                and one.lead_level == "street" and one.pauses and alone(one))


def alone(matter: flow.Matter) -> bool:
    first = matter.stages[flow.begin(matter).to]
    return first.task == (flow.LEAD,) and any(not one.needs and one.to in matter.stages for one in first.moves)


def cast(key: str) -> UUID:
    """The account of one of the cast."""
    return person(key).new.id


def as_asker(one: Somebody) -> door.Asker:
    return door.Asker(who=one.person, units=frozenset(one.units), roles=frozenset({"handler"}))


def somebody_of(unit: Unit | UUID) -> Somebody:
    """Somebody who takes in cases there."""
    unit_id = unit if isinstance(unit, UUID) else unit.id
    post = next(post for post in network.posts_in(unit_id, moment.today()) if post.receives and post.holder_id)
    assert post.holder_id is not None
    return Somebody(post.holder_id, (unit_id,))


def change(case_id: UUID, **fields: object) -> None:
    """Change the row of a case, where no action of anybody's would."""
    with door.open(door.Asker(case=case_id)):
        assert Case.objects.filter(id=case_id).update(**fields) == 1


def relate(world: World, relation: str) -> Somebody | None:
    """Tie somebody to the case; nobody of the staff for those who come by themselves."""
    if relation in UPPER:
        give(world, UPPER[relation], world.above)
        return somebody_of(world.above)
    if relation in WORK:
        unit = network.posts_of(cast(ELSEWHERE), moment.today())[0].unit
        give(world, Task.Kind.WORK, unit, WORK[relation])
        return somebody_of(unit)
    if relation in ("returned", "passed_on"):
        leave(world, relation)
        return somebody_of(world.lead)
    if relation == "asked_to_rule":
        with door.open(door.Asker(case=world.receipt.case_id)):
            Task.objects.filter(case_id=world.receipt.case_id).update(kind=Task.Kind.RULE)
    if relation == "recused":
        with door.open(door.Asker(case=world.receipt.case_id)):
            Recusal.objects.create(id=chance.uuid_for(str(world.receipt.case_id), "recusal"), case=world.case(),
                                   person_id=somebody_of(world.lead).person, at=moment.now())
    if relation == "unnamed":
        return colleague_of(world.lead)
    if relation in ("lead", "recused"):
        return somebody_of(world.lead)
    if relation == "same_street":
        return somebody_of(neighbour(world.lead))
    if relation in OFFICES:
        found = cast(OFFICES[relation])
        return Somebody(found, tuple(post.unit_id for post in network.posts_of(found, moment.today())))
    return somebody_of(world.above) if relation in ("above", "asked_to_name", "asked_to_rule") else None


def colleague_of(unit: Unit) -> Somebody:
    """A second one who takes in cases there, since long before."""
    found = network_actions.appoint("colleague", unit, "handler", cast(COLLEAGUE), date(2024, 1, 1))
    assert found.holder_id is not None
    return Somebody(found.holder_id, (unit.id,))


UPPER = {"asked_for_time": Task.Kind.EXTEND, "asked_to_end": Task.Kind.SET_ASIDE, "climbed": Task.Kind.CLIMB,
         "complained": Task.Kind.COMPLAINT, "asked_to_call": Task.Kind.CALL_BACK}
WORK = {"brought_in": Task.State.OPEN, "proposed": Task.State.PROPOSED, "declined": Task.State.REFUSED,
        "finished": Task.State.DONE}
OFFICES = {"desk": "callback", "administrator": "administrator", "auditor": "auditor"}


def give(world: World, kind: str, unit: Unit | None, state: str = Task.State.OPEN) -> Task:
    """A task of this kind as the ways of the house leave it; only in a state of its own if that is said."""
    case_id = world.receipt.case_id
    with door.open(door.Asker(case=case_id, door=world.entry)):  # by her way: a complaint is seen by no other
        case = Case.objects.select_related("unit").get(id=case_id)
        begun = Task.State.PROPOSED if state == Task.State.REFUSED else state
        about = {Task.Kind.SET_ASIDE: "spam", Task.Kind.WORK: ""}.get(Task.Kind(kind), world.clock)
        task = tasks.open_task(case, kind, unit, key="given", party="co" if kind == Task.Kind.WORK else "",
                               about=about, state=Task.State.OPEN if begun == Task.State.DONE else begun)
        if kind == Task.Kind.EXTEND:
            Extension.objects.create(id=chance.uuid_for(str(case_id), "extension"), case=case, clock=world.clock,
                                     length="1 working day", asked_at=moment.now(),
                                     asked_by_id=somebody_of(world.lead).person)
        if state in (Task.State.DONE, Task.State.REFUSED):
            tasks.end_task(task, case, state)
    return task


def leave(world: World, verb: str) -> None:
    """The leading unit leads no more: a sibling does, and the line of the story says how it came."""
    before = world.case()
    if world.stage != "unassigned":
        change(world.receipt.case_id, unit=sibling(world.lead))
    with door.open(door.Asker(case=world.receipt.case_id)):
        Move.objects.create(
            id=chance.uuid_for(str(world.receipt.case_id), verb), case=before, at=moment.now(), turn=before.version,
            verb=verb, before=before.stage, after=before.stage, unit=world.lead,
            person_id=somebody_of(world.lead).person if verb == "returned" else None,
            party=flow.UPPER if verb == "passed_on" else "")


def sibling(unit: Unit) -> Unit:
    """Another living unit below the same one, in another street."""
    above = network.upper(unit, moment.today())
    assert above is not None
    return next(one for one in network.lower(above.id, moment.today())
                if one.id != unit.id and network.is_living(one.id, one.district, moment.today()))


def neighbour(unit: Unit) -> Unit:
    """The unit of the other federation in the same street."""
    return next(one for one in network.units(moment.today())
                if one.area == unit.area and one.organisation != unit.organisation
                and network.is_living(one.id, one.district, moment.today()))

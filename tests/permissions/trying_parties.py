"""What is tried around the parties of a case: consent by group, links for those outside, the fact sheet, receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from baiying.cases import actions, queries, referring
from baiying.cases.actions.outside import make
from baiying.cases.actions.step import seal
from baiying.cases.models import Case, Sheet, Task
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.network import queries as network
from tests.permissions.world import World, as_asker, cast, give, somebody_of

if TYPE_CHECKING:
    from tests.permissions.trying import Trial

TEXT, KEY, BASE = "和本人说过了。", "cell", "https://example.invalid/outside/"
PHONE = "01000000779"


def its(world: World) -> Case:
    """The row of the case, inside an open door."""
    return Case.objects.select_related("unit").get(id=world.receipt.case_id)


def outsider(world: World) -> Task:
    """Somebody outside works on a task in the case, as far as a task can be open in this stage."""
    task = give(world, Task.Kind.WORK, None, Task.State.DONE if world.stage == "erased" else Task.State.OPEN)
    if world.stage != "erased":
        with door.open(door.Asker(case=world.receipt.case_id, door=world.entry)):
            seal(its(world), f"way:{task.id}", PHONE)
    return task


def way_in(world: World, live: bool) -> bytes:
    """A link to such a task, as whoever opened it with its code holds it; ended again where it is not live."""
    task, lead = outsider(world), as_asker(somebody_of(world.case().unit_id))
    with door.open(lead):
        door.look_at(world.receipt.case_id)
        case = its(world)
        link = make(case, task, "cell")
        if not live:
            referring.links(case).filter(id=link.id).update(ended_at=moment.now(), ended_why="revoked")
    return bytes(link.token)


def choose(trial: Trial) -> None:
    """She says anew what a unit may read that works since a moment ago."""
    unit = network.posts_of(cast("mediator"), moment.today())[0].unit
    task = give(trial.world, Task.Kind.WORK, unit,
                Task.State.DONE if trial.world.stage == "erased" else Task.State.OPEN)
    actions.choose(trial.entry, task.ref, (), KEY)


def invite(trial: Trial) -> None:
    actions.invite(trial.asker, trial.number, actions.Guest("co", "某诊所", PHONE, TEXT), KEY)


def to_outsider(act: Callable[[Trial, str], object]) -> Callable[[Trial], None]:
    """Something that is done about a party outside."""
    def acting(trial: Trial) -> None:
        act(trial, outsider(trial.world).ref)
    return acting


def write_sheet(trial: Trial) -> None:
    actions.write_sheet(trial.asker, trial.number, {flow.WORDS: TEXT}, KEY)


def confirm_sheet(trial: Trial) -> None:
    """A sheet was written a moment ago by the unit that led it first."""
    world = trial.world
    with door.open(door.Asker(case=world.receipt.case_id, door=world.entry)):
        case = its(world)
        Sheet(id=chance.uuid_for(str(case.id), "sheet"), case=case, version=1, at=moment.now(),
              person_id=cast("bajiao_handler"), unit_id=world.lead.id).save(force_insert=True)
    actions.confirm_sheet(trial.entry, 1, KEY)


def way(trial: Trial) -> bytes:
    assert trial.asker.outside is not None
    return trial.asker.outside


PARTY_TRIES: dict[str, Callable[[Trial], object]] = {
    "choose": choose, "invite": invite, "confirm_sheet": confirm_sheet, "write_sheet": write_sheet,
    "sheet": lambda one: queries.sheet_page(one.asker, one.number) and None,
    "send_link": to_outsider(lambda one, ref: actions.send_link(one.asker, one.number, ref, BASE, KEY)),
    "revoke_link": to_outsider(lambda one, ref: actions.revoke_link(one.asker, one.number, ref, KEY)),
    "remind": to_outsider(lambda one, ref: actions.remind_party(one.asker, one.number, ref)),
    "receive_task": lambda one: actions.receive_task(one.asker, one.number, "", KEY),
    "add_entry": lambda one: actions.add_entry(one.asker, one.number, "", TEXT, KEY),
    "outside_task": lambda one: queries.open_outside(way(one)) and None,
    "outside_receive": lambda one: actions.receive_outside(way(one)),
    "outside_reply": lambda one: actions.reply_outside(way(one), TEXT, [], KEY),
    "outside_finish": lambda one: actions.answer_outside(
        way(one), actions.Answer(Task.State.DONE, "task_done", TEXT), KEY),
}

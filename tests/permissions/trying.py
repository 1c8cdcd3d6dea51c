"""One cell of the table: somebody tries one thing with a case, through the guard and the code, and is undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from baiying.api.shapes.cases import CaseShape
from baiying.cases import actions, queries
from baiying.cases.actions import concerns, protected
from baiying.cases.actions.emergency import break_glass
from baiying.cases.actions.handing_in import hand_in
from baiying.cases.actions.searching import read_unread
from baiying.cases.models import Task
from baiying.cases.queries.above import opened
from baiying.cases.queries.concerns import concern_of, her_concern
from baiying.cases.queries.emergency import GROUNDS
from baiying.cases.queries.files import page_of
from baiying.cases.queries.letters import her_letters, letters
from baiying.cases.queries.protected import held
from baiying.cases.queries.search import search
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import ref_of
from baiying.members.models import Person
from baiying.network import queries as network
from baiying.network.models import Post
from baiying.web.day import given
from baiying.web.guard import Staff
from tests.permissions.rules import ACTS, NO, POWERS, RELATIONS, ROLES, UNSEEN, YES
from tests.permissions.trying_parties import PARTY_TRIES, way_in
from tests.permissions.world import COMMUNITY, PLAIN_WORDS, Somebody, World, cast, give, relate, somebody_of

NUMBER = re.compile(r"\b[2-9A-Z]{10}\b")

ELSEWHERE = "110107004000"  # another street
LATER = timedelta(days=60)  # by then what is not answered is late, and all reminders are over
URGENT = "她现在有生命危险, 电话打不通。"
TEXT, KEY = "和本人说过了。", "cell"
DESK = "case.call_back"  # the one power that the code asks for behind the guard
UPPER_KINDS = [kind for kind in Task.Kind.values if kind != Task.Kind.WORK]


@dataclass(frozen=True)
class Cell:
    """Who tries what; the case, with its class and stage, is the world's."""

    act: str
    relation: str
    role: str


def cells(stage: str) -> list[Cell]:
    """Every cell of a case in this stage. Those who come by themselves try only what their way in leads to."""
    found = []
    for relation, tie in RELATIONS.items():
        if stage in tie.stages:
            for act in ACTS:
                if tie.way == "staff" and "." in ACTS[act].power:
                    found += [Cell(act, relation, role) for role in tie.roles or ROLES]
                elif tie.way == ACTS[act].power:
                    found.append(Cell(act, relation, ""))
    return found


def alike(cell: Cell) -> Cell:
    """The cell that is answered by the very same call: behind the guard a post counts for nothing but its units, and
    that it may call back for its whole organisation. A post that the guard stops calls nothing."""
    power = ACTS[cell.act].power
    if cell.act.startswith("search"):
        return cell  # behind the guard it asks for the power over cases and that over tasks, each by itself
    if cell.role not in POWERS.get(power, ()) or DESK in {name for name, held in POWERS.items() if cell.role in held}:
        return cell
    first = next(role for role in ROLES if role in POWERS[power] and role not in POWERS[DESK])
    lists_tasks = cell.role in POWERS["task.list"]
    return Cell(cell.act, cell.relation, first if lists_tasks == (first in POWERS["task.list"]) else cell.role)


@dataclass(frozen=True)
class Trial:
    """What a try needs to know: the case, its number as typed, and who tries."""

    world: World
    number: str
    entry: bytes
    asker: door.Asker
    staff: Staff | None = None


def decide(world: World, tried: Iterable[Cell]) -> Iterator[tuple[Cell, str, str]]:
    """How the product answers each cell, and its sentence; nothing of any of them remains."""
    for relation, group in groupby(tried, lambda cell: cell.relation):
        with transaction.atomic():
            who = relate(world, relation)
            way = way_in(world, relation == "outsider") if RELATIONS[relation].way == "outside" else None
            known: dict[Cell, tuple[str, str]] = {}
            for cell in group:
                same = alike(cell)
                if same not in known:
                    known[same] = answered(world, same, who, way)
                yield cell, *known[same]
            transaction.set_rollback(True)


def answered(world: World, cell: Cell, who: Somebody | None, way: bytes | None = None) -> tuple[str, str]:
    """Through the guard to the act, and what comes of it."""
    try:
        trial = let_in(world, cell, who, way)  # asks no database
        with transaction.atomic():
            told = YES if TRIES[cell.act](trial) is not False else UNSEEN
            transaction.set_rollback(True)
        return told, ""
    except Unseen as unseen:
        return UNSEEN, unseen.sentence
    except Refusal as refusal:
        return NO, refusal.sentence


def let_in(world: World, cell: Cell, who: Somebody | None, way: bytes | None) -> Trial:
    """As web.guard does: the units in which the post gives the power, the door of number and code, a link, or an
    account."""
    if way is not None:
        return Trial(world, world.number, b"", door.Asker(outside=way))
    if who is not None:
        posts = [Post(unit_id=unit, role=cell.role) for unit in who.units]
        staff = Staff(Person(id=who.person), posts)
        if not staff.may(ACTS[cell.act].power):
            raise Unseen
        return Trial(world, world.number, b"", staff.asker(ACTS[cell.act].power), staff)
    if cell.relation in ("she", "guesser"):
        code = world.receipt.code if cell.relation == "she" else world.receipt.code[::-1]
        entry = number.entry(world.number, code)
        return Trial(world, world.number, entry, door.Asker(door=entry))
    return Trial(world, world.number, b"", door.Asker(who=cast("worker" if cell.relation == "account" else "rider")))


def listed(rows: Iterable[Any], trial: Trial) -> bool:
    return any(number.read(row.address) == trial.number for row in rows)


def later(read: Callable[[door.Asker], Iterable[Any]]) -> Callable[[Trial], bool]:
    """A list as it stands when time has gone by."""
    def reading(trial: Trial) -> bool:
        with moment.frozen(moment.now() + LATER):
            return listed(read(trial.asker), trial)
    return reading


def day_list(trial: Trial) -> bool:
    assert trial.staff is not None
    return listed([*queries.today(trial.asker), *queries.tasks(trial.staff.asker("task.list"))], trial)


def read(query: Callable[[door.Asker, str], object]) -> Callable[[Trial], None]:
    def reading(trial: Trial) -> None:
        query(trial.asker, trial.number)
    return reading


def step(trial: Trial, **how: bool) -> None:
    world = trial.world
    actions.move(trial.asker, trial.number, world.step, TEXT, world.reason, KEY, world.case().version, **how)


def bring_in(trial: Trial) -> None:
    unit = network.posts_of(cast("police_link"), moment.today())[0].unit_id
    actions.bring_in(trial.asker, trial.number, actions.Call("co", unit, TEXT), KEY)


def pause(trial: Trial) -> None:
    until = moment.today() + timedelta(days=5)
    actions.pause(trial.asker, trial.number, trial.world.matter.pauses[0], until, TEXT, KEY)


def consent(trial: Trial) -> None:
    """Her word on a unit that was proposed a moment ago; by the way of one who guesses too."""
    unit = network.posts_of(cast("mediator"), moment.today())[0].unit
    closed = trial.world.stage == "erased"
    task = give(trial.world, Task.Kind.WORK, unit, Task.State.DONE if closed else Task.State.PROPOSED)
    actions.consent(trial.entry, task.ref, True, KEY)


def back_ground() -> str:
    return next(iter(catalogue.options("return_grounds"))).label


def refuse_ground() -> str:
    return next(iter(catalogue.options("refusal_grounds"))).label


def find(typed: str) -> Callable[[Trial], bool]:
    """Look for the number, or for words that the person wrote; the search has read what there is."""
    def finding(trial: Trial) -> bool:
        assert trial.staff is not None
        read_unread()
        found = search(trial.staff.asker("case.list"), given(trial.staff), typed or trial.number)
        return listed([*(hit.row for hit in found.hits), *found.tasks], trial)
    return finding


def one_need(trial: Trial) -> bool | None:
    """Join the case with another one of its unit. Refused in the words for a number that nobody has, it is unseen."""
    other = actions.submit(actions.Submission(key="other", words=PLAIN_WORDS, area=COMMUNITY)).number
    try:
        concerns.confirm(trial.asker, [trial.number, other], "一件事", KEY)
    except Refusal as refusal:
        with transaction.atomic():
            unknown = sentence_for(trial, other)
        assert NUMBER.sub("?", refusal.sentence) == NUMBER.sub("?", unknown)
        return False
    return None


def sentence_for(trial: Trial, other: str) -> str:
    """What is said of a number that nobody has."""
    nobodys = number.number_for("nobody", 0)
    try:
        concerns.confirm(trial.asker, [nobodys, other], "一件事", KEY)
    except Refusal as refusal:
        return refusal.sentence
    raise AssertionError("a number that nobody has was joined")


def name_opener(trial: Trial) -> None:
    """Name somebody of the unit that leads."""
    protected.name(trial.asker, trial.number, ref_of(somebody_of(trial.world.case().unit_id).person), False)


def other_kind(trial: Trial) -> actions.Another:
    return actions.Another(matter=other_matter(trial.world.matter))


TRIES: dict[str, Callable[[Trial], object]] = {
    "today": day_list,
    "own_board": lambda one: listed(queries.came_in(one.asker, date(2000, 1, 1), date(2100, 1, 1)), one),
    "tasks": lambda one: listed(queries.tasks(one.asker, [Task.Kind.WORK]), one),
    "asked": lambda one: listed(queries.tasks(one.asker, UPPER_KINDS), one),
    "late": later(queries.late), "going_round": later(queries.going_round), "call_backs": later(queries.call_backs),
    "set_asides": later(queries.set_asides), "complaints": later(queries.complaints),
    "search": find(""), "search_words": find(PLAIN_WORDS[2:6]), "concern": one_need,
    "concern_of": read(concern_of), "her_concern": lambda one: her_concern(one.entry) and None,
    "open_case": read(queries.open_case), "reach": read(queries.reach), "similar": read(queries.similar),
    "heading": read(queries.heading),
    "candidates": lambda one: queries.candidates(one.asker, one.number, "co") and None,
    "open_task": read(queries.open_task), "naming": read(queries.naming), "climbing": read(queries.climbing),
    "asked_time": lambda one: opened(one.asker, one.number, Task.Kind.EXTEND) and None,
    "set_aside": read(queries.set_aside), "complaint": read(queries.complaint), "call_back": read(queries.call_back),
    "move": step, "task_move": lambda one: step(one, given=True), "bring_in": bring_in, "pause": pause,
    "give_back": lambda one: actions.give_back(one.asker, one.number, back_ground(), TEXT, KEY),
    "transfer": lambda one: actions.transfer(one.asker, one.number, "petition", TEXT, KEY),
    "resume": lambda one: actions.resume(one.asker, one.number, KEY),
    "ask_extension": lambda one: actions.ask_extension(one.asker, one.number, one.world.clock, TEXT, KEY),
    "ask_set_aside": lambda one: actions.ask_set_aside(one.asker, one.number, "spam", TEXT, KEY),
    "ask_call_back": lambda one: actions.ask_call_back(one.asker, one.number, TEXT, KEY),
    "recuse": lambda one: actions.recuse(one.asker, one.number, KEY),
    "assign": lambda one: actions.assign(one.asker, one.number, one.world.above.id, TEXT, KEY),
    "decide_extension": lambda one: actions.decide_extension(one.asker, one.number, False, TEXT, KEY),
    "decide_set_aside": lambda one: actions.decide_set_aside(one.asker, one.number, False, TEXT, KEY),
    "answer_complaint": lambda one: actions.answer_complaint(one.asker, one.number, TEXT, KEY),
    "record_verdict": lambda one: actions.record_verdict(one.asker, one.number, "partly", None, "phone", "", KEY),
    "finish_task": lambda one: actions.finish_task(one.asker, one.number, "co", TEXT, KEY),
    "refuse_task": lambda one: actions.refuse_task(one.asker, one.number, "co", refuse_ground(), TEXT, KEY),
    "story": lambda one: queries.story(one.entry) and None,
    "api_case": lambda one: CaseShape.of(one.entry) and None,
    "her_ways": lambda one: queries.her_ways(one.entry) and None,
    "judge": lambda one: actions.judge(one.entry, "partly", None, "", KEY),
    "withdraw": lambda one: actions.withdraw(one.entry, KEY), "her_step": step, "consent": consent,
    "tell_days": lambda one: actions.tell_days(one.entry, {ask.key: "2026-02-20" for ask in flow.day_asks(
        one.world.matter)[:1]}, KEY),
    "reply": lambda one: actions.reply(one.entry, TEXT, KEY),
    "complain": lambda one: actions.complain(one.entry, TEXT, KEY),
    "contest": lambda one: actions.contest(one.entry, TEXT, KEY),
    "link": lambda one: actions.link(one.entry, other_matter(one.world.matter)),
    "say_where": lambda one: actions.say_where(one.entry, ELSEWHERE, KEY),
    "retake": lambda one: actions.retake(one.entry, other_kind(one), KEY),
    "retake_for": lambda one: actions.retake_for(one.asker, one.number, other_kind(one), TEXT, KEY),
    "take_code": lambda one: actions.take_code(one.entry, one.number, KEY) and None,
    "hand_in": lambda one: hand_in(door.Asker(door=one.entry), None, "工资条.txt", "三月".encode()) and None,
    "her_files": lambda one: page_of(door.Asker(door=one.entry)) and None,
    "her_letters": lambda one: her_letters(one.entry) and None,
    "files": read(page_of), "letters": read(letters),
    "protected": lambda one: listed(held(one.asker), one), "name_opener": name_opener,
    "break_glass": lambda one: break_glass(one.asker, one.number, next(iter(GROUNDS)), URGENT, KEY),
    "hers": lambda one: listed(queries.hers(one.asker), one), "her_entry": read(queries.her_entry), **PARTY_TRIES,
}


def other_matter(matter: flow.Matter) -> str:
    return next(one.key for one in catalogue.matters() if one.key != matter.key)

"""The table over HTTP, once for each distinct class of cells: act, relation and answer, by the posts of the cast."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import groupby

import pytest
from django.db import transaction
from django.test import Client

from baiying.kit import moment, number
from baiying.kit.number import ref_of
from baiying.members.models import Person
from baiying.network import queries as network
from baiying.web.guard import DOOR_IN_SESSION
from tests.permissions.rules import ACTS, LEADS, NAMES, NO, OVER, POWERS, RELATIONS, UNSEEN, YES, answer_of
from tests.permissions.trying import KEY, LATER, TEXT, back_ground, refuse_ground
from tests.permissions.world import World, build, relate
from tests.web.conftest import BACKEND, plain_static  # noqa: F401  the styles of the pages, by their own names
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
NOT_THERE = "23456789AB"
SHARE = 11
TRIED_IN = (("plain", "first"), ("plain", "answered"), ("plain", "unassigned"), ("safe", "first"), ("danger", "erased"))
# The list's page, and under which name the page has its rows: they are compared by number, shown or not.
LISTS = {"today": ("/today/", "day"), "tasks": ("/tasks/", "rows"), "call_backs": ("/back/", "call_backs"),
         "late": ("/late/", "rows"), "going_round": ("/federation/", "round"),
         "set_asides": ("/federation/", "endings"), "complaints": ("/federation/", "complaints")}
SOON = ("today", "tasks", "set_asides", "complaints")  # as they stand now; the others when time has gone by
READS = {
    "open_case": "/case/{}/", "similar": "/case/{}/similar/", "heading": "/case/{}/hands/",
    "candidates": "/case/{}/hands/?party=co", "open_task": "/task/{}/", "naming": "/ruling/{}/",
    "asked_time": "/extension/{}/", "climbing": "/climb/{}/", "set_aside": "/ending/{}/",
    "complaint": "/complaint/{}/", "call_back": "/back/{}/",
}
DOES = {
    "reach": "/case/{}/reach/", "move": "/case/{}/move/", "task_move": "/task/{}/move/",
    "give_back": "/case/{}/do/give_back/", "transfer": "/case/{}/do/transfer/", "pause": "/case/{}/do/pause/",
    "resume": "/case/{}/do/resume/", "ask_extension": "/case/{}/do/extend/", "recuse": "/case/{}/do/recuse/",
    "ask_set_aside": "/case/{}/do/set_aside/", "ask_call_back": "/case/{}/do/call_back/", "assign": "/ruling/{}/",
    "decide_extension": "/extension/{}/", "decide_set_aside": "/ending/{}/", "answer_complaint": "/complaint/{}/",
    "record_verdict": "/back/{}/", "finish_task": "/task/{}/finish/", "refuse_task": "/task/{}/refuse/",
}
# A refusal is told on a page of the case; whoever may not open that page is told nothing.
PAGE_OF = {"move": "open_case", "task_move": "open_task", "finish_task": "open_task", "refuse_task": "open_task"}


@pytest.fixture(autouse=True)
def a_monday_in_march():
    with moment.frozen(MONDAY):
        yield


def typed(world: World, act: str) -> dict[str, object]:
    """What a form of this act sends, filled in rightly."""
    ground = {"give_back": back_ground(), "transfer": "petition", "refuse_task": refuse_ground(),
              "pause": (world.matter.pauses or ("",))[0], "ask_set_aside": "spam"}.get(act, "")
    return {"key": KEY, "version": world.case().version, "move": world.step, "reason": world.reason or TEXT,
            "text": TEXT, "ground": ground, "until": (moment.today() + timedelta(days=5)).isoformat(),
            "clock": world.clock, "sure": "on", "unit": ref_of(world.above.id), "yes": "no", "verdict": "partly",
            "via": "phone", "party": "co", "words": ""}


def ask(client: Client, world: World, act: str, of: str) -> tuple[int, str]:
    """Status and words of the answer, less the number that was typed."""
    if act in DOES:
        answer = client.post(DOES[act].format(of), typed(world, act))
    else:
        answer = client.get(READS[act].format(of))
    return answer.status_code, re.sub(of, "", shown(answer).text) if answer.status_code == 404 else ""


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def told(person: Person, world: World, act: str) -> str:
    """The answer in the words of the table; fails where what is not shown is not as if it were not there."""
    if act in LISTS:
        path, rows = LISTS[act]
        with moment.frozen(moment.now() + (timedelta() if act in SOON else LATER)):
            page = signed_in(person).get(path)
        if page.status_code != 200:
            return UNSEEN
        found = page.context[rows]
        listed = [*found.lines, *found.waiting, *found.paused] if rows == "day" else found
        return YES if world.number in {number.read(row.address) for row in listed} else UNSEEN
    client = signed_in(person)
    with transaction.atomic():
        status, words = ask(client, world, act, world.number)
        transaction.set_rollback(True)
    if status == 404:
        assert (status, words) == ask(client, world, act, NOT_THERE), act
        return UNSEEN
    done = (302,) if act in DOES and act != "reach" else (200,)
    return NO if status in (400, 409, 410) else YES if status in done else str(status)


def expected(act: str, relation: str, roles: set[str], world: World) -> str:
    """What the table says of the posts that this person of the cast holds."""
    answers = {answer_of(act, relation, role, world.stage, world.kind)[0] for role in roles}
    said = next((one for one in (YES, NO) if one in answers), UNSEEN)
    if said == NO and act in PAGE_OF:
        return NO if expected(PAGE_OF[act], relation, roles, world) == YES else UNSEEN
    return said


# Pages and forms know a case and whether it opens, never by which tie; so people tied alike are one class over HTTP.
TIED = {name: group for group, names in {
    "leads": LEADS, "names": NAMES, "above": OVER, "work": ("brought_in", "finished"),
    "out": ("proposed", "declined", "returned", "passed_on", "recused"), "desk": ("desk",),
    "stranger": ("same_street", "administrator", "auditor")}.items() for name in names}


def classes(kind: str, stage: str) -> list[tuple[str, str]]:
    """The acts and relations that are tried in this world: each act once for each answer and each group of ties, where
    it is met first; what is done on the strength of a task once for each tie."""
    met: set[tuple[str, str, str]] = set()
    for one in TRIED_IN[:TRIED_IN.index((kind, stage)) + 1]:
        found = []
        for relation, tie in RELATIONS.items():
            if tie.way == "staff" and one[1] in tie.stages:
                for act in (*LISTS, *READS, *DOES):
                    role = tie.roles[0] if tie.roles else "head"
                    answer = answer_of(act, relation, role, one[1], one[0])[0]
                    said = (act, TIED[relation] if answer == UNSEEN else relation, answer)
                    if said not in met and (role in POWERS[ACTS[act].power] or act in PAGE_OF):
                        found.append((relation, act))
                    met.add(said)
    return found


def check(world: World, tried: list[tuple[str, str]]) -> None:
    """Fail with every pair of relation and act that is answered otherwise than the table says."""
    wrong = []
    for relation, group in groupby(tried, lambda pair: pair[0]):
        with transaction.atomic():
            who = relate(world, relation)
            assert who is not None
            person = Person.objects.get(id=who.person)
            roles = {post.role for post in network.posts_of(person.id, moment.today())}
            for _relation, act in group:
                answer, said = told(person, world, act), expected(act, relation, roles, world)
                if answer != said:
                    wrong.append(f"{relation} {act}: {answer}, not {said}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.deep
@pytest.mark.parametrize(("kind", "stage"), TRIED_IN)
def test_every_distinct_class_of_cells_is_answered_so_over_http(kind, stage):
    check(build(kind, stage), classes(kind, stage))


def test_a_share_of_the_classes_is_answered_so_over_http():
    check(build(*TRIED_IN[0]), classes(*TRIED_IN[0])[::SHARE])


def test_with_her_number_and_code_her_page_opens_and_with_a_wrong_code_it_is_as_if_there_were_none():
    world = build("safe", "first")
    hers = Client()
    session = hers.session
    session[DOOR_IN_SESSION] = world.entry.hex()
    session.save()
    hers.cookies["sessionid"] = session.session_key
    assert hers.get("/mine/").status_code == 200
    pages = [path.format(world.number) for path in (*READS.values(), *DOES.values())]
    for path in (*pages, *(path for path, _rows in LISTS.values())):
        assert hers.get(path).status_code == 302 and hers.get(path)["Location"].startswith("/in/"), path
    guesses = [Client().post("/find/", {"number": one, "code": world.receipt.code[::-1]})
               for one in (world.number, NOT_THERE)]
    assert guesses[0].status_code == guesses[1].status_code
    assert len({re.sub(f"{world.number}|{NOT_THERE}", "", shown(one).text) for one in guesses}) == 1

"""No party has in view what she has not agreed to, in any order of asking, agreeing, taking back, ending, reopening.

Every value that she told is a marker of its own. The rendered bytes of each party's pages are searched for them and
compared with a plain picture of her will: neither a marker too many nor, lest the test be blind, one too few.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.actions import Answer, Call, Guest, Submission
from baiying.cases.actions.files import keep
from baiying.cases.models import Case, Task
from baiying.catalogue.actions import load
from baiying.kit import door, messages, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.project.demo.cast import person
from baiying.web.guard import OUTSIDE_IN_SESSION, OUTSIDE_UNTIL
from tests.cases.answering import answer, lead_of
from tests.cases.conftest import COMMUNITY, entry
from tests.cases.trial_parties import KEY, TOML

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
BASE = "https://baiying.example/outside/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
FIRST, OTHER = "answer:first_fact", "answer:other_fact"
# What she told, by the field group that opens it. No marker is part of another one.
MARKS = {
    "identity": ["马可一", "单上是谁"], "contact": ["13900000017", "只在中午打", "单上电话"],
    "words": ["三月起没有工资", "单上经过"], "story": ["和单位谈过一回", "单上做过"],
    FIRST: ["第一件甲乙"], OTHER: ["另一件丙丁"], "files": ["合同照片"],
}
ALL = {mark for marks in MARKS.values() for mark in marks}
NEEDS = {"mediator": set(MARKS), "co": {"words", "identity", FIRST}, "employer": {"identity", OTHER}}
CAST = {"mediator": "lawyer", "co": "bajiao_women"}
PARTY = st.sampled_from(sorted(NEEDS))
SOME = st.sets(st.sampled_from(sorted(MARKS)))
ASK, AGREE = st.tuples(st.just("ask"), PARTY), st.tuples(st.just("agree"), PARTY, SOME)
STEPS = st.lists(st.one_of(
    ASK, ASK, AGREE, AGREE, st.tuples(st.just("choose"), PARTY, SOME), st.tuples(st.just("no"), PARTY),
    st.tuples(st.just("finish"), PARTY), st.tuples(st.just("reopen"), st.booleans()),
    st.tuples(st.just("take_back_all"))), min_size=2, max_size=9)


class Picture:
    """Her will, as anybody would keep it on paper, and the case that it is compared with."""

    def __init__(self) -> None:
        self.receipt = actions.submit(Submission(
            key="m", words=MARKS["words"][0], matter=KEY, area=COMMUNITY, name=MARKS["identity"][0],
            phone=MARKS["contact"][0], contact=MARKS["contact"][1],
            answers={"first_fact": MARKS[FIRST][0], "other_fact": MARKS[OTHER][0]}))
        self.number, self.entry = self.receipt.number, entry(self.receipt)
        first = queries.open_case(lead_of(self.receipt), self.number)
        actions.move(lead_of(self.receipt), self.number, "second", MARKS["story"][0], "", "on", first.case.version)
        boxes = dict(zip(("identity", "contact", "words", "story"), ("单上是谁", "单上电话", "单上经过", "单上做过"),
                         strict=True))
        actions.write_sheet(lead_of(self.receipt), self.number, boxes, "sheet")
        with door.open(door.Asker(door=self.entry)) as her:
            case = Case.objects.get(entry=self.entry)
            door.look_at(case.id)
            keep(case, her, MARKS["files"][0] + ".txt", "见附件".encode(), kind="paper")
        self.state = dict.fromkeys(NEEDS, "none")
        self.given: dict[str, set[str]] = {party: set() for party in NEEDS}
        self.asked_her: set[str] = set()
        self.no_once: set[str] = set()
        self.danger, self.ended, self.ways = False, False, dict[str, bytes]()

    def refs(self) -> dict[str, str]:
        """The latest task of each party, by the part that it plays."""
        with door.open(door.Asker(door=self.entry)):
            case = Case.objects.get(entry=self.entry)
            door.look_at(case.id)
            return {task.party: task.ref for task in Task.objects.filter(case=case, kind="work").order_by("opened_at")
                    if task.state in ("open", "proposed")}

    def ask(self, turn: str, party: str) -> None:
        lead = lead_of(self.receipt)
        if party == "employer":
            guest = Guest(party, "百工公司", "13800138001", "请说明情况。", "13800138002")
            ref = actions.invite(lead, self.number, guest, turn)
        else:
            unit = network.posts_of(person(CAST[party]).new.id, moment.today())[0].unit
            actions.bring_in(lead, self.number, Call(party, unit.id, "请来帮忙。"), turn)
        free = party == "co" and not self.danger and party not in self.no_once
        self.state[party] = "open" if free else "proposed"
        self.given[party], self.asked_her = NEEDS[party] if free else set(), self.asked_her - {party}
        if free and party == "employer":
            self.link(turn, ref)

    def agree(self, turn: str, party: str, some: set[str]) -> None:
        actions.consent(self.entry, self.refs().get(party, ""), True, turn, some)
        self.state[party], self.given[party] = "open", NEEDS[party] & some
        self.asked_her.add(party)
        if party == "employer":
            self.link(turn, self.refs()[party])

    def link(self, turn: str, ref: str) -> None:
        out: list[str] = []
        before, messages.send = messages.send, lambda phone, text: out.append(text)  # type: ignore[assignment]
        try:
            actions.send_link(lead_of(self.receipt), self.number, ref, BASE, turn)
        finally:
            messages.send = before
        token = out[0].split(BASE)[1].split()[0].rstrip("/")
        code = "".join(sign for sign in out[1] if sign.isdigit())
        way = actions.try_code(token, code)
        assert way is not None and not [mark for mark in ALL if any(mark in text for text in out)]
        self.ways["employer"] = way

    def choose(self, turn: str, party: str, some: set[str]) -> None:
        actions.choose(self.entry, self.refs().get(party, ""), some, turn)
        if self.given[party] - some:
            self.no_once.add(party)
        if (NEEDS[party] & some) - self.open_to(party):
            self.asked_her.add(party)
        self.given[party] = NEEDS[party] & some

    def no(self, turn: str, party: str) -> None:
        actions.consent(self.entry, self.refs().get(party, ""), False, turn)
        self.state[party] = "over"
        self.no_once.add(party)

    def finish(self, turn: str, party: str) -> None:
        if party == "employer":
            if party not in self.ways:
                raise Unseen
            actions.answer_outside(self.ways[party], Answer("done", "task_done", "办好了。"), turn)
        else:
            actions.finish_task(self.asker(party), self.number, party, "办好了。", turn)
        self.state[party] = "over"

    def reopen(self, turn: str, danger: bool) -> None:
        if self.ended:
            raise Unseen
        answer(self.receipt, "答复。")
        actions.judge(self.entry, "not_solved", None, "他打我, 还说要杀了我。" if danger else "还没发。", turn)
        self.danger = self.danger or danger

    def take_back_all(self, turn: str) -> None:
        actions.withdraw(self.entry, turn)
        self.ended = True

    def open_to(self, party: str) -> set[str]:
        """The field groups that this party may have in view now."""
        if self.state[party] != "open" or self.ended:
            return set()
        if party == "co" and self.danger and party not in self.asked_her:
            return set()
        return self.given[party]

    def asker(self, party: str) -> door.Asker:
        who = person(CAST[party]).new.id
        posts = network.posts_of(who, moment.today())
        return door.Asker(who=who, units=frozenset(post.unit_id for post in posts),
                          roles=frozenset(post.role for post in posts))

    def pages(self, party: str) -> str:
        """All that this party can open of the case, as bytes read back: its task, its papers, its list, the case."""
        client = Client()
        if party == "employer":
            if party in self.ways:
                session = client.session
                session[OUTSIDE_IN_SESSION] = self.ways[party].hex()
                session[OUTSIDE_UNTIL] = int(moment.now().timestamp()) + 600
                session.save()
            paths = ["/outside/", "/outside/files/"]
        else:
            client.force_login(person_of(party), backend=BACKEND)
            paths = [f"/task/{self.number}/", f"/task/{self.number}/files/", "/tasks/", f"/case/{self.number}/",
                     f"/case/{self.number}/print/"]
        return "".join(client.get(path).content.decode() for path in paths)

    def check(self, parties: Iterable[str] = NEEDS) -> None:
        for party in parties:
            seen = self.pages(party)
            allowed = {mark for group in self.open_to(party) for mark in MARKS[group]}
            assert {mark for mark in ALL if mark in seen} == allowed, (party, self.state[party])


def person_of(party: str) -> Any:
    from baiying.members import queries as members

    return members.by_login(person(CAST[party]).login)


@pytest.fixture
def trial_of_parties(db, settings, tmp_path) -> None:
    """The trial matter in force, static files by their own names."""
    folder = tmp_path / "catalogue"
    shutil.copytree(settings.BAIYING_CATALOGUE, folder)
    (folder / "matters" / f"{KEY}.toml").write_text(TOML, encoding="utf-8")
    load(folder)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def walked(steps: list[tuple]) -> None:
    with transaction.atomic(), moment.frozen(NOON):
        picture = Picture()
        for turn, (name, *what) in enumerate(steps):
            try:
                with transaction.atomic():
                    getattr(picture, name)(f"turn {turn}", *what)
            except (Refusal, Unseen):
                continue  # the house says no, and nothing is changed
            picture.check(NEEDS if not what or what[0] not in NEEDS else what[:1])
        picture.check()
        transaction.set_rollback(True)


EXAMPLES: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture],
                            "phases": [Phase.explicit, Phase.reuse, Phase.generate]}


def test_each_party_sees_what_she_agreed_to_and_after_she_took_it_back_its_own_task_alone(trial_of_parties):
    everything = set(MARKS)
    walked([("ask", "mediator"), ("agree", "mediator", everything), ("choose", "mediator", {"words"}), ("ask", "co"),
            ("choose", "co", set()), ("ask", "employer"), ("agree", "employer", everything), ("reopen", True),
            ("choose", "employer", {"identity"}), ("finish", "employer"), ("ask", "employer"),
            ("choose", "mediator", set()), ("take_back_all",)])


@pytest.mark.long
@settings(max_examples=5, **EXAMPLES)
@given(steps=STEPS)
def test_no_party_sees_a_field_that_her_consent_does_not_cover_in_any_order(trial_of_parties, steps):
    walked(steps)


@pytest.mark.deep
@settings(max_examples=200, **EXAMPLES)
@given(steps=STEPS)
def test_no_party_sees_a_field_that_her_consent_does_not_cover_however_often_tried(trial_of_parties, steps):
    walked(steps)


def test_a_referral_is_seen_by_the_lead_the_partys_unit_and_her_and_by_no_other_row_of_the_door(trial_of_parties):
    with moment.frozen(NOON):
        picture = Picture()
        picture.ask("a", "mediator")
        picture.agree("b", "mediator", {"words"})
        picture.ask("c", "co")
        case = picture.receipt.case_id
        stranger = network.posts_of(person("gucheng_handler").new.id, moment.today())[0].unit_id
        counted = {name: referrals_seen(asker) for name, asker in (
            ("lead", lead_of(picture.receipt)), ("she", door.Asker(door=picture.entry, case=case)),
            ("mediator", picture.asker("mediator")), ("co", picture.asker("co")),
            ("stranger with the case open", door.Asker(units=frozenset({stranger}), case=case)),
            ("nobody", door.Asker(case=case)))}
    assert counted == {"lead": 2, "she": 2, "mediator": 1, "co": 1, "stranger with the case open": 0, "nobody": 0}


def referrals_seen(asker: door.Asker) -> int:
    with door.open(asker), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_referral")
        return int(cursor.fetchone()[0])

"""Who must keep out: of a case, and of a complaint about herself. Whoever leaves, nothing open lies where nobody may
open it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.models import Case, Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.kit import chance, door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import actions as posts
from baiying.network import queries as network
from baiying.network.models import Absence, Post, Unit
from baiying.project.demo.cast import person
from tests.cases.answering import above, row
from tests.cases.conftest import COMMUNITY, entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def appoint(key: str, unit: Unit | UUID, who: UUID, role: str = "handler") -> Post:
    """Give somebody of the cast a further post from today on."""
    found = network.unit(unit) if isinstance(unit, UUID) else unit
    return posts.appoint(key, found, role, who, TODAY)


def both(unit: UUID, upper: UUID, who: UUID) -> door.Asker:
    return door.Asker(who=who, units=frozenset({unit, upper}), roles=frozenset({"handler", "head"}))


def test_whoever_holds_posts_in_both_units_neither_reads_nor_answers_a_complaint_about_her_own(send):
    receipt = send()
    upper, who = above(receipt), people_of(receipt.unit.id).who
    appoint("both", upper, who, "head")
    asker, alone = both(receipt.unit.id, upper.id, who), door.Asker(who=who, units=frozenset({upper.id}))
    before = queries.tasks(asker), queries.complaints(asker), queries.tasks(alone), queries.complaints(alone)
    actions.complain(entry(receipt), "窗口的人叫我别再来问。", "k")
    assert (queries.tasks(asker), queries.complaints(asker), queries.tasks(alone),
            queries.complaints(alone)) == before
    for one in (asker, alone):
        with pytest.raises(Unseen):
            queries.complaint(one, receipt.number)
        with pytest.raises(Unseen):
            actions.answer_complaint(one, receipt.number, "没有的事。", "a")
    assert queries.complaint(people_of(upper.id), receipt.number).text


def test_whoever_moved_the_case_and_went_up_since_does_not_answer_a_complaint_about_it(send):
    receipt = send()
    handler = people_of(receipt.unit.id)
    offer = next(one for one in queries.open_case(handler, receipt.number).offers if not one.missing)
    reason = offer.move.reasons[0].label if offer.move.reasons else ""
    actions.move(handler, receipt.number, offer.move.key, "去单位问过了。", reason, "k", row(receipt).version)
    upper = above(receipt)
    appoint("up", upper, handler.who, "head")
    actions.complain(entry(receipt), "没有人理我。", "k")
    promoted = door.Asker(who=handler.who, units=frozenset({upper.id}))
    assert queries.complaints(promoted) == []
    with pytest.raises(Unseen):
        queries.complaint(promoted, receipt.number)


def test_a_complaint_goes_past_a_level_where_everybody_is_of_the_unit_complained_about(send):
    receipt = send(matter=next(one.key for one in catalogue.matters() if one.org == "women" and not one.safe))
    home = network.posts_of(person("home_handler").new.id, TODAY)[0].unit
    lead(receipt, home)
    street = people_of(above(receipt).id).who
    appoint("below too", home, street)
    actions.complain(entry(receipt), "没有人理我。", "k")
    assert queries.complaints(both(above(receipt).id, home.id, street)) == []
    top = network.upper(above(receipt), TODAY)
    assert [one.address for one in queries.complaints(people_of(top.id))] == [receipt.number]


def test_where_nobody_above_is_of_another_unit_she_is_told_where_to_complain(send):
    receipt = send()
    for number, who in enumerate(sorted(network.receiving(above(receipt).id, TODAY), key=str)):
        appoint(f"below too {number}", receipt.unit, who)
    with pytest.raises(Refusal):
        actions.complain(entry(receipt), "没有人理我。", "k")


def lead(receipt, unit: Unit) -> None:
    """Let this unit lead the case."""
    with door.open(door.Asker(case=receipt.case_id, door=entry(receipt))):
        Case.objects.filter(id=receipt.case_id).update(unit=unit)


def test_when_the_last_one_who_need_not_keep_out_leaves_the_case_goes_up(send):
    receipt = send()
    handler, upper = people_of(receipt.unit.id), above(receipt)
    second = appoint("second", receipt.unit, person("gucheng_handler").new.id)
    actions.recuse(handler, receipt.number, "k")
    assert row(receipt).unit_id == receipt.unit.id
    posts.end_post(second, TODAY)
    now = row(receipt)
    assert (now.unit_id, now.unassigned) == (upper.id, True)
    assert queries.naming(people_of(upper.id), receipt.number)


def test_a_unit_where_everybody_must_keep_out_is_not_offered_to_be_brought_in(send):
    receipt = send()
    lawyer, handler = person("lawyer").new.id, people_of(receipt.unit.id)
    firm = network.posts_of(lawyer, TODAY)[0].unit
    assert firm in queries.candidates(handler, receipt.number, "co") + queries.candidates(handler, receipt.number,
                                                                                         party_of(firm))
    appoint("lawyer", receipt.unit, lawyer)
    actions.recuse(door.Asker(who=lawyer, units=frozenset({receipt.unit.id})), receipt.number, "k")
    assert firm not in queries.candidates(handler, receipt.number, party_of(firm))
    with pytest.raises(Refusal):
        actions.bring_in(handler, receipt.number, actions.Call(party_of(firm), firm.id, "请协助。"), "b")


def party_of(unit: Unit) -> str:
    """A party that this unit may play."""
    return next(key for key, party in catalogue.words().parties.items()
                if party.plays and set(party.plays) & set(unit.roles))


VERBS = ["recuse", "recuse", "appoint", "end_post", "end_post", "away", "back", "give_back", "assign", "complain",
         "ask_end", "bring_in", "transfer"]
STEPS = st.tuples(st.sampled_from(VERBS), st.integers(0, 30), st.integers(0, 30))
PEOPLE = ("gucheng_handler", "district_union", "lawyer", "police_link")


def check_somebody(receipt) -> None:
    """The case and its open tasks lie where somebody may open them."""
    with door.open(door.Asker(case=receipt.case_id, door=entry(receipt))):
        case = Case.objects.select_related("unit").get(id=receipt.case_id)
        if not case.ended:
            assert free.free_in(case.unit_id, free.recused(case)), "nobody may open the case"
        for task in Task.objects.filter(case=case, state=Task.State.OPEN):
            assert free.free_in(task.unit_id, free.barred_from(case, task)), f"nobody may open the {task.kind} task"


def act(receipt, number: int, verb: str, a: int, b: int) -> None:
    """One deed; what is refused changes nothing."""
    units = [row(receipt).unit_id, *(network.posts_of(person(key).new.id, TODAY)[0].unit_id
                                     for key in ("district_union", "lawyer")
                                     if network.posts_of(person(key).new.id, TODAY))]
    unit, who, key = units[a % len(units)], person(PEOPLE[b % len(PEOPLE)]).new.id, f"d{number}"
    inside = [post for one in units for post in network.posts_in(one, TODAY)]
    post = inside[a % len(inside)]
    asker = door.Asker(who=post.holder_id, units=frozenset({post.unit_id}))
    deeds = {
        "recuse": lambda: actions.recuse(asker, receipt.number, key),
        "appoint": lambda: appoint(key, unit, who),
        "end_post": lambda: posts.end_post(post, TODAY),
        "away": lambda: posts.be_absent(key, post, TODAY, None, who if b % 2 else None),
        "back": lambda: [posts.end_absence(one, TODAY) for one in Absence.objects.filter(post=post)],
        "give_back": lambda: actions.give_back(asker, receipt.number, next(iter(
            catalogue.options("return_grounds"))).label, "不归我们。", key),
        "transfer": lambda: actions.transfer(asker, receipt.number, "recusal", "都是亲属。", key),
        "assign": lambda: actions.assign(asker, receipt.number, receipt.unit.id, "由你们办。", key),
        "complain": lambda: actions.complain(entry(receipt), f"没有人理我{number}。", key),
        "ask_end": lambda: actions.ask_set_aside(asker, receipt.number, "spam", "是广告。", key),
        "bring_in": lambda: actions.bring_in(asker, receipt.number, actions.Call(
            "co", network.posts_of(person("lawyer").new.id, TODAY)[0].unit_id, "请协助。"), key),
    }
    try:
        with transaction.atomic():
            deeds[verb]()
    except (Refusal, IndexError):
        pass


def walk(deeds: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        receipt = actions.submit(actions.Submission(key=chance.uuid_for(str(deeds), "walk").hex, area=COMMUNITY,
                                                    words="三个月没有发工资了。"))
        appoint("one more", receipt.unit, person("gucheng_handler").new.id)
        for number, deed in enumerate(deeds):
            act(receipt, number, *deed)
            check_somebody(receipt)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@seed(20260302)
@given(deeds=st.lists(STEPS, min_size=3, max_size=8))
def test_nothing_open_ever_lies_where_nobody_may_open_it(deeds):
    walk(deeds)


@pytest.mark.deep
@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@seed(20260303)
@given(deeds=st.lists(STEPS, min_size=3, max_size=14))
def test_nothing_open_lies_where_nobody_may_open_it_in_many_longer_histories(deeds):
    walk(deeds)

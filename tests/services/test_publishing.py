"""A changed rule comes into force with open eyes: at once where it hardly touches anybody, by two named people where it
jumps; standing answers follow, and only those that changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members
from baiying.members.models import Person
from baiying.network.models import Post
from baiying.services import access
from baiying.services.actions import following, publishing, standing
from baiying.services.models import Cover, Publishing, Rulebook, Standing
from baiying.services.queries import publishing as queries
from baiying.services.queries.rulebook import current
from tests.members.figures import street
from tests.services.changing import ACTIVE, MEMBERS, OLD, asks, declaration, edited, read
from tests.services.test_standing import enter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
DISTRICT = "110107"
State = Publishing.State
QUIET = "union.hardship.major_illness"


@pytest.fixture(autouse=True)
def noon(db):
    Rulebook.objects.all().delete()  # that of the demo, swept at an hour of its own
    with moment.frozen(NOON):
        standing.sweep_all(DISTRICT)
    with moment.frozen(LATER):  # else nobody could tell which rulebook was swept last, and nothing would count as drift
        yield


def who(login: str) -> Asker:
    found = members.by_login(login)
    assert found is not None
    return Asker(who=found.id)


def first() -> Asker:
    return who("guan.youzhang")


def second() -> Asker:
    return who("yin.tongguan")


def waits(read_: publishing.catalogue.Read) -> str:
    """Let it wait; gives what stands for it in the form."""
    done = publishing.publish(read_)
    assert not done.in_force and done.waits is not None
    return queries.ref(done.waits)


def entitled() -> int:
    return sum(row.entitled for row in Cover.objects.filter(service=MEMBERS))


def told(edition: str, verb: str) -> dict[str, object]:
    """The last line of the log of this kind about an edition, with who stands in it."""
    with door.errand("verify"):
        line = [one for one in log.lines_about(uuid_for(edition, "edition")) if one.verb == verb][-1]
    return {"who": line.who, **(line.payload or {})}


def test_a_rule_that_drops_its_people_waits_until_one_proposes_and_another_approves_and_then_answers_follow():
    was, drops = declared.in_force(), edited(MEMBERS, asks(ACTIVE, OLD))
    before = entitled()
    ref = waits(drops)
    assert before >= 4 and declared.in_force() == was and entitled() == before
    with pytest.raises(Refusal, match="提出|proposed"):
        publishing.approve(second(), ref)
    publishing.propose(first(), ref, "试一试")
    with pytest.raises(Refusal):
        publishing.approve(first(), ref)
    assert declared.in_force() == was
    publishing.approve(second(), ref)
    assert declared.in_force() == drops.edition and entitled() == 0
    line = told(drops.edition, "services.rules_in_force")
    assert (line["by"], line["approved_by"]) == (str(first().who), str(second().who))
    assert line["reckoned"] == [MEMBERS] and line["who"] == str(second().who)
    assert standing.sweep_all(DISTRICT) == 0  # what followed is what a full sweep finds
    assert not standing.keep_true(DISTRICT)


def test_who_proposed_cannot_approve_under_another_account_nor_one_without_such_a_post():
    ref = waits(edited(MEMBERS, asks(ACTIVE, OLD)))
    publishing.propose(first(), ref, "试一试")
    with door.errand("members"):
        Person.objects.filter(id=second().who).update(merged_into=first().who)
    with pytest.raises(Refusal):
        publishing.approve(second(), ref)
    for other in (Asker(who=enter("路远行", 3)), Asker(), who("ying.huifang")):
        with pytest.raises(Unseen):
            publishing.approve(other, ref)


def test_who_lost_the_post_or_the_account_since_cannot_approve():
    ref = waits(edited(MEMBERS, asks(ACTIVE, OLD)))
    publishing.propose(first(), ref, "试一试")
    with transaction.atomic():
        Post.objects.filter(holder_id=second().who).update(until=moment.today() - timedelta(days=1))
        with pytest.raises(Unseen):
            publishing.approve(second(), ref)
        transaction.set_rollback(False)
    assert not queries.may(second().who, moment.today())  # type: ignore[arg-type]
    assert queries.who_may(moment.today()) == ["管有章"]


def test_the_database_itself_keeps_out_an_edition_in_force_by_one_person():
    waits(edited(MEMBERS, asks(ACTIVE, OLD)))
    for by, decided in ((first().who, first().who), (first().who, None)):
        with pytest.raises(IntegrityError), transaction.atomic(), door.errand("members"):
            Publishing.objects.update(state=State.IN_FORCE, by=by, decided_by=decided)


def test_a_rule_that_lets_everybody_in_waits_and_so_does_one_without_clauses_and_one_for_nobody():
    everybody = {"fact": "person.age", "at_most": 200, "otherwise": "x", "otherwise_en": "x"}
    for edit, why in (
        (asks(), {"gain", "everybody"}),
        (asks({"none": [OLD_TEST], "otherwise": "x", "otherwise_en": "x"}), set()),
        (asks(OLD), {"lose", "nobody"}),
        (asks(everybody), {"lose"}),
    ):
        done = publishing.publish(edited(MEMBERS, edit))
        assert why <= {reason for _, reason in done.preview.why}, why
        assert not done.in_force or not why


OLD_TEST = {"fact": "member.active", "is": False}


def test_a_change_that_touches_nobody_comes_into_force_at_once_and_nothing_is_reckoned_for_it():
    words = edited(MEMBERS, lambda table: table.update(help="换一种说法。"))
    done = publishing.publish(words)
    assert done.in_force and not done.preview.told["changes"] and declared.in_force() == words.edition
    assert told(words.edition, "services.rules_in_force")["reckoned"] == []
    assert standing.sweep_all(DISTRICT) == 0


def test_only_the_changed_service_is_judged_again_and_only_rows_that_differ_are_written(monkeypatch):
    for n in range(6):
        enter("安小满", 10 + n, street(), person_born="1996-05-06")
    publishing.propose(first(), ref := waits(edited(MEMBERS, asks(ACTIVE, {**OLD, "at_least": 31}))), "试一试")
    judged: list[str] = []
    real, upsert = following.sweep, following.upsert
    monkeypatch.setattr(
        following, "sweep", lambda rules, *more: judged.extend(r.id for r in rules) or real(rules, *more)
    )
    rows: list[UUID] = []
    monkeypatch.setattr(
        following, "upsert", lambda book, on, some: rows.extend(r.who for r in some) or upsert(book, on, some)
    )
    publishing.approve(second(), ref)
    assert judged == [MEMBERS]
    with door.errand("members"):
        everybody = Standing.objects.count()
        assert set(Standing.objects.values_list("rulebook", flat=True)) == {current().version}
    assert 6 <= len(rows) < everybody
    assert standing.sweep_all(DISTRICT) == 0


def test_a_new_service_and_a_removed_one_move_the_bits_of_the_others_with_them():
    services = declared.declarations_of(declared.in_force())
    (model,) = [one for one in services if one.key == MEMBERS]
    new = declaration(model, asks(ACTIVE, id="union.a.trial", order=1), "union.a.trial")
    publishing.propose(first(), ref := waits(read(new, *services)), "新的一项")
    publishing.approve(second(), ref)
    assert current().services[0] == "union.a.trial" and standing.sweep_all(DISTRICT) == 0
    with moment.frozen(LATER + timedelta(minutes=1)):
        gone = read(new, *(one for one in services if one.key != MEMBERS))
        publishing.propose(first(), ref := waits(gone), "并到新的一项里")
        publishing.approve(second(), ref)
        assert MEMBERS not in promised().services and entitled() == 0
        assert not Cover.objects.filter(service=MEMBERS).exists() and standing.sweep_all(DISTRICT) == 0


def test_a_folder_that_jumps_does_not_come_into_force_by_starting_again_nor_when_it_was_declined():
    drops, was = edited(MEMBERS, asks(ACTIVE, OLD)), declared.in_force()
    for _ in range(2):
        assert not publishing.publish(drops).in_force
    assert len(rows_of()) == 1
    publishing.decline(second(), queries.ref(rows_of()[0]))
    assert not publishing.publish(drops).in_force and [one.state for one in rows_of()] == [State.DECLINED]
    assert declared.in_force() == was
    assert not publishing.publish(drops, again=True).in_force and len(rows_of()) == 2  # asked for by name


def rows_of() -> list[Publishing]:
    with door.errand("members"):
        return list(access.publishings(DISTRICT))


def test_a_catalogue_cannot_raise_its_own_measure_first_nor_name_other_approvers():
    def generous(table: dict[str, dict[str, dict[str, object]]]) -> None:
        table["line"]["publish.lose"]["values"] = [
            {"value": "1/1", "since": "2026-01-01", "basis": "house", "grade": "A"}
        ]

    done = publishing.publish(edited("lines", generous, "lines"))
    assert not done.in_force and ("", "measure") in done.preview.why
    roles = edited("roles", lambda table: table["role"]["handler"]["powers"].append(
        {"power": queries.POWER, "reason": "x"}), "roles")  # fmt: skip
    assert not publishing.publish(roles).in_force


def test_another_edition_in_between_and_old_figures_must_be_reckoned_anew():
    ref = waits(edited(MEMBERS, asks(ACTIVE, OLD)))
    with moment.frozen(LATER + timedelta(days=15)):
        with pytest.raises(Refusal):
            publishing.propose(first(), ref, "试一试")
        publishing.look_again(second(), ref)
        publishing.propose(first(), ref, "试一试")
        publishing.look_again(second(), ref)  # what was proposed were other figures: propose again
        with pytest.raises(Refusal):
            publishing.approve(second(), ref)
    publishing.publish(edited(MEMBERS, lambda table: table.update(help="换一种说法。")))
    assert queries.waiting(DISTRICT) is None and [one.state for one in rows_of()] == [State.OVERTAKEN]


def test_whoever_proposed_it_takes_it_back_and_another_may_propose_it_then():
    ref = waits(edited(MEMBERS, asks(ACTIVE, OLD)))
    publishing.propose(first(), ref, "试一试")
    publishing.decline(first(), ref)
    publishing.propose(second(), ref, "看过了")
    publishing.approve(first(), ref)
    assert entitled() == 0


def test_plainer_words_english_and_a_source_are_no_changed_rule_and_a_grade_of_a_sum_is_one():
    """A label, a reason, English, a question or a source gives and takes nothing: it waits for nobody. Here of a quiet
    service too, whose every changed rule waits."""

    def reworded(table: dict) -> None:
        for one in (*table["who"], *table.get("amount", ())):
            one.update({word: "换一种说法" for word in ("otherwise", "label") if word in one})
            one.update({f"{word}_en": "In other words" for word in ("otherwise", "label") if word in one})
            one["basis"] = "K-SAID"

    def plainer(table: dict) -> None:
        for fact in table.values():
            fact.update(label="换一种说法", label_en="In other words")

    for key, kind, edit in ((MEMBERS, "service", reworded), (QUIET, "service", reworded), ("facts", "facts", plainer)):
        done = publishing.publish(edited(key, edit, kind))
        assert done.in_force and not done.preview.why and not done.preview.told["changes"], key
    before = declared.in_force()
    sums = publishing.publish(edited(QUIET, lambda table: table["amount"][0].update(grade="C")))
    assert not sums.in_force and declared.in_force() == before

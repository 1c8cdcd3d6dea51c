"""Bringing a catalogue into force: once, whole, and without touching what older cases stand on."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from baiying.catalogue import actions, check, queries
from baiying.catalogue.models import Declaration, Edition
from baiying.kit.errors import Unseen
from baiying.kit.queries import powers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(settings.BAIYING_CATALOGUE, copy, ignore=shutil.ignore_patterns("territory", "cn_20[01]*"))
    return copy


def changed(folder: Path, old: str, new: str) -> str:
    """Change the file of the default matter; gives its key."""
    key = queries.default_matter().key
    path = folder / "matters" / f"{key}.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return key


def test_loading_twice_is_once(folder):
    actions.load(folder)
    before = (Declaration.objects.count(), Edition.objects.count(), queries.edition())
    counts = actions.load(folder)
    assert (Declaration.objects.count(), Edition.objects.count(), queries.edition()) == before
    assert counts["matters"] == len(queries.every_matter())


def test_a_changed_file_is_a_new_version_and_the_old_one_stays_readable(folder):
    actions.load(folder)
    key = queries.default_matter().key
    old = queries.declaration_of(key)
    limit = queries.matter(key).clocks["answer"].limit
    changed(folder, 'limit = "7 days"', 'limit = "5 days"')
    actions.load(folder)
    new = queries.declaration_of(key)
    assert new != old
    assert (limit, queries.matter(key).clocks["answer"].limit) == ("7 days", "5 days")
    assert queries.matter_of(old).clocks["answer"].limit == "7 days"
    queries.matter_of.cache_clear()
    assert queries.matter_of(old).clocks["answer"].limit == "7 days"


def test_a_changed_list_is_a_new_version_of_the_matters_that_use_it(folder):
    actions.load(folder)
    users = [one for one in queries.matters() if any(ask.options for ask in one.asks.values())]
    path = folder / "reference" / "lists.toml"
    before = {one.key: queries.declaration_of(one.key) for one in users}
    path.write_text(path.read_text().replace('"申请劳动争议仲裁"', '"申请仲裁"'))
    actions.load(folder)
    moved = [key for key, old in before.items() if queries.declaration_of(key) != old]
    assert moved
    for key in moved:
        texts = [o.label for s in queries.matter_of(before[key]).stages.values() for m in s.moves for o in m.reasons]
        assert "申请劳动争议仲裁" in texts


def test_going_back_to_the_old_content_brings_the_old_versions_back(folder):
    actions.load(folder)
    key, edition = queries.default_matter().key, queries.edition()
    old = queries.declaration_of(key)
    changed(folder, 'limit = "7 days"', 'limit = "5 days"')
    actions.load(folder)
    assert queries.edition() != edition
    changed(folder, 'limit = "5 days"', 'limit = "7 days"')
    actions.load(folder)
    assert (queries.edition(), queries.declaration_of(key)) == (edition, old)
    assert Edition.objects.filter(in_force=True).count() == 1


def test_a_catalogue_with_faults_is_refused_whole_with_all_of_them(folder):
    actions.load(folder)
    before = queries.edition()
    changed(folder, 'limit = "7 days"', 'limit = "7 dais"')
    (folder / "roles.toml").write_text("power = 1")
    with pytest.raises(actions.Faulty) as refused:
        actions.load(folder)
    assert {fault.file.split("/")[0] for fault in refused.value.faults} >= {"matters", "roles.toml"}
    assert "7 dais" in str(refused.value)
    assert queries.edition() == before


def test_an_order_of_stages_survives_the_database():
    for matter in queries.matters():
        queries.matter_of.cache_clear()
        again = queries.matter_of(queries.declaration_of(matter.key))
        assert again == matter
        assert list(again.stages) == list(matter.stages)


def test_a_declaration_can_be_neither_changed_nor_deleted():
    row = Declaration.objects.first()
    for change in (lambda: Declaration.objects.filter(id=row.id).update(key="x"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_key_that_is_not_declared_does_not_exist():
    with pytest.raises(Unseen):
        queries.matter("union.no.such")
    with pytest.raises(Unseen):
        queries.declaration_of("union.no.such")


def test_asking_again_within_a_second_costs_no_query(django_assert_num_queries, monkeypatch):
    queries.settle()
    queries.matters()
    clock = [queries.time.monotonic()]
    monkeypatch.setattr(queries.time, "monotonic", lambda: clock[0])
    queries.settle()
    with django_assert_num_queries(1):
        queries.edition()
    with django_assert_num_queries(0):
        queries.default_matter()
        queries.declaration_of(queries.default_matter().key)
        queries.calendar()
        assert queries.danger("他又打我了")
        assert not queries.danger("请打我电话")
    clock[0] += queries.FRESH_SECONDS
    with django_assert_num_queries(1):
        queries.matters()


def test_a_load_that_may_be_rolled_back_is_seen_inside_and_kept_by_nobody(folder):
    queries.settle()
    before = queries.edition()
    changed(folder, 'limit = "7 days"', 'limit = "4 days"')
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.load(folder)
        assert queries.edition() != before
        raise RuntimeError
    assert not queries.is_changing()
    assert queries.edition() == before


def test_roles_give_their_powers():
    roles = queries.roles()
    assert roles["handler"].name == "办理人"
    assert all(reason for role in roles.values() for reason in role.powers.values())
    assert powers_of(["handler"]) == frozenset(roles["handler"].powers)
    assert "case.open" not in powers_of(["administrator", "auditor"])


def test_every_role_that_somebody_holds_in_the_demo_is_declared():
    demo = Path(settings.BAIYING_CATALOGUE).parent / "baiying" / "project" / "demo"
    people = tomllib.loads((demo / "cast.toml").read_text())["person"]
    held = {post["role"] for person in people for post in person.get("posts", ())}
    assert len(held) > 3
    assert held <= set(queries.roles())


def test_labels_are_said_in_the_readers_language():
    stage = next(iter(queries.default_matter().stages.values()))
    with translation.override("zh-hans"):
        assert queries.said(stage) == stage.label
        assert queries.doors()[0][1].startswith("报警")
    with translation.override("en"):
        assert queries.said(stage) == stage.label_en


def test_the_words_of_danger_for_the_browser_are_those_of_the_server():
    told = queries.danger_words()
    words = [word for held in told["words"].values() for word in held.split("|")]
    assert "~打我" in words and "打我电话" in words
    assert told == queries._loaded().danger.for_browser


def test_the_calendar_knows_the_years_of_the_folder():
    assert queries.calendar().first_year <= 2007
    assert queries.calendar().last_year >= 2026


def test_the_check_prints_every_fault_and_then_the_counts(folder):
    lines, status = check.report(folder)
    assert (status, lines[-2:]) == (0, ["0 faults", "68 of 68"])
    assert f"{len(list((folder / 'matters').glob('*.toml')))} matters" in lines[-4]
    assert "15 benefit, 4 enrolment" in lines[-3]
    changed(folder, 'limit = "7 days"', 'limit = "7 dais"')
    lines, status = check.report(folder)
    assert (status, lines[-2]) == (1, "1 faults")
    assert "7 dais" in lines[0]


def test_the_web_role_does_the_loading():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == settings.BAIYING_WEB_ROLE

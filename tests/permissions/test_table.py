"""Every cell of the table of permissions, decided in process; all of them by `make deep`, a share of them always."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from baiying.kit import moment
from baiying.kit.errors import Unseen
from tests.permissions.rules import ACTS, CLASSES, POWERS, RELATIONS, ROLES, STAGES, UNSEEN, answer_of
from tests.permissions.trying import TRIES, Cell, cells, decide
from tests.permissions.world import World, build

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WORLDS = [(kind, stage) for kind in CLASSES for stage in STAGES]
# Each stage once, the classes in turn; of their cells every SHARE-th.
FEW, SHARE = [(kind, stage) for kind, stage in zip(list(CLASSES) * 2, STAGES, strict=True)], 11


@pytest.fixture(autouse=True)
def a_monday_in_march():
    with moment.frozen(MONDAY):
        yield


def check(world: World, tried: list[Cell]) -> None:
    """Fail with every cell that the product answers otherwise than the table, each as a sentence."""
    found = []
    for cell, told, sentence in decide(world, tried):
        expected, why = answer_of(cell.act, cell.relation, cell.role, world.stage, world.kind)
        if told != expected:
            found.append(f"{cell} of a {world.kind} case, {world.stage}: {told}, not {expected} ({why}) {sentence}")
        elif told == UNSEEN and sentence not in ("", Unseen().sentence):
            found.append(f"{cell}: unseen in other words than what does not exist: {sentence}")
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.deep
@pytest.mark.parametrize(("kind", "stage"), WORLDS)
def test_every_cell_is_answered_as_the_table_says(kind, stage):
    check(build(kind, stage), cells(stage))


@pytest.mark.parametrize(("kind", "stage"), FEW)
def test_a_share_of_the_cells_is_answered_as_the_table_says(kind, stage):
    first = FEW.index((kind, stage))
    check(build(kind, stage), cells(stage)[first::SHARE])


def test_the_powers_of_the_roles_are_those_of_the_table():
    roles = tomllib.loads((CHECKOUT / "catalogue" / "roles.toml").read_text(encoding="utf-8"))["role"]
    given = {(power["power"], name) for name, role in roles.items() for power in role["powers"]}
    assert given == {(power, role) for power, held in POWERS.items() for role in held}


def test_the_posts_that_are_tried_stand_for_all_others():
    def over_cases(role: str) -> frozenset[str]:
        return frozenset(power for power, held in POWERS.items()
                         if role in held and (power in {act.power for act in ACTS.values()}))
    everybody = {role for held in POWERS.values() for role in held}
    assert {over_cases(role) for role in everybody} == {over_cases(role) for role in ROLES}


def test_behind_the_guard_the_code_asks_what_a_post_is_for_the_desk_of_call_backs_alone():
    """Why cells that differ in the post alone are one call (trying.alike): a new use of roles must be told there."""
    used = {(path.name, line.strip()) for path in (CHECKOUT / "baiying" / "cases").rglob("*.py")
            for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\basker\.roles\b", line)}
    assert used == {
        ("above.py", "if DESK not in kit.powers_of(asker.roles):"),
        # The same desk, and a party, come by a task: by posts that open no cases they take up none.
        ("access.py", "if asker.who is None or all(OPENS in kit.powers_of([role]) for role in asker.roles):"),
        ("access.py", "if OPENS in kit.powers_of(mine.get(unit, asker.roles))))"),
        # The others only write down in what office somebody did it.
        ("access.py", 'log.write("case.taken", case.id, asker.name, {"unit": str(unit), "roles": '
                      'sorted(asker.roles)}, case.wrapped)'),
        ("reading.py", 'log.write("case.read", case.id, asker.name, {**of, "roles": sorted(asker.roles), '
                       '"why": why}, case.wrapped)'),
        ("emergency.py", '{"unit": str(unit.id), "roles": sorted(asker.roles), "ground": ground, "text": '
                         'reason.strip(),'),
        ("protected.py", '{"unit": str(case.unit_id), "roles": sorted(asker.roles), "to": str(chosen), '
                         '"alone": alone},'),
    }


def test_everything_that_can_be_tried_has_a_rule_and_a_way():
    assert set(TRIES) == set(ACTS)
    for act in ACTS:
        answers = {answer_of(act, relation, role, stage, kind)[0] for relation in RELATIONS
                   for role in (*ROLES, "") for stage in STAGES for kind in CLASSES}
        assert len(answers) > 1, f"nobody may ever {act}, or everybody"


def test_the_page_of_permissions_in_the_docs_is_fresh():
    made = importlib.util.spec_from_file_location("permissions", CHECKOUT / "tools" / "permissions.py")
    tool = importlib.util.module_from_spec(made)
    made.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run: .venv/bin/python tools/permissions.py"

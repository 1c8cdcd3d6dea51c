"""What a paper of a request proves is kept as proved for her other services, where she asked for it."""

from __future__ import annotations

import pytest

from baiying.kit import door
from baiying.services import access
from baiying.services.queries import knowing
from tests.stories.asking import UNIT, Her, Request, her

pytestmark = pytest.mark.django_db
REGISTER, SIZE = "union.hardship.register", "home.size"
WISH = {
    "own_income": "1000", "household_size": "3", "household_income_year": "60000", "rigid_spend": "20000",
    "members": "三口人", "cause_main": "本人大病", "payee": "1",
}  # fmt: skip


def kept(she: Her) -> dict[str, tuple[object, str]]:
    with door.errand("members"):
        return {one.fact: (one.value, one.source) for one in knowing.told(access.profile(she.id)).values()}


def ask(she: Her, keep: bool) -> Request:
    more = {"keep": "1"} if keep else {}
    return she.ask(REGISTER, papers=("docs",), agree=("means", "work", "identity", "health"), also=more, **WISH)


def test_what_the_accepted_paper_proves_is_kept_as_proved_and_goes_with_a_paper_sent_back(staff):
    she = her(staff)
    asked = ask(she, keep=True)
    assert SIZE not in kept(she), "nobody has looked at a paper yet"
    asked.look(UNIT, "docs")
    assert kept(she)[SIZE] == (3, "paper") and kept(she)["home.income_year"] == (6_000_000, "paper")
    page = she.browser.get("/entitled/").content.decode()
    assert "有材料证明" in page
    asked.look(UNIT, "docs", "sent_back", "看不清, 请重拍。")
    assert SIZE not in kept(she)


def test_what_the_unit_reads_in_a_paper_outweighs_what_she_wrote_and_is_kept_so(staff):
    she = her(staff).know(person__sex="女")
    asked = ask(she, keep=True)
    asked.look(UNIT, "docs")
    asked.put(UNIT, **{f"ask.fact:{SIZE}": "4"})
    assert kept(she)[SIZE] == (4, "paper") and kept(she)["person.sex"] == ("女", "declared")


def test_without_her_yes_nothing_of_a_request_is_kept_anywhere_else(staff):
    she = her(staff)
    asked = ask(she, keep=False)
    asked.look(UNIT, "docs")
    asked.put(UNIT, **{f"ask.fact:{SIZE}": "4"})
    assert kept(she) == {}

"""A condition that is met says what holds, not what is told to the one who fails it."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from baiying.catalogue.promised import promised
from baiying.web.plainly import met
from tests.stories.asking import her
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
REGISTER = "union.hardship.register"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_condition_of_every_service_is_said_in_words(language):
    held = promised()
    with override(language):
        said = {
            key: [met(held, each.when, held.services[key]) for each in rule.requirements]
            for key, rule in held.rules.items()
        }
    assert sum(map(len, said.values())) > 60
    for key, lines in said.items():
        for line in lines:
            assert line and not re.search(r"[=∈∋≥≤<>@%]|\b[a-z]+\.[a-z_]+\b", line), (key, line)
            assert language == "en" or not re.search(r"[A-Za-z]{4,}", line), (key, line)


def test_what_does_not_exclude_her_is_not_told_as_an_exclusion(staff):
    she = her(staff).know(person__migrant=False, home__exclusions=[], home__homes=1)
    page = shown(she.browser.get("/entitled/")).text.partition("困难职工家庭认定建档")[2].partition("请人来定")[0]
    assert "符合 没有这些情形：" in page and "有排除情形" not in page
    assert "还不清楚 家庭月人均余额" in page, "what is open is told as the file says it"

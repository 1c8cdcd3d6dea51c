"""What steers what others see is not moved by a protected case."""

from __future__ import annotations

import pytest

from baiying.cases import actions
from baiying.cases.actions import Submission
from baiying.cases.queries import load
from baiying.project.leaks.seed import BAJIAO, WAGES, WORDS, protected

pytestmark = pytest.mark.django_db


def test_a_protected_case_does_not_change_which_of_two_equal_units_answers_next():
    load.forget()
    matter = protected()
    first = actions.submit(Submission(key="one", words=WORDS, matter=matter.key, area=BAJIAO))
    assert load.open_cases(first.unit.id) == 0
    actions.submit(Submission(key="two", words=WORDS, matter=matter.key, area=BAJIAO))
    assert load.open_cases(first.unit.id) == 0  # nor by what is counted on top since then
    plain = actions.submit(Submission(key="three", words=WAGES, area=BAJIAO))
    load.forget()
    assert load.open_cases(plain.unit.id) == 1

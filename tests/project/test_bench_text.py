"""What `bench text` reckons with: groups by rule, coverage at a precision, figures of the anchors."""

from __future__ import annotations

import numpy as np
import pytest

from baiying.project.bench import anchors
from baiying.project.bench.messages import law_group, number
from baiying.project.bench.text import covered
from baiying.project.errors import Trouble


@pytest.mark.parametrize(("article", "value"), [
    ("第一千零七十六条", 1076), ("第十四条", 14), ("第四十七条", 47), ("第三条", 3), ("第二百条", 200),
    ("第一百零二条", 102), ("", 0),
])  # fmt: skip
def test_the_number_of_an_article_is_read(article, value):
    assert number(article) == value


@pytest.mark.parametrize(("law", "article", "group"), [
    ("中华人民共和国劳动合同法", "第四十七条", "labour"), ("工伤保险条例", "第十四条", "labour"),
    ("中华人民共和国社会保险法", "", "labour"), ("中华人民共和国民法典", "第五百条", "other"),
    ("中华人民共和国民法典", "第一千零七十六条", "family"), ("中华人民共和国民法典", "第一千一百六十四条", "other"),
    ("中华人民共和国反家庭暴力法", "第二条", "family"), ("中华人民共和国刑法", "第三条", "other"),
])  # fmt: skip
def test_the_law_that_answers_says_the_group(law, article, group):
    assert law_group(law, article) == group


def test_covered_is_the_largest_share_of_which_enough_are_right():
    sure = np.array([0.9, 0.8, 0.7, 0.6])
    assert covered(sure, np.array([True, True, True, False]), 0.95) == (0.75, 0.7)
    assert covered(sure, np.array([True, False, True, True]), 0.75) == (1.0, 0.6)
    assert covered(sure, np.array([False, False, False, False]), 0.95) == (0.0, 1.0)


def test_the_figures_of_the_anchors_are_what_a_hand_reckons():
    found = anchors.figures(["a", "b", "b", "a"], ["a", "b"], [[2, 0], [0, 3], [1, 0], [4, 0]])
    assert found == {"messages": 4, "macro_f1": 0.7333, "top_2": 1.0, "routed_at_95": 0.75}


def test_messages_that_are_not_there_are_told_in_a_sentence(tmp_path):
    from baiying.project.bench import messages

    with pytest.raises(Trouble, match="Lay the shared material"):
        messages.messages(tmp_path)

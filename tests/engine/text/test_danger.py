from __future__ import annotations

import tomllib
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.loader import danger, with_weights
from baiying.engine.text import find, normalised
from tests.engine.flow.real import FOLDER

FILES = ("danger.toml", "text/danger_weights.toml")
DANGER = danger(with_weights(*(tomllib.loads((FOLDER / file).read_text(encoding="utf-8")) for file in FILES)))


def kinds(text: str) -> list[str]:
    return [peril.key for peril in find(DANGER, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他又打我了, 我很怕", ["violence"]),
        ("他 打 我", ["violence"]),
        ("他打\u200b我", ["violence"]),
        ("他打。。。我", ["violence"]),
        ("他說要杀了我", ["violence"]),
        ("我不想活了, 他把我锁在家里", ["self_harm", "locked_up"]),
        ("ｗａｎｔ　ｔｏ　ｄｉｅ", ["self_harm"]),
        ("My husband HITS me and my child", ["violence"]),
        ("有人虐待孩子", ["child"]),
        ("觉得活着没意思, 想离开这个世界", ["self_harm"]),
        ("他从来没有动手打过我的孩子, 可是打过我", ["violence"]),
        ("今晚没地方住, 也没饭吃", ["tonight"]),
    ],
)
def test_words_of_danger_are_found_whatever_stands_between_their_characters(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请打我电话",
        "麻烦打我的手机",
        "这件衣服跳楼价",
        "工作日拨打我局电话",
        "休息被打扰",
        "单位拖欠工资三个月",
        "想办会员卡",
        "\u200b \u3000",
    ],
)
def test_ordinary_words_speak_of_no_danger(text):
    assert kinds(text) == []


def test_a_harmless_phrase_does_not_hide_danger_beside_it():
    assert kinds("请打我电话, 他又打我了") == ["violence"]


def test_every_kind_names_doors_that_exist_and_110_stands_behind_each():
    assert {"110", "12338", "12356"} == set(DANGER.doors)
    for peril in DANGER.perils:
        assert set(peril.doors) <= set(DANGER.doors)
        assert "110" in peril.doors
        assert all(len(normalised(word)) >= 2 for word in peril.words) and peril.patterns


WORDS = [(peril.key, word.removeprefix("~")) for peril in DANGER.perils for word in peril.words]


@given(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(["", " ", "\u200b", "\u3000", "，", "*", "\n", "\ufeff", "🙂"]), min_size=40, max_size=40),
    st.text(alphabet="今天单位里的人说了很多话 ", max_size=30),
)
@settings(max_examples=200, deadline=None)
def test_no_sign_or_invisible_character_hides_a_word(word, between, around):
    key, text = word
    hidden = "".join(letter + sign for letter, sign in zip(text, between, strict=False))
    assert key in kinds(f"{around}。{hidden}。{around}")


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_and_normalising_again_changes_nothing(text):
    kinds(text)
    assert normalised(normalised(text)) == normalised(text)


def test_a_long_text_needs_no_memory_to_speak_of():
    text = "今天单位没有发工资，已经三个月了。" * 1200
    tracemalloc.start()
    kinds(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000

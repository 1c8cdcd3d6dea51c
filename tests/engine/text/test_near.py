"""How alike texts are, which belong together, and what two characters find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baiying.engine.text import grams, near
from baiying.engine.text.danger import normalised

WORDS = ["三个月没有发工资", "老板说没钱", "小区停暖", "八角南里", "孩子上学", "路灯不亮", "工伤认定", "要求补缴社保"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("，".join)
MANY = st.lists(TEXTS, max_size=12)
PLACES = [(word + "，" + other, index) for index, word in enumerate(WORDS) for other in ("麻烦看看", "谢谢", "很久了")]


@given(TEXTS, TEXTS)
def test_alike_is_symmetric_and_between_nothing_and_all(one, other):
    assert near.alike(one, other) == near.alike(other, one)
    assert 0 <= near.alike(one, other) <= 1


@given(TEXTS)
def test_a_text_is_wholly_like_itself_however_it_is_spaced(text):
    assert near.alike(text, " ".join(text)) == 1
    assert near.almost_same(text, text + "！！")


def test_the_same_request_sent_again_with_a_few_more_words_is_almost_the_same():
    first = "我在八角南里的工地干活，三个月没有发工资了，老板一直说没钱。"
    assert near.almost_same(first, "我在八角南里的工地干活，三个多月没有发工资了，老板一直说没有钱，请帮帮我。")
    assert not near.almost_same(first, "我在八角南里租房，孩子今年上小学，不知道材料怎么交。")


def test_of_very_short_texts_only_equal_ones_are_the_same():
    assert near.almost_same("工资", "工 资")
    assert not near.almost_same("要工资", "要工伤")
    assert not near.almost_same("", "")


@given(MANY)
def test_grouping_loses_nobody_and_doubles_nobody(texts):
    groups = near.together([("", text) for text in texts])
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))


@given(MANY)
def test_equal_texts_always_stand_in_one_group_when_they_say_something(texts):
    groups = near.together([("", text) for text in texts], least=0.3)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    for one, text in enumerate(texts):
        assert all(group_of[one] == group_of[other] for other, same in enumerate(texts) if same == text)


def test_messages_about_one_thing_come_together_and_others_stay_apart():
    groups = near.together([("", text) for text, _topic in PLACES], least=0.1)
    assert [{PLACES[place][1] for place in group} for group in groups] == [{index} for index in range(len(WORDS))]


def test_a_weight_of_nothing_keeps_apart_what_the_words_would_join():
    texts = [("", "小区停暖三天了没人管"), ("", "小区停暖三天了没人管")]
    assert near.together(texts, least=0.1) == [[0, 1]]
    assert near.together(texts, least=0.1, weigh=lambda one, other: 0.0) == [[0], [1]]


def test_what_is_in_common_stands_in_as_many_texts_as_asked_for():
    texts = ["八角南里停暖三天了", "我们八角南里又停暖", "八角南里停暖, 老人受不了"]
    runs = near.in_common(texts, at_least=3)
    assert "八角南里" in "".join(runs)
    assert all(sum(run in normalised(text) for text in texts) >= 3 for run in runs)


def test_what_is_in_common_is_told_once_and_never_as_a_mere_date():
    texts = [f"{name}2024年9月起,物业说2022年年底一定会修通这条路,到现在没有动静" for name in ("甲", "乙", "丙")]
    runs = near.in_common(texts, at_least=3)
    assert runs and not [run for run in runs if 3 * sum(map(str.isdigit, run)) >= len(run)]
    assert not [one for one in runs for other in runs if one != other and one[:len(one) // 2 + 1] in other]


@given(TEXTS, st.data())
def test_whatever_two_neighbouring_characters_are_looked_for_they_are_found(text, data):
    plain = normalised(text)
    start = data.draw(st.integers(0, len(plain) - 2))
    wanted = plain[start:start + data.draw(st.integers(2, 6))]
    looked_for = grams.terms(wanted)
    assert set(grams.needed(looked_for)) <= set(grams.grams(text))
    assert grams.holds(text, looked_for)
    assert any(hit for _piece, hit in grams.marked(text, looked_for))


@given(TEXTS, TEXTS)
def test_a_passage_says_what_stands_there_and_marks_nothing_else(text, typed):
    looked_for = grams.terms(typed)
    for piece, hit in grams.marked(text, looked_for):
        assert piece.strip("…") in text
        assert not hit or normalised(piece) in looked_for


def test_one_character_alone_is_nothing_to_look_for():
    assert grams.terms("工 资") == []
    assert grams.terms("工资 a 2024") == ["工资", "2024"]

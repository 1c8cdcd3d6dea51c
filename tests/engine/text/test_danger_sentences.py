"""300 invented sentences, half of them of danger; and texts that were made to be slow."""

from __future__ import annotations

import gzip
import json
import random
import time
import tomllib
from pathlib import Path

import pytest

from baiying.engine.text import BadPattern, compiled, find, signs_of
from baiying.engine.text.spelling import folded, same_of, spellings
from tests.engine.text.test_danger import DANGER

SENTENCES = tomllib.loads(Path(__file__).with_name("danger_sentences.toml").read_text(encoding="utf-8"))
ROUNDS = sorted((Path(__file__).parent / "danger").glob("*.toml"))
# Nothing is learned from these, and nothing chosen on them: sentences made to mislead, and ordinary ones.
HELD, ORDINARY, VOICES = (Path(__file__).with_name(f"danger_{name}.toml") for name in ("held", "held2", "held3"))
RECALL, FALSE_ALARMS = 0.98, 0.03
PACKED = 60_000  # bytes that the browser fetches
LONG = 20_000  # characters, as much as one may send


def texts(path: Path, group: str) -> list[str]:
    """The sentences of a group, by kind of danger or not."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))[group]
    return [text for kind in held.values() for text in kind] if isinstance(held, dict) else held


def of(group: str) -> list[str]:
    return [sentence for held in SENTENCES[group].values() for sentence in held]


def everything() -> list[tuple[bool, str]]:
    """All sentences there are: the 300 and those of the rounds after them; True for danger."""
    found = [(group == "danger", text) for group in ("danger", "calm") for text in of(group)]
    return found + [(group == "danger", text) for path in ROUNDS for group in ("danger", "calm")
                    for text in texts(path, group)]


def test_the_sentences_are_300_half_of_them_of_danger():
    assert len(of("danger")) == len(of("calm")) == 150
    assert len(set(of("danger") + of("calm"))) == 300


def test_at_least_98_of_100_sentences_of_danger_are_found():
    missed = [sentence for sentence in of("danger") if not find(DANGER, sentence)]
    assert len(missed) <= (1 - RECALL) * 150, missed


def test_at_most_3_of_100_other_sentences_are_taken_for_danger():
    false = [sentence for sentence in of("calm") if find(DANGER, sentence)]
    assert len(false) <= FALSE_ALARMS * 150, false


def test_the_rounds_after_the_300_are_held_to_the_same_shares():
    said = [(danger, bool(find(DANGER, text)), text) for danger, text in everything()]
    missed = [text for danger, found, text in said if danger and not found]
    false = [text for danger, found, text in said if not danger and found]
    assert len(ROUNDS) >= 7
    assert len(missed) <= (1 - RECALL) * sum(danger for danger, _found, _text in said), missed
    assert len(false) <= FALSE_ALARMS * sum(not danger for danger, _found, _text in said), false


@pytest.mark.parametrize(("path", "recall", "false"), [(HELD, 0.9, 0.2), (ORDINARY, 0.9, 0.1), (VOICES, 0.9, 0.15)])
def test_of_sentences_nothing_was_learned_from_most_are_told_right(path, recall, false):
    """What was measured is said in docs/how-to/danger-check.md; it may not fall far below."""
    danger, calm = texts(path, "danger"), texts(path, "calm")
    assert len(danger) >= 55 and len(calm) >= 60
    assert sum(bool(find(DANGER, text)) for text in danger) >= recall * len(danger)
    assert sum(bool(find(DANGER, text)) for text in calm) <= false * len(calm)


@pytest.mark.parametrize("path", [ORDINARY, VOICES])
def test_danger_among_harmless_sentences_is_found_and_harmless_ones_together_raise_nothing(path):
    """People tell several things at once. Of sentences nothing was learned from; each alone is told right."""
    chosen = random.Random(7)
    danger = [text for text in texts(path, "danger") if find(DANGER, text)]
    calm = [text for text in texts(path, "calm") if not find(DANGER, text)]
    mixed = [f"{chosen.choice(calm)}。{text}。{chosen.choice(calm)}" for text in danger]
    harmless = ["。".join(chosen.sample(calm, 3)) for _ in range(100)]
    assert sum(bool(find(DANGER, text)) for text in mixed) >= 0.8 * len(mixed)
    assert sum(bool(find(DANGER, text)) for text in harmless) <= 3


@pytest.mark.parametrize("path", [HELD, ORDINARY, VOICES])
def test_what_was_learned_from_holds_no_sentence_that_is_kept_apart(path):
    assert not {*texts(path, "danger"), *texts(path, "calm")} & {text for _danger, text in everything()}


LETTERS = ("0123456789abcdef", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz0123456789", "0123456789",
           "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-")


@pytest.mark.parametrize("letters", LETTERS)
def test_random_letters_and_figures_are_never_danger(letters):
    chosen = random.Random(5)
    said = ["".join(chosen.choice(letters) for _ in range(chosen.randint(4, 40))) for _ in range(400)]
    said += [" ".join(said[n : n + 4]) for n in range(0, 400, 4)] + [f"编号{one}请查收" for one in said[:100]]
    assert [one for one in said if find(DANGER, one)] == []


def test_the_browser_fetches_little():
    told = json.dumps(DANGER.for_browser, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(told)) <= PACKED


def test_no_sentence_stands_twice():
    texts = [text for _danger, text in everything()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("kind", list(SENTENCES["danger"]))
def test_most_sentences_of_a_kind_are_found_as_that_kind(kind):
    right = [kind in {peril.key for peril in find(DANGER, sentence)} for sentence in SENTENCES["danger"][kind]]
    assert sum(right) >= 0.9 * len(right)


PIECES = ["他", "我被", "想", "孩子", "他，我们要", "a", "没地方", "小时候他说", "新闻 ", "（", "\n", "\u3164", "𠮷"]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_makes_it_slow(piece):
    text = (piece * LONG)[:LONG]
    began = time.process_time()
    find(DANGER, text)
    assert time.process_time() - began < 2


def test_signs_split_a_word_and_end_a_clause():
    same = same_of(("殺杀", "🔪刀"))
    assert folded("自*殺", same) == "自杀"
    assert folded("他，打，我", same) == "他打我"
    assert folded("电话没打，我被扣钱。真的吗？", same) == "电话没打,我被扣钱;真的吗"
    assert folded("Ｚì  shā", same) == folded("zi4 sha1", same) == "zisha"
    assert folded("他拿🔪", same) == "他拿刀"


def test_a_word_is_spelled_as_it_sounds_and_mistyped_in_one_place():
    sounds = {"自": ("zi", "子"), "杀": ("sha", "沙")}
    assert set(spellings("~自杀", sounds)) == {"自杀", "子杀", "自沙", "zi杀", "自sha", "zisha"}
    assert list(spellings("自杀", sounds)) == ["自杀"]


BAD = ["", "~3 hit", "hit? me", "hit ~41 me", "hit ~3 nobody", "hit !nobody", "hit (me", "Hit"]


@pytest.mark.parametrize("line", BAD)
def test_a_pattern_that_cannot_be_read_is_refused(line):
    of_part = signs_of({"hit": ("打",), "me": ("我",)})[1]
    assert compiled("hit ~3 me", of_part)
    with pytest.raises(BadPattern):
        compiled(line, of_part)


def test_a_part_that_holds_itself_is_refused():
    with pytest.raises(BadPattern):
        signs_of({"hit": ("打", "@all"), "all": ("@hit",)})


PLAIN = ("老公又打我, 我怕", "我不想活了, 药都准备好了", "他把我锁在屋里不让出门", "我和孩子今晚没有地方住")
BEFORE = ("老板拖欠我三个月工资", "小区的垃圾没有人清", "孩子上学的事也没有办好", "社保也断了两个月",
          "我在超市上班五年了")


@pytest.mark.parametrize("before", BEFORE)
def test_another_need_told_first_makes_no_danger_calm(before):
    assert [said for said in PLAIN if not find(DANGER, f"{before}, {said}")] == []
    assert find(DANGER, before) == ()


@pytest.mark.parametrize("words", ["我", "我想", "门", "门口", "一个", "我想入会"])
def test_the_beginning_of_any_need_is_no_danger(words):
    assert find(DANGER, words) == ()


FAILS = ("停暖三天了, 老人受不了, 没人管。", "停暖三天了, 家里冷得很", "停水两天了, 老人没法做饭, 没人管",
         "电梯坏了一个星期, 老人下不了楼, 物业没人管")


@pytest.mark.parametrize("words", FAILS)
def test_what_fails_in_a_whole_street_is_no_danger_and_hides_none(words):
    assert find(DANGER, words) == find(DANGER, f"西城里{words}") == ()
    assert [said for said in PLAIN if not find(DANGER, f"{words}, {said}")] == []


ALIKE = ("老人三天没吃饭了, 没人管", "今晚没地方住, 老人受不了", "他打我, 我受不了了, 没人管")


@pytest.mark.parametrize("words", ALIKE)
def test_whoever_has_no_food_no_roof_or_is_beaten_is_found_though_the_words_are_those_of_a_failed_heating(words):
    assert find(DANGER, words)

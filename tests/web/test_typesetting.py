"""Chinese punctuation in Chinese sentences, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from baiying.web.typesetting import chinese

PO = Path(__file__).resolve().parents[2] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize(("typed", "set_so"), [
    ("被打、被骂, 都可以求助; 眼下有危险请先打 110。", "被打、被骂，都可以求助；眼下有危险请先打 110。"),
    ("劳动争议调解 (免费)", "劳动争议调解（免费）"),
    ("还剩 %(days)s 天 (%(day)s), 请抓紧", "还剩 %(days)s 天（%(day)s），请抓紧"),
    ("DB11/T 2021—2022 (据报道, 原文未核)", "DB11/T 2021—2022（据报道，原文未核）"),
])
def test_signs_beside_chinese_letters_become_chinese_signs(typed, set_so):
    assert chinese(typed) == set_so and chinese(set_so) == set_so


@pytest.mark.parametrize("text", ["10:05", "1,234", "https://example.cn/a,b", "In danger, call 110 (free).", ""])
def test_numbers_times_addresses_and_english_stay_as_they_are(text):
    assert chinese(text) == text


def test_every_sentence_of_the_interface_is_set_in_chinese_punctuation():
    said = [text for entry in polib.pofile(str(PO)) if not entry.obsolete
            for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert len(said) > 1_000
    assert not [text for text in said if chinese(text) != text]

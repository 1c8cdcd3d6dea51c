"""A sentence as somebody types it who has no Chinese keyboard: in pinyin. `tools/danger.py` learns from some of them.

danger_sounds.txt: a syllable without tone and the characters that sound so (readings by pypinyin, MIT, see NOTICE).
"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("danger_sounds.txt")
SOUND = {letter: sound for sound, letters in map(str.split, FILE.read_text(encoding="utf-8").splitlines())
         for letter in letters}


def in_pinyin(text: str) -> str:
    """Every character as its syllable, with a blank behind it; signs stay, what has no sound is left out."""
    return "".join(f"{SOUND[letter]} " if letter in SOUND else letter if letter in ",，。！？!?" else ""
                   for letter in text).strip()

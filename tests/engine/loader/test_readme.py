from __future__ import annotations

import re
from pathlib import Path

import pytest

from baiying.engine.loader.schema import BLOCKS

README = (Path(__file__).resolve().parents[3] / "catalogue" / "README.md").read_text()
BLOCKS_OF_A_MATTER = (
    "matter", "ask", "stage", "move", "condition", "band", "duty", "part", "letter", "clock", "expired", "closing"
)  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS_OF_A_MATTER)
def test_the_catalogues_readme_names_every_word_of_a_matter(block):
    named = set(re.findall(r"`\[{0,2}([a-z_]+)(?:\.KEY)?\]{0,2}`", README))
    assert not set(BLOCKS[block]) - named
    wanted = {choice for word in BLOCKS[block].values() for choice in word.choices}
    assert not {choice for choice in wanted if choice not in README} - {"P1", "P2"}

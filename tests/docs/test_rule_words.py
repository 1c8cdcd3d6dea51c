"""`docs/how-to/new-rule.md`: every block reads without a fault, and every word of the language has an example."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from baiying.engine.loader.lines import lines
from baiying.engine.loader.reading import read
from baiying.engine.loader.rules import Known, read_rule
from baiying.engine.rules.language import GROUPS, OPS, RULE_WORDS
from baiying.project.bench.loading import known_of

ROOT = Path(__file__).resolve().parents[2]
AMOUNT = """item label value row each skip most_each share of over least most goods per payer paid when since until
            basis grade""".split()
BLOCKS = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/how-to/new-rule.md").read_text(encoding="utf-8"), re.DOTALL)
KNOWN = known_of(ROOT / "catalogue")
LINES = [block for block in BLOCKS if block.startswith("[line.")]
RULES = [block for block in BLOCKS if block not in LINES]


@pytest.mark.parametrize("number", range(len(RULES)))
def test_each_block_is_a_rule_without_a_fault(number: int) -> None:
    source = read("services/union.test.toml", RULES[number].encode())
    sources = read("sources", (ROOT / "catalogue/reference/sources.toml").read_bytes()).table["source"]
    told = {name: one for block in LINES for name, one in lines(tomllib.loads(block)).items()}
    known = Known(KNOWN.facts, {**KNOWN.lines, **told}, set(sources), {"C"}, {"union.mutual.hospital"})
    _, faults = read_rule(source, known, examples="[[example]]" in RULES[number])
    assert not [*source.faults, *faults], [str(one) for one in (*source.faults, *faults)]


def test_every_word_of_the_language_has_an_example() -> None:
    written = "\n".join(BLOCKS)
    text = (ROOT / "docs/how-to/new-rule.md").read_text(encoding="utf-8")
    more = "otherwise at times not_with opens closes by prefer memory name says on facts gives"
    words = {*RULE_WORDS, *AMOUNT, *more.split()}
    assert {word for word in words if not re.search(rf"(^|[\[{{ ]){word}(\]| =)", written, re.MULTILINE)} == set()
    assert {word for word in (*OPS, *GROUPS, "round") if f"`{word}" not in text and f"{word} =" not in text} == set()

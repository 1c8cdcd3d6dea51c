"""The browser's danger check gives the very verdict of the server, on every sentence and on odd ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from baiying.engine.text import find
from tests.engine.text.test_danger import DANGER
from tests.engine.text.test_danger_sentences import PIECES, everything

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SCRIPT = Path(__file__).parents[2] / "baiying/web/static/web/danger.js"
ODD = ["", "，", "İß ﬁ 𝐚 ǅ ｗ", "zi4 shā", "他拿🔪", "救" * 61, "今天单位里，" * 40 + "他打我" + "，工资没发" * 40]


def test_the_browser_gives_the_verdict_of_the_server(chromium):
    texts = [text for _label, text in everything()] + ODD + [(piece * 200)[:200] for piece in PIECES]
    page = chromium.new_page()
    page.add_script_tag(path=str(SCRIPT))
    seen = page.evaluate(
        """([told, texts]) => {
            const made = window.baiyingDanger.reader(told);
            return texts.map((text) => window.baiyingDanger.kinds(made, text));
        }""",
        [DANGER.for_browser, texts],
    )
    page.close()
    number = {peril.key: n for n, peril in enumerate(DANGER.perils)}
    wanted = [[number[peril.key] for peril in find(DANGER, text)] for text in texts]
    assert [text for text, one, other in zip(texts, seen, wanted, strict=True) if one != other] == []

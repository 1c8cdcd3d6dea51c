"""The product's own catalogue, read once; run as a program it writes the golden texts anew, to be read by a person."""

from __future__ import annotations

from pathlib import Path

from baiying.engine.loader import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[3] / "catalogue")

if __name__ == "__main__":
    from tests.engine.paper.test_papers import GOLDEN, TEMPLATES, document

    GOLDEN.mkdir(exist_ok=True)
    for key, template in TEMPLATES.items():
        (GOLDEN / f"{key}.txt").write_text(document(template).plain + "\n", encoding="utf-8")

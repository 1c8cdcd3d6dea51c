"""The anchors: the seven classes of tipdm2020c, learned at run time from its own messages; nothing of it is kept.

scikit-learn is fetched for one run into an environment of its own. Ten parts by the set's `group`, so that near-
duplicates never stand on both sides; each part is judged by a model that learned from the other nine. Judged are all
7,368 messages, as tokens, which is all that the set has of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from baiying.project.bench.messages import rows
from baiying.project.errors import Trouble

PEERS = ("scikit-learn>=1.6,<2", "numpy>=2,<3")
FILE = "tipdm2020c/labelled_tokens.dev.jsonl.gz"
LEARNING = Path(__file__).with_name("anchors_peer") / "learning.py"
MACRO_F1, TOP_2, ROUTED, PRECISION = 0.926, 0.989, 0.915, 0.95


def measure(folder: Path | None = None) -> dict[str, Any]:
    """Macro-F1, how often the class is one of the first two, and the share that can be routed at 95 % precision.
    Raises Trouble when the messages are not there or the peer cannot be fetched."""
    texts = rows(FILE, folder)
    with tempfile.TemporaryDirectory(prefix="baiying-anchors-") as home:
        python = fetched(Path(home))
        asked = "\n".join(json.dumps({name: row[name] for name in ("tokens", "label", "group")}) for row in texts)
        done = subprocess.run([str(python), str(LEARNING)], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"scikit-learn broke off: {done.stderr.strip()[-300:]}")
    judged = json.loads(done.stdout.splitlines()[-1])
    return figures([row["label"] for row in texts], judged["classes"], judged["scores"])


def figures(labels: list[str], classes: list[str], scores: list[list[float]]) -> dict[str, Any]:
    """The three figures from what each class has to say for each message."""
    gold, said = np.array([classes.index(label) for label in labels]), np.array(scores)
    order = np.argsort(-said, axis=1, kind="stable")
    first, right = order[:, 0], order[:, 0] == gold
    f1 = [2 * float((right & (gold == one)).sum()) / max(1, int((gold == one).sum() + (first == one).sum()))
          for one in range(len(classes))]  # fmt: skip
    ranked = np.sort(said, axis=1)
    surest = np.argsort(-(ranked[:, -1] - ranked[:, -2]), kind="stable")
    good = np.cumsum(right[surest]) / np.arange(1, len(gold) + 1)
    enough = np.nonzero(good >= PRECISION)[0]
    return {
        "messages": len(gold),
        "macro_f1": round(float(np.mean(f1)), 4),
        "top_2": round(float((order[:, :2] == gold[:, None]).any(axis=1).mean()), 4),
        "routed_at_95": round(float(enough[-1] + 1) / len(gold), 4) if len(enough) else 0.0,
    }


def fetched(home: Path) -> Path:
    """An environment with the peer. Raises Trouble when it cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    done = subprocess.run([str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *PEERS],
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        raise Trouble(f"scikit-learn could not be fetched: {done.stderr.strip()[-300:]}")
    return home / "bin" / "python"

"""Run by scikit-learn's own environment: lines of {"tokens", "label", "group"} in; classes and scores out, as JSON.

Words of the whole message and of its first twelve tokens (the title), and characters of both, weighed by TF-IDF; a
linear support-vector machine, and beside it a complement naive Bayes with a fifth of its say.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

PARTS, TITLE, LONGEST, SAY = 10, 12, 800, 0.2


def views(tokens: list[str]) -> list[list[str]]:
    """The same message four times: words, characters, words of the title, characters of the title."""
    titles = [" ".join(one.split()[:TITLE]) for one in tokens]
    return [tokens, [one.replace(" ", "")[:LONGEST] for one in tokens], titles,
            [one.replace(" ", "") for one in titles]]  # fmt: skip


def vectorizers() -> list[tuple[Any, float]]:
    """How each view is weighed, and how much it counts."""
    words: dict[str, Any] = {"token_pattern": r"\S+", "sublinear_tf": True, "min_df": 2}
    signs: dict[str, Any] = {"analyzer": "char", "sublinear_tf": True}
    return [
        (TfidfVectorizer(**words), 1.0),
        (TfidfVectorizer(**signs, ngram_range=(2, 3), min_df=3, max_features=100_000), 1.0),
        (TfidfVectorizer(**words), 0.7),
        (TfidfVectorizer(**signs, ngram_range=(1, 3), min_df=2), 0.7),
    ]


def main() -> None:
    rows = [json.loads(line) for line in sys.stdin]
    seen = views([row["tokens"] for row in rows])
    labels = np.array([row["label"] for row in rows])
    classes = np.unique(labels)
    margins, beliefs = np.zeros((len(rows), len(classes))), np.zeros((len(rows), len(classes)))
    for taught, asked in GroupKFold(PARTS).split(labels, labels, [row["group"] for row in rows]):
        left: list[Any] = []
        right: list[Any] = []
        for (vectorizer, weight), view in zip(vectorizers(), seen, strict=True):
            left.append(vectorizer.fit_transform([view[place] for place in taught]) * weight)
            right.append(vectorizer.transform([view[place] for place in asked]) * weight)
        known, unknown = hstack(left).tocsr(), hstack(right).tocsr()
        margins[asked] = LinearSVC(C=0.3, random_state=0).fit(known, labels[taught]).decision_function(unknown)
        beliefs[asked] = ComplementNB(alpha=0.1).fit(known, labels[taught]).predict_log_proba(unknown)
    scores = margins / margins.std() + SAY * beliefs / beliefs.std()
    print(json.dumps({"classes": classes.tolist(), "scores": np.round(scores, 5).tolist()}))


if __name__ == "__main__":
    main()

"""Write docs/privacy-impact.md: the impact assessment of 个人信息保护法 art. 55 and 56, from models and declarations.

Every field of every table stands in it, with what `catalogue/privacy/` declares of it. Tests keep it fresh and whole.

Run: .venv/bin/python tools/privacy.py
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "privacy-impact.md"
CATALOGUE = CHECKOUT / "catalogue"
MEASURING = "baiying.project.bench."  # its tables are there only while something is measured
HEAD = CATALOGUE / "privacy" / "assessment.md"


def every_field() -> list[tuple[str, str]]:
    """(`app.Model`, column) of every table that the program has, in the order of the models."""
    from django.apps import apps

    return [(f"{model._meta.app_label}.{model.__name__}", str(field.attname))
            for model in apps.get_models(include_auto_created=True) if not model.__module__.startswith(MEASURING)
            for field in model._meta.concrete_fields]


def undeclared(found: Any) -> list[str]:
    """Fields that no declaration names."""
    return [f"{model}.{column}" for model, column in every_field() if found.of(model, column) is None]


def unknown(found: Any) -> list[str]:
    """Declarations that name a model or a field that is not there."""
    there = set(every_field())
    models = {model for model, _column in there}
    return [f"{model}.{column}" for model, column in found.fields if (model, column) not in there] + [
        model for model in found.models if model not in models]


def page() -> str:
    """The page as it should be."""
    from baiying.catalogue import privacy

    found = privacy.read(CATALOGUE)
    parts = [HEAD.read_text(encoding="utf-8").rstrip(), *summary(found), *asked(), *terms(found), *table(found)]
    return "\n".join(parts) + "\n"


def summary(found: Any) -> Iterator[str]:
    """How many fields of each purpose and class, and on which grounds each purpose stands."""
    told = [(one, found.of(*one)) for one in every_field()]
    counts = Counter((one.purpose, one.privacy) for _field, one in told if one is not None)
    classes = ("P0", "P1", "P2", "matter", "P3")
    yield "\n## 按目的和等级汇总 · By purpose and class\n"
    yield "| 目的 · purpose | " + " | ".join(named(one) for one in classes) + " | 合计 · all | 依据 · legal grounds |"
    yield "|---|" + "---:|" * (len(classes) + 1) + "---|"
    for key, word in found.words["purpose"].items():
        row = [counts[key, one] for one in classes]
        grounds = sorted({one.ground for _field, one in told if one is not None and one.purpose == key})
        yield (f"| {both(word)} | " + " | ".join(map(str, row)) + f" | {sum(row)} | "
               + "; ".join(both(found.words["ground"][ground]) for ground in grounds) + " |")
    total = [sum(counts[key, one] for key in found.words["purpose"]) for one in classes]
    yield "| **合计 · all** | " + " | ".join(map(str, total)) + f" | {sum(total)} | |"


def asked() -> Iterator[str]:
    """The questions of each matter: their class and how long, from the matter itself."""
    from baiying.engine.loader import read_catalogue

    yield "\n## 各事项问什么 · Questions of each matter\n"
    yield "回答是密封的, 保留期从办件结束算起。 Answers are sealed; the term runs from the end of the case.\n"
    yield "| 事项 · matter | 等级 · class | 保留 · kept | 问题 (等级) · questions (class) |"
    yield "|---|---|---|---|"
    for matter in read_catalogue(CATALOGUE).matters:
        asks = "; ".join(f"{ask.label} ({ask.privacy})" for ask in matter.asks.values())
        yield f"| {matter.name} · {matter.name_en} `{matter.key}` | {matter.privacy} | {matter.keep} | {asks or '—'} |"


def terms(found: Any) -> Iterator[str]:
    """The numbers that the jobs go by."""
    yield "\n## 期限数字 · The numbers\n"
    yield "| 什么 · what | 多久 · how long | 谁说的 · who says so |"
    yield "|---|---|---|"
    for word in found.words["term"].values():
        says = "法律 · law" if word["grade"] == "law" else "本平台自定, 待法律顾问确认 · our own rule, to be confirmed"
        yield f"| {both(word)} | {word['length']} | {says} |"


def table(found: Any) -> Iterator[str]:
    """Every field of every model."""
    yield "\n## 每一个字段 · Every field\n"
    last = ""
    for model, column in every_field():
        if model != last:
            zh, en = found.models.get(model, ("?", "?"))
            yield f"\n### {zh} · {en} `{model}`\n"
            yield "| 字段 · field | 目的 · purpose | 等级 · class | 谁能看 · who | 多久 · how long | 依据 · ground |"
            yield "|---|---|---|---|---|---|"
            last = model
        one = found.of(model, column)
        yield f"| `{column}` | {' | '.join(said(found.words, one))} |"


def said(words: Any, one: Any) -> tuple[str, ...]:
    """The cells of one field; question marks where nothing is declared."""
    if one is None:
        return ("?",) * 5
    return (both(words["purpose"][one.purpose]), named(one.privacy), both(words["who"][one.who]),
            both(words["keep"][one.keep]), both(words["ground"][one.ground]))


def named(privacy: str) -> str:
    return "按事项 · as the matter" if privacy == "matter" else privacy


def both(word: Any) -> str:
    return f"{word['name']} · {word['name_en']}"


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)

"""The rule of a service: from the words of its file to a Rule, or to every fault at once.

    [[who]]
    fact = "person.age"
    at_least = 60
    otherwise = "要年满60周岁。"
    otherwise_en = "You must be 60."

`docs/how-to/new-rule.md` shows every word. `RULE_WORDS` are the keys of a file's top that belong to the rule.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from baiying.engine.loader import rule_examples, rule_ranges
from baiying.engine.loader.faults import Fault
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.rule_tests import condition, conditions
from baiying.engine.loader.rule_words import Known, Words
from baiying.engine.loader.sense import tables
from baiying.engine.loader.structure import NAME
from baiying.engine.rules import Amount, Band, Fact, Limit, Paid, Places, Requirement, Rule, Share, Window
from baiying.engine.rules.amounts import ITEM
from baiying.engine.rules.language import BAND, FACT_TYPES, RULE_WORDS, SUBJECTS

__all__ = ["Known", "asks_of", "build_rule", "check_rule", "facts_of", "read_rule"]

#: Kinds of question whose answers rules can compare -> the type of the fact `ask.<name>`.
ASKED = {"yesno": "yesno", "choice": "choice", "choices": "set", "date": "date", "number": "number", "money": "money"}
SWEEPS = ("invite", "remind")
PERS = ("day", "month", "year", "life", "event", "round", "certificate", "project")
LIMITED = ("person", "household", "unit", "disease")
PLACED = ("first", "order", "draw", "score")
_SAID = ("otherwise", "otherwise_en", "basis", "grade")
_EACH_YEAR = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
LEAP = 2024


def check_rule(source: Source, known: Known) -> list[Fault]:
    """All faults of the rule's words of one file, its examples included."""
    return read_rule(source, known)[1]


def build_rule(key: str, table: Table, known: Known) -> Rule:
    """Build the rule of a file without faults. Raises ValueError when it has some."""
    found, faults = read_rule(Source(key, table), known, examples=False)
    if faults:
        raise ValueError("; ".join(map(str, faults)))
    return dataclasses.replace(found, id=key)


def read_rule(source: Source, known: Known, examples: bool = True) -> tuple[Rule, list[Fault]]:
    """The rule of a file as far as it can be read, and everything that is wrong with it."""
    table = {word: source.table[word] for word in RULE_WORDS if word in source.table}
    bands = _band_names(table)
    own = {BAND: Fact(BAND, "choice", bands)} if bands else {}
    facts = {**{name: one for name, one in known.facts.items() if name != BAND}, **asks_of(source.table), **own}
    words = Words(source, dataclasses.replace(known, facts=facts))
    rule = _rule(words, table, str(source.table.get("id", source.file)))
    if rule.sweep:
        for path, name in words.asked:
            words.say(path, "swept_ask", name=name)
    if examples and not words.faults:
        rule_examples.check(words, rule, table.get("example"))
    return rule, words.faults


def facts_of(table: Table) -> dict[str, Fact]:
    """The facts of `catalogue/facts.toml` that rules can compare, from its table."""
    return {
        name: Fact(name, one["type"], tuple(option["label"] for option in one.get("options", ())))
        for name, one in table.items()
        if one.get("type") in FACT_TYPES
    }


def asks_of(table: Table) -> dict[str, Fact]:
    """The questions of this very file, as facts."""
    found = {}
    for key, ask in tables(table, "ask").items():
        options = ask.get("options")
        many = options if isinstance(options, list) else []
        labels = tuple(str(one.get("label")) for one in many if isinstance(one, dict))
        kind = ASKED.get(str(ask.get("kind")))
        if kind:
            found[f"ask.{key}"] = Fact(f"ask.{key}", kind, labels)
    return found


def _band_names(table: Table) -> tuple[str, ...]:
    bands = table.get("band")
    many = bands if isinstance(bands, list) else []
    return tuple(str(one["name"]) for one in many if isinstance(one, dict) and "name" in one)


def _rule(words: Words, table: Table, key: str) -> Rule:
    amounts: list[Amount] = []
    placed: list[Path] = []
    for path, one in words.many(table.get("amount"), ("amount",)):
        amounts.append(_amount(words, one, path, amounts))
        placed.append(path)
    _alternatives(words, amounts, placed)
    return Rule(
        id=key,
        requirements=tuple(
            one for path, each in words.many(table.get("who"), ("who",)) if (one := _requirement(words, each, path))
        ),
        bands=_bands(words, table),
        amounts=tuple(amounts),
        limits=tuple(_limit(words, one, path) for path, one in words.many(table.get("limit"), ("limit",))),
        window=_window(words, table["window"]) if "window" in table else None,
        places=_places(words, table["places"]) if "places" in table else None,
        subjects=_subjects(words, table),
        sweep=words.text(table, "sweep", (), choices=SWEEPS),
    )


def _subjects(words: Words, table: Table) -> tuple[str, ...]:
    if "for" not in table:
        return ("self",)
    found = words.many(table["for"], ("for",), len(SUBJECTS))
    if isinstance(table["for"], list) and not found:
        words.say(("for",), "empty")
    return tuple(words.text({"for": one}, "for", (), choices=SUBJECTS) for _, one in found)


def _requirement(words: Words, value: object, path: Path) -> Requirement | None:
    when = condition(words, value, path, _SAID)
    if not isinstance(value, dict):
        return None
    for word in ("otherwise", "otherwise_en"):
        if word not in value:
            words.say(path, "missing", word=word)
    said = words.text(value, "otherwise", path), words.text(value, "otherwise_en", path, 400)
    basis, grade = words.basis(value, path), words.grade(value, path)
    return None if when is None else Requirement(when, *said, basis, grade)


def _bands(words: Words, table: Table) -> tuple[Band, ...]:
    found: list[tuple[Path, Band]] = []
    for path, value in words.many(table.get("band"), ("band",), 12):
        one = words.block(value, path, ("name", "label", "label_en", "when", "basis", "grade"), "band",
                          ("name", "label", "label_en", "when"))
        name = words.text(one, "name", path, 40)
        if name and not NAME.fullmatch(name):
            words.say((*path, "name"), "bad_name", name=name)
        if any(name == other.name for _, other in found):
            words.say((*path, "name"), "same_band", name=name)
        when = conditions(words, one.get("when"), (*path, "when"))
        if any(BAND in str(each) for each in when):
            words.say((*path, "when"), "band_of_band")
        label = words.text(one, "label", path, 60), words.text(one, "label_en", path, 120)
        found.append((path, Band(name, label[0], when, label[1], words.basis(one, path), words.grade(one, path))))
    rule_ranges.check(words, [((*path, "when"), band.when) for path, band in found])
    return tuple(band for _, band in found)


_AMOUNT = ("item", "label", "label_en", "value", "row", "each", "skip", "most_each", "share", "of", "over", "least",
           "most", "goods", "goods_en", "per", "payer", "paid", "when", "since", "until", "basis", "grade")  # fmt: skip


def _amount(words: Words, value: object, path: Path, above: list[Amount]) -> Amount:
    one = words.block(value, path, _AMOUNT, "amount", ("item", "basis"))
    _how(words, one, path)
    share = words.share(one["share"], (*path, "share"), line=True) if "share" in one else None
    of = words.text(one, "of", path)
    if of.startswith(ITEM):
        if not any(of == ITEM + other.item for other in above):
            words.say((*path, "of"), "no_item_above", name=of.removeprefix(ITEM)[:40])
    elif of:
        words.fact(of, (*path, "of"), ("money",))
    row = tuple(str(name) for here, name in words.many(one.get("row"), (*path, "row"), 6)
                if words.fact(name, here, ("choice", "number")))
    if one.get("each"):
        words.fact(one["each"], (*path, "each"), ("number",))
    least, over = words.fen(one, "least", path), words.fen(one, "over", path)
    return Amount(
        item=words.text(one, "item", path, 60), label=words.text(one, "label", path, 60),
        label_en=words.text(one, "label_en", path, 120),
        value=words.fen(one, "value", path, ("table",) if "row" in one else ("money",)), row=row,
        each=words.text(one, "each", path), skip=words.number(one, "skip", path, 0, 10_000),
        most_each=words.number(one, "most_each", path, 1, 1_000_000), share=share, of=of,
        over=0 if over is None else over, least=0 if least is None else least, most=words.fen(one, "most", path),
        goods=words.text(one, "goods", path, 60), goods_en=words.text(one, "goods_en", path, 120),
        per=words.text(one, "per", path, choices=PERS),
        payer=words.text(one, "payer", path, 60), paid=_paid(words, one.get("paid"), (*path, "paid")),
        when=conditions(words, one.get("when"), (*path, "when")), since=words.day(one, "since", path),
        until=words.day(one, "until", path), basis=words.basis(one, path), grade=words.grade(one, path),
    )  # fmt: skip


def _how(words: Words, one: Table, path: Path) -> None:
    """One way of reckoning, and no word that belongs to another."""
    if one and sum(word in one for word in ("value", "share")) != 1 and not ("goods" in one and "share" not in one):
        words.say(path, "one_of", words="value, share, goods")
    for word, other in (("of", "share"), ("share", "of"), ("over", "share"), ("least", "share"), ("most", "share"),
                        ("skip", "each"), ("most_each", "each"), ("each", "value"), ("row", "value")):
        if word in one and other not in one:
            words.say((*path, word), "only_with", word=word, other=other)
    if "row" in one and not str(one.get("value", "@")).startswith("@"):
        words.say((*path, "row"), "only_with", word="row", other="value = '@…'")
    least, most = one.get("least"), one.get("most")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        words.say((*path, "least"), "backwards", first=least, last=most)
    since, until = one.get("since"), one.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        words.say((*path, "since"), "backwards", first=since, last=until)


def _paid(words: Words, value: object, path: Path) -> tuple[Paid, ...]:
    """Instalments, which are the whole together."""
    found = []
    for here, one in words.many(value, path, 12):
        table = words.block(one, here, ("share", "at", "payer"), "paid", ("share",))
        share = words.share(table["share"], (*here, "share")) if "share" in table else None
        if isinstance(share, Share):
            found.append(Paid(share, words.text(table, "at", here, 60), words.text(table, "payer", here, 60)))
    total = sum((one.share.fraction for one in found), Fraction())
    if found and len(found) == len(value if isinstance(value, list) else ()) and total != 1:
        words.say(path, "paid_whole", sum=str(total))
    return tuple(found)


def _alternatives(words: Words, amounts: list[Amount], placed: list[Path]) -> None:
    """Amounts for the same item are alternatives; those of another time are not side by side."""
    for item in dict.fromkeys((one.item, one.since, one.until) for one in amounts):
        same = [(path, one.when) for path, one in zip(placed, amounts, strict=True)
                if (one.item, one.since, one.until) == item]
        rule_ranges.check(words, same)


def _limit(words: Words, value: object, path: Path) -> Limit:
    one = words.block(value, path, ("per", "times", "most", "of", "not_with", "when", "basis", "grade"), "limit",
                      ("per",))
    ways = ("times", "most", "not_with")
    if one and sum(word in one for word in ways) != 1:
        words.say(path, "one_of", words=", ".join(ways))
    other = words.text(one, "not_with", path)
    if other:
        words.named("service", other, words.known.services, (*path, "not_with"))
    return Limit(
        per=words.text(one, "per", path, choices=PERS), times=words.number(one, "times", path, 1, 10_000),
        most=words.number(one, "most", path, 1), of=words.text(one, "of", path, choices=LIMITED), not_with=other,
        when=conditions(words, one.get("when"), (*path, "when")), basis=words.basis(one, path),
        grade=words.grade(one, path),
    )  # fmt: skip


def _window(words: Words, value: object) -> Window | None:
    path: Path = ("window",)
    one = words.block(value, path, ("opens", "closes", "round"), "window")
    if "round" in one:
        for word in ("opens", "closes"):
            if word in one:
                words.say((*path, word), "not_with_this", word=word, other="round")
        if words.typed(one["round"], bool, (*path, "round")) is False:
            words.say((*path, "round"), "no_choice", value="false", choices="true")  # it would always be open
        return Window(round=True)
    if isinstance(one.get("opens"), str) or isinstance(one.get("closes"), str):
        first, last = (_day_of_year(words, one, word, path) for word in ("opens", "closes"))
        return Window(yearly=(first, last)) if first and last else None
    opens, closes = words.day(one, "opens", path), words.day(one, "closes", path)
    if isinstance(value, Mapping) and opens is None and closes is None:
        words.say(path, "one_of", words="opens, closes, round")
    if opens and closes and opens > closes:
        words.say(path, "backwards", first=opens, last=closes)
    return Window(opens, closes)


def _day_of_year(words: Words, one: Table, word: str, path: Path) -> tuple[int, int] | None:
    """A day of every year, written "03-01"."""
    if word not in one:
        words.say(path, "missing", word=word)
        return None
    said = _EACH_YEAR.fullmatch(words.text(one, word, path))
    try:
        day = date(LEAP, int(said[1]), int(said[2])) if said else None
    except ValueError:
        day = None
    if day is None:
        words.say((*path, word), "wrong_type", wanted="a day like 03-01", wanted_zh="日子 (如 03-01)", found="text")
    return (day.month, day.day) if day else None


def _places(words: Words, value: object) -> Places:
    one: Mapping[str, Any] = words.block(value, ("places",), ("by", "prefer", "memory"), "places", ("by",))
    by = words.text(one, "by", ("places",), choices=PLACED)
    prefer = conditions(words, one.get("prefer"), ("places", "prefer"))
    if by == "order" and not prefer:
        words.say(("places",), "only_with", word="order", other="prefer")
    memory = words.yes(one, "memory", ("places",))
    if memory and by != "draw":
        words.say(("places", "memory"), "only_with", word="memory", other="by = 'draw'")
    return Places(by, prefer, memory)

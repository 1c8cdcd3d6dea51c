"""The letters of a catalogue: the templates of `letters/`, and the letters of matters that name one.

A matter's stored declaration says everything by itself, so the whole template is written into it when it is loaded: a
case keeps the wording under which it was opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from baiying.engine.flow.letters import OF_TEMPLATES
from baiying.engine.flow.matter import Letter
from baiying.engine.flow.templates import Blank, Reply, Section, Template
from baiying.engine.loader import structure
from baiying.engine.loader.basis import basis_shown
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.loader.structure import NAME

BESIDE_A_TEMPLATE = ("fill", "series", "addressee", "reply")


def stem(source: Source) -> str:
    return source.file.removeprefix("letters/").removesuffix(".toml")


def check(found: list[Source], names: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """All faults of all templates. `names`: what the shared files declare."""
    for source in found:
        yield from source.faults
        if source.table or not source.faults:
            blanks = set(tables(source.table, "blank"))
            known = {**names, "placeholder": {*OF_TEMPLATES, *blanks}}
            yield from structure.check(source, "letter_template", known)
            yield from _sense(source, blanks)


def _sense(source: Source, blanks: Collection[str]) -> Iterator[Fault]:
    """Words that are good one by one and do not fit one another."""
    table = source.table
    if not NAME.fullmatch(stem(source)):
        yield source.fault((), "bad_name", name=stem(source)[:40])
    for key in sorted({*OF_TEMPLATES} & {*blanks}):
        yield source.fault(("blank", key), "built_in", name=key)
    if table.get("hers") is True:
        if table.get("numbered") is True or "reply" in table:
            yield source.fault(("hers",), "hers_has_no_number")
        for word in ("file_at", "file_at_en"):
            if word not in table:
                yield source.fault(("hers",), "missing", word=word)
    for key, section in tables(table, "section").items():
        for word in ("label", "label_en"):
            if section.get("edit") is True and word not in section:
                yield source.fault(("section", key), "missing", word=word)


def fitting(matter: Source, found: list[Source]) -> Iterator[Fault]:
    """What a matter's letters say beside their templates."""
    templates = {stem(source): source.table for source in found}
    for key, one in tables(matter.table, "letter").items():
        template = templates.get(str(one.get("template", "")))
        if "template" not in one:
            for word in BESIDE_A_TEMPLATE:
                if word in one:
                    yield matter.fault(("letter", key, word), "needs_template", word=word)
        elif "text" in one:
            yield matter.fault(("letter", key, "text"), "text_and_template")
        elif template is not None:
            if template.get("hers") is True and "reply" in one:
                yield matter.fault(("letter", key, "reply"), "hers_has_no_number")
            blanks = set(tables(template, "blank"))
            for name in one["fill"] if isinstance(one.get("fill"), dict) else ():
                if name not in blanks:
                    yield matter.fault(("letter", key, "fill", name), "unknown", nearest(name, blanks), name=name[:60],
                                       kind="blank", kind_zh="空")


def resolved(table: Table, sources: Mapping[str, Table]) -> dict[str, Any]:
    """A template's table with its sources written in."""
    shown = {**table, **basis_shown(table["basis"], sources)}
    return {**shown, "reply": _reply_shown(table["reply"], sources)} if "reply" in table else shown


def _reply_shown(reply: Table, sources: Mapping[str, Table]) -> dict[str, Any]:
    return {**reply, **basis_shown(reply["basis"], sources)}


def written_in(matter: dict[str, Any], templates: Mapping[str, Table],
               sources: Mapping[str, Table]) -> dict[str, Any]:
    """A matter's table with the templates of its letters written in. `templates`: their tables, each with its `id`."""
    def one(letter: Table) -> dict[str, Any]:
        if "template" not in letter:
            return dict(letter)
        key = letter["template"]
        written = {**letter, "template": {**templates[key], "key": key}}
        return {**written, "reply": _reply_shown(letter["reply"], sources)} if "reply" in letter else written

    letters = tables(matter, "letter")
    return {**matter, "letter": {key: one(letter) for key, letter in letters.items()}} if letters else matter


def letter(key: str, table: Table) -> Letter:
    """Build a letter of a matter from its resolved table."""
    template = build(table["template"]) if "template" in table else None
    return Letter(
        key=key,
        label=table["label"],
        label_en=table["label_en"],
        to=texts(table["to"]),
        text=table.get("text", ""),
        template=template,
        fill={name: texts(said)[0] for name, said in table.get("fill", {}).items()},
        series=table.get("series", ""),
        addressee=table.get("addressee", ""),
        reply=_reply(table.get("reply")),
    )


def build(table: Table) -> Template:
    """Build a template from its resolved table with `key` and `id`."""
    return Template(
        key=table["key"],
        id=table["id"],
        name=table["name"],
        name_en=table["name_en"],
        document=table["document"],
        title=table["title"],
        addressee=table.get("addressee", ""),
        sign=table.get("sign", ""),
        numbered=table.get("numbered", False),
        series=table.get("series", ""),
        hers=table.get("hers", False),
        file_at=table.get("file_at", ""),
        file_at_en=table.get("file_at_en", ""),
        basis=table["basis"],
        basis_zh=table["basis_zh"],
        basis_en=table["basis_en"],
        grade=table["grade"],
        reply=_reply(table.get("reply")),
        blanks={name: Blank(name, one["label"], one["label_en"], one.get("fill", ""))
                for name, one in tables(table, "blank").items()},
        sections={
            name: Section(name, one["text"], one.get("heading", ""), one.get("edit", False), one.get("label", ""),
                          one.get("label_en", ""))
            for name, one in tables(table, "section").items()
        },
    )


def _reply(table: Table | None) -> Reply | None:
    if table is None:
        return None
    return Reply(table["limit"], table["basis"], table["basis_zh"], table["basis_en"], table["grade"])

"""The language of the catalogue as data: which words each block has, of what type, and how much of each.

A new word is a line here and, if it names something, the kind of name it refers to. The limits are house limits: a
page on a phone shows a label of 60 characters, and nobody works with forty stages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from baiying.engine.boards import AUDIENCES, COMPARED, PERIODS
from baiying.engine.flow.conditions import COMPARISONS
from baiying.engine.flow.letters import OF_TEMPLATES
from baiying.engine.flow.matter import PAUSES, TIES
from baiying.engine.flow.templates import DOCUMENTS
from baiying.engine.loader import schema_facts, schema_services
from baiying.engine.loader.word import Word
from baiying.engine.services import FOLDERS as SERVICE_FOLDERS
from baiying.engine.services import KINDS, SITUATIONS
from baiying.engine.text import GROUPS as TOPIC_GROUPS

FILE_MOST = 200_000  # bytes
LETTER_MOST = 4_000  # characters of a letter's text
NESTING_MOST = 3  # any/all/none within one another

CLASSES = ("P0", "P1", "P2", "P3")
ORGS = ("union", "women")
LEVELS = ("community", "street", "district")
ASK_KINDS = ("text", "longtext", "yesno", "choice", "choices", "date", "number", "money")
CLOCK_KINDS = ("deadline", "validity", "limitation", "waiting")
OWNERS = ("ours", "asker", "other")

# Nobody is told apart by these (promise 11): a question whose words contain one is refused.
FORBIDDEN = (
    "政治面貌", "政治态度", "政治表现", "思想表现", "政治倾向", "党员", "党派", "忠诚",
    "民族", "种族", "宗教", "信仰", "信教",
    "political", "partymember", "loyalty", "ethnic", "religio",
)  # fmt: skip


_LABELS = {"label": Word(needed=True, most=60), "label_en": Word(needed=True, most=120)}
_NAMES = {"name": Word(needed=True, most=60), "name_en": Word(needed=True, most=120)}
_HELP = {"help": Word(most=200), "help_en": Word(most=400)}
_PARTIES = Word("texts", refers="party", most=6)

_BLOCKS: dict[str, dict[str, Word]] = {
    "matter": _NAMES
    | _HELP
    | {
        "id": Word(),
        "kind": Word(choices=KINDS),
        "situation": Word(choices=SITUATIONS),
        "org": Word(needed=True, choices=ORGS),
        "class": Word(needed=True, choices=CLASSES),
        "order": Word("number", most=1000),
        "default": Word("yesno"),
        "visit": Word("yesno"),
        "of_services": Word("yesno"),
        "safe": Word("yesno"),
        "lead_level": Word(choices=LEVELS),
        "ties": Word("texts", choices=TIES),
        "ask": Word("named", of="ask", most=40),
        "stage": Word("named", of="stage", needed=True, most=40),
        "letter": Word("named", of="letter", most=20),
        "clock": Word("named", of="clock", most=40),
        "closing": Word("block", of="closing", needed=True),
        "band": Word("blocks", of="band", most=12),
        "duty": Word("blocks", of="duty", most=12),
        "party": Word("named", of="part", refers="party", most=20),
        "pauses": Word("texts", choices=PAUSES, none=True),
        "keep": Word("length"),
    },
    "band": _LABELS | {"name": Word("name", needed=True), "when": Word("conditions", most=10)},
    "duty": _LABELS
    | {
        "when": Word("conditions", most=10),
        "tells": Word("texts", refers="party", needed=True, most=6),
        "basis": Word("basis", needed=True),
    },
    "part": {
        "sees": Word("texts", refers="seen", most=40, none=True),
        "consent": Word("yesno"),
        "purpose": Word(most=80),
        "purpose_en": Word(most=160),
        "receipt": Word("length"),
        "between": Word("texts", refers="party", most=4),
    },
    "ask": _LABELS
    | _HELP
    | {
        "kind": Word(needed=True, choices=ASK_KINDS),
        "options": Word("options", most=60),
        "need": Word("yesno"),
        "event": Word("mark"),
        "class": Word(choices=CLASSES),
        "by": Word(refers="party"),
        "when": Word("conditions", most=10),
    },
    "option": {"label": Word(needed=True, most=60), "label_en": Word(most=120)},
    "stage": _LABELS
    | _HELP
    | {
        "task": Word("texts", refers="party", needed=True, most=6),
        "moves": Word("blocks", of="move", needed=True, most=12),
    },
    "move": {
        "to": Word(needed=True, refers="stage"),
        "label": Word(most=60),
        "label_en": Word(most=120),
        "by": _PARTIES,
        "agree": _PARTIES,
        "needs": Word("texts", refers="fact", most=10),
        "when": Word("conditions", most=10),
        "reason": Word("list"),
        "letter": Word(refers="letter"),
        "then": Word("texts", refers="effect", most=6),
        "marks": Word("marks", most=6),
        "opens": Word("texts", refers="matter", most=6),
        "other_than": Word("texts", refers="event", most=3),
        "up": Word("yesno"),
    },
    "letter": _LABELS
    | {
        "to": Word("texts", refers="party", needed=True, most=6),
        "text": Word("template", most=LETTER_MOST),
        "template": Word(refers="letter_template"),
        "fill": Word("lists", refers="placeholder"),
        "series": Word(most=10),
        "addressee": Word("template", most=100),
        "reply": Word("block", of="reply"),
    },
    "reply": {"limit": Word("length", needed=True), "basis": Word("basis", needed=True),
              "grade": Word(needed=True, refers="grade")},
    "letter_template": _NAMES
    | {
        "document": Word(needed=True, choices=DOCUMENTS),
        "title": Word("template", needed=True, most=100),
        "addressee": Word("template", most=100),
        "numbered": Word("yesno"),
        "series": Word(most=10),
        "hers": Word("yesno"),
        "file_at": Word(most=300),
        "file_at_en": Word(most=600),
        "sign": Word("template", most=400),
        "basis": Word("basis", needed=True),
        "grade": Word(needed=True, refers="grade"),
        "reply": Word("block", of="reply"),
        "blank": Word("named", of="blank", most=40),
        "section": Word("named", of="section", needed=True, most=20),
    },
    "blank": dict(_LABELS) | {"fill": Word(choices=OF_TEMPLATES)},
    "section": {
        "text": Word("template", needed=True, most=LETTER_MOST),
        "heading": Word(most=60),
        "edit": Word("yesno"),
        "label": Word(most=60),
        "label_en": Word(most=120),
    },
    "clock": _LABELS
    | _HELP
    | {
        "limit": Word("length", needed=True),
        "kind": Word(choices=CLOCK_KINDS),
        "from": Word("texts", refers="event", most=10),
        "before": Word(refers="event"),
        "until": Word("texts", refers="event", most=10),
        "of": Word(needed=True, refers="party"),
        "owner": Word(choices=OWNERS),
        "when": Word("conditions", most=10),
        "warn": Word("numbers", least=1, most=400),
        "extend": Word("length"),
        "expired": Word("block", of="expired"),
        "basis": Word("basis", needed=True),
        "grade": Word(needed=True, refers="grade"),
    },
    "expired": {
        "to": Word(refers="reopen"),
        "then": Word("texts", refers="effect", most=6),
        "letter": Word(refers="letter"),
    },
    "closing": {
        "question": Word(needed=True, most=60),
        "question_en": Word(needed=True, most=120),
        "reopen": Word(refers="reopen"),
        "times": Word("number", least=1, most=5),
        "shelf": Word(choices=("never",)),
        "asks": Word("texts", refers="ask", most=6),
    },
    "condition": {"fact": Word(refers="fact"), "of": Word(refers="fact")}
    | {how: Word("value") for how in COMPARISONS},
    "incident": _NAMES
    | _HELP
    | {
        "id": Word(),
        "kind": Word(choices=KINDS),
        "situation": Word(choices=SITUATIONS),
        "ask": Word("named", of="ask", needed=True, most=20),
        "level": Word("blocks", of="level", needed=True, most=8),
        "check": Word("named", of="check", needed=True, most=40),
        "clock": Word("named", of="clock", needed=True, most=20),
    },
    "level": _LABELS
    | {
        "key": Word(needed=True, most=10),
        "when": Word("conditions", needed=True, most=10),
        "calls": Word("texts", most=10),
        "calls_en": Word("texts", most=10),
        "basis": Word("basis", needed=True),
        "grade": Word(needed=True, refers="grade"),
    },
    "check": _LABELS | _HELP | {"levels": Word("texts", refers="level", most=8)},
    # The files beside the matters.
    "words": {
        "party": Word("named", of="actor", needed=True),
        "event": Word("named", of="named", needed=True),
        "fact": Word("named", of="fact"),
        "grade": Word("named", of="named", needed=True),
        "effect": Word("named", of="effect"),
    },
    "actor": _NAMES | {"plays": Word("texts", most=6)},
    "named": dict(_NAMES),
    "fact": _NAMES
    | {
        "type": Word(needed=True, choices=("text", "yesno", "choice", "set", "number")),
        "options": Word("texts", most=60),
    },
    "effect": _NAMES | {"app": Word(needed=True)},
    "sources": {"source": Word("named", of="source", needed=True)},
    "source": _NAMES | {"grade": Word(needed=True, choices=("A", "B", "C", "K"))},
    "lists": {"list": Word("named", of="list", needed=True)},
    "list": {"source": Word("basis", needed=True), "options": Word("options", needed=True, most=200)},
    "roles": {"power": Word("named", of="named", needed=True), "role": Word("named", of="role", needed=True)},
    "role": _NAMES | {"powers": Word("blocks", of="granted", most=60), "two_persons": Word("yesno")},
    "granted": {"power": Word(needed=True, refers="power"), "reason": Word(needed=True, most=100)},
    "danger": {
        "harmless": Word("texts", most=4000),
        "part": Word("lists", most=400),
        "calm": Word("texts", most=400),
        "same": Word("texts", most=2000),
        "sounds": Word("texts", most=400),
        "door": Word("named", of="named", needed=True),
        "kind": Word("named", of="danger_kind", needed=True),
    },
    "danger_weights": {"bounds": Word("texts", needed=True, most=3), "weights": Word("texts", needed=True, most=64),
                       "kinds": Word("texts", needed=True, most=64)},
    "danger_kind": _NAMES
    | {
        "doors": Word("texts", refers="door", needed=True, most=6),
        "matter": Word(refers="matter"),
        "words": Word("texts", needed=True, most=500),
        "patterns": Word("texts", most=400),
    },
    "topics": {
        "topic": Word("named", of="topic", needed=True),
        "door": Word("named", of="way", needed=True),
        "elsewhere": Word("named", of="elsewhere", needed=True),
    },
    "topic": _NAMES
    | {
        "group": Word(needed=True, choices=TOPIC_GROUPS),
        "matters": Word("texts", refers="matter", needed=True, most=6),
        "keywords": Word("texts", needed=True, most=300),
    },
    "way": _NAMES | {"grade": Word(needed=True, refers="grade")},
    "elsewhere": _NAMES
    | {
        "topic": Word(refers="topic"),
        "door": Word(needed=True, refers="door"),
        "words": Word("texts", needed=True, most=300),
    },
    "board": _NAMES
    | {
        "lead": Word(needed=True, most=200),
        "lead_en": Word(needed=True, most=400),
        "audience": Word(needed=True, choices=AUDIENCES),
        "order": Word("number", most=1000),
        "periods": Word("texts", needed=True, choices=PERIODS, most=4),
        "compare": Word("texts", choices=COMPARED, most=3, none=True),
        "measure": Word("named", of="measure", needed=True, most=20),
    },
    "measure": _NAMES
    | {
        "definition": Word(needed=True, most=200),
        "definition_en": Word(needed=True, most=400),
        "count": Word(needed=True, refers="count"),
        "of": Word(refers="count"),
    },
}
BLOCKS: Mapping[str, Mapping[str, Word]] = MappingProxyType(
    {**_BLOCKS, **schema_services.BLOCKS, **schema_facts.BLOCKS}
)

# Named tables whose names are no plain words: telephone numbers, dotted facts and powers, keys of laws.
FREE_NAMES = frozenset({"door", "fact", "source", "power"})

# path in the catalogue folder -> (kind of declaration, its block). Every file of matters/ is a matter.
FILES: Mapping[str, str] = MappingProxyType(
    {
        "words.toml": "words",
        "reference/sources.toml": "sources",
        "reference/lists.toml": "lists",
        "roles.toml": "roles",
        "danger.toml": "danger",
        "text/danger_weights.toml": "danger_weights",
        "topics.toml": "topics",
        "facts.toml": "facts",
        "reference/lines.toml": "lines",
    }
)
FOLDERS = (
    "boards", "incidents", "letters", "matters", "reference", "calendar", "territory", "text", *SERVICE_FOLDERS,
)

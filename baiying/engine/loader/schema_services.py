"""The words of a service: who may have it, how much, with which papers, by which steps, by when, and who says so.

One reader for the folders services, programmes, appraisals and callouts. The parts that are judged (`who`, `band`,
`amount`, `limit`, `window`, `places`, `example`) have words of their own in `engine.loader.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.loader.word import Word
from baiying.engine.rules.language import RULE_WORDS
from baiying.engine.services import ASK_KINDS, KINDS, SITUATIONS, SOURCE_GRADES

CLASSES = ("P0", "P1", "P2", "P3", "anonymous")

_NAMES = {"name": Word(needed=True, most=60), "name_en": Word(needed=True, most=120)}
_LABELS = {"label": Word(needed=True, most=60), "label_en": Word(needed=True, most=120)}
_HELP = {"help": Word(most=200), "help_en": Word(most=400)}
_SAID = {"text": Word(needed=True, most=300), "text_en": Word(most=600)}
_SOURCES = Word("sources", most=10)

BLOCKS: Mapping[str, Mapping[str, Word]] = {
    "service": _NAMES
    | {
        "id": Word(needed=True),
        "kind": Word(needed=True, choices=KINDS),
        "situation": Word(needed=True, choices=SITUATIONS),
        "help": Word(needed=True, most=200),
        "help_en": Word(needed=True, most=400),
        "org": Word(needed=True, choices=("union", "women")),
        "class": Word(needed=True, choices=CLASSES),
        "source": Word("sources", needed=True, most=20),
        "grade": Word(needed=True, choices=SOURCE_GRADES),
        "valid": Word("block", of="valid"),
        "order": Word("number", most=1000),
        "matter": Word(refers="matter"),
        "keywords": Word("texts", most=40),
        "where": Word(most=200),
        "where_en": Word(most=400),
        "closes": Word(most=200),
        "closes_en": Word(most=400),
        "terms": Word("blocks", of="terms", needed=True, most=20, none=True),
        "figure": Word("blocks", of="figure", most=40),
        "party": Word("named", of="service_party", most=20),
        "ask": Word("named", of="service_ask", most=40),
        "step": Word("named", of="step", needed=True, most=20),
        "clock": Word("named", of="service_clock", most=20),
        "guard": Word("blocks", of="guard", most=20),
    }
    | {part: Word("rule") for part in RULE_WORDS},
    "valid": {"from": Word("date"), "until": Word("date")},
    # What the source says of who may have it, in its words. `who` beside it is the same as it is judged.
    "terms": _SAID | {"basis": _SOURCES, "note": Word(most=200), "note_en": Word(most=400)},
    # A number as a source tells it. `past`: told of what was done once; nobody's due.
    "figure": _LABELS
    | {
        "value": Word(needed=True, most=80),
        "value_en": Word(needed=True, most=160),
        "year": Word("number", least=1990, most=2100),
        "basis": _SOURCES,
        "past": Word("yesno"),
        "note": Word(most=200),
        "note_en": Word(most=400),
    },
    "service_party": _LABELS | {"must": Word("yesno")},
    "service_ask": _LABELS
    | _HELP
    | {
        "kind": Word(needed=True, choices=ASK_KINDS),
        "class": Word(needed=True, choices=CLASSES),
        "options": Word("options", most=60),
        "need": Word("yesno"),
        "by": Word(refers="actor"),
        "fact": Word(refers="rule_fact"),
        "proof": Word(refers="ask"),
    },
    "step": {
        "label": Word(needed=True, most=60),
        "label_en": Word(needed=True, most=120),
        "by": Word("texts", needed=True, refers="actor", most=6),
    },
    "service_clock": {
        "label": Word(needed=True, most=60),
        "label_en": Word(needed=True, most=120),
        "limit": Word("length", needed=True),
        "from": Word(needed=True, most=60),
        "from_en": Word(needed=True, most=120),
        "basis": Word("sources", needed=True, most=6),
        "grade": Word(needed=True, refers="grade"),
        "note": Word(most=200),
        "note_en": Word(most=400),
    },
    "guard": _SAID,
}

"""From a matter's letter and the facts of a case to the document that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from baiying.engine.flow.letters import BLANK, OF_TEMPLATES, PLACE, filled, known_as, printed
from baiying.engine.flow.matter import Letter, Matter
from baiying.engine.flow.templates import Blank, Template
from baiying.engine.paper.document import Document, Part

UNDATED = "________年____月____日"  # she writes the day on which she signs
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)  # of a text alone, which shows no time


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person wrote into a letter before it went out; what is not there stays as the template says it."""

    addressee: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


UNCHANGED = Edits()


def letter_text(matter: Matter, key: str, values: Mapping[str, object]) -> str:
    """The text of a letter in Chinese, filled in; empty when the letter declares none.

    `values` by placeholder: number, unit, today (a date), matter, name, and typed answers as `ask.<key>`. What is
    missing or empty prints ________. Raises KeyError for a letter that the matter does not declare.
    """
    letter = matter.letters[key]
    if letter.template is None:
        return filled(matter, letter.text, values)
    return document(matter, letter, values, NO_TIME).plain


def blanks_of(matter: Matter, letter: Letter, values: Mapping[str, object]) -> dict[str, str]:
    """What the facts of the case say for each blank of the letter's template; empty where nobody knows it."""
    template = templated(letter)
    return {key: known_as(matter, letter.fill.get(key, f"ask.{key}"), values)
            or (known_as(matter, blank.fill, values) if blank.fill else "") for key, blank in template.blanks.items()}


def asked_blanks(letter: Letter) -> tuple[Blank, ...]:
    """The blanks of the parts that are printed as they are: those a person can still fill in by themselves."""
    template = templated(letter)
    fixed = " ".join([template.title, template.sign, *(s.text for s in template.sections.values() if not s.edit)])
    return tuple(template.blanks[name] for name in dict.fromkeys(PLACE.findall(fixed)) if name in template.blanks)


def addressee_of(matter: Matter, letter: Letter, values: Mapping[str, object], edits: Edits = UNCHANGED) -> str:
    """Whom the letter calls upon, as far as the case tells; empty when it does not, or when it calls upon nobody."""
    said = (filled(matter, letter.addressee, values) if letter.addressee
            else printed(templated(letter).addressee, _known(matter, letter, values, edits)))
    return said if said.replace(BLANK, "").strip(" 、，,") else ""


def sections_of(matter: Matter, letter: Letter, values: Mapping[str, object],
                edits: Edits = UNCHANGED) -> dict[str, str]:
    """The words of each section, filled in, with what a person wrote instead."""
    known = _known(matter, letter, values, edits)
    return {key: edits.sections[key] if one.edit and key in edits.sections else printed(one.text, known).strip()
            for key, one in templated(letter).sections.items()}


def document(matter: Matter, letter: Letter, values: Mapping[str, object], made_at: datetime, number: str = "",
             edits: Edits = UNCHANGED) -> Document:
    """The letter as it is printed. `values` as for `letter_text`; `number`: its number in the unit's series."""
    template = templated(letter)
    told = edits.addressee or addressee_of(matter, letter, values, edits)
    known = _known(matter, letter, {**values, "addressee": told, "letter_number": number}, edits)
    words = sections_of(matter, letter, {**values, "addressee": told, "letter_number": number}, edits)
    return Document(
        title=printed(template.title, known),
        parts=tuple(Part(one.heading, words[key]) for key, one in template.sections.items() if words[key].strip()),
        made_at=made_at,
        number=number,
        addressee=(told or BLANK) if letter.addressee or template.addressee else "",
        sign=tuple(line.strip() for line in printed(template.sign, known).splitlines() if line.strip()),
        date=UNDATED if template.hers else known["today"],
        draft=template.hers,
        foot=(f"交到哪里：{template.file_at}",) if template.hers else (),
    )


def templated(letter: Letter) -> Template:
    """The template of a letter. Raises KeyError for one whose text the matter itself says."""
    if letter.template is None:
        raise KeyError(letter.key)
    return letter.template


def _known(matter: Matter, letter: Letter, values: Mapping[str, object], edits: Edits) -> dict[str, str]:
    """What every placeholder of the template prints."""
    house = {name: known_as(matter, name, values) for name in OF_TEMPLATES}
    typed = {key: said for key, said in edits.blanks.items() if said.strip()}
    return {**house, **blanks_of(matter, letter, values), **typed}

"""The letters of a case: what can be written, what is being written, what was sent, served and answered.

The paper itself is made when it is asked for, out of the sealed text that was sent; the same text is the same paper.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, LetterDraft, SentLetter
from baiying.cases.queries import files
from baiying.cases.queries.late import wide
from baiying.cases.queries.opening import readable_asks
from baiying.cases.queries.reading import note_reading
from baiying.cases.queries.today import AT_ONCE
from baiying.catalogue import queries as catalogue
from baiying.engine import flow, paper
from baiying.kit import door, moment, sealing
from baiying.kit import number as numbers
from baiying.kit.errors import Refusal, Unseen
from baiying.network.models import Unit

DRAFT, SENT, NOTE, REPLY = "letter.draft", "letter.sent", "letter.served", "letter.reply"
Form = Literal["pdf", "docx"]
MEDIA = {"pdf": "application/pdf",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
HOW: Mapping[str, Promise] = {
    SentLetter.Served.HANDED: _("handed over in person"), SentLetter.Served.POSTED: _("sent by post"),
    SentLetter.Served.ELECTRONIC: _("sent electronically"), SentLetter.Served.LEFT: _("left there, as the law allows"),
}


@dataclass(frozen=True)
class Kind:
    """A letter that can be written in this case. ``begun``: somebody has already written into it."""

    key: str
    letter: flow.Letter
    begun: bool

    @property
    def template(self) -> flow.Template:
        assert self.letter.template is not None
        return self.letter.template


@dataclass(frozen=True)
class Sent:
    """A letter that went out. What is sealed is empty once the case's key was destroyed."""

    row: SentLetter
    letter: flow.Letter | None
    document: paper.Document | None
    to: str
    note: str
    reply_text: str
    reply_name: str

    @property
    def ref(self) -> str:
        return self.row.ref

    @property
    def how(self) -> Promise | str:
        """How it was served, in the reader's language; empty as long as it was not."""
        return HOW[self.row.served] if self.row.served else ""

    @property
    def label(self) -> str:
        return catalogue.said(self.letter) if self.letter is not None else self.row.letter

    @property
    def reply(self) -> flow.Reply | None:
        """The time to reply that the letter sets, and who says so."""
        return reply_of(self.letter)

    @property
    def basis(self) -> str:
        """Who says how long the addressee has, in the reader's language."""
        reply = self.reply
        return "" if reply is None else reply.basis_zh if catalogue.speaks_chinese() else reply.basis_en

    @property
    def overdue(self) -> bool:
        return self.row.replied_on is None and self.row.reply_due is not None and self.row.reply_due <= moment.now()


@dataclass(frozen=True)
class Letters:
    """All letters of one case, on one page."""

    number: str
    address: str
    matter: flow.Matter
    kinds: tuple[Kind, ...]
    sent: tuple[Sent, ...]
    logged: bool


@dataclass(frozen=True)
class Preparing:
    """One letter as it would go out now, and what may be changed in it."""

    number: str
    address: str
    key: str
    letter: flow.Letter
    document: paper.Document
    edits: flow.Edits
    blanks: Mapping[str, str]
    sections: Mapping[str, str]
    addressee: str
    #: The draft that this page was made from: empty, or when it was kept.
    seen: str
    corrects: Sent | None = None

    @property
    def template(self) -> flow.Template:
        assert self.letter.template is not None
        return self.letter.template

    @property
    def basis(self) -> str:
        """The source of its form, in the reader's language."""
        return self.template.basis_zh if catalogue.speaks_chinese() else self.template.basis_en

    @cached_property
    def editable(self) -> tuple[flow.Section, ...]:
        """The sections whose words may be changed."""
        return tuple(one for one in self.template.sections.values() if one.edit)


@dataclass(frozen=True)
class Overdue:
    """A letter of a unit below (or one's own) whose answer has not come in time. Nothing that the letter says."""

    unit: Unit
    number: str
    label: str
    letter_number: str
    served_on: object
    reply_due: datetime | None


@dataclass(frozen=True)
class Hers:
    """What she may take: drafts that she files herself, and what was sent in her case."""

    drafts: tuple[Kind, ...]
    sent: tuple[Sent, ...]
    number: str = ""
    hidden: bool = False  # the page keeps a neutral title and offers the quick exit


@dataclass(frozen=True)
class Printed:
    """A letter as a file."""

    name: str
    media: str
    content: bytes


def letters(asker: door.Asker, typed_number: str) -> Letters:
    """The letters of a case that the asker's unit leads; the opening is logged. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        held = Dossier(case)
        rows = sent_rows(case)
        logged = case.guarded or bool(rows)
        if logged:
            note_reading(case, asker, why="letter")
        return Letters(numbers.shown(case.number), case.number, held.matter, kinds(held),
                       tuple(opened(held, row) for row in rows), logged)


def sent_letter(asker: door.Asker, typed_number: str, ref: str) -> Letters:
    """One letter that was sent, alone on a page; the opening is logged. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        held, row = Dossier(case), access.sent_letter(case, ref)
        note_reading(case, asker, why="letter")
        return Letters(numbers.shown(case.number), case.number, held.matter, (), (opened(held, row),), True)


def preparing(asker: door.Asker, typed_number: str, key: str, edits: flow.Edits | None = None,
              corrects: str = "") -> Preparing:
    """One letter filled from the case, with what was written into it so far (or ``edits`` in its place). The opening is
    logged. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        held = Dossier(case)
        letter = letter_of(held.matter, key)
        note_reading(case, asker, why="letter")
        draft = draft_of(case, key)
        told = edits if edits is not None else kept_edits(case, draft)
        values = values_of(held)
        old = next((row for row in sent_rows(case) if corrects and row.ref == corrects), None)
        said = flow.addressee_of(held.matter, letter, values, told)
        return Preparing(
            numbers.shown(case.number), case.number, key, letter,
            flow.document(held.matter, letter, values, moment.now(), edits=told), told,
            {**flow.blanks_of(held.matter, letter, values), **told.blanks},
            flow.sections_of(held.matter, letter, {**values, "addressee": told.addressee or said}, told),
            told.addressee or said, draft.at.isoformat() if draft is not None else "",
            opened(held, old) if old is not None else None,
        )


def printed(asker: door.Asker, typed_number: str | None, ref: str, form: Form) -> Printed:
    """A letter as PDF or .docx: one that was sent, by the name that a page gave it, or one that can be written, by its
    key, as it would look now. By number and 查询码 she gets what was sent, and the drafts that are hers. A reading by
    staff is logged. Raises Unseen, and Refusal where this machine has no Chinese font."""
    with door.open(asker):
        case = access.one(asker, typed_number) if asker.door is None else access.one(asker)
        held = Dossier(case)
        row = next((one for one in sent_rows(case) if one.ref == ref), None)
        if asker.door is None:
            note_reading(case, asker, why="letter")
        if row is not None:
            document = opened(held, row).document
            if document is None:
                raise Unseen
        else:
            document = unsent(held, ref, asker)
    name = row.ref if row is not None else numbers.shown(case.number)
    return Printed(f"{name}.{form}", MEDIA[form], made(document, form))


def unsent(held: Dossier, key: str, asker: door.Asker) -> paper.Document:
    """A letter as it would go out now; for her only what is hers to file. Raises Unseen."""
    letter = letter_of(held.matter, key)
    if asker.door is not None and not (letter.template and letter.template.hers):
        raise Unseen
    edits = kept_edits(held.case, draft_of(held.case, key))
    return flow.document(held.matter, letter, values_of(held), moment.now(), edits=edits)


def made(document: paper.Document, form: Form) -> bytes:
    """The bytes of a paper. Raises Refusal where no font can write it."""
    if form == "docx":
        return paper.docx_bytes(document)
    try:
        return paper.pdf(document)
    except paper.NoFont:
        raise Refusal(_("This server has no Chinese font, so it cannot make a PDF. Take the Word file; it has the "
                        "same text. Whoever runs the server can mend this: baiying doctor says how.")) from None


def hers(held: Dossier) -> Hers:
    """What she may take from her own page. The case must be looked at, by number and 查询码."""
    case, hidden = held.case, held.matter.safe or held.case.danger
    if case.key is None:
        return Hers((), (), numbers.shown(case.number), hidden)
    found = tuple(kind for kind in kinds(held) if kind.template.hers)
    return Hers(found, tuple(opened(held, row) for row in sent_rows(case)), numbers.shown(case.number), hidden)


def her_letters(entry: bytes) -> Hers:
    """The same for the page of her case. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        return hers(Dossier(access.one(door.asker())))


def overdue(asker: door.Asker) -> list[Overdue]:
    """Letters of the asker's units and those below whose answer is late, the longest late on top; never one of a
    protected case, except where she is named."""
    reach = wide(asker)
    with door.open(reach):
        seen = access.known(reach).filter(access.named_for(asker))
        rows = list(SentLetter.objects.filter(unit_id__in=reach.units, replied_on=None, reply_due__lte=moment.now(),
                                              case__in=seen)
                    .select_related("case", "unit").defer("blob").order_by("reply_due")[:AT_ONCE])
        found = [(row, catalogue.matter_of(row.case.declaration_id).letters.get(row.letter)) for row in rows]
        return [Overdue(row.unit, row.case.number, catalogue.said(letter) if letter else row.letter, row.number,
                        row.served_on, row.reply_due) for row, letter in found]


def kinds(held: Dossier) -> tuple[Kind, ...]:
    """The letters of the matter that are made as documents."""
    begun = set(access.letter_drafts(held.case).values_list("letter", flat=True))
    return tuple(Kind(key, one, key in begun) for key, one in held.matter.letters.items() if one.template is not None)


def letter_of(matter: flow.Matter, key: str) -> flow.Letter:
    """The letter of this key, if it is made as a document. Raises Unseen."""
    found = matter.letters.get(key)
    if found is None or found.template is None:
        raise Unseen
    return found


def reply_of(letter: flow.Letter | None) -> flow.Reply | None:
    """How long the addressee has: what the matter says, else what the template says."""
    if letter is None:
        return None
    return letter.reply or (letter.template.reply if letter.template is not None else None)


def values_of(held: Dossier, answers: Mapping[str, object] | None = None, unit: Unit | None = None,
              ) -> dict[str, object]:
    """What fills a letter: the closed list of `flow.PLACEHOLDERS`, and the answers that the leading unit may read."""
    allowed = readable_asks(held)
    told = held.answers if answers is None else answers
    facts = flow.facts_of({key: value for key, value in told.items() if key in allowed})
    writer = unit or held.case.unit
    return {"number": numbers.shown(held.case.number), "unit": writer.name, "telephone": writer.telephone,
            "today": moment.today(), "name": held.opened("name"), **facts}


def sent_rows(case: Case) -> list[SentLetter]:
    """What was sent in this case, the oldest first. The case must be looked at."""
    return list(access.sent_letters(case))


def opened(held: Dossier, row: SentLetter) -> Sent:
    """A letter that was sent, with what lies sealed of it."""
    case = held.case
    gone = case.key is None or not row.blob

    def unsealed(field: str, blob: bytes | memoryview) -> str:
        return sealing.unseal(case.wrapped, case.id, field, bytes(blob), row.id) if blob and not gone else ""

    text = unsealed(SENT, row.blob)
    party = catalogue.words().parties.get(row.to)
    name = files.name_of(case, row.reply_file) if row.reply_file is not None and not gone else ""
    return Sent(row, held.matter.letters.get(row.letter), paper.Document.from_kept(text) if text else None,
                "" if party is None else party.name if catalogue.speaks_chinese() else party.name_en,
                unsealed(NOTE, row.served_note), unsealed(REPLY, row.reply), name)


def draft_of(case: Case, key: str) -> LetterDraft | None:
    """What is being written; nothing when nobody has begun."""
    return access.letter_drafts(case).filter(letter=key).first()


def kept_edits(case: Case, draft: LetterDraft | None) -> flow.Edits:
    """What was written into a letter so far."""
    if draft is None or case.key is None:
        return flow.UNCHANGED
    return flow.Edits(**json.loads(sealing.unseal(case.wrapped, case.id, DRAFT, bytes(draft.blob), draft.id)))



"""Letters: written into, sent under a number, served, answered. What was sent is never changed; a new letter that names
it corrects it.

Numbers: each unit counts in its own series of the year, without gaps, because the row of the counter stays locked until
the letter is stored. A letter of a protected case has letters by chance in place of a count, so that no number tells
how many such cases there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.files import keep
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, LetterCount, LetterDraft, SentLetter
from baiying.cases.queries import letters as queries
from baiying.cases.queries.letters_consent import told_though_shut
from baiying.catalogue import queries as catalogue
from baiying.engine import clock, flow, paper
from baiying.kit import chance, door, log, moment, sealing
from baiying.kit.errors import Refusal
from baiying.network.models import Unit

MOST_CHARACTERS = 8_000
BY_CHANCE = 6  # letters of the alphabet without look-alikes: 31 to the sixth, some 890 million


class Stale(Refusal):
    """Somebody else has written into this letter since the page was made. What was typed is kept by the page."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody has changed this letter since you opened the page. What you wrote is still here: "
                           "compare it, then keep or send it again."))


@dataclass(frozen=True)
class Service:
    """How a letter reached whom it is for."""

    how: str
    on: date
    note: str = ""
    read_on: date | None = None


@dataclass(frozen=True)
class Answered:
    """What came back: when, in which words, and the paper itself if there is one."""

    on: date
    words: str = ""
    file_name: str = ""
    content: bytes = b""


def write_into(asker: door.Asker, number: str, key: str, edits: flow.Edits, seen: str) -> None:
    """Keep what was written into a letter, for whoever sends it. ``seen``: the draft that the page was made from.
    Raises Unseen, Stale, Refusal."""
    check(edits)
    with door.open(asker):
        case = workable(asker, number)
        letter = queries.letter_of(catalogue.matter_of(case.declaration_id), key)
        store(case, asker, key, allowed(letter, edits), seen)


def send(asker: door.Asker, number: str, key: str, edits: flow.Edits, seen: str, form_key: str,
         corrects: str = "") -> str:
    """Send a letter: it gets its number and stays as it is from here on. Gives the name by which pages know it. The
    same form twice is one letter. Raises Unseen, Stale, Refusal; then no number was given."""
    check(edits)
    with door.open(asker):
        case = workable(asker, number)
        matter = catalogue.matter_of(case.declaration_id)
        letter = queries.letter_of(matter, key)
        if letter.template is not None and letter.template.hers:
            raise Refusal(_("This is a draft that the person files herself. Give it to her; it is not sent."))
        row_id = chance.uuid_for(json.dumps([str(case.id), str(asker.who), key, form_key]), "letter")
        done = access.sent_letters(case).filter(id=row_id).first()
        if done is not None:
            return done.ref
        store(case, asker, key, allowed(letter, edits), seen)
        old = next((row for row in queries.sent_rows(case) if corrects and row.ref == corrects), None)
        return issue(Dossier(case), letter, row_id, asker, old).ref


def with_move(case: Case, matter: flow.Matter, key: str, move_id: UUID, answers: Mapping[str, object],
              unit: Unit | None = None, said: str = "") -> str:
    """The text of a letter that goes out with a move, and with what was ``said`` there. One that was sent beside the
    steps and has no line yet is this one; else it is sent now, under its number, if whoever moves works for the unit.
    She and the clock send nothing: what they cause stands in the story as a text that the unit can still send."""
    asker, letter, held = door.asker(), matter.letters[key], Dossier(case)
    sender = unit or case.unit
    if letter.template is None or letter.template.hers or sender.id not in asker.units or case.unit_id != sender.id:
        return flow.letter_text(matter, key, {**queries.values_of(held, answers, sender), "said": said}) or letter.label
    waiting = access.sent_letters(case).filter(letter=key, move=None).last()
    if waiting is None:
        row_id = chance.uuid_for(f"{move_id}:{key}", "letter")
        waiting = issue(held, letter, row_id, asker, None, answers, said)
    waiting.move = move_id
    waiting.save(update_fields=["move"])
    document = queries.opened(held, waiting).document
    return document.plain if document is not None else letter.label


def issue(held: Dossier, letter: flow.Letter, row_id: UUID, asker: door.Asker, corrects: SentLetter | None,
          answers: Mapping[str, object] | None = None, said: str = "") -> SentLetter:
    """Write a letter down as it goes out, under its number. The case must be locked and looked at."""
    case, template = held.case, letter.template
    assert template is not None and asker.who is not None
    at, draft = moment.now(), queries.draft_of(case, letter.key)
    given = take_number(case, held.matter, letter, row_id)
    values = {**queries.values_of(held, answers), "said": said}
    document = flow.document(held.matter, letter, values, at, given, queries.kept_edits(case, draft))
    if corrects is not None:
        document = correcting(document, corrects)
    check_consent(held, letter, document)
    row = SentLetter(
        id=row_id, case=case, district=case.district, letter=letter.key, template=template.id, unit=case.unit,
        person_id=asker.who, at=at, number=given, to=letter.to[0], corrects=corrects,
        blob=sealing.seal(case.wrapped, case.id, queries.SENT, document.kept(), row_id))
    row.save(force_insert=True)
    if draft is not None:
        draft.delete()
    log.write("letter.sent", case.id, asker.name, {"letter": str(row_id), "key": letter.key, "number": given},
              case.wrapped)
    return row


def check_consent(held: Dossier, letter: flow.Letter, document: paper.Document) -> None:
    """Raises Refusal where the letter tells a party what she has not opened to it, or has shut again."""
    party, fields = told_though_shut(held, letter, document.plain)
    if fields:
        raise Refusal(_("The person has not opened this to %(party)s, or has shut it again: %(fields)s. The letter "
                        "says it. Ask the person to open it, or take it out of the letter where it can be changed; "
                        "then send it again."),
                      party=party, fields=fields)


def correcting(document: paper.Document, old: SentLetter) -> paper.Document:
    """The letter with a line that names the one it stands in place of."""
    named = old.number or f"{old.at.astimezone(moment.SHANGHAI):%Y年%m月%d日}发出的同名文书"
    return replace(document, foot=(f"本件更正{named}，以本件为准。", *document.foot))


def take_number(case: Case, matter: flow.Matter, letter: flow.Letter, row_id: UUID) -> str:
    """The next number of the unit's series, or letters by chance for a protected case; empty for what has none."""
    template = letter.template
    assert template is not None
    if not template.numbered:
        return ""
    series, year = letter.series or template.series, moment.today().year
    if case.guarded or matter.privacy == "P3":
        return f"{series}〔{year}〕{chance.letters_for(row_id.bytes, 'letter number', BY_CHANCE)}号"
    count_id = chance.uuid_for(f"{case.unit_id}:{series}:{year}", "letter count")
    LetterCount.objects.bulk_create([LetterCount(id=count_id, unit=case.unit, series=series, year=year)],
                                    ignore_conflicts=True)
    count = LetterCount.objects.select_for_update().get(id=count_id)
    count.last += 1
    count.save(update_fields=["last"])
    return f"{series}〔{year}〕{count.last}号"


def serve(asker: door.Asker, number: str, ref: str, service: Service) -> None:
    """Note how and when a letter reached its addressee; from then the time to reply runs. What was noted wrongly is
    noted again, as long as no reply came. Raises Unseen, Refusal."""
    with door.open(asker):
        case = workable(asker, number)
        row = one(case, ref)
        if row.replied_on is not None:
            raise Refusal(_("A reply has come already, so the day on which it was served stands."))
        check_day(service.on, row)
        if service.how not in SentLetter.Served.values:
            raise Refusal(_("Please choose how the letter reached them."))
        if service.read_on is not None:
            check_day(service.read_on, row)
        row.served, row.served_on, row.served_by_id = service.how, service.on, asker.who
        row.read_on = service.read_on
        row.served_note = sealed(case, row, queries.NOTE, service.note)
        reply = queries.reply_of(catalogue.matter_of(case.declaration_id).letters.get(row.letter))
        if reply is not None:
            row.reply_due = clock.reckon(clock.Rule.parse(reply.limit), service.on, catalogue.calendar()).due_at
        row.save(update_fields=["served", "served_on", "served_by", "read_on", "served_note", "reply_due"])
        log.write("letter.served", case.id, asker.name,
                  {"letter": str(row.id), "how": service.how, "on": service.on.isoformat()}, case.wrapped)


def note_reply(asker: door.Asker, number: str, ref: str, answered: Answered) -> None:
    """Note what came back. Its paper is kept as a file of the case. Raises Unseen, NotTaken, Refusal."""
    with door.open(asker):
        case = workable(asker, number)
        row = one(case, ref)
        check_day(answered.on, row)
        if not answered.words.strip() and not answered.content:
            raise Refusal(_("Please write what was answered, or add the paper that came."))
        if answered.content:
            row.reply_file = keep(case, asker, answered.file_name, answered.content, kind="reply", side=flow.LEAD)
        row.replied_on, row.reply = answered.on, sealed(case, row, queries.REPLY, answered.words)
        row.save(update_fields=["replied_on", "reply", "reply_file"])
        log.write("letter.replied", case.id, asker.name,
                  {"letter": str(row.id), "on": answered.on.isoformat()}, case.wrapped)


def workable(asker: door.Asker, number: str) -> Case:
    """The case, locked, of a unit of the asker's. Raises Unseen, Refusal once it was erased."""
    case = access.one(asker, number, lock=True)
    if case.key is None:
        raise Refusal(_("What was told here has been erased, so no letter can be written any more."))
    return case


def one(case: Case, ref: str) -> SentLetter:
    """The letter of this name. Raises Unseen."""
    return access.sent_letter(case, ref)


def check_day(day: date, row: SentLetter) -> None:
    """A day between the sending and today. Raises Refusal."""
    sent_on = row.at.astimezone(moment.SHANGHAI).date()
    if not sent_on <= day <= moment.today():
        raise Refusal(_("The day must lie between the day the letter was sent, %(sent)s, and today."),
                      sent=sent_on.isoformat())


def check(edits: flow.Edits) -> None:
    """Raises Refusal for what is longer than a letter can be."""
    written = [edits.addressee, *edits.blanks.values(), *edits.sections.values()]
    if any(len(text) > MOST_CHARACTERS for text in written):
        raise Refusal(_("Please keep each part of the letter under %(most)d characters."), most=MOST_CHARACTERS)


def allowed(letter: flow.Letter, edits: flow.Edits) -> flow.Edits:
    """Of what was typed, what the template lets be changed."""
    template = letter.template
    assert template is not None
    return flow.Edits(
        edits.addressee.strip(),
        {key: text.strip() for key, text in edits.blanks.items() if key in template.blanks and text.strip()},
        {key: text.strip() for key, text in edits.sections.items()
         if key in template.sections and template.sections[key].edit})


def store(case: Case, asker: door.Asker, key: str, edits: flow.Edits, seen: str) -> None:
    """Keep a draft, if it is still the one that was seen. Raises Stale."""
    draft = queries.draft_of(case, key)
    if (draft.at.isoformat() if draft is not None else "") != seen:
        if draft is not None and queries.kept_edits(case, draft) == edits:
            return  # the same form twice
        raise Stale
    draft_id = chance.uuid_for(f"{case.id}:{key}", "letter draft")
    blob = sealing.seal(case.wrapped, case.id, queries.DRAFT, json.dumps(asdict(edits), ensure_ascii=False), draft_id)
    LetterDraft.objects.update_or_create(id=draft_id, defaults={
        "case": case, "letter": key, "blob": blob, "at": moment.now(), "person_id": asker.who})


def sealed(case: Case, row: SentLetter, field: str, text: str) -> bytes:
    return sealing.seal(case.wrapped, case.id, field, text.strip(), row.id) if text.strip() else b""

"""Letters of cases: numbers without gaps, letters by chance where a case is protected, service, replies, drafts."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connections, transaction

from baiying.cases import actions as verbs
from baiying.cases import queries as reads
from baiying.cases.actions import Submission
from baiying.cases.actions import letters as actions
from baiying.cases.actions.letters import Answered, Service, Stale
from baiying.cases.models import SentLetter
from baiying.cases.queries import letters as queries
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from tests.cases.answering import above, lead_of, row
from tests.cases.conftest import COMMUNITY, entry, matters_where, people_of

LETTERS = 6  # by chance


def numbered(matter: flow.Matter, reply: bool = False) -> str:
    """The key of a letter of this matter that is numbered."""
    return next(key for key, one in matter.letters.items()
                if one.template is not None and one.template.numbered and (not reply or queries.reply_of(one)))


@pytest.fixture
def plain(send):
    """Cases of a matter that is not protected and has numbered letters."""
    key = matters_where(lambda one: one.privacy != "P3" and one.has_papers)
    return lambda name: send(key=name, matter=key)


@pytest.fixture
def hidden(send):
    """A case of a protected matter with numbered letters that the unit answers for with a time to reply."""
    key = matters_where(lambda one: one.privacy == "P3" and one.org == "union" and any(
        queries.reply_of(letter) for letter in one.letters.values()))
    return lambda name: send(key=name, matter=key)


def sent(receipt, key: str = "", form_key: str = "k", edits: flow.Edits = flow.UNCHANGED, corrects: str = "",
         seen: str = ""):
    """Send a numbered letter of the case; gives it as its page shows it."""
    asker = lead_of(receipt)
    ref = actions.send(asker, receipt.number, key or numbered(matter_of(receipt)), edits, seen, form_key, corrects)
    return queries.sent_letter(asker, receipt.number, ref).sent[0]


def matter_of(receipt) -> flow.Matter:
    return catalogue.matter_of(row(receipt).declaration_id)


def count(number: str) -> int:
    return int(number.partition("〕")[2].removesuffix("号"))


def test_a_unit_counts_in_its_own_series_of_the_year(plain):
    one, two = plain("one"), plain("two")
    assert [count(sent(one, form_key=k).row.number) for k in "ab"] + [count(sent(two).row.number)] == [1, 2, 3]
    assert "〔2026〕1号" in sent(one, form_key="a").row.number  # the same form is the same letter
    other = next(key for key, letter in matter_of(one).letters.items() if key != numbered(matter_of(one))
                 and letter.template is not None and letter.template.numbered)
    assert count(sent(one, other).row.number) == 1


def test_a_letter_that_fails_leaves_no_gap(plain, monkeypatch):
    case = plain("one")
    sent(case)
    with monkeypatch.context() as broken:
        broken.setattr(actions.log, "write", partial(fail, "after the number was taken"))
        with pytest.raises(RuntimeError):
            sent(case, form_key="broken")
    assert count(sent(case, form_key="next").row.number) == 2


def fail(why: str, *given: object) -> None:
    raise RuntimeError(why)


def test_many_who_send_at_once_get_numbers_without_a_gap_and_none_twice(committed_db):
    key = matters_where(lambda one: one.privacy != "P3" and one.has_papers)
    cases = [verbs.submit(Submission(key=f"at-once-{n}", words="同一件事", area=COMMUNITY, matter=key))
             for n in range(4)]
    unit = cases[0].unit.id
    mine = [case for case in cases if case.unit.id == unit]
    gate, found = threading.Barrier(len(mine)), []

    def writer(case) -> None:
        try:
            gate.wait(20)
            for turn in range(3):
                found.append(count(sent(case, form_key=str(turn)).row.number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=[case]) for case in mine]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == list(range(1, 3 * len(mine) + 1))


def test_a_protected_case_takes_letters_by_chance_and_no_number_of_the_count(hidden, plain):
    case = hidden("hidden")
    said = [sent(case, form_key=k).row.number.partition("〕")[2].removesuffix("号") for k in "abc"]
    assert len(set(said)) == 3 and all(len(one) == LETTERS and not one.isdigit() for one in said)
    assert count(sent(plain("open")).row.number) == 1


def test_a_letter_that_was_sent_is_never_changed_only_corrected(plain):
    case = plain("one")
    old = sent(case)
    with door.open(lead_of(case)):
        door.look_at(case.case_id)
        for changed in ({"number": "受〔2026〕9号"}, {"blob": b"other"}, {"to": "employer"}):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                SentLetter.objects.filter(id=old.row.id).update(**changed)
    new = sent(case, form_key="again", corrects=old.ref)
    assert new.row.corrects_id == old.row.id and f"更正{old.row.number}" in new.document.plain
    assert queries.sent_letter(lead_of(case), case.number, old.ref).sent[0].document == old.document


def test_the_time_to_reply_runs_from_the_day_it_was_served(hidden):
    case = hidden("one")
    letter = sent(case, numbered(matter_of(case), reply=True))
    asker, rule = lead_of(case), queries.reply_of(letter.letter)
    assert letter.row.reply_due is None and rule is not None
    with pytest.raises(Refusal):
        actions.serve(asker, case.number, letter.ref, Service("posted", moment.today() + timedelta(days=1)))
    with pytest.raises(Refusal):
        actions.serve(asker, case.number, letter.ref, Service("by pigeon", moment.today()))
    actions.serve(asker, case.number, letter.ref, Service("posted", moment.today(), "EX 0000 0000 0 CN"))
    seen = queries.sent_letter(asker, case.number, letter.ref).sent[0]
    assert seen.note == "EX 0000 0000 0 CN" and not seen.overdue and seen.basis
    assert seen.row.reply_due > moment.now()
    with moment.frozen(seen.row.reply_due + timedelta(minutes=1)):
        assert queries.sent_letter(asker, case.number, letter.ref).sent[0].overdue
        actions.note_reply(asker, case.number, letter.ref, Answered(moment.today(), "已经改正。"))
        done = queries.sent_letter(asker, case.number, letter.ref).sent[0]
        assert not done.overdue and done.reply_text == "已经改正。"
        with pytest.raises(Refusal):
            actions.serve(asker, case.number, letter.ref, Service("handed", date(2026, 3, 2)))


def test_the_level_above_sees_late_answers_of_open_cases_and_never_of_protected_ones(plain, hidden):
    open_case, secret = plain("open"), hidden("secret")
    federation = people_of(above(open_case).id)
    for case in (open_case, secret):
        letter = sent(case, numbered(matter_of(case), reply=True))
        actions.serve(lead_of(case), case.number, letter.ref, Service("handed", moment.today()))
    assert queries.overdue(federation) == []
    with moment.frozen(moment.now() + timedelta(days=60)):
        assert [one.number for one in queries.overdue(federation)] == [row(open_case).number]
        lead = lead_of(open_case)
        ref = queries.letters(lead, open_case.number).sent[0].ref
        actions.note_reply(lead, open_case.number, ref, Answered(moment.today(), "好。"))
        assert queries.overdue(federation) == []


def test_what_was_written_into_a_letter_is_kept_and_goes_out(plain):
    case = plain("one")
    asker, key = lead_of(case), numbered(matter_of(case))
    template = matter_of(case).letters[key].template
    section = next(one.key for one in template.sections.values() if one.edit)
    fixed = next(one.key for one in template.sections.values() if not one.edit)
    edits = flow.Edits("何应声女士", {"contact": "王工, 68600000"}, {section: "下周三前答复。", fixed: "别的话"})
    actions.write_into(asker, case.number, key, edits, "")
    kept = queries.preparing(asker, case.number, key)
    assert kept.sections[section] == "下周三前答复。" and "别的话" not in kept.document.plain
    with pytest.raises(Stale):
        actions.write_into(asker, case.number, key, flow.Edits("别人"), "")
    letter = sent(case, key, edits=kept.edits, seen=kept.seen)
    assert "何应声女士：" in letter.document.plain and "王工, 68600000" in letter.document.plain
    assert queries.preparing(asker, case.number, key).seen == ""


def test_a_letter_goes_out_with_the_move_that_names_it_under_one_number(hidden):
    case = hidden("one")
    asker, matter = lead_of(case), matter_of(case)
    key = numbered(matter)
    early, stored = sent(case, key), row(case)
    with door.open(asker):
        door.look_at(case.case_id)
        text = actions.with_move(stored, matter, key, case.case_id, {})
        assert text == early.document.plain
        assert SentLetter.objects.get(id=early.row.id).move == case.case_id


def test_she_takes_drafts_that_are_hers_and_what_was_sent_and_nothing_else(send):
    key = matters_where(lambda one: one.safe and any(
        letter.template and letter.template.hers for letter in one.letters.values()))
    case = send(key="hers", matter=key)
    hers = queries.her_letters(entry(case))
    assert hers.hidden and len(hers.drafts) == 1
    me = door.Asker(door=entry(case))
    assert queries.printed(me, None, hers.drafts[0].key, "pdf").content.startswith(b"%PDF")
    assert queries.printed(me, None, hers.drafts[0].key, "docx").content.startswith(b"PK")
    other = next(one for one, letter in matter_of(case).letters.items()
                 if letter.template is not None and not letter.template.hers)
    for ref in (other, "none", "ABCDEFGHJKMN"):
        with pytest.raises(Unseen):
            queries.printed(me, None, ref, "pdf")
    with pytest.raises(Refusal):
        actions.send(lead_of(case), case.number, hers.drafts[0].key, flow.UNCHANGED, "", "k")


def test_another_unit_sees_neither_letters_nor_drafts_and_her_reading_is_told(plain, hidden):
    case = hidden("one")
    letter = sent(case)
    stranger = people_of(above(plain("two")).id)
    for attempt in (partial(queries.letters, stranger, case.number),
                    partial(queries.printed, stranger, case.number, letter.ref, "pdf"),
                    partial(queries.preparing, stranger, case.number, letter.row.letter),
                    partial(actions.serve, stranger, case.number, letter.ref, Service("handed", moment.today()))):
        with pytest.raises(Unseen):
            attempt()
    before = len(reads.story(entry(case)).readings)
    queries.printed(lead_of(case), case.number, letter.ref, "pdf")
    assert len(reads.story(entry(case)).readings) == before + 1


def test_a_letter_tells_a_party_nothing_that_she_has_shut_to_it_and_the_sentence_says_what(send, guarded_matter):
    receipt = send(words="他又打我了。", matter=guarded_matter, name="金小满",
                   answers={"now_safe": "yes", "injury": "yes", "weapons": "no", "ward": "no", "want": ["告诫书"]})
    lead, key = lead_of(receipt), "warning_request"
    ref = verbs.invite(lead, receipt.number, verbs.Guest(party="police", name="派出所", phone="13800138001",
                                                           code_phone="13800138002", text="请出警。"),
                       "ask")
    verbs.consent(entry(receipt), ref, True, "yes", ("words",))
    with pytest.raises(Refusal) as refused:
        sent(receipt, key)
    assert "姓名" in refused.value.sentence and "公安" in refused.value.sentence
    verbs.choose(entry(receipt), ref, ("words", "identity"), "more")
    assert "金小满" in sent(receipt, key, "opened").document.plain
    typed = flow.Edits(sections={"facts": "她说: 他又打我了。"})
    verbs.choose(entry(receipt), ref, ("identity",), "less")
    with pytest.raises(Refusal):
        sent(receipt, key, "typed", typed)
    assert len(queries.letters(lead, receipt.number).sent) == 1, "what was sent stays; nothing more goes out"

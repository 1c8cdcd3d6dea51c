"""`baiying intake replay`: real messages through the same action as the page; twice is once, bad lines are told."""

from __future__ import annotations

import gzip
import json

import pytest

from baiying.project.commands.intake import Count, read_lines, where_they_went
from baiying.project.errors import Trouble
from baiying.project.messages import Unfit, submission
from tests.project.conftest import inside
from tests.shared import shared

REAL = {"data/liuyan_hangzhou/messages.dev.jsonl.gz": 987, "data/letters_beijing/letters.dev.jsonl.gz": 741}
UNITLESS = ("SELECT count(*) FROM cases_case c WHERE c.channel = 'replay' AND (c.unit_id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM cases_clock k WHERE k.case_id = c.id AND k.due_at IS NOT NULL))")


def taken(*lines: bytes | dict) -> Count:
    count = Count()
    for number, line in enumerate(lines, 1):
        count.take(number, line if isinstance(line, bytes) else json.dumps(line).encode())
    return count


@pytest.mark.live
@pytest.mark.xdist_group("operations")
@pytest.mark.parametrize(("file", "count"), [
    pytest.param(file, count, id=file.split("/")[1], marks=pytest.mark.deep if count > 900 else ())  # half a minute
    for file, count in REAL.items()])
def test_every_real_message_gets_a_number_a_unit_and_a_clock_and_twice_is_once(standing, file, count):
    with inside(standing.data) as direct:
        before = direct.execute("SELECT count(*) FROM cases_case").fetchone()[0]
        first, again = (standing.command("intake", "replay", str(shared(file))) for _turn in range(2))
        assert first.stdout.splitlines()[-1] == f"{count} read, {count} new, 0 known, 0 refused", first
        assert again.stdout.splitlines()[-1] == f"{count} read, 0 new, {count} known, 0 refused", again
        after, numbers = direct.execute("SELECT count(*), count(DISTINCT number) FROM cases_case").fetchone()
        assert after - before == count and numbers == after
        assert direct.execute(UNITLESS).fetchone() == (0,)


@pytest.mark.live
@pytest.mark.xdist_group("operations")
def test_a_stopped_installation_takes_messages_too_and_is_stopped_afterwards(baiying, folder, tmp_path):
    (tmp_path / "m.jsonl").write_text('{"id": "1", "text": "有人吗?"}\n{"id": "2", "text": ""}\n', "utf-8")
    done = baiying("intake", "replay", str(tmp_path / "m.jsonl"))
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "2 read, 1 new, 0 known, 1 refused", done
    assert done.stderr.startswith("line 2: ") and "Traceback" not in done.stderr
    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()


def test_characters_that_no_text_holds_are_taken_out_and_nothing_crashes(db):
    count = taken({"id": "a", "text": "零\x00字"}, b'{"id": "b", "text": "half \\ud83d of one"}',
                  b'{"id": "\\ud83d", "text": "x"}', b'{"id": "\\u0000", "text": "y"}', {"id": "c", "text": "😀" * 3})
    assert (count.new, count.refused) == (5, 0), count.reasons


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200e\ufeff", "\n\t\u3000", "\x00"])
def test_a_message_in_which_nothing_can_be_seen_is_refused(db, text):
    count = taken({"id": "a", "text": text})
    assert (count.new, count.refused) == (0, 1) and count.reasons[0].startswith("line 1: ")


def test_invisible_characters_within_words_are_no_trouble(db):
    assert taken({"id": "a", "text": "工\u200b资\u202e没发"}).new == 1


def test_a_message_that_is_too_long_is_refused_with_its_length_and_the_most(db):
    assert taken({"id": "a", "text": "长" * 20_000}).new == 1
    count = taken({"id": "b", "text": "长" * 20_001})
    assert count.refused == 1 and "20001" in count.reasons[0] and "20000" in count.reasons[0]


def test_a_message_without_an_id_is_told_from_others_by_its_words(db):
    count = taken({"text": "甲"}, {"id": None, "text": "甲"}, {"id": "", "text": "乙"}, {"id": 7, "text": "甲"})
    assert (count.new, count.known, count.refused) == (3, 1, 0)


@pytest.mark.parametrize(("line", "sentence"), [
    ('{"id": "g", "text": "乱码"}'.encode("gb18030"), "reads as GBK. Convert the file first: iconv"),
    (b"\xff\xfe\x80", "no text in UTF-8"),
    (b'{"id": "x"', "not JSON (Expecting"),
    (b"[1]", "no object with an id and a text"),
    (b"null", "no object with an id and a text"),
    (b'{"id": true, "text": "x"}', "neither a text nor a number"),
    (b'{"id": ["x"], "text": "x"}', "neither a text nor a number"),
    (b'{"id": "x", "text": 5}', "The text of this message is no text"),
    (b'{"id": "x", "title": {}, "text": "y"}', "The title of this message is no text"),
    (b'{"id": "' + b"x" * 201 + b'", "text": "y"}', "longer than 200 characters"),
    (b"[" * 100_000, "nested too deeply"),
])
def test_a_line_that_is_no_message_gets_a_sentence(line, sentence):
    with pytest.raises(Unfit) as refused:
        submission(line)
    assert sentence in str(refused.value)


def test_files_plain_packed_with_a_mark_or_damaged(tmp_path):
    line = b'{"id": "1", "text": "x"}\n'
    (tmp_path / "plain").write_bytes(b"\xef\xbb\xbf" + line + b"\n" + line)
    assert read_lines(tmp_path / "plain") == [(1, line), (3, line)]
    packed = gzip.compress(line * 1000)
    (tmp_path / "packed").write_bytes(packed)
    assert len(read_lines(tmp_path / "packed")) == 1000
    (tmp_path / "cut").write_bytes(packed[:-10])
    (tmp_path / "noise").write_bytes(packed[:20] + b"noise" * 9)
    for name, sentence in (("cut", "nothing of it was taken"), ("noise", "nothing of it was taken"),
                           ("none", "There is no file"), (".", "is a folder")):
        with pytest.raises(Trouble, match=sentence):
            read_lines(tmp_path / name)


@pytest.mark.parametrize(("line", "words"), [
    ({"id": "1", "title": "题", "text": "文"}, "题\n文"),
    ({"id": 2, "question": "问"}, "问"), ({"id": "3", "first": "先"}, "先"),
    ({"tid": 4, "tokens": "工资 没 发"}, "工资没发"), ({"id": "5", "text": "", "question": "问"}, "问"),
])
def test_files_call_their_words_differently(line, words):
    assert submission(json.dumps(line).encode()).words == words


def test_two_tables_that_number_alike_are_told_apart(db):
    count = taken({"id": 7, "text": "甲"}, {"tid": 7, "tokens": "乙 丙"})
    assert (count.new, count.known) == (2, 0)
    assert submission(b'{"id": 7, "text": "x"}').key != submission(b'{"id": 7, "text": "x"}', "other").key


def test_a_known_id_with_other_words_is_refused_and_not_swallowed(db):
    count = taken({"id": "a", "text": "工资没发"}, {"id": "a", "text": "孩子上学"}, {"id": "a", "text": "工资没发"})
    assert (count.new, count.known, count.refused) == (1, 1, 1)
    assert "--source" in count.reasons[0]


def test_words_of_danger_sent_twice_are_known_too(db):
    count = taken(*[{"id": "a", "text": "他打我, 我不敢回家"}] * 2)
    assert (count.new, count.known, count.refused, count.danger) == (1, 1, 0, 2)


def test_the_table_says_where_all_went_and_what_is_not_ours(db):
    lines = [{"id": str(n), "text": text} for n, text in enumerate(
        ["公交车350路能不能增加一站", "三个月没有发工资了, 老板拖欠工钱", "他打我, 我不敢回家",
         "我在海淀区上班, 年假不给休"])]
    count = taken(*lines)
    table = list(where_they_went(count))
    rows = [line.split() for line in table[1:1 + len(count.ways)]]
    assert sum(int(row[0]) for row in rows) == count.new == 4
    assert any("(sealed)" in line for line in table) and any(line.startswith("Not ours by their words: 1 of 4 (25.0%)")
                                                             for line in table)
    assert "Another district named: 1 (25.0%)." in table[-1] and "Words of danger: 1 (25.0%)." in table[-1]
    assert sum(count.elsewhere.values()) == 1


def test_nothing_taken_has_no_table(db):
    assert list(where_they_went(taken({"id": "a", "text": ""}))) == []

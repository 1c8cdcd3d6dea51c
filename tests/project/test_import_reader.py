"""The pure reader of sheets: encodings, delimiters, workbooks, invisible characters, what a spreadsheet has ruined."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from baiying.engine import sheets
from baiying.engine.sheets import Ruined, Unreadable, cleaned, open_table, visible

NOON = datetime.combine(date(2026, 1, 2), time())  # as a workbook holds a day: without a zone
TEXT = "姓名,手机号\n何应声,01000000101\n"


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "members.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("encoding", "named"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16"),
])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_delimiter(tmp_path, encoding, named, sign):
    table = open_table(file(tmp_path, TEXT.replace(",", sign).encode(encoding)))
    assert table.encoding == named and table.delimiter == sign
    assert list(table.rows()) == [(1, ["姓名", "手机号"]), (2, ["何应声", "01000000101"])]


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path):
    table = open_table(file(tmp_path, b'a,b\r\n\r\n"two\nlines",x\r\n,,\r\ny,z\r\n'))
    assert [number for number, _cells in table.rows()] == [1, 3, 5]


def test_a_rare_character_of_gb18030_is_kept(tmp_path):
    name = "䶮𬙋"
    assert next(iter(open_table(file(tmp_path, f"{name},x\n".encode("gb18030"))).rows()))[1][0] == name


def test_a_workbook_gives_its_rows_with_their_numbers_and_kinds(tmp_path):
    path = tmp_path / "units.bin"  # what it is called does not matter
    book = xlsxwriter.Workbook(str(path))
    hidden, sheet = book.add_worksheet("hidden"), book.add_worksheet("名册")
    hidden.hide()
    sheet.activate()
    hidden.write(0, 0, "not this one")
    sheet.write_row(1, 1, ["姓名", "证件号码"])
    sheet.write(3, 1, "何应声")
    sheet.write_number(3, 2, 110107199003070123)
    sheet.write_datetime(3, 3, NOON, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    table = open_table(path)
    assert (table.sheet, table.first) == ("名册", 1)
    rows = list(table.rows())
    assert [number for number, _cells in rows] == [2, 4]
    name, number, day = rows[1][1]
    assert name == "何应声" and isinstance(number, float) and sheets.date_of(day) == date(2026, 1, 2)


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty"), (b" \n \n", "empty"), (b"PK\x03\x04 broken", "workbook"), (b"\xd0\xcf\x11\xe0 broken", "workbook"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "no_text"), ("姓名\n".encode() + b"\xff\xff\xff,\x81", "encoding"),
])
def test_what_is_no_sheet_is_told_as_such(tmp_path, content, code):
    with pytest.raises(Unreadable) as told:
        open_table(file(tmp_path, content))
    assert told.value.code == code


@pytest.mark.long
def test_a_small_file_that_unpacks_to_a_memoryful_is_refused_unread(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/sheet1.xml", "w") as part:
        for _block in range(1_600):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < 5_000_000
    with pytest.raises(Unreadable) as told:
        open_table(path)
    assert told.value.code == "unpacks"


@pytest.mark.parametrize(("text", "shown"), [
    ("何应声", "何应声"), ("何\u200b应声", "何[U+200B]应声"), ("何应声\u00a0", "何应声[␣ U+00A0]"),
    (" 何 应声 ", "[␣]何 应声[␣]"), ("１２", "１[U+FF11]２[U+FF12]"), ("一\n二", "一[↵]二"), ("一\r\n二", "一[↵]二"),
    ("\ufeff一", "[U+FEFF]一"), ("一\t", "一[⇥]"), ("\u3000一", "[␣ U+3000]一"), ("\u202e一", "[U+202E]一"),
])
def test_what_an_eye_would_miss_is_made_visible(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(("text", "meant"), [
    ("何\u200b应声", "何应声"), ("何应声\u00a0", "何应声"), ("１３８Ａ", "138A"), ("\ufeff编号", "编号"),
    (" a  b ", "a b"), ("某公司（一）", "某公司（一）"), ("一\r\n二", "一\n二"), ("阿依\u00b7古丽", "阿依\u00b7古丽"),
    ("葛\U000e0100", "葛\U000e0100"),
])
def test_invisible_characters_go_and_nothing_that_is_read(text, meant):
    assert cleaned(text) == meant


@given(st.text())
def test_cleaning_is_done_once_and_leaves_nothing_hidden(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert "[U+200B]" not in visible(once.replace("\n", "")) and "\u00a0" not in once


@pytest.mark.parametrize(("raw", "code"), [
    (1.10107199003070e17, "id_number"), ("1.10107E+17", "id_number"), ("1.10107e17", "id_number"),
    ("110107199003070000", "id_rounded"), ("110107199003070123.0", "id_decimal"), ("11010719900307012", "id_short"),
    (20107199003070.0, "id_number"), (date(2026, 1, 2), "id_date"), (True, "not_text"), ("11\n22", "lines"),
    ("####", "hashes"),
])
def test_an_identity_number_that_a_spreadsheet_ruined_is_refused(raw, code):
    with pytest.raises(Ruined) as told:
        sheets.identity_of(raw)
    assert told.value.code == code


@pytest.mark.parametrize(("raw", "taken"), [
    ("110107199003070123", "110107199003070123"), ("'11010719900307012X", "11010719900307012X"),
    (" １1010719900307012x\u200b", "11010719900307012x"),
    (110107900307012.0, "110107900307012"), ("E12345678", "E12345678"),
    (None, ""), ("", ""),
])
def test_an_identity_number_that_is_whole_is_taken(raw, taken):
    assert sheets.identity_of(raw) == taken


@pytest.mark.parametrize(("raw", "code"), [
    ("1.38001E+10", "tel_number"), ("13800138000.0", "tel_number"), (1068608801.0, "tel_number"),
    (13800138000.5, "tel_number"), ("4008008888.0", "tel_number"), (NOON, "tel_number"), ("1068608801", "tel_zero"),
    ("7558888888", "tel_zero"),
])
def test_a_telephone_that_lost_a_digit_or_a_zero_is_refused(raw, code):
    with pytest.raises(Ruined) as told:
        sheets.telephone_of(raw)
    assert told.value.code == code


def test_a_mobile_number_in_a_numeric_cell_has_lost_nothing():
    assert sheets.telephone_of(13800138000.0) == "13800138000"
    assert sheets.telephone_of("4008008888") == "4008008888", "no area code has lost its zero here"
    assert sheets.telephone_of("010-00000101") == "010-00000101" and sheets.telephone_of(None) == ""


@pytest.mark.parametrize("raw", [date(2026, 1, 2), NOON, "2026-01-02", "2026/1/2", "2026.1.2",
                                 "2026年1月2日", "20260102", 20260102.0, "2026-01-02 00:00:00", "２０２６-1-2"])
def test_a_day_is_read_in_the_ways_it_is_written(raw):
    assert sheets.date_of(raw) == date(2026, 1, 2)


@pytest.mark.parametrize(("raw", "code"), [
    (46024.0, "date_serial"), ("46024", "date_serial"), ("2026-02-30", "no_such_day"), ("2026年1月", "month"),
    ("1/2/26", "no_date"), ("去年", "no_date"), (True, "no_date"),
])
def test_what_is_no_day_is_told_and_a_serial_number_with_the_day_it_was(raw, code):
    with pytest.raises(Ruined) as told:
        sheets.date_of(raw)
    assert told.value.code == code
    assert code != "date_serial" or told.value.details["would"] == "2026-01-02"


@pytest.mark.parametrize(("raw", "code"), [("甲\n乙", "lines"), (date(2026, 3, 1), "date_made"), (0.5, "not_text")])
def test_a_text_that_is_none_is_told(raw, code):
    with pytest.raises(Ruined) as told:
        sheets.text_of(raw)
    assert told.value.code == code


def test_yes_and_no_are_read_as_they_are_written():
    assert [sheets.yes_no_of(word) for word in ("是", "否", "√", "", None, True, "NO")] == \
           [True, False, True, None, None, True, False]

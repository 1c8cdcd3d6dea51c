"""Letters on paper: every template's text, the Chinese text in the PDF, fonts inside, Word files that open, and nothing
that a person types is ever mark-up."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from baiying.engine import flow, paper
from baiying.engine.flow import Letter, Template
from baiying.engine.loader import letters
from baiying.engine.paper import Document, Part, typeset
from tests.engine.paper.whole import CATALOGUE

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
VALUES = {"number": "K7QF-2M3N-PA", "unit": "八角街道总工会", "today": date(2026, 3, 2), "name": "何应声",
          "telephone": "010-0000-0108", "said": "写在这一步里的话。"}
TEMPLATES = {one.key: letters.build({**one.table, "key": one.key, "id": one.id})
             for one in CATALOGUE.declarations if one.kind == "letter"}
MARKUP = st.text(alphabet="#*_$`[]{}<>@/\\\"'=+~-&;|^%!ab1工资，。", min_size=1, max_size=60)


def document(template: Template, **blanks: str) -> Document:
    letter = Letter("x", "文书", "Letter", ("asker",), template=template)
    number = f"{template.series}〔2026〕12号" if template.numbered else ""
    return flow.document(CATALOGUE.matters[0], letter, VALUES, AT, number, flow.Edits(blanks=blanks))


def bare(text: str) -> str:
    """A text without what a page breaks and fills."""
    return re.sub(r"[\s\u200b]", "", text)


def of_pdf(content: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def of_docx(content: bytes) -> str:
    return bare("".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs))


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_every_template_is_filled_as_its_golden_text_says(key):
    """Changed on purpose? .venv/bin/python -m tests.engine.paper.whole writes the golden texts anew; read them."""
    assert document(TEMPLATES[key]).plain + "\n" == (GOLDEN / f"{key}.txt").read_text(encoding="utf-8")


def test_what_was_said_with_the_step_and_the_units_telephone_stand_in_the_letter_and_a_person_can_change_both():
    template = TEMPLATES["aid_refusal"]
    sent = document(template)
    assert "理由\n写在这一步里的话。" in sent.plain and "联系人和电话：010-0000-0108" in sent.plain
    assert "小石, 12351" in document(template, contact="小石, 12351").plain
    letter = Letter("x", "文书", "Letter", ("asker",), template=template)
    beside = flow.document(CATALOGUE.matters[0], letter, {"number": "1"}, AT)
    assert "理由\n________" in beside.plain, "a letter that goes out without a step has no words of one"


def test_every_letter_of_the_tracks_is_a_template():
    """The tracks of dispute, aid, injury, bargaining, dismissal, supervision, violence, family, rights and visits."""
    tracks = ("union.dispute.", "union.legal.", "union.supervision.", "union.injury.", "union.bargaining.",
              "union.dismissal.", "women.matter.", "women.dv.", "women.harassment", "women.family.", "women.legal.",
              "women.source.", "women.visit")
    plain = {(matter.key, letter.key) for matter in CATALOGUE.matters if matter.key.startswith(tracks)
             for letter in matter.letters.values() if letter.template is None}
    assert plain == set()


def test_every_template_says_whose_wording_it_is():
    assert len(TEMPLATES) >= 45
    assert all(one.basis_zh and one.grade in ("proposed", "other_province_law") for one in TEMPLATES.values())


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_the_pdf_has_the_whole_chinese_text_and_its_fonts_inside(key):
    wanted = document(TEMPLATES[key], employer="石景山区某餐饮有限公司")
    content = paper.pdf(wanted)
    read = PdfReader(io.BytesIO(content))
    for line in wanted.plain.splitlines():
        assert bare(line) in of_pdf(content), line
    fonts = [font.get_object() for page in read.pages for font in page["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert inside and all({"/FontFile3", "/FontFile2"} & set(one) for one in inside)
    assert "CJK" in str(inside[0]["/FontName"])


@pytest.mark.parametrize("key", ["arbitration_application", "supervision_opinion"])
def test_the_word_file_opens_and_says_the_same(key):
    wanted = document(TEMPLATES[key], employer="石景山区某餐饮有限公司")
    content = paper.docx_bytes(wanted)
    assert all(bare(line) in of_docx(content) for line in wanted.plain.splitlines())
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert {one.date_time[0] for one in parts.infolist()} == {1980}
    links = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
    assert "TargetMode" not in links  # nothing is fetched from outside when it opens


def test_the_same_letter_is_the_same_bytes():
    wanted = document(TEMPLATES["supervision_opinion"])
    again = Document.from_kept(wanted.kept())
    assert again == wanted
    assert paper.pdf(again) == paper.pdf(wanted) and paper.docx_bytes(again) == paper.docx_bytes(wanted)


def test_a_draft_says_that_it_is_one_and_where_it_is_filed():
    text = of_pdf(paper.pdf(document(TEMPLATES["protection_order"])))
    assert "草稿" in text and "基层人民法院" in text and "2026年" not in text
    assert "草稿" not in of_pdf(paper.pdf(document(TEMPLATES["supervision_opinion"])))


@given(MARKUP)
@settings(max_examples=60, deadline=None)
def test_nothing_typed_is_markup_in_the_pdf(said):
    typed = Document("标题", (Part("", f"〈{said}〉"),), AT, addressee=said, sign=(said,))
    assert f"〈{bare(said)}〉" in of_pdf(paper.pdf(typed)).replace("〈 ", "〈")


@given(st.text(max_size=80))
@settings(max_examples=15, deadline=None)
def test_any_text_makes_a_pdf_and_a_word_file(said):
    typed = Document(said, (Part(said, said),), AT, number=said, addressee=said, sign=(said,), date=said, foot=(said,))
    assert paper.pdf(typed).startswith(b"%PDF") and paper.docx_bytes(typed).startswith(b"PK")


@given(MARKUP)
@settings(max_examples=25, deadline=None)
def test_nothing_typed_brings_in_a_placeholder(said):
    template = TEMPLATES["supervision_notice"]
    text = document(template, employer=f"{said}{{problem}}{{name}}").plain
    assert f"{said}{{problem}}{{name}}：" in text


def test_a_machine_without_a_chinese_font_says_so(monkeypatch):
    monkeypatch.setattr(typeset, "_families", frozenset)
    with pytest.raises(paper.NoFont):
        paper.pdf(document(TEMPLATES["acceptance"]))
    assert paper.font() == "" and paper.docx_bytes(document(TEMPLATES["acceptance"]))

"""The privacy impact assessment: every field of every table is declared, nothing else is, and the page is fresh."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import timedelta

import pytest

from baiying.catalogue import privacy
from tools import privacy as tool

HOW = "declare it in catalogue/privacy/<app>.toml, then run tools/privacy.py"


@pytest.fixture(scope="module")
def found():
    return privacy.read(tool.CATALOGUE)


def test_every_field_of_every_table_is_declared(found):
    assert tool.undeclared(found) == [], HOW


def test_no_declaration_names_a_field_or_a_word_that_is_not_there(found):
    assert tool.unknown(found) == []
    assert found.faults == ()


def test_the_page_of_the_assessment_is_fresh():
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run .venv/bin/python tools/privacy.py"


def test_a_field_that_is_left_out_and_one_that_is_made_up_are_both_found(found):
    without = {key: told for key, told in found.fields.items() if key != ("cases.Case", "verdict")}
    assert "cases.Case.verdict" in tool.undeclared(dataclasses.replace(found, fields=without))
    beside = {**found.fields, ("cases.Case", "mood"): found.fields["cases.Case", "verdict"]}
    assert "cases.Case.mood" in tool.unknown(dataclasses.replace(found, fields=beside))


def test_words_that_stand_nowhere_and_fields_declared_twice_are_faults(tmp_path):
    shutil.copytree(tool.CATALOGUE / "privacy", tmp_path / "privacy")
    line = '{ fields = ["at", "at"], for = "curiosity", class = "P9", who = "case", keep = "ever", ground = "none" }'
    (tmp_path / "privacy" / "setup.toml").write_text(f'[Installation]\nname = "x"\nname_en = "x"\nof = [{line}]\n')
    said = " ".join(privacy.read(tmp_path).faults)
    assert "curiosity stands nowhere" in said and "P9 is no class" in said and "declared twice" in said


def test_what_is_sealed_is_of_the_highest_class(found):
    sealed = [(model, column) for model, column in tool.every_field()
              if column in ("sealed", "blob", "payload", "guardian_sealed")]
    assert len(sealed) >= 6
    assert [one for one in sealed if (told := found.of(*one)) and told.privacy != "P3"] == []


def test_keys_are_kept_shorter_than_data():
    assert privacy.term("key_backup") < privacy.term("data_backup")
    assert privacy.length("2 months") == timedelta(days=60)

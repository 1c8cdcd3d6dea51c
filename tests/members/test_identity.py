"""Names, papers and telephones as they are really written; what a spreadsheet ruined is told, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.members import identity
from baiying.members.identity import check_name, check_paper, check_telephone
from tests.members.figures import identity_number, telephone


def refused(call, *given_, **named) -> str:
    with override("en"), pytest.raises(Refusal) as told:
        call(*given_, **named)
    with override("en"):
        return told.value.sentence


@pytest.mark.parametrize(("typed", "kept"), [
    ("何应声", "何应声"),
    ("何 应　声", "何应声"),
    ("\ufeff何应声\u200b\u200f", "何应声"),
    ("玥", "玥"),
    ("阿依·古丽", "阿依·古丽"),
    ("阿依•古丽", "阿依·古丽"),
    ("阿依‧古丽", "阿依·古丽"),
    ("阿依・古丽", "阿依·古丽"),
    ("阿依 . 古丽", "阿依·古丽"),
    ("阿依．古丽", "阿依·古丽"),
    ("𠮷应声", "𠮷应声"),
    ("何\U000301ee", "何\U000301ee"),
    ("〇一", "〇一"),
    ("Ｊｅａｎ－Ｌｕｃ  O'Nobody", "Jean-Luc O'Nobody"),
    ("J. Nobody", "J. Nobody"),
])
def test_a_name_has_one_form(typed, kept):
    assert check_name(typed) == kept


@pytest.mark.parametrize(("typed", "word"), [
    ("", "no name"), (" \u200b·", "no name"), ("何\ue000", "U+E000"), ("何\U000f0001", "private use"),
    ("何?声", "lost"), ("何\ufffd", "lost"), ("13800138000", "no name"), ("何@", "no name"), ("何" * 81, "80"),
    ("·古丽", "middle dot"),
])
def test_what_is_no_name_is_refused_with_its_reason(typed, word):
    assert word in refused(check_name, typed) or word in refused(check_name, typed).replace("part of no", "no")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=90))
def test_a_name_that_is_taken_is_taken_again_unchanged(typed):
    try:
        kept = check_name(typed)
    except Refusal as refusal:
        assert refusal.sentence.endswith(("。", "."))
    else:
        assert check_name(kept) == kept and identity.name_match(kept) == identity.name_match(typed)


def test_the_15_and_the_18_digits_of_one_identity_number_are_one():
    long = identity_number(123, born="19650203")
    short = long[:6] + long[8:17]
    old, new = check_paper("id", short), check_paper("id18", f" {long[:6]} {long[6:14]}-{long[14:]} ")
    assert (old.kind, new.kind) == ("id15", "id18")
    assert old.match == new.match == long and old.number == short


@pytest.mark.parametrize(("kind", "typed", "found"), [
    ("id18", identity_number(5, region="810000"), "hmt_residence"),
    ("hmt_residence", identity_number(6, region="830000"), "hmt_residence"),
    ("id", identity_number(7, region="911124"), "permanent"),
    ("permanent", "usa110107800101", "permanent"),
    ("passport", "e 0000 0000", "passport"),
    ("hm_permit", "h00000000", "hm_permit"),
    ("tw_permit", "00000000", "tw_permit"),
])
def test_every_kind_of_paper_is_read(kind, typed, found):
    assert check_paper(kind, typed).kind == found


def test_the_old_and_the_new_number_of_a_permit_match():
    assert check_paper("hm_permit", "H0000000001").match == check_paper("hm_permit", "H00000000").match
    assert check_paper("tw_permit", "00000000(01)").match == check_paper("tw_permit", "00000000").match


@pytest.mark.parametrize("typed", ["1.10107E+17", "1.1010719900307E+17", identity_number(1)[:15] + "000"])
def test_what_a_spreadsheet_ruined_is_told_as_such(typed):
    assert "spreadsheet has ruined" in refused(check_paper, "id18", typed)


def test_three_true_zeros_are_believed_of_somebody_who_typed_them():
    number = next(one for born in range(19800101, 19800129)
                  if (one := identity_number(100, born=str(born))).endswith("000"))
    assert check_paper("id18", number, by_hand=True).number == number
    assert "spreadsheet" in refused(check_paper, "id18", number)


@pytest.mark.parametrize(("kind", "typed"), [
    ("id18", ""), ("id18", "11010719900307123"), ("id18", identity_number(1, born="19900230")), ("passport", "ABCDE"),
    ("passport", "1"), ("hm_permit", "X00000000"), ("tw_permit", "123"), ("library", "00000000"),
    ("id18", identity_number(1, born="29900101")),
])
def test_what_is_no_such_paper_is_refused_with_a_full_sentence(kind, typed):
    assert refused(check_paper, kind, typed).endswith(".")


def test_one_wrong_digit_of_an_identity_number_is_noticed():
    number = identity_number(321)
    for place in range(14, 17):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1:]
        assert refused(check_paper, "id18", wrong)


@pytest.mark.parametrize(("typed", "kept"), [
    ("", ""), (" ", ""), ("138 0013 8000", "13800138000"), ("13800138000.0", "13800138000"),
    ("'13800138000", "13800138000"), ("+86 13800138000", "13800138000"), ("010-0000-0001", "01000000001"),
])
def test_a_telephone_has_one_form_and_nobody_must_have_one(typed, kept):
    assert check_telephone(typed) == kept


def test_a_telephone_that_a_spreadsheet_shortened_is_told_as_such():
    assert "spreadsheet" in refused(check_telephone, "1.38E+10") and refused(check_telephone, "12345")


def test_the_guard_of_a_child_ends_on_its_fourteenth_birthday():
    child = check_paper("id18", identity_number(9, born="20120229"))
    assert identity.of_age_on(date(2012, 2, 29)) == date(2026, 3, 1)
    assert identity.is_under_guard(child, date(2026, 2, 28)) and not identity.is_under_guard(child, date(2026, 3, 1))


def test_a_child_is_not_entered_by_a_list():
    with moment.frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        row = identity.NewMember(1, "金安宁", UUID(int=0), (("id18", identity_number(9, born="20120229")),))
        assert "guardian" in refused(identity.check_member, row)


def test_a_paper_is_masked_but_for_a_few_signs():
    assert identity.mask("id18", identity_number(1)).count("*") == 11
    assert identity.mask("passport", "E00000000") == "E0*****00" and "*" in identity.mask("tw_permit", "12345")
    assert telephone(3) == "01000000003"

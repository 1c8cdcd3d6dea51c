"""The form of the box serves many requests with one set of fields; nothing of one reaches the next."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from baiying.web.forms.handler_enter import EnterForm
from baiying.web.forms.need import NeedForm

pytestmark = pytest.mark.django_db


def test_a_form_of_the_box_shares_its_fields_and_keeps_nothing_of_what_was_sent_before() -> None:
    first = NeedForm(QueryDict("key=a&words=工资​没有发"))
    assert first.is_valid() and first.taken_out == 1
    second = NeedForm(QueryDict("key=b&words="))
    assert not second.is_valid() and "words" in second.errors
    third = NeedForm(QueryDict("key=c&words=房租交不起"))
    assert third.is_valid() and third.taken_out == 0 and not third.errors
    assert first.taken_out == 1  # what was counted belongs to the words, not to the field
    assert third.fields["words"] is first.fields["words"]


def test_a_field_taken_out_of_one_form_stays_in_the_others() -> None:
    one = NeedForm()
    del one.fields["phone"]
    assert "phone" in NeedForm().fields


def test_a_form_made_of_the_box_has_fields_of_its_own_to_change() -> None:
    assert type(EnterForm.base_fields) is dict  # a plain one, which Django copies for every form

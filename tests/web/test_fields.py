"""Fields of forms are drawn as Django draws them, and what is typed into them cannot leave them."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from baiying.web.fields import Fields

HOSTILE = "\"><script>alert('1')</script>&"
CHOICES = [("a", "first"), (HOSTILE, HOSTILE), ("group", [("b", "inside")])]


class Everything(forms.Form):
    line = forms.CharField(max_length=9, label="line")
    number = forms.IntegerField(min_value=0)
    hidden = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    tick = forms.BooleanField()
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "data-answer": True, "data-never": False}))
    one = forms.ChoiceField(choices=CHOICES)
    some = forms.MultipleChoiceField(choices=CHOICES)
    radio = forms.ChoiceField(choices=CHOICES[:2], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=CHOICES[:2], widget=forms.CheckboxSelectMultiple)
    maybe = forms.NullBooleanField()


def markup(renderer: DjangoTemplates, data: dict[str, object] | None) -> str:
    form = Everything(data, renderer=renderer)
    drawn = [str(field) for field in form] + [str(one.tag()) for one in form["radio"]]
    return re.sub(r"\s*\n\s*", "", "\n".join(drawn))


@pytest.mark.parametrize("data", [
    None, {}, {"line": "", "number": 0, "one": "b", "some": ["a", "b"], "tick": "on", "maybe": "true"},
    {**dict.fromkeys(Everything.base_fields, HOSTILE), "some": [HOSTILE, "a"], "ticks": [HOSTILE]},
])
def test_fields_are_drawn_as_django_draws_them(data):
    assert markup(Fields(), data) == markup(DjangoTemplates(), data)


def test_nothing_typed_leaves_its_field():
    drawn = markup(Fields(), dict.fromkeys(Everything.base_fields, HOSTILE))
    assert "<script" not in drawn and "&lt;script" in drawn


def test_a_line_break_at_the_beginning_of_her_words_is_kept():
    assert ">\n\nwords</textarea>" in str(Everything({"words": "\nwords"}, renderer=Fields())["words"])

"""A person's own words in a form: cleaned of invisible characters, and never too long to be sent."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baiying.engine.text.readable import readable

MOST = 20_000


class Readable(str):
    """A cleaned text that knows how many invisible characters were taken out of it."""

    taken_out: int = 0


class WordsField(forms.CharField):
    """A person's own words, cleaned to a `Readable`. Too long is told with the count; the text stays in the box."""

    def __init__(self, *, most: int = MOST, **options: object) -> None:
        self.most = most
        super().__init__(**options)  # type: ignore[arg-type]

    def to_python(self, value: object) -> Readable:
        cleaned, taken_out = readable(str(value or ""))
        if taken_out and not cleaned:
            raise ValidationError(_("These were only invisible characters. Please write a few words."),
                                  code="invisible")
        text = Readable(cleaned)
        text.taken_out = taken_out
        return text

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                ngettext("%(found)s character is more than can be sent at once (%(most)s). "
                         "Nothing is lost: your words are below. Please shorten them.",
                         "%(found)s characters are more than can be sent at once (%(most)s). "
                         "Nothing is lost: your words are below. Please shorten them, "
                         "or send the rest as a second request.",
                         len(value)),
                code="long", params={"found": f"{len(value):,}", "most": f"{self.most:,}"},
            )

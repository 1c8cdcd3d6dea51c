"""The one box of the front page, and the little that may be added to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import Guardian, Submission, arriving
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from baiying.web.forms.questions import Question, questions, raw_answers
from baiying.web.forms.words import Readable, WordsField

ANSWERS = "answers"  # under which a kept draft holds what was said to the matter's questions
DRAFT_FIELDS = ("key", "words", "topic", "matter", "area", "phone", "name", "contact", "reach", "text_only", "guardian",
                "relation", "guardian_phone", "guardian_consents")
#: What she may choose of when a message reaches her; the first line leaves it to the kind of need.
REACH = (("", _("Not chosen")), ("never", _("Never: I come back by myself with my number")),
         ("day", _("By day, 8 to 21 o'clock")), ("office", _("Monday to Friday, 9 to 17 o'clock")),
         ("morning", _("In the morning, 9 to 12 o'clock")), ("afternoon", _("In the afternoon, 13 to 17 o'clock")),
         ("evening", _("In the evening, 18 to 21 o'clock")))


def areas() -> list[tuple[str, Any]]:
    """Streets with their communities, for a select; the first line is for her who does not know."""
    grouped = [
        (street.name, [(street.code, _("%(street)s (community not known)") % {"street": street.name}),
                       *((community.code, community.name) for community in street.inside)])
        for street in network.areas()
    ]
    return [("", _("Not sure, or elsewhere")), *grouped]


def matters() -> list[tuple[str, str]]:
    """The matters for the buttons of the form; the first is for her who chooses none."""
    return [("", ""), *((matter.key, matter.name) for matter in catalogue.matters())]


def telephone_in(typed: str) -> str:
    """A telephone number of a form as it is kept. Raises ValidationError."""
    try:
        return arriving.telephone(typed)
    except Refusal as refusal:
        raise ValidationError(refusal.sentence) from refusal


class AreaField(forms.ChoiceField):
    """A street or community. What was sent is looked up; the long list is made only when it is drawn."""

    def valid_value(self, value: str) -> bool:
        return network.area(value) is not None


class MatterField(forms.ChoiceField):
    """A matter of the catalogue in force."""

    def valid_value(self, value: str) -> bool:
        return any(matter.key == value for matter in catalogue.matters())


class AsTheyStand(dict[str, forms.Field]):
    """Fields that no form of their class ever changes: one set serves every request. Django would copy each field with
    its widget, validators and texts for each form, which was an eighth of what sending a need costs."""

    def __deepcopy__(self, _memo: object) -> dict[str, forms.Field]:
        return dict(self)


class NeedForm(forms.Form):
    """Only the words are required."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    words = WordsField(
        label=_("What is the difficulty?"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Please write a few words about what is hard. One sentence is enough.")},
    )
    matter = MatterField(
        label=_("What is it about?"), required=False, widget=forms.RadioSelect, choices=matters,
        error_messages={"invalid_choice": _("We do not know this kind of matter. "
                                            "Please choose one of the list, or leave it open.")},
    )
    # What she chose of what fits (part/fits.html). One that is offered no more is as good as none: nothing is refused.
    topic = forms.CharField(label=_("What is it about?"), required=False, max_length=80)
    area = AreaField(
        label=_("Where do you live or work?"), required=False, choices=areas,
        error_messages={"invalid_choice": _("We do not know the area code “%(value)s”. Please choose from the list, "
                                            "or “Not sure, or elsewhere”.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    contact = WordsField(
        label=_("When and how is it safe to reach you?"), required=False, most=200,
        help_text=_("For example: only text messages; only on weekdays in the morning; do not say who is calling."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reach = forms.ChoiceField(
        label=_("May we send you a message?"), required=False, choices=REACH,
        help_text=_("A message never says what it is about. If somebody else looks at your telephone, choose “Never”."),
    )
    name = WordsField(
        label=_("How shall we call you?"), required=False, most=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text_only = forms.BooleanField(label=_("Write to me, do not call (I cannot hear, or do not want calls)"),
                                   required=False)
    guardian = WordsField(label=_("The guardian's name"), required=False, most=60,
                          widget=forms.TextInput(attrs={"autocomplete": "off"}))
    relation = WordsField(label=_("What the guardian is to the child"), required=False, most=40,
                          widget=forms.TextInput(attrs={"autocomplete": "off"}))
    guardian_phone = forms.CharField(label=_("The guardian's telephone"), required=False, max_length=40,
                                     widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    guardian_consents = forms.BooleanField(label=_("The guardian agrees"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = catalogue.matters()

    def clean_topic(self) -> str:
        chosen = str(self.cleaned_data["topic"])
        return chosen if any(topic.key == chosen for topic in catalogue.topics()) else ""

    def clean_phone(self) -> str:
        return telephone_in(str(self.cleaned_data["phone"]))

    @property
    def chosen(self) -> flow.Matter | None:
        """The matter that is chosen in what was sent, kept or linked to."""
        return next((matter for matter in self.matters if matter.key == self["matter"].value()), None)

    @property
    def questions(self) -> list[Question]:
        """The chosen matter's own questions; shown where they were asked, or where its page leads here."""
        if not self.is_bound:
            kept = questions(self.chosen, self.initial.get(ANSWERS, {}))
            return [replace(question, error="") for question in kept]  # nothing is wrong before it is sent
        raw = raw_answers(self.data)
        return questions(self.chosen, raw) if raw or self.data.get("on") else []

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for question in self.questions:
            if question.error:
                self.add_error(None, question.error)
        return told

    @property
    def taken_out(self) -> int:
        """How many invisible characters were taken out of the words."""
        words = self.cleaned_data["words"]
        return words.taken_out if isinstance(words, Readable) else 0

    @property
    def for_a_child(self) -> bool:
        """Whether anything was said about a guardian."""
        return any(self[name].value() for name in ("guardian", "relation", "guardian_phone", "guardian_consents"))

    @property
    def guarded_by(self) -> Guardian | None:
        """The guardian of a child under 14, if one was named."""
        told = self.cleaned_data
        if not (told["guardian"] or told["relation"] or told["guardian_phone"]):
            return None
        return Guardian(told["guardian"], told["relation"], told["guardian_phone"], told["guardian_consents"])

    def submission(self, asker: UUID | None = None) -> Submission:
        """What the action takes. The key covers everything she wrote (`arriving.key_of`)."""
        told = self.cleaned_data
        answers = raw_answers(self.data) if self.chosen else {}
        rest = {**{name: value for name, value in told.items() if name != "key"}, "answers": answers}
        return Submission(
            key=arriving.key_of(told["key"], rest), words=told["words"], matter=told["matter"] or None,
            topic=told["topic"], area=told["area"] or None, phone=told["phone"], name=told["name"],
            contact=told["contact"],
            answers=answers, channel="web", asker=asker, guardian=self.guarded_by, text_only=told["text_only"],
            reach=told["reach"],
        )


NeedForm.base_fields = AsTheyStand(NeedForm.base_fields)  # a form that is made of this one has copies of its own


def as_written(post: QueryDict) -> dict[str, Any]:
    """What came in the form's fields, to be shown again as it is, without a look at what is wrong."""
    written: dict[str, Any] = {name: post.get(name, "") for name in DRAFT_FIELDS}
    return {**written, "key": written["key"] or fresh_key(), ANSWERS: raw_answers(post)}


def fresh_key() -> str:
    """A key for one filling-in of the form."""
    return chance.fresh(16).hex()

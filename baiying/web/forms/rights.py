"""The forms of her rights: how she is reached, where she stays, what is wrong, what shall go; and the answer to it."""

from __future__ import annotations

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.web.forms.doing import Told
from baiying.web.forms.need import REACH, fresh_key, telephone_in
from baiying.web.forms.words import WordsField

OFF = {"autocomplete": "off"}


class ReachForm(Told):
    """How she is called and reached from now on."""

    prefix = "reach"
    name = WordsField(label=_("How shall we call you?"), required=False, most=60, widget=forms.TextInput(attrs=OFF))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40,
                            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", **OFF}))
    contact = WordsField(label=_("When and how is it safe to reach you?"), required=False, most=200,
                         widget=forms.TextInput(attrs=OFF))
    reach = forms.ChoiceField(label=_("May we send you a message?"), required=False, choices=REACH)

    def clean_phone(self) -> str:
        return telephone_in(str(self.cleaned_data["phone"]))


class AddressForm(Told):
    """Where she stays now, and whose people go there."""

    prefix = "address"
    where = WordsField(label=_("Where do you stay now?"), required=False, most=200, widget=forms.TextInput(attrs=OFF))
    task = forms.ChoiceField(label=_("Who goes there, beside the person who handles your case?"), required=False)

    def __init__(self, *args: object, going: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["task"].choices = [("", _("Nobody else")), *going]  # type: ignore[attr-defined]


class CorrectForm(Told):
    """How her words should read."""

    prefix = "correct"
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    about = forms.CharField(widget=forms.HiddenInput, max_length=60, initial="words")
    text = WordsField(label=_("How should it read?"), required=False, most=5_000,
                      widget=forms.Textarea(attrs={"rows": 5, **OFF}))

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key(), "about": "words"})


class EraseForm(Told):
    """She wants it gone, and knows that nothing brings it back."""

    prefix = "erase"
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    sure = forms.BooleanField(label=_("Yes, erase it. I know that nobody can bring it back."),
                              error_messages={"required": _("Please tick the box first: nothing brings it back.")})

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key()})


class AllTheSameForm(Told):
    """She asks for erasure although a ground was named."""

    prefix = "anyway"
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    text = WordsField(label=_("Why should it go all the same?"), required=False, most=5_000,
                      widget=forms.Textarea(attrs={"rows": 3, **OFF}))

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key()})


class RelativeForm(Told):
    """What a near relative asks, entered by staff who saw the papers."""

    prefix = "relative"
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    name = WordsField(label=_("Who asks"), most=60, widget=forms.TextInput(attrs=OFF))
    relation = WordsField(label=_("Related as"), most=60, widget=forms.TextInput(attrs=OFF))
    state = forms.ChoiceField(label=_("What is so"), choices=(
        ("died", _("The person has died")), ("helpless", _("The person cannot act alone"))))
    wish = forms.ChoiceField(label=_("What is asked for"), choices=(
        ("see", _("To see it or have a copy")), ("correct", _("To have it put right")),
        ("erase", _("To have it erased"))))
    why = WordsField(label=_("What for"), most=500, widget=forms.TextInput(attrs=OFF),
                     help_text=_("It must be a lawful interest of the relative's own."))
    proof = WordsField(label=_("What was shown"), most=500, widget=forms.TextInput(attrs=OFF),
                       help_text=_("Identity, kinship, and the death or the state of health. Write no numbers."))
    otherwise = WordsField(label=_("What the person had arranged"), required=False, most=500,
                           widget=forms.TextInput(attrs=OFF),
                           help_text=_("What the person wanted while alive stands above what relatives ask."))

    @classmethod
    def fresh(cls) -> Self:
        return cls(initial={"key": fresh_key()})

    @property
    def told(self) -> dict[str, str]:
        """What the action takes."""
        return {field: str(said) for field, said in self.cleaned_data.items() if field != "key"}


class DecideForm(Told):
    """The answer of the unit that leads, with its reason."""

    demand = forms.CharField(widget=forms.HiddenInput, max_length=40)
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=[("correct", ""), ("erase", ""), ("relative", "")])
    yes = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect, choices=(
        ("yes", pgettext_lazy("demand", "Yes, it is done")), ("no", pgettext_lazy("demand", "No"))),
        error_messages={"required": _("Please choose yes or no.")})
    reason = WordsField(label=_("Why? The person reads this."), most=5_000,
                        widget=forms.Textarea(attrs={"rows": 3, **OFF}),
                        error_messages={"required": _("Please write why: the law demands a reason, and she reads it.")})

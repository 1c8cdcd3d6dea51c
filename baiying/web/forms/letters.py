"""The forms of letters: writing one, how it was served, what was answered."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import letters as actions
from baiying.cases.actions.letters import Answered, Service
from baiying.cases.queries.letters import HOW, Preparing
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.files import LARGEST, NotTaken, take
from baiying.web.forms.doing import Doing, Told
from baiying.web.forms.files import TAKES
from baiying.web.forms.handler_acts import Chosen, Day, box
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import WordsField
from baiying.web.templatetags.show import named

KEEP, SEND = "keep", "send"


class LetterForm(Doing):
    """Whom it is for, its blanks, and the words that the template lets be changed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    corrects = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    addressee = forms.CharField(label=_("To whom it is written"), required=False, max_length=100)

    def __init__(self, held: Preparing, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": fresh_key(), "seen": held.seen, "addressee": held.addressee,
                                        "corrects": held.corrects.ref if held.corrects else ""})
        self.held = held
        if not (held.letter.addressee or held.template.addressee):
            del self.fields["addressee"]
        for blank in flow.asked_blanks(held.letter):
            self.fields[f"blank_{blank.key}"] = forms.CharField(
                label=named(blank, "label"), required=False, max_length=500, initial=held.blanks.get(blank.key, ""))
        for one in held.editable:
            self.fields[f"section_{one.key}"] = WordsField(
                label=named(one, "label"), required=False, initial=held.sections[one.key],
                widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}))

    @property
    def edits(self) -> flow.Edits:
        """What was typed."""
        told = self.cleaned_data

        def under(kind: str) -> dict[str, str]:
            return {name.removeprefix(kind): str(said) for name, said in told.items() if name.startswith(kind)}

        return flow.Edits(told.get("addressee", ""), under("blank_"), under("section_"))

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Keep it, or send it where that was pressed. Raises Unseen, Stale, Refusal."""
        told = self.cleaned_data
        if self.data.get("do") == SEND:
            actions.send(asker, number, self.held.key, self.edits, told["seen"], told["key"], told["corrects"])
        else:
            actions.write_into(asker, number, self.held.key, self.edits, told["seen"])


class ServedForm(Told):
    """How and when a letter reached whom it is for."""

    how = Chosen(label=_("How it reached them"), choices=[("", "")])
    on = Day(label=_("On which day"))
    note = forms.CharField(label=_("Number of the postal item, or who took it"), required=False, max_length=200)
    read_on = Day(label=_("Read on, if you know it"), required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="served_%s")
        found = self.fields["how"]
        assert isinstance(found, forms.ChoiceField)
        found.choices = list(HOW.items())

    def carry_out(self, asker: door.Asker, number: str, ref: str) -> None:
        """Note it. Raises Unseen, Refusal."""
        told = self.cleaned_data
        actions.serve(asker, number, ref, Service(told["how"], told["on"], told["note"], told["read_on"]))


class ReplyForm(Told):
    """What came back, and when."""

    on = Day(label=_("When the answer came"))
    words = box(_("What they answered"), rows=3, required=False)
    file = forms.FileField(label=_("The paper that came"), required=False, max_length=300, allow_empty_file=True,
                           widget=forms.FileInput(attrs={"accept": TAKES}))

    def __init__(self, data: QueryDict | None = None,
                 files: MultiValueDict[str, UploadedFile[bytes]] | None = None) -> None:
        super().__init__(data, files, auto_id="reply_%s")
        self.content = b""

    def clean_file(self) -> object:
        """What it is, told by its content."""
        brought = self.cleaned_data["file"]
        if brought:
            self.content = brought.read(LARGEST + 1)
            try:
                take(self.content)
            except NotTaken as refused:
                raise forms.ValidationError(refused.sentence) from None
        return brought

    def carry_out(self, asker: door.Asker, number: str, ref: str) -> None:
        """Note it. Raises Unseen, NotTaken, Refusal."""
        told = self.cleaned_data
        name = told["file"].name if told["file"] else ""
        actions.note_reply(asker, number, ref, Answered(told["on"], told["words"], name, self.content))

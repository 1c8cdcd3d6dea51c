"""The form by which a file comes in, and the one that shows a file to another side."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import handing_in
from baiying.kit import door
from baiying.kit.files import LARGEST, NotTaken, take
from baiying.web.forms.doing import Told

TAKES = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx,.txt,image/jpeg,image/png,application/pdf,text/plain"


class FileForm(Told):
    """One file, and who may read it: hers and the lead's own are for all who help, a party's for its side alone."""

    file = forms.FileField(
        label=_("Photo or document"), max_length=300, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": TAKES}),
        help_text=_("JPG, PNG, PDF, Word, Excel or plain text, at most 10 MB. From a photo the place, the time and "
                    "the device are taken out first."),
        error_messages={"required": _("Please choose a photo or a document first.")})
    alone = forms.BooleanField(label=_("Only for the unit that leads: no other party reads it"), required=False)

    to_her = forms.BooleanField(label=_("The person who asked may read it too"), required=False)

    def clean_file(self) -> object:
        """What it is, told by its content."""
        brought = self.cleaned_data["file"]
        self.content = brought.read(LARGEST + 1)
        try:
            take(self.content)
        except NotTaken as refused:
            raise forms.ValidationError(refused.sentence) from None
        return brought

    def carry_out(self, asker: door.Asker, number: str | None) -> None:
        """Hand it in. Raises Unseen, Refusal."""
        told = self.cleaned_data
        handing_in.hand_in(asker, number, told["file"].name, self.content, told["alone"], told["to_her"])


class ReleaseForm(Told):
    """A file of one's own, and the party that may read it from now on."""

    ref = forms.CharField(max_length=12)
    to = forms.CharField(
        max_length=40, error_messages={"required": _("Please choose from the list to whom it is shown.")})

    def carry_out(self, asker: door.Asker, number: str | None) -> None:
        """Show it. Raises Unseen, Refusal."""
        handing_in.release(asker, number, self.cleaned_data["ref"], self.cleaned_data["to"])

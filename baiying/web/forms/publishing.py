"""The word of one of the two people on a changed catalogue."""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from baiying.kit.door import Asker
from baiying.services.actions import publishing

DEEDS: dict[str, Callable[[Asker, str], None]] = {
    "approve": publishing.approve, "decline": publishing.decline, "again": publishing.look_again,
}  # fmt: skip


class DecideForm(forms.Form):
    """What is done with what waits. ``ref`` stands for it; ``words``: why, of who proposes it."""

    ref = forms.CharField(max_length=20)
    do = forms.ChoiceField(choices=[(one, "") for one in ("propose", *DEEDS)])
    words = forms.CharField(max_length=2000, required=False)

    def carry_out(self, asker: Asker) -> None:
        """Do it. Raises Unseen, Refusal; then nothing is changed."""
        told = self.cleaned_data
        if told["do"] == "propose":
            publishing.propose(asker, told["ref"], told["words"])
        else:
            DEEDS[told["do"]](asker, told["ref"])

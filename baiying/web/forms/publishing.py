"""The word of one of the two people on a changed catalogue."""

from __future__ import annotations

from django import forms


class DecideForm(forms.Form):
    """What is done with what waits. ``ref`` stands for it; ``words``: why, of who proposes it."""

    ref = forms.CharField(max_length=20)
    do = forms.ChoiceField(choices=[(one, "") for one in ("propose", "approve", "decline", "again")])
    words = forms.CharField(max_length=2000, required=False)

"""What every form has in common that does something with a case."""

from __future__ import annotations

from abc import abstractmethod

from django import forms

from baiying.kit import door


class Told(forms.Form):
    """A form that tells all its faults at once."""

    @property
    def sentence(self) -> str:
        """All faults in one sentence, for the top of the page."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class Doing(Told):
    """A form with a key of its own: pressed twice it is one deed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    @abstractmethod
    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Do it. Raises Unseen, Refusal; then nothing is changed."""

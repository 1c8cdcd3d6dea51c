"""What every form has in common that does something with a case."""

from __future__ import annotations

from abc import abstractmethod

from django import forms
from django.utils.translation import gettext as _

from baiying.kit import door
from baiying.web.templatetags.show import enumerated

MISSING = forms.Field.default_error_messages["required"]


class Told(forms.Form):
    """A form that tells all its faults at once."""

    @property
    def sentence(self) -> str:
        """All faults in one sentence, for the top of the page. What is missing is named."""
        found = [(name, error) for name, errors in self.errors.as_data().items() for error in errors]
        bare = [name for name, error in found if error.message == MISSING and not self[name].is_hidden]
        told = [_("Still missing: %(fields)s. Please fill it in and send it again.") % {
            "fields": enumerated(str(self[name].label) for name in bare)}] if bare else []
        rest = (sentence for name, error in found if name not in bare for sentence in error.messages)
        return " ".join([*told, *rest])


class Doing(Told):
    """A form with a key of its own: pressed twice it is one deed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    @abstractmethod
    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Do it. Raises Unseen, Refusal; then nothing is changed."""

"""What is typed on the pages of the card and of its counters, and the sentences by which a counter answers."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.catalogue.queries import speaks_chinese
from baiying.engine.card import Verdict
from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.network.models import Unit
from baiying.services.actions import counters
from baiying.services.actions.redeeming import Noted, Settled
from baiying.services.models import Counter
from baiying.services.queries.counters import usable
from baiying.services.words import Per
from baiying.web.forms.doing import Told

AT_ONCE = 200  # uses that a device sends at one time
LATEST = 2**32

#: What a counter reads: entitled or not, and what to do. Never a reason of hers, and nothing to ask her about.
SENTENCES: Mapping[str, str | Promise] = {
    "yes": pgettext_lazy("counter", "May have it"),
    "no": pgettext_lazy("counter", "Not with this code"),
    "noted": _("Noted down. It counts once this device is online."),
    Verdict.NOT_A_CODE: _("This is no code of a card, or it was not read whole. Scan it again, a little nearer."),
    Verdict.UNKNOWN_KEY: _("This counter knows nobody who signed this code. If it has been without a network for days, "
                           "let it go online once and scan again; otherwise the code is not ours."),
    Verdict.FORGED: _("Something in this code was changed, so it counts for nothing. Please ask for a fresh code from "
                      "the page of the card."),
    Verdict.ELSEWHERE: _("This code was made for another counter. On the page of the card, choose this counter by its "
                         "letters, then scan again."),
    Verdict.EARLY: _("By the clock of this device the code comes from the future: this clock is slow. Set it, or let "
                     "the device go online once, then scan again."),
    Verdict.EXPIRED: _("The time of this code is over. Please ask for a fresh one: load the page of the card again. If "
                       "fresh codes are over too, the clock of this device is fast."),
    Verdict.LOST: _("This card was reported lost or given back. Its owner can show a code of the new card. Keep "
                    "nothing and ask nothing; there is nothing you need to do."),
    Verdict.SHOWN: _("This very code has been used here already. Please ask for a fresh one: load the page of the card "
                     "again."),
    Verdict.USED: _("With this card the service was used here as often as one person may today."),
    "clock": _("The clock of this device was changed, so no code can be judged by it. Set it right or let the device "
               "go online once, then scan again."),
    "no_pack": _("This counter has not been online since it was set up. Let it go online once; from then on it works "
                 "without a network."),
    "no_verifier": _("This browser cannot check codes by itself, and there is no network. Go online, or use a newer "
                     "browser."),
    "no_camera": _("The camera could not be opened. Allow it in the browser, or use a hand scanner."),
    Settled.COUNTED: pgettext_lazy("counter", "Counted"),
    Settled.TWICE: _("Not counted: the service had been used up elsewhere or earlier. Nobody is to be asked about it, "
                     "and it is held against nobody."),
    Settled.OLD: _("Not counted: it was noted down more than 31 days ago."),
}  # fmt: skip


def noted_in(request: HttpRequest) -> list[Noted]:
    """What a device sends: ``{"uses": [{"code": …, "at": seconds since 1970}, …]}``. Raises Refusal."""
    try:
        told = json.loads(request.body)["uses"]
        found = [Noted(str(one["code"])[:400], int(one["at"])) for one in told]
    except (ValueError, TypeError, KeyError, AttributeError):
        found = []
    if not 0 < len(found) <= AT_ONCE or any(not 0 <= one.at < LATEST for one in found):
        raise Refusal(_("What this device sent could not be read, so nothing was counted. Load the page of the counter "
                        "again; what was noted down stays on the device."))  # fmt: skip
    return found


class CounterForm(Told):
    """A new counter: for which service, how it is called, how often one person may."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    unit = forms.ChoiceField(label=_("Which unit keeps it?"))
    service = forms.ChoiceField(label=_("Which service is used there?"))
    name = forms.CharField(label=_("What do people call the place?"), max_length=counters.NAME_MOST)
    per = forms.ChoiceField(label=_("How often may one person?"), required=False)
    times = forms.IntegerField(label=_("How many times in that time?"), min_value=1, max_value=counters.TIMES_MOST,
                               initial=1)  # fmt: skip

    def __init__(self, *args: object, units: list[Unit], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        said = {key: one.name if speaks_chinese() else one.name_en for key, one in usable().items()}
        self.units = {str(one.id): one for one in units}
        self.fields["unit"].choices = [(key, one.name) for key, one in self.units.items()]  # type: ignore[attr-defined]
        self.fields["service"].choices = list(said.items())  # type: ignore[attr-defined]
        self.fields["per"].choices = [("", _("As often as one likes")), *Per.choices]  # type: ignore[attr-defined]

    def carry_out(self, asker: door.Asker) -> Counter:
        """Open it. Raises Unseen, Refusal."""
        told = self.cleaned_data
        unit = self.units[told["unit"]].id
        return counters.open_counter(asker, told["key"], unit, told["service"], told["name"], told["per"],
                                     told["times"])  # fmt: skip

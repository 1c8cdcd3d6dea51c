"""Words that the tables and pages of services share."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The register of people is read on the errand that people have; nothing else sees all of them.
ERRAND = "members"


class Step(models.TextChoices):
    """What a unit can do next for one whom a service missed."""

    TELL = "tell", _("Tell her")
    PAPERS = "papers", _("Help her with the papers")
    VISIT = "visit", _("Visit her")


class Result(models.TextChoices):
    """How the step ended."""

    ASKED = "asked", _("She has asked for it")
    THINKS = "thinks", _("She thinks it over")
    NOT_HOME = "not_home", _("She could not be reached")
    NOT_WANTED = "not_wanted", _("She does not want it")
    HAS_IT = "has_it", _("She has it already")


class Looked(models.TextChoices):
    """What a person found who looked at a paper."""

    ACCEPTED = "accepted", pgettext_lazy("paper", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("paper", "Sent back")


#: What each purpose is called when she agrees to it.
PURPOSE_NAMES = {
    "identity": pgettext_lazy("purpose", "who I am"),
    "means": pgettext_lazy("purpose", "what my home lives on"),
    "health": pgettext_lazy("purpose", "health and medical costs"),
    "work": pgettext_lazy("purpose", "work and being out of work"),
}


#: Class of a service or of a question -> who may read it (domain report 4.3).
CLASSES: dict[str, str | Promise] = {
    "P0": _("Everybody may read this."),
    "P1": _("Whoever is signed in may read this."),
    "P2": _("Only those with a part in your request read this."),
    "P3": _("Only named people with a reason read this; each opening is written down and shown to you."),
    "anonymous": _("Nobody can tell that it was you, not even who runs this."),
}


class Per(models.TextChoices):
    """In what time a limit of uses counts; empty: no limit."""

    DAY = "day", pgettext_lazy("limit of a card", "a day")
    MONTH = "month", pgettext_lazy("limit of a card", "a month")
    YEAR = "year", pgettext_lazy("limit of a card", "a year")
    LIFE = "life", pgettext_lazy("limit of a card", "altogether")

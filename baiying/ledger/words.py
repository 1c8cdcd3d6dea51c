"""Words that the tables and pages of the ledger share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The errand on which lines of every unit are seen. Triggers of the database say it for a moment, as the owner.
ERRAND = "ledger"


class Kind(models.TextChoices):
    """What a line tells. Its fen count so: left = FUND - (PROMISE + RELEASE) - (GRANT + REDEEM + COUNTER), and
    paid = PAY + BOUNCE."""

    FUND = "fund", pgettext_lazy("ledger", "Money set aside")
    PROMISE = "promise", pgettext_lazy("ledger", "Promised")
    RELEASE = "release", pgettext_lazy("ledger", "Promise ended")
    GRANT = "grant", pgettext_lazy("ledger", "Granted")
    REDEEM = "redeem", pgettext_lazy("ledger", "Used with the card")
    COUNTER = "counter", pgettext_lazy("ledger", "Taken back")
    PAY = "pay", pgettext_lazy("ledger", "Paid")
    BOUNCE = "bounce", pgettext_lazy("ledger", "Bounced")


class Why(models.TextChoices):
    """Why a line takes another one back, in whole or in part."""

    WRONG_PERSON = "wrong_person", _("It was for somebody else")
    WRONG_SUM = "wrong_sum", _("The amount was wrong")
    RULE = "rule", _("The rule did not allow it")
    GAVE_BACK = "gave_back", _("It was given back")
    NOT_WANTED = "not_wanted", _("It is not wanted any more")
    REFUSED = "refused", _("The request was refused or withdrawn")
    GRANTED = "granted", _("It was granted")
    AGAIN = "again", _("It is looked at anew")


#: What people give as the reason when they take a grant back; the rest is written by the machine.
GIVEN_WHY = (Why.WRONG_SUM, Why.WRONG_PERSON, Why.RULE, Why.GAVE_BACK, Why.NOT_WANTED)

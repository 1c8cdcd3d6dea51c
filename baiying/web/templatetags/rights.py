"""Words of her safety and her rights in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases.actions.objecting import sentence_of
from baiying.cases.queries.her_rights import Keeping
from baiying.web.forms.need import REACH

STATES = {"open": _("waits for an answer"), "granted": pgettext_lazy("demand", "done"),
          "refused": pgettext_lazy("demand", "refused, with a reason"),
          "dropped": pgettext_lazy("demand", "no longer needed")}
register = template.Library()


@register.filter
def reach_said(chosen: str) -> str | Promise:
    """When messages may reach her, in words; what nobody can choose any more is never."""
    return dict(REACH).get(chosen, dict(REACH)["never"])


@register.filter
def ground_said(ground: Keeping) -> str:
    """Why something must be kept for now, in words."""
    return sentence_of(ground)


@register.filter
def state_said(state: str) -> str | Promise:
    """What became of a demand, in words."""
    return STATES[state]

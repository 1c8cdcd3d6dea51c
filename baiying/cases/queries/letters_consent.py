"""What a letter may not say: fields that she has not opened to the party it goes to, or has shut again.

She agrees by field group to what a party reads (decision 0043); a letter is another way of reading. Letters to whoever
was never brought in here, or is told by law, are none of this: no such consent was asked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import referring
from baiying.cases.dossier import Dossier
from baiying.cases.models import Referral
from baiying.cases.queries.lines import party_said
from baiying.cases.queries.referrals import group_said
from baiying.catalogue import queries as catalogue
from baiying.engine import flow

#: As the unit reads it; to her the same groups are "your name" (referrals.GROUPS).
HERS = {"identity": _("the person's name"), "contact": _("the person's telephone number"),
        "words": _("the person's words")}
LEAST = 2  # characters: a shorter answer (是, 否) says nothing by standing in a letter


def shut_to(held: Dossier, letter: flow.Letter) -> dict[str, frozenset[str]]:
    """By party that the letter goes to: the field groups that she was asked about and that are not open to it."""
    found: dict[str, frozenset[str]] = {}
    facts = flow.facts_of(held.answers)
    for party in letter.to:
        duty = flow.duty_to_tell(held.matter, party, facts)
        if duty is not None and duty.when:
            continue
        asked = [one for one in referring.referrals(held.case).values() if one.party == party]
        if asked and not any(one.duty for one in asked) and any(map(was_asked, asked)):
            open_now = {group for one in asked for group in one.granted}
            found[party] = frozenset(flow.groups_of(flow.part_of(held.matter, party))) - open_now
    return found


def was_asked(referral: Referral) -> bool:
    """Whether she said yes or no to it herself."""
    return referral.consented_at is not None or referral.withdrawn_at is not None


def said_of(held: Dossier, group: str) -> tuple[str, ...]:
    """The words of hers that belong to a field group."""
    if group.startswith(flow.ANSWER):
        key = group.removeprefix(flow.ANSWER)
        ask, given = held.matter.asks.get(key), held.answers.get(key)
        return () if ask is None or given is None or ask.kind not in ("text", "longtext") else (str(given),)
    told = {"identity": (held.opened("name"),), "contact": (held.phone, held.opened("contact")),
            "words": (held.case.words or held.opened("words"),)}
    return told.get(group, ())


def told_though_shut(held: Dossier, letter: flow.Letter, text: str) -> tuple[str, str]:
    """The party and the fields, in words, that a letter of this text would tell although they are shut to it; empty
    where there is nothing. The case must be looked at."""
    for party, groups in shut_to(held, letter).items():
        told = [str(HERS.get(group) or group_said(held.matter, group)) for group in sorted(groups)
                if any(len(said) >= LEAST and said in text for said in said_of(held, group))]
        if told:
            return party_said(party), (("、" if catalogue.speaks_chinese() else ", ").join(told))
    return "", ""

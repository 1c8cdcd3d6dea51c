"""A unit writes down a text that it uses again and again, changes it, or lays it aside."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import arriving
from baiying.cases.models import AnswerTemplate
from baiying.cases.queries.templates import in_use
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal, Unseen

MOST_TITLE, MOST_TEXT, MOST_OF_A_UNIT = 60, 4_000, 50


def keep_template(asker: door.Asker, unit_id: UUID, title: str, text: str, key: str) -> None:
    """Keep a text under a title; the same title once more replaces the text. Raises Unseen, Refusal.

    It holds no person's words: what is kept here everybody of the unit reads, with no log.
    """
    title, text = " ".join(arriving.storable(title).split()), arriving.storable(text).strip()
    if unit_id not in asker.units:
        raise Unseen
    if not arriving.says_something(title) or not arriving.says_something(text):
        raise Refusal(_("A template needs a title and a text. Please write both."))
    if len(title) > MOST_TITLE or len(text) > MOST_TEXT:
        raise Refusal(_("A title has at most %(title)d characters and a text at most %(text)d. Please shorten it."),
                      title=MOST_TITLE, text=MOST_TEXT)
    with door.open(asker):
        kept = in_use(asker, unit_id)
        one = kept.filter(title=title).select_for_update(of=("self",)).first()
        if one is None and kept.count() >= MOST_OF_A_UNIT:
            raise Refusal(_("Your unit has %(most)d templates already; nobody finds anything among more. "
                            "Lay one aside first."), most=MOST_OF_A_UNIT)
        if one is None:
            one = AnswerTemplate(id=chance.uuid_for(f"{unit_id}:{key}", "template"), unit_id=unit_id, title=title)
        one.text = text
        one.save()
        log.write("template.kept", one.id, asker.name, {"unit": str(unit_id)})


def retire_template(asker: door.Asker, unit_id: UUID, title: str) -> None:
    """Lay a template aside; once laid aside, nothing more happens. Raises Unseen."""
    if unit_id not in asker.units:
        raise Unseen
    with door.open(asker):
        one = in_use(asker, unit_id).filter(title=title).select_for_update(of=("self",)).first()
        if one is None:
            return
        one.retired_on = moment.today()
        one.save(update_fields=["retired_on"])
        log.write("template.retired", one.id, asker.name, {"unit": str(unit_id)})

"""What a pause waits for comes on her own page: her words stand in the story, and our clocks run again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from baiying.cases import actions, queries
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.web.guard import DOOR_IN_SESSION
from tests.cases.answering import lead_of, row
from tests.cases.conftest import entry
from tests.web.conftest import plain_static  # noqa: F401  the styles of the pages, by their own names
from tests.web.pages import shown

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
SENT = "工资条在这里: 十二月和一月都没有发。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def paused(receipt, ground: str = flow.WAITING_FOR_ASKER):
    """The case stands still, waiting for her."""
    actions.pause(lead_of(receipt), receipt.number, ground, moment.today() + timedelta(days=7), "等您的工资条。", "p")
    return row(receipt).next_due_at


def test_her_words_end_the_pause_and_stand_in_the_story(send):
    receipt = send()
    before = row(receipt).next_due_at
    while_paused = paused(receipt)
    assert while_paused > before
    with moment.frozen(NOON + timedelta(hours=1)):
        actions.reply(entry(receipt), SENT, "k")
        actions.reply(entry(receipt), SENT, "k")
        story = queries.story(entry(receipt))
        assert [line.words for line in story.lines if line.verb == "replied"] == [SENT]
        assert row(receipt).paused_until is None and before <= row(receipt).next_due_at < while_paused
        assert SENT in [line.words for line in queries.open_case(lead_of(receipt), receipt.number).lines]


def test_where_nothing_is_waited_for_she_is_told_so(send):
    receipt = send()
    with pytest.raises(Refusal):
        actions.reply(entry(receipt), SENT, "k")
    paused(receipt, next(one for one in receipt.matter.pauses if one != flow.WAITING_FOR_ASKER))
    with pytest.raises(Refusal):
        actions.reply(entry(receipt), SENT, "l")
    assert row(receipt).paused_until is not None


def test_words_of_danger_guard_the_case_as_anywhere(send):
    receipt = send()
    paused(receipt)
    actions.reply(entry(receipt), "他打我, 还说要杀了我。", "k")
    assert row(receipt).guarded and row(receipt).paused_until is None


def test_the_box_is_on_her_page_while_something_is_waited_for(send):
    receipt = send()
    client = Client(enforce_csrf_checks=True)
    client.get("/find/")
    session = client.session
    session[DOOR_IN_SESSION] = entry(receipt).hex()
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert not any(form.id == "reply" for form in shown(client.get("/mine/")).forms)
    paused(receipt)
    page = shown(client.get("/mine/"))
    empty = page.press(client, "reply", **{"reply-text": ""})
    assert empty.status == 400 and any(form.id == "reply" for form in empty.forms)
    after = page.press(client, "reply", **{"reply-text": SENT})
    assert after.status == 200 and SENT in after.text and row(receipt).paused_until is None

"""Two people act on one case at one moment: each deed is done whole or refused with a sentence, and none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.actions import Receipt, Submission
from baiying.cases.models import Clock
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from tests.cases.conftest import COMMUNITY, entry, people_of

START = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
SILENT = ("resume", "withdraw", "climb")  # deeds that carry no words


def handler(receipt: Receipt) -> door.Asker:
    return people_of(receipt.unit.id)


def moves(receipt: Receipt, key: str, text: str) -> None:
    seen = queries.open_case(handler(receipt), receipt.number)
    MEETING.wait()
    offer = next(one for one in seen.offers if not one.missing and not one.move.reasons)
    actions.move(handler(receipt), receipt.number, offer.move.key, text, "", key, seen.case.version)


def pauses(receipt: Receipt, key: str, text: str) -> None:
    MEETING.wait()
    until = moment.today() + timedelta(days=3)
    actions.pause(handler(receipt), receipt.number, flow.WAITING_FOR_ASKER, until, text, key)


def resumes(receipt: Receipt, key: str, text: str) -> None:
    MEETING.wait()
    actions.resume(handler(receipt), receipt.number, key)


def gives_back(receipt: Receipt, key: str, text: str) -> None:
    MEETING.wait()
    ground = catalogue.options("return_grounds")[0].label
    actions.give_back(handler(receipt), receipt.number, ground, text, key)


def withdraws(receipt: Receipt, key: str, text: str) -> None:
    MEETING.wait()
    actions.withdraw(entry(receipt), key)


def climbs(receipt: Receipt, key: str, text: str) -> None:
    MEETING.wait()
    actions.climb()


MEETING = threading.Barrier(2, timeout=60)
HANDS = {"move": moves, "pause": pauses, "resume": resumes, "back": gives_back, "withdraw": withdraws, "climb": climbs}


def together(*deeds: Callable[[], None]) -> list[str]:
    """Do these at the same moment, each on a connection of its own; gives what became of each."""
    became = [""] * len(deeds)

    def alone(place: int, deed: Callable[[], None]) -> None:
        try:
            deed()
            became[place] = "done"
        except Refusal as refusal:
            became[place] = f"refused: {refusal.sentence}"
        except Exception as fault:  # told to the test, in whose thread nothing was raised
            became[place] = f"fault: {fault!r}"
            MEETING.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(alone, place, deed))
               for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    MEETING.reset()
    return became


def two_at_once(first: str, second: str, key: str) -> None:
    """Both act; afterwards the story holds exactly what was done, with its words, and the clocks agree with it."""
    with moment.frozen(START):
        receipt = actions.submit(Submission(key=key, words="有难处", area=COMMUNITY))
    with moment.frozen(START + timedelta(hours=13)):
        texts = [f"甲的话 {key}", f"乙的话 {key}"]
        became = together(*(lambda hand=hand, place=place: HANDS[hand](receipt, f"{key}-{place}", texts[place])
                            for place, hand in enumerate((first, second))))
        assert not any(one.startswith("fault") for one in became), became
        story = queries.story(entry(receipt))
        told = [line.words for line in story.lines]
        own = [place for place, hand in enumerate((first, second)) if became[place] == "done" and hand != "climb"]
        for place, hand in enumerate((first, second)):
            if hand not in SILENT:
                assert (texts[place] in told) is (became[place] == "done"), (became, told)
        assert len(story.lines) == len(own) and story.case.version == 1 + len(own)
        with door.open(door.Asker(case=receipt.case_id)):
            running = [row.due_at for row in Clock.objects.filter(case_id=receipt.case_id, met_at=None, owner="ours")]
        assert story.case.next_due_at == min(running, default=None)


@pace(max_examples=8, deadline=None, derandomize=True,
      suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.sampled_from(sorted(HANDS)), second=st.sampled_from(["move", "pause", "back", "withdraw"]))
def test_two_people_who_act_at_the_same_moment_lose_nothing(committed_db, first, second):
    two_at_once(first, second, f"{first}-{second}")


@pytest.mark.deep
@pytest.mark.parametrize("round_", range(20))
def test_nor_do_all_pairs_many_times(committed_db, round_):
    for first in HANDS:
        for second in ("move", "pause", "back", "withdraw"):
            two_at_once(first, second, f"{first}-{second}-{round_}")


def test_of_two_moves_from_one_page_one_is_made_and_the_other_is_told_so(committed_db):
    for turn in range(3):
        with moment.frozen(START):
            receipt = actions.submit(Submission(key=f"turn{turn}", words="有难处", area=COMMUNITY))
            both = [lambda receipt=receipt, key=key: moves(receipt, key, key) for key in ("甲", "乙")]
            became = together(*both)
            assert sorted(one.partition(":")[0] for one in became) == ["done", "refused"], became
            assert len(queries.story(entry(receipt)).lines) == 1


def test_two_workers_climb_one_case_once(committed_db):
    with moment.frozen(START):
        receipt = actions.submit(Submission(key="climbed", words="有难处", area=COMMUNITY))
    with moment.frozen(START + timedelta(days=40)):
        assert together(climb_together, climb_together) == ["done", "done"]
        with door.open(door.Asker(case=receipt.case_id)):
            verbs = [line.verb for line in log.lines_about(receipt.case_id)]
        ours = [clock for clock in receipt.clocks if clock.due_at is not None]
        assert verbs.count("clock.ran_out") == len(ours)


def climb_together() -> None:
    MEETING.wait()
    actions.climb()

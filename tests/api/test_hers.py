"""Her need and her case by the API: the same rows, the same refusals, the same tries as on the pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.cases.actions import coming
from baiying.cases.models import Case, Sealed
from baiying.engine import flow
from baiying.kit import door, moment, number
from tests.api.conftest import WORDS, Program
from tests.cases.answering import answer
from tests.cases.conftest import people_of
from tests.web.pages import COMMUNITY
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
DANGER = "他又打我了，说要杀了我和孩子。"


def hers(receipt) -> tuple[str, str]:
    return str(receipt["number"]), str(receipt["code"])


def entry_of(receipt) -> bytes:
    return number.entry(number.read(hers(receipt)[0]), number.read_code(hers(receipt)[1]))


def handled(receipt) -> SimpleNamespace:
    """The case as those who handle it know it."""
    story = queries.story(entry_of(receipt))
    return SimpleNamespace(case_id=story.case.id, number=story.case.number, unit=story.unit)


def rows(receipt) -> tuple[dict[str, object], set[str]]:
    """What is stored of a case, without what no two cases share."""
    entry = number.entry(number.read(receipt[0]), number.read_code(receipt[1]))
    with door.open(door.Asker(door=entry)):
        case = Case.objects.get(entry=entry)
        door.look_at(case.id)
        kept = {key: value for key, value in vars(case).items()
                if key not in ("_state", "id", "number", "entry", "key", "channel", "received_at", "changed_at")
                and "due" not in key}
        return kept, set(Sealed.objects.filter(case=case).values_list("field", flat=True))


def test_a_need_by_the_api_is_the_same_row_as_one_by_the_box(program, send):
    typed = {"words": WORDS, "phone": "010-0000-0311", "name": "石某", "contact": "只发短信", "reach": "evening"}
    by_box = keepsake(send(**typed))
    receipt = program.send(**typed)
    assert rows(by_box) == rows(hers(receipt))
    assert receipt["unit"]["name"] and receipt["clocks"] and receipt["calls"] == [] and not receipt["protected"]


def test_it_is_stored_by_the_same_action_as_the_box(program, monkeypatch):
    seen = []
    real = cases.submit
    monkeypatch.setattr(cases, "submit", lambda told: seen.append(told) or real(told))
    program.send("路灯\u200b坏了")
    assert [told.words for told in seen] == ["路灯坏了"] and seen[0].asker is None


def test_the_same_key_and_words_are_one_case_and_other_words_another(program):
    sent, key = {"words": WORDS, "area": COMMUNITY}, "k" * 22
    first, again = program.post("cases", sent, key=key), program.post("cases", sent, key=key)
    assert (first.status_code, again.status_code) == (201, 200) and again.json()["known"]
    assert hers(first.json()) == hers(again.json())
    assert hers(program.post("cases", {**sent, "words": "路灯坏了"}, key=key).json()) != hers(first.json())


@pytest.mark.parametrize("key", [None, "1", "k" * 81, "k" * 21 + "/"])
def test_without_a_key_of_enough_chance_nothing_is_stored(program, key):
    told = program.post("cases", {"words": WORDS}, key=key)
    assert told.status_code == 422 and "Idempotency-Key" in told.json()["sentence"]
    assert not Case.objects.count()


def test_words_of_danger_are_answered_with_the_numbers_to_call_and_the_case_is_protected(program):
    receipt = program.send(DANGER)
    assert "110" in [one["number"] for one in receipt["calls"]] and receipt["protected"]
    shown = program.get("case", hers=hers(receipt)).json()
    assert shown["calls"] == receipt["calls"] and shown["words"] == DANGER and shown["protected"]


def test_her_case_shows_her_own_clocks_first_and_what_was_done_is_in_her_story(program):
    receipt = program.send()
    shown = program.get("case", hers=hers(receipt)).json()
    assert shown["number"] == receipt["number"] and shown["words"] == WORDS and shown["story"] == []
    order = [one["whose"] for one in shown["clocks"]]
    assert order == sorted(order, key=["hers", "ours", "other"].index)
    assert not shown["may"]["judge"] and not shown["may"]["reply"]


@pytest.mark.parametrize(("typed", "code"), [("23456789AB", "2345-6789"), ("", ""), ("x" * 300, "y"), ("一二三", "四")])
def test_a_wrong_number_and_a_wrong_code_are_one_sentence_that_of_the_find_page(program, browser, typed, code):
    receipt = program.send()
    wrong = program.get("case", hers=(str(receipt["number"]), "2345-6789"))
    assert wrong.status_code == 401 and wrong["WWW-Authenticate"].startswith("Basic")
    other = program.get("case", hers=(typed, code))
    assert (other.status_code, other.content) == (401, wrong.content)
    page = come_back(str(receipt["number"]), "2345-6789")[1]
    assert wrong.json()["sentence"] in page.text


@pytest.mark.parametrize("value", ["", "Bearer x", "Basic", "Basic ???", "Basic eA==", "Basic " + "A" * 5_000])
def test_without_number_and_code_nothing_opens(program, value):
    answer = program.get("case", headers={"Authorization": value} if value else {})
    assert answer.status_code == 401 and "HTTP Basic" in answer.json()["sentence"]


def test_wrong_codes_are_limited_together_with_the_page_and_right_ones_are_not_counted(program):
    receipt = program.send()
    for _turn in range(coming.TRIES_HERE + 3):
        assert program.get("case", hers=hers(receipt)).status_code == 200
    wrong = (str(receipt["number"]), "2345-6789")
    seen = [program.get("case", hers=wrong).status_code for _turn in range(coming.TRIES_HERE + 1)]
    assert seen == [401] * coming.TRIES_HERE + [429]
    assert program.get("case", hers=hers(receipt)).status_code == 429
    assert Program("203.0.113.99").get("case", hers=hers(receipt)).status_code == 200


def test_what_is_refused_is_told_in_a_sentence_and_stores_nothing(program):
    for sent in ({"words": " \u200b "}, {"words": WORDS, "phone": "call me"}, {"words": WORDS, "matter": "no.such"},
                 {"words": WORDS, "area": "999999999999"}, {"words": "字" * 20_001}, {"words": ""}, {}, [], "x", None):
        assert program.post("cases", sent).status_code == (415 if sent is None else 422), sent
    assert not Case.objects.count()


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", "{\"words\": \"三\"}".encode("gb18030"), b"[" * 90_000,
                                  b'{"words": "\\ud800"}', b'{"words": NaN}', b'{"secret-part": 1, "words": "x"}'])
def test_what_cannot_be_read_is_told_without_repeating_it(program, body):
    answer = program.ask("POST", "cases", body)
    assert answer.status_code == 422 and "secret" not in answer.content.decode()


def test_an_empty_body_is_told_as_such(program):
    answer = program.browser.generic("POST", "/api/v1/cases", b"", headers={"Idempotency-Key": "k" * 22},
                                     CONTENT_TYPE="application/json")
    assert answer.status_code == 422 and "Content-Length" in answer.json()["sentence"]


def test_more_than_is_taken_at_once_is_told(program):
    assert program.post("cases", {"words": "字" * 400_000}).status_code == 413


def test_a_form_of_another_site_is_not_read(program):
    answer = program.browser.post("/api/v1/cases", {"words": WORDS}, headers={"Idempotency-Key": "k" * 22})
    assert answer.status_code == 415 and "sentence" in answer.json()


def test_her_word_closes_and_changes_nothing_sent_twice(program):
    receipt = program.send()
    answer(handled(receipt))
    shown = program.get("case", hers=hers(receipt)).json()
    assert shown["may"]["judge"] and shown["may"]["until"]
    told, key = {"verdict": "solved", "contacted": True, "why": "谢谢"}, "v" * 22
    after = [program.post("case/verdict", told, key=key, hers=hers(receipt)) for _turn in range(2)]
    assert [one.status_code for one in after] == [200, 200]
    assert after[0].json()["story"] == after[1].json()["story"]
    assert queries.story(entry_of(receipt)).case.verdict == "solved"


def test_a_word_that_nobody_waits_for_is_refused(program):
    receipt = program.send()
    assert program.post("case/words", {"text": "补充。"}, hers=hers(receipt)).status_code == 422
    assert program.post("case/verdict", {"verdict": "solved"}, hers=hers(receipt)).status_code == 422
    assert program.post("case/verdict", {"verdict": "good"}, hers=hers(receipt)).status_code == 422


def test_what_is_waited_for_is_taken_and_our_clocks_run_again(program):
    receipt = program.send()
    lead, until = people_of(handled(receipt).unit.id), moment.today() + timedelta(days=3)
    cases.pause(lead, handled(receipt).number, flow.WAITING_FOR_ASKER, until, "请补材料。", "p")
    assert program.get("case", hers=hers(receipt)).json()["may"]["reply"]
    shown = program.post("case/words", {"text": "身份证复印件在附近复印店。"}, hers=hers(receipt)).json()
    assert not shown["may"]["reply"] and shown["story"][-1]["by_you"]


def test_the_database_away_is_told_as_such(program, monkeypatch):
    def away(*_args, **_named):
        raise OperationalError("connection to server failed: password")

    monkeypatch.setattr(connection, "cursor", away)
    answer = program.browser.get("/api/v1/places")
    assert answer.status_code == 503 and answer["Retry-After"] and "password" not in answer.content.decode()

"""The same person, the same need, once more: one case, with all she wrote; and a telephone brings nobody to a case."""

from __future__ import annotations

import pytest

from baiying.cases import queries
from baiying.cases.actions import Submission, submit
from baiying.cases.actions.again import again, apart
from baiying.cases.models import Case
from baiying.kit import door
from baiying.kit.errors import Unseen
from baiying.project.demo.cast import person
from tests.cases.answering import answer, row
from tests.cases.conftest import COMMUNITY, entry

WORDS = "我在八角南里的快递站上班, 站长扣了三个月的押金不退。"
MORE = "我在八角南里的快递站上班, 站长扣了我三个月的押金一直不退, 请帮帮我。"


def sent(words: str = MORE, key: str = "two", **named) -> Submission:
    return Submission(key=key, words=words, **{"area": COMMUNITY, **named})


def test_almost_the_same_words_from_the_browser_that_holds_the_case_are_one_case(send):
    receipt = send(WORDS)
    assert again(sent(phone="13800100000"), entry(receipt)) == entry(receipt)
    story = queries.story(entry(receipt))
    assert [(line.verb, line.words, line.by_her) for line in story.lines] == [("told_again", MORE, True)]
    assert story.words == WORDS and row(receipt).phone_index is not None


def test_the_same_form_twice_adds_nothing(send):
    receipt = send(WORDS)
    assert again(sent(WORDS, key="one"), entry(receipt)) is None  # the case itself, by its key
    for _time in range(2):
        again(sent(), entry(receipt))
    assert len(queries.story(entry(receipt)).lines) == 1


def test_another_need_another_person_and_danger_are_cases_of_their_own(send):
    receipt = send(WORDS, phone="13800100000", name="李小红")
    door_of = entry(receipt)
    for other in (sent("孩子今年上小学, 不知道材料怎么交。"), sent(phone="13800100001"), sent(name="王大力"),
                  sent(MORE + "他还打我, 我不敢回家。"), sent(area="110107004001")):
        assert again(other, door_of) is None
    assert again(sent(), None) is None
    assert queries.story(door_of).lines == []


def test_a_telephone_alone_brings_nobody_to_a_case(send):
    receipt = send(WORDS, phone="13800100000")
    assert again(sent(phone="13800100000"), None) is None
    assert submit(sent(phone="13800100000")).number != receipt.number


def test_after_its_end_the_same_words_are_a_new_case(send):
    receipt = send(WORDS)
    answer(receipt)
    assert again(sent(), entry(receipt)) == entry(receipt)  # it waits for her word: she is shown that
    with door.open(door.Asker(case=receipt.case_id)):
        Case.objects.update(ended=True)
    assert again(sent(key="three"), entry(receipt)) is None


def test_she_makes_it_a_request_of_its_own_and_pressing_twice_is_once(send):
    receipt = send(WORDS, phone="13800100000")
    with pytest.raises(Unseen):
        apart(entry(receipt))
    again(sent(), entry(receipt))
    one, two = apart(entry(receipt)), apart(entry(receipt))
    assert one.number == two.number != receipt.number
    assert queries.story(entry(one)).words == MORE


def test_signed_in_she_is_known_without_the_browsers_door(send):
    her = person("bajiao_handler").new.id
    receipt = send(WORDS, asker=her)
    assert again(sent(asker=her), None) == entry(receipt)

"""The unit that leads puts right what kind of need it is, on the page of the case."""

from __future__ import annotations

import pytest

from baiying.catalogue import queries as catalogue
from tests.web.desks import case_of, do
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db


def topic_of(test) -> str:
    return next(one.key for one in catalogue.topics() if test(one))


def test_the_kind_alone_is_put_right_without_a_reason_and_the_case_stays(send, staff):
    number = keepsake(send())[0]
    handler = staff("bajiao_handler")
    now = catalogue.default_matter().key
    other = topic_of(lambda one: now in one.matters and "工资" not in one.name)
    after = do(handler, number, "retake", topic=other)
    assert after.status == 200 and "已改正" in after.text
    assert case_of(handler, number).form("act_retake").fields["topic"] == [other]


def test_a_kind_of_another_matter_takes_the_case_there_with_a_reason_she_reads(send, staff):
    number, code = keepsake(send())
    handler = staff("bajiao_handler")
    now = catalogue.default_matter().key
    women = topic_of(lambda one: one.matters[0].startswith("women") and now not in one.matters)
    refused = do(handler, number, "retake", topic=women)
    assert refused.status == 400 and "请写明原因" in refused.text
    do(handler, number, "retake", topic=women, text="这是妇联办的事")
    assert case_of(handler, number).status == 404
    mine = come_back(number, code)[1]
    assert "这是妇联办的事" in mine.text and "按另一种事项办理" in mine.text
    assert catalogue.matter(catalogue.topic(women).matters[0]).name in mine.text

"""A proposal to the unit: filed or the reason why not, somebody works on it, an answer, and once more."""

from __future__ import annotations

import pytest

from tests.stories.conftest import later

pytestmark = pytest.mark.django_db
KEY, BAJIAO = "union.participation.proposal", "bajiao_handler"


@pytest.fixture
def case(tell):
    return tell(KEY, "骑手大热天没有地方喝水。", title="给骑手设饮水点", what="站门口放饮水机",
                level="街道或行业")


def test_a_proposal_is_filed_worked_on_and_answered_and_done_again_if_not_good(case):
    assert case.running == {"screen"} and case.limit("screen") == "2026-03-16"
    case.step(BAJIAO, "立案")
    case.refused(BAJIAO, "已定承办单位")
    case.step(BAJIAO, "已定承办单位", working_unit="八角街道工会服务站, 何应声")
    assert case.running == {"answer"} and case.limit("answer") == "2026-04-14"
    case.step(BAJIAO, "告诉提案人进展", "已看好两处。")
    case.refused(BAJIAO, "答复提案人")
    case.step(BAJIAO, "答复提案人", "本月起两个站门口都有水。")
    assert "给骑手设饮水点" in case.letters["提案答复"] and case.running == set()
    with later(days=30):
        case.her_word("not_solved", "只放了三天")
        assert case.stage == "screen" and case.running == {"screen", "redo"}
        assert case.page(BAJIAO).status == 404


def test_what_is_not_filed_is_told_why_by_the_list(case):
    case.stale(BAJIAO, "立案", first="请提案人补充")
    case.refused(BAJIAO, "不立案, 说明理由", "不行。", reason="不喜欢")
    case.refused(BAJIAO, "不立案, 说明理由", reason="同样的提案正在办")
    case.step(BAJIAO, "不立案, 说明理由", "鲁谷已在办同样的事, 六月完成。", reason="同样的提案正在办")
    assert case.stage == "refused" and "没有立案" in case.letters["不予立案告知书"]
    assert "已解决" in case.her_word("solved").text

"""The desks keep the house rules of markup, and a Chinese page of theirs shows no English word."""

from __future__ import annotations

import re

import pytest

from tests.web.desks import answer, bare, bring_in, case_of, do
from tests.web.pages import COMMUNITY, Shown, shown
from tests.web.test_markup import ALLOWED_LATIN, NUMBERS, faults_of
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
WOMEN = "八角街道妇女联合会"


@pytest.fixture
def desks(send, staff) -> dict[str, Shown]:
    """The pages of the desks, each with something on it."""
    handler, women, above = staff("bajiao_handler"), staff("bajiao_women"), staff("district_union")
    shown(handler.get("/texts/")).press(handler, "text", title="首次答复", text="我们已联系您的单位。")
    one, two, three = (keepsake(send(words, phone="13800138000"))[0] for words in ("工资没发", "工资少发", "工资晚发"))
    answer(handler, three, "已经发了")
    do(handler, three, "call_back", text="老人不会上网")
    parts = shown(handler.get(f"/case/{bare(one)}/hands/"))
    brought = bring_in(handler, one, "co", WOMEN, "请到社区问一问")
    do(handler, one, "extend", reason="要等单位盖章")
    do(handler, one, "set_aside", ground="mistake", text="本人说发错了")
    do(handler, two, "give_back", ground="不属于本组织的职责", text="应由别的单位办")
    aloud = shown(handler.get("/enter/")).press(handler, "enter", step="read", words="来电说的", area=COMMUNITY)
    found = {path: shown(handler.get(path)) for path in ("/today/", "/texts/", "/enter/", "/visit/", "/tasks/")}
    found |= {path: shown(above.get(f"/{path}/{bare(number)}/")) for path, number in (
        ("ruling", two), ("extension", one), ("ending", one), ("back", three))}
    return found | {
        "parts": parts, "brought": brought, "aloud": aloud, "federation": shown(above.get("/federation/")),
        "part": shown(handler.get(f"/case/{bare(one)}/hands/?party=co")), "case": case_of(handler, one),
        "slip": aloud.press(handler, "read_back", step="store", right="yes"), "back": shown(above.get("/back/")),
        "task": shown(women.get(f"/task/{bare(one)}/")), "tasks": shown(women.get("/tasks/")),
        "print": shown(handler.get(f"/case/{bare(one)}/print/")),
        "similar": shown(handler.get(f"/case/{bare(one)}/similar/")),
        "refused": do(handler, one, "pause", ground="waiting_for_asker", until="", text="写了一半"),
    }


def test_the_desks_keep_the_house_rules_of_markup_and_speak_chinese(desks):
    assert {name: page.status for name, page in desks.items() if page.status != 200} == {"refused": 400}
    assert not [f"{name}: {fault}" for name, page in desks.items() for fault in faults_of(page)]
    assert not {(name, word) for name, page in desks.items() for language, words in page.words if language != "en"
                for word in re.findall(r"[A-Za-z]{2,}", NUMBERS.sub("", words)) if word not in ALLOWED_LATIN}

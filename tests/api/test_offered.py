"""What everybody may read by the API is what the pages tell."""

from __future__ import annotations

import pytest

from baiying.boards.queries import LEAST_CELL
from baiying.catalogue import queries as catalogue
from baiying.catalogue.promised import promised
from baiying.engine.services import UNSURE
from baiying.engine.text.typesetting import chinese
from baiying.kit import moment
from baiying.network import queries as network

pytestmark = pytest.mark.django_db


def test_the_matters_are_those_of_the_catalogue_and_each_tells_its_questions_and_clocks(program):
    told = program.get("matters").json()["matters"]
    assert [one["key"] for one in told] == [one.key for one in catalogue.matters()]
    for matter in catalogue.matters():
        whole = program.get(f"matters/{matter.key}").json()
        assert [one["label"] for one in whole["limits"]] == [chinese(one.label) for one in matter.clocks.values()]
        assert whole["protected"] is matter.safe and len(whole["duties"]) == len(matter.duties)


def test_every_service_is_told_with_its_sources_and_what_is_weak_promises_nothing(program):
    told = {one["key"]: one for one in program.get("services").json()["services"]}
    assert list(told) == list(promised().services)
    assert any(not one["promised"] for one in told.values()) and any(one["promised"] for one in told.values())
    for key, service in promised().services.items():
        whole = program.get(f"services/{key}").json()
        assert whole["promised"] is (service.grade not in UNSURE) and len(whole["sources"]) == len(service.sources)
        assert all(not one["promised"] for one in whole["figures"] if not any(by["checked"] for by in one["sources"]))
        assert whole["privacy"] == service.privacy and whole["privacy_says"]


def test_an_english_reader_is_told_in_english_and_everybody_else_in_chinese(program):
    key = promised().services[next(iter(promised().services))]
    name = {language: program.get(f"services/{key.key}", headers={"Accept-Language": language}).json()["name"]
            for language in ("en-GB,en;q=0.9,zh;q=0.5", "zh-CN,en;q=0.5", "fr", "")}
    assert list(name.values()) == [key.name_en, *[chinese(key.name)] * 3]
    english = program.get("nothing", headers={"Accept-Language": "en"})
    assert "There is nothing here" in english.json()["sentence"] and english["Content-Language"] == "en"
    assert "Accept-Language" in english["Vary"]


def test_the_places_are_those_of_the_page_and_those_of_her_area_come_first(program):
    everywhere = program.get("places").json()["places"]
    assert {one["key"] for one in everywhere} == {network.place_ref(one) for one in network.places(moment.today())}
    area = everywhere[-1]["area"]
    assert program.get(f"places?area={area}").json()["places"][0]["area"] == area


def test_the_boards_tell_what_is_published_and_hide_what_the_pages_hide(program):
    told = program.get("boards").json()
    assert told["least"] == LEAST_CELL and told["boards"]
    for board in told["boards"]:
        for period in board["periods"]:
            shown = program.get(f"boards/{board['key']}?period={period}").json()
            rows = [shown["whole"], *(row["numbers"] for part in ("months", "streets", "matters")
                                      for row in shown[part])]
            assert not [one for row in rows for one in row if one["count"] is not None and 0 < one["count"] < LEAST_CELL
                        and one["of"] is None]
    assert program.get("coverage").json()["services"] is not None


@pytest.mark.parametrize("path", ["matters/no.such", "services/no.such", "boards/no.such", "nothing", "", "case/x",
                                  "matters/", "boards/public?period=1999-Q1"])
def test_what_does_not_exist_is_one_sentence_whatever_was_asked(program, path):
    answer, other = program.get(path), program.get("services/another.one")
    assert answer.status_code == 404 and answer.content == other.content

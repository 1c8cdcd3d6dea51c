"""The catalogue's pages: every service under its section, one page each, and a further one by one file alone."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from baiying.catalogue import actions
from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.engine.loader import skeleton
from baiying.web import fitting, offer
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
KEY = "union.gym.booking"


def names(page) -> list[str]:
    return [str(given["href"]) for _tag, given in page.tags if given.get("class") == "offer-name"]


def test_the_skeleton_of_a_new_service_loads_and_shows_on_the_page_with_no_python(settings, tmp_path):
    folder = tmp_path / "catalogue"
    shutil.copytree(settings.BAIYING_CATALOGUE, folder, ignore=shutil.ignore_patterns("territory", "cn_20[01]*"))
    (folder / "services" / f"{KEY}.toml").write_text(skeleton.service(KEY), encoding="utf-8")
    actions.load(folder)
    assert f"/catalogue/{KEY}/" in names(shown(Client().get("/catalogue/")))
    page = shown(Client().get(f"/catalogue/{KEY}/"))
    assert page.status == 200 and "要是工会会员" in page.text and "请人来办" in page.text


def test_every_service_has_a_page_that_marks_what_is_not_checked():
    for key, service in promised().services.items():
        page = shown(Client().get(f"/catalogue/{key}/"))
        assert page.status == 200, key
        unsure = [one for one in service.due if not one.sure]
        assert page.text.count("未核实，不作承诺") == len(unsure), key
        assert ("还不能在这里自动办理" in page.text) == service.declared, key


def test_the_kinds_count_all_that_is_offered_and_one_kind_shows_alone():
    whole = names(shown(Client().get("/catalogue/")))
    alone = names(shown(Client().get("/catalogue/", {"kind": "benefit"})))
    offered = [*promised().services.values(), *declared.matters()]
    benefits = {f"/catalogue/{one.key}/" for one in offered if one.kind == "benefit"}
    assert benefits == set(alone) < set(whole) and len(whole) == len(set(whole)) >= 67


def test_a_person_is_asked_from_the_page_with_the_service_chosen():
    key = next(iter(promised().services))
    browser = Client()
    answer = browser.post("/selftest/person/", {"service": key})
    assert answer.status_code == 302
    assert promised().services[key].name in browser.get(answer["Location"]).content.decode()


def test_services_that_fit_her_words_are_found_by_what_people_call_them():
    found = offer.fitting(promised().services.values(), "我妈住院了, 出院后医药费能不能二次报销")
    assert len(found) <= 3 and "union.mutual.medical" in {one.key for one in found}
    assert offer.fitting(promised().services.values(), "今天天气很好") == []


def test_the_box_shows_the_services_that_fit_and_none_beside_words_of_danger(monkeypatch):
    monkeypatch.setattr("baiying.web.fitting.catalogue.danger", lambda words: "救命" in words)
    calm = fitting.read("我住院了, 出院后想办住院津贴", "", "")
    assert "union.mutual.hospital" in {one.key for one in calm.services}
    assert fitting.read("救命, 我住院了, 想办住院津贴", "", "").services == ()


def test_every_sum_has_a_name_in_both_languages():
    catalogue = Path(__file__).resolve().parents[2] / "catalogue"
    files = [path for room in ("services", "programmes", "callouts") for path in (catalogue / room).glob("*.toml")]
    assert not [(path.name, one["item"]) for path in files
                for one in tomllib.loads(path.read_text(encoding="utf-8")).get("amount", ()) if not one.get("label_en")]

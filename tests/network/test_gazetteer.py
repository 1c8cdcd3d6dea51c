"""Where she is, from her own words: certain is taken, doubtful is asked, nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from baiying.kit.errors import Refusal
from baiying.network import actions, queries
from baiying.network.models import Area, AreaName, Unit

ON = date(2026, 9, 1)
pytestmark = pytest.mark.django_db


def named(code: str | None) -> str:
    return Area.objects.get(code=code).name if code else ""


def asked(words: str) -> set[str]:
    return {named(code) for code in queries.find_area(words).candidates}


@pytest.mark.parametrize(("words", "area"), [
    ("我住在八角北里,三个月没发工资", "八角北里社区"),
    ("住八角南里社区5号楼", "八角南里社区"),
    ("八角南里居委会不给开证明", "八角南里社区"),
    ("北京市石景山区八角街道八角北里12号楼3单元", "八角北里社区"),
    ("八角 北里", "八角北里社区"),
    ("金顶街4区", "金顶街四区社区"),
    ("金顶街四区", "金顶街四区社区"),
    ("我家住西山枫林一区", "西山枫林第一社区"),
    ("西山枫林第2社区", "西山枫林第二社区"),
    ("住杨庄北区第二社区", "杨庄北区第二社区"),
    ("五里坨东街", "东街社区"),
    ("在老山那边干活", "老山街道"),
    ("八角那边的饭馆不给钱", "八角街道"),
    ("八宝山街道办", "八宝山街道"),
    ("石景山区古城水泥厂家属院", "水泥厂社区"),
    ("百应花园3号楼", "八角南里社区"),
    ("住时代花园", "时代花园社区"),
    ("地址:时代花园5号楼", "时代花园社区"),
])
def test_a_place_that_is_certain_is_found(words: str, area: str) -> None:
    assert named(queries.find_area(words).code) == area


@pytest.mark.parametrize("area_level", [4, 5])
def test_every_area_is_found_by_its_own_full_name_or_asked_with_its_namesakes(area_level: int) -> None:
    for area in Area.objects.filter(level=area_level):
        found = queries.find_area(f"我的地址是{area.name},请帮帮我")
        assert found.code == area.code or area.code in found.candidates, area.name


def test_the_longest_name_wins() -> None:
    assert named(queries.find_area("住在八角景阳东街第一社区").code) == "八角景阳东街第一社区"
    assert named(queries.find_area("老山东里北社区").code) == "老山东里北社区"


@pytest.mark.parametrize("words", [
    "炖肉放八角", "八角", "在丽江古城打工", "我在水泥厂上班,工资没发", "新华社报道了这件事", "住在东街", "住十一号院",
    "公交车350路途径绿岛苑西区西门", "丰体时代花园站", "去工人体育场看球", "东山再起", "瑞安东山街道",
    "没有地址", "", "石景山", "苹12号楼", "|||", "第一",
])
def test_what_may_mean_something_else_is_never_taken(words: str) -> None:
    assert queries.find_area(words).code is None


def test_what_is_doubtful_is_asked() -> None:
    assert asked("炖肉放八角") == {"八角街道"}
    assert asked("家在鲁谷,单位在古城") == {"鲁谷街道", "古城街道"}
    assert asked("我在水泥厂上班") == {"水泥厂社区"} and asked("水泥厂欠我工资") == set()


def test_several_communities_of_one_street_give_the_street_and_are_asked() -> None:
    found = queries.find_area("我是衙门口的")
    assert named(found.code) == "鲁谷街道"
    assert asked("我是衙门口的") == {"衙门口东社区", "衙门口西社区", "衙门口南社区"}


def test_a_street_named_beside_it_makes_a_vague_name_certain() -> None:
    assert queries.find_area("水泥厂").code is None
    assert named(queries.find_area("古城街道水泥厂社区").code) == "水泥厂社区"


@pytest.mark.parametrize(("words", "code", "name"), [
    ("海淀区中关村的公司拖欠工资", "110108", "北京市海淀区"), ("在海淀上班", "110108", "北京市海淀区"),
    ("朝阳区望京", "110105", "北京市朝阳区"), ("中关村街道", "110108", "北京市海淀区"),
    ("我在杭州打工被欠薪", "3301", "浙江省杭州市"), ("单位在天津市和平区", "120101", "天津市和平区"),
    ("吉林省长春市朝阳区", "220104", "吉林省长春市朝阳区"),
])
def test_another_district_is_told_by_its_name(words: str, code: str, name: str) -> None:
    found = queries.find_area(words)
    assert found.code is None and found.other_district is not None
    assert (found.other_district.code, found.other_district.name) == (code, name)


def test_a_name_that_many_districts_have_is_not_guessed() -> None:
    other = queries.find_area("鼓楼区的老板").other_district
    assert other is not None and (other.code, other.name) == ("", "鼓楼区")


@pytest.mark.parametrize("words", [
    "老家在河南信阳,现在石景山打工", "户口在海淀区", "我来自杭州市", "老城区改造", "在北京打工", "北京市石景山区",
    "朝阳的房间",
])
def test_where_she_came_from_and_what_every_town_has_is_no_other_district(words: str) -> None:
    assert queries.find_area(words).other_district is None


def test_both_are_told_when_she_names_both() -> None:
    found = queries.find_area("我家住八角北里,在海淀区上班")
    assert named(found.code) == "八角北里社区" and found.other_district is not None


def test_an_employer_is_found_by_its_unit_and_in_short() -> None:
    unit = Unit.objects.get(name="轻骑快送石景山站点工会")
    for words in ("我是轻骑快送石景山站点的骑手", "轻骑快送不给我上保险", "轻骑快送石景山站点工会"):
        found = queries.find_area(words)
        assert (found.unit, found.code) == (unit.id, unit.area_id), words


def test_two_employers_are_none() -> None:
    assert queries.find_area("轻骑快送和捷蚁速递都不发钱").unit is None


def test_a_unit_that_closed_is_no_employer() -> None:
    assert queries.find_area("旧货流转市场工会").unit is None


def test_other_districts_of_the_city_are_listed_without_our_own() -> None:
    codes = [one.code for one in queries.other_districts()]
    assert len(codes) == 15 and "110107" not in codes and "110108" in codes
    assert queries.other_district("110108").name == "北京市海淀区"
    assert [queries.other_district(code) for code in ("110107", "11", "999999", "")] == [None] * 4


def test_a_change_of_the_network_is_seen_at_once(tmp_path) -> None:
    assert queries.find_area("住在回声苑").code is None
    write(tmp_path, "回声苑,八角北里,estate")
    assert named(queries.find_area("住在回声苑").code) == "八角北里社区"


def write(folder, *rows: str, head: str = "name,area,kind") -> actions.NameCounts:
    (folder / "names.csv").write_text("\n".join(["# note", head, *rows]) + "\n", encoding="utf-8")
    return actions.load_names("110107", folder / "names.csv")


def test_names_are_brought_in_once_and_can_be_replaced(tmp_path) -> None:
    before = AreaName.objects.count()
    first = write(tmp_path, "回声苑,八角北里,estate", "回声苑,110107004000,estate")
    assert (first.read, first.new, AreaName.objects.count()) == (2, 2, before + 2)
    assert asked("住回声苑") == {"八角北里社区", "古城街道"}
    assert write(tmp_path, "回声苑,八角北里,crossing").new == 0
    gone = actions.load_names("110107", tmp_path / "names.csv", replace=True)
    assert gone.gone == before + 1 and AreaName.objects.count() == 1


@pytest.mark.parametrize("row", [
    "回声苑,海淀", "回声苑,110108001000", "回声苑,110107000000", "苑,八角北里", "回声苑,八角北里,house", "回声苑,",
    "回" * 81 + ",八角北里",
])
def test_a_row_that_is_wrong_brings_in_nothing(tmp_path, row: str) -> None:
    before = AreaName.objects.count()
    with pytest.raises(Refusal, match="3"):
        write(tmp_path, "问答里,八角北里", row)
    assert AreaName.objects.count() == before


def test_a_file_that_cannot_be_read_is_told(tmp_path) -> None:
    (tmp_path / "gbk.csv").write_bytes("name,area\n回声苑,八角北里\n".encode("gb18030"))
    for name in ("gbk.csv", "none.csv"):
        with pytest.raises(Refusal):
            actions.load_names("110107", tmp_path / name)
    with pytest.raises(Refusal):
        write(tmp_path, "x", head="nome,area")
    with pytest.raises(Refusal):
        actions.load_names("110108", tmp_path / "gbk.csv")

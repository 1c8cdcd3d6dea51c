"""Names in a text, in memory: how they are spelt, which one wins, and what the words around them make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baiying.engine.gazetteer import Entry, Names, community, employer, find, own, plain, stems, street


def table(**names: str) -> Names:
    made = Names()
    for key, name in names.items():
        made.add(plain(name), Entry(key, "area", True))
    return made


@pytest.mark.parametrize(("text", "same"), [
    ("十一号院", "11号院"), ("二十", "20"), ("一百二十号", "120号"), ("一二三", "123"), ("八角 北里", "8角北里"),
    ("ABC里", "abc里"), ("八角-北里", "8角北里"), ("百", "100"), ("〇", "0"), ("里,外", "里|外"),
])
def test_a_text_is_compared_in_one_spelling(text: str, same: str) -> None:
    assert plain(text) == same


@given(st.text(max_size=200))
def test_any_text_has_a_spelling_and_is_searched(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    for one in find([table(a="八角北里", b="八角")], text):
        assert one.start >= 0 and one.end <= len(plain(text))


@given(st.lists(st.text("甲乙丙", min_size=2, max_size=4), min_size=1, max_size=8), st.text("甲乙丙丁", max_size=30))
def test_no_two_names_overlap_and_none_could_be_longer(names: list[str], text: str) -> None:
    made = Names()
    for name in names:
        made.add(name, Entry(name, "area", True))
    found = find([made], text)
    for one, other in zip(found, found[1:], strict=False):
        assert one.end <= other.start
    covered = {place for one in found for place in range(one.start, one.end)}
    for name in names:
        start = text.find(name)
        if start >= 0:
            assert covered & set(range(start, start + len(name)))
            assert any(len(one.text) >= len(name) for one in found
                       if one.start < start + len(name) and one.end > start)


def test_a_longer_name_wins_over_one_that_begins_earlier() -> None:
    assert [one.text for one in find([table(a="甲乙", b="乙丙丁")], "甲乙丙丁")] == ["乙丙丁"]


def test_a_name_inside_a_number_is_none() -> None:
    made = table(a="苹1")
    assert find([made], "苹1号楼") and not find([made], "苹12号楼")


def test_no_name_reaches_across_a_sign() -> None:
    assert not find([table(a="八角北里")], "八角,北里")


def test_ways_to_write_a_street_and_a_community() -> None:
    assert {way.text for way in street("八角街道")} == {"8角街道", "8角地区", "8角"}
    ways = {way.text: way.sure for way in community("西山枫林第一社区", "苹果园街道")}
    assert ways["西山枫林1区"] and ways["西山枫林第1社区"] and "西山枫林第1" in ways
    assert not {way.text: way.sure for way in community("东街社区", "五里坨街道")}["东街"]
    assert {way.text: way.sure for way in community("八角北里社区", "八角街道")}["8角北里"]


def test_what_communities_share_before_their_number() -> None:
    assert stems({"a": "西山枫林第一社区", "b": "西山枫林第二社区", "c": "时代花园社区"}) == {"西山枫林": {"a", "b"}}


def test_an_employer_in_short() -> None:
    assert {way.text for way in employer("轻骑快送石景山站点工会", ["石景山"])} >= {"轻骑快送", "轻骑快送石景山站点"}
    assert {way.text for way in employer("八角面馆联合工会", ["8角"])} == {"8角面馆联合工会", "8角面馆"}


def test_a_remark_in_brackets_is_no_part_of_a_name() -> None:
    assert [way.text for way in own("听雨家园(虚构)")] == ["听雨家园"]

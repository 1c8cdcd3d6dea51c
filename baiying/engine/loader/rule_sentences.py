"""What can be wrong with a rule and with a line, and how it is said, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

# code -> (Chinese, English), as in `faults.SENTENCES`, of which they are a part.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "op_type": (
        "'{fact}' 是 {type} 类, 不能用 '{op}' 比; 可以用 {ops}",
        "'{fact}' is of type {type} and has no comparison '{op}'; it has {ops}",
    ),
    "value_type": ("'{fact}' 是 {type} 类, 应和{wanted_zh}比", "'{fact}' is of type {type}: compare it with {wanted}"),
    "fact_type": ("'{fact}' 是 {type} 类, 这里要 {types}", "'{fact}' is of type {type}; here it must be {types}"),
    "line_kind": ("'@{name}' 是 {kind} 类, 这里要 {wanted}", "'@{name}' is of kind {kind}; here it must be {wanted}"),
    "backwards": ("'{first}' 在 '{last}' 之后", "'{first}' comes after '{last}'"),
    "no_span": (
        "'{value}' 不是一段往回数的时间 (如 30 days, 12 months, 2 years, this year, last year)",
        "'{value}' is no time back from today (like 30 days, 12 months, 2 years, this year, last year)",
    ),
    "no_part": (
        "'{value}' 不是比例 (如 0.06, 或 '1/3'; 大于0, 分母不大于 10000)",
        "'{value}' is no share (like 0.06, or '1/3'; above 0, its denominator at most 10,000)",
    ),
    "overlap": (
        "'{fact}' 的两段重叠: {first} 和 {second}; 每一段都写明两头",
        "two ranges of '{fact}' overlap: {first} and {second}; write both ends of each",
    ),
    "gap": (
        "'{fact}' 的两段之间有空: {first} 和 {second}",
        "there is a gap between two ranges of '{fact}': {first} and {second}",
    ),
    "never_reached": (
        "上面一条没有条件, 这一条永远轮不到",
        "the one above has no condition, so this one can never hold",
    ),
    "swept_ask": (
        "写了 sweep 的规则不能看 '{name}': 没来问过的人没有答过题",
        "a rule with 'sweep' cannot look at '{name}': who never came was never asked",
    ),
    "one_of": ("要写且只写一个: {words}", "needs exactly one of {words}"),
    "only_with": ("'{word}' 要和 {other} 一起写", "'{word}' stands beside {other} only"),
    "not_with_this": ("'{word}' 不能和 {other} 一起写", "'{word}' must not stand beside {other}"),
    "paid_whole": (
        "几次付款的比例加起来要是 1, 现在是 {sum}",
        "the shares of the instalments add up to {sum}, not to 1",
    ),
    "no_item_above": ("上面没有叫 '{name}' 的项目", "no item '{name}' stands above"),
    "no_example": ("要有一个 gives = '{gives}' 的例子", "needs an example with gives = '{gives}'"),
    "one_sided": (
        "例子都在 '{test}' 的一边 (只有{side_zh})",
        "the examples stand on one side of '{test}' alone ({side})",
    ),
    "gives_other": (
        "例子 '{says}' 写的是 {gives}, 算出来是 {found}{why_zh}",
        "the example '{says}' gives {gives}, but the rule says {found}{why}",
    ),
    "amount_other": (
        "例子 '{says}' 写的是 {amount}, 算出来是 {found}",
        "the example '{says}' says {amount}, but it comes to {found}",
    ),
    "line_empty": ("既没有 values, 也没有 of", "has neither 'values' nor 'of'"),
    "line_round": ("'{name}' 绕回了自己", "'{name}' leads back to itself"),
    "line_twice": (
        "两个数在同一天都有效: 从 {first} 起的和从 {second} 起的",
        "two values hold on one day: that since {first} and that since {second}",
    ),
    "row_keys": ("这一行应有 {count} 个键和一个数", "this row needs {count} keys and a number"),
    "row_twice": ("同一行写了两次: {keys}", "the row {keys} is written twice"),
}

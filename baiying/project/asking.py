"""Asking at the terminal: one question at a time, asked again with a sentence until the answer will do."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from baiying.kit.errors import Refusal
from baiying.network.models import Organisation
from baiying.setup.answers import (
    FEDERATIONS,
    LOGIN,
    MOST_ADMINISTRATORS,
    Administrator,
    Answers,
    Federation,
    proposed_name,
    weakness,
)

NAMES = {Organisation.UNION: "工会 trade union", Organisation.WOMEN: "妇联 women's federation"}


def ask_all(load: Callable[[str, Path | None], object], place: Callable[[str], str]) -> Answers:
    """All questions. ``load`` brings in the areas of a district or raises Refusal, ``place`` says a district's name."""
    district = ask_district(load)
    name = place(district)
    federations = ask_federations(name)
    return Answers(district, federations, ask_administrators())


def ask_district(load: Callable[[str, Path | None], object]) -> str:
    """The district, asked until its areas are there."""
    say("1/3  哪个区县? Which district?")
    while True:
        code = line("  六位代码 six-digit code (110107)")
        try:
            load(code, None)
            return code
        except Refusal as refusal:
            say(f"  {refusal}")
        if not (len(code) == 6 and code.isdecimal()):
            continue
        path = line("  区划表 table of areas, CSV: code,name,level,parent (Enter: another code 换一个代码)",
                    optional=True)
        if path:
            try:
                load(code, Path(path).expanduser())
                return code
            except Refusal as refusal:
                say(f"  {refusal}")


def ask_federations(place: str) -> tuple[Federation, ...]:
    """Which federations, and how their district units are called."""
    say(f"\n2/3  {place}: 为谁设置? For whom?")
    while True:
        chosen = [one for one in FEDERATIONS if yes(f"  {NAMES[one]}?")]
        if chosen:
            break
        say("  至少选一个。 At least one is needed.")
    made = []
    for one in chosen:
        name = line(f"  {NAMES[one]}: 名称 name", proposed_name(one, place))
        telephone = line("    对外电话 telephone for the public", optional=True)
        streets = yes("    每个街道 (乡镇) 也建一个组织? A unit in every street too?")
        made.append(Federation(one, name, telephone=telephone, streets=streets))
    return tuple(made)


def ask_administrators() -> tuple[Administrator, ...]:
    """One or two persons; the second is recommended."""
    say("\n3/3  第一批管理员。 The first administrators: they enter units, posts and members, and open no case.")
    people = [ask_person(())]
    while len(people) < MOST_ADMINISTRATORS and yes(
            "  再加一位? 两个人可以互相帮忙找回账号, 重大改动也要两个人。\n"
            "  A second one? Two can help one another back in, and great changes need two."):
        people.append(ask_person(tuple(one.login for one in people)))
    return tuple(people)


def ask_person(taken: tuple[str, ...]) -> Administrator:
    name = line("  姓名 name")
    login = line("  账号 login (小写字母、数字 lower-case letters, digits . - _)")
    while not LOGIN.fullmatch(login) or login in taken:
        say("  账号只能用小写字母、数字和 . - _, 至少两个字符, 不能与别人相同。\n"
            "  Lower-case letters, digits, . - _; at least two; nobody else's.")
        login = line("  账号 login")
    return Administrator(name, login, ask_password(login, name))


def ask_password(login: str, name: str) -> str:
    while True:
        typed = getpass.getpass("  密码 password (至少 12 个字符; 输入时不显示 at least 12 characters; not shown): ")
        weak = weakness(typed, login, name)
        if weak is not None:
            say(f"  {weak}")
        elif getpass.getpass("  再输入一遍 once more: ") == typed:
            return typed
        else:
            say("  两次不一样, 请重新输入。 The two differ; please type it anew.")


def line(question: str, proposed: str = "", optional: bool = False) -> str:
    """One line; an empty one takes what is proposed, or is asked again. Raises EOFError when nobody answers."""
    while True:
        typed = input(f"{question}{f' [{proposed}]' if proposed else ''}: ").strip()
        if typed or proposed or optional:
            return typed or proposed
        say("  这里要填。 This is needed.")


def yes(question: str) -> bool:
    """Yes is what Enter says."""
    while True:
        typed = input(f"{question} (Y/n): ").strip().lower()
        if typed in ("", "y", "yes", "是", "n", "no", "否"):
            return typed not in ("n", "no", "否")


def say(sentence: str) -> None:
    print(sentence, file=sys.stdout, flush=True)

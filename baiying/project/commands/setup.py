"""`baiying setup`: a new installation's district, federations, first administrators and keys; again: what is there."""

from __future__ import annotations

import argparse
import stat
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from baiying.project import installation, starting
from baiying.project.commands import doctor
from baiying.project.database import is_external
from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.folders import folders
from baiying.project.postgres import Server
from baiying.project.progress import Bars

if TYPE_CHECKING:
    from baiying.setup.answers import Answers


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--answers", type=Path, help="a TOML file with all answers, instead of questions")
    parser.add_argument("--areas", type=Path, 
                        help="table of the district's areas: CSV or CSV.gz, code,name,level,parent")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when the look afterwards finds something wrong."""
    starting.refuse_unfit()
    told = answers_in(chosen.answers) if chosen.answers else None
    with database_up("setup", may_make=True):
        refuse_other_data()
        django_up()
        from baiying.setup import queries

        if queries.done():
            say_what_is_there("This installation is set up already. 已经设置好了:")
        else:
            enter(told, chosen.areas)
            say_what_is_there("\nIt is set up. 设置好了:")
        say_where_the_keys_are()
        close_connections()
    faults = list(doctor.found())
    for sentence in faults:
        print("✗", sentence)
    if not doctor.held():
        print("\nStart it 启动: make start")
    print("\nThen sign in and bring in units, posts and members, in the browser or here:\n"
          "登录后导入组织、岗位、会员, 在浏览器里或在这里: baiying import units FILE")
    return 1 if faults else 0


def close_connections() -> None:
    """The database may be stopped and started between this and the look at the installation."""
    from django.db import connections

    connections.close_all()


def refuse_other_data() -> None:
    """The demo's data are refused before anything is changed; then the tables are made if they are not yet."""
    starting.refuse_demo_data()
    if not is_external() and not Server(folders()).answers():
        raise Trouble("The database does not answer. Type `baiying doctor` to see what is wrong.")
    if not tables_there():
        print("Making the tables …", flush=True)
        installation.migrate()
        import django

        django.setup()
        installation.fill(demo=False)


def tables_there() -> bool:
    """Whether the table of this errand is made: it comes with the migrations."""
    import psycopg

    from baiying.project.database import addresses

    with psycopg.connect(addresses().web) as direct:
        row = direct.execute("SELECT to_regclass('public.setup_installation') IS NOT NULL").fetchone()
    return bool(row and row[0])


def answers_in(path: Path) -> dict[str, object]:
    """The file of answers, which holds passwords: it must be its owner's alone."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"The file {path} cannot be read as TOML in UTF-8: {error}") from error
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Trouble(f"{path} holds passwords and can be read by other users. Type: chmod go= {path}")
    return told


def enter(told: dict[str, object] | None, areas: Path | None) -> None:
    """Ask (or take the answers of the file) and set up. Raises Refusal with every fault of the answers."""
    from baiying.setup import actions, queries
    from baiying.setup.answers import Answers

    if told is not None:
        answers = Answers.told(told)
        file = areas or (Path(str(told["areas"])) if told.get("areas") else None)
        actions.load_areas(answers.district, file)
    else:
        answers = asked(areas)
    bars = Bars()
    actions.set_up(answers, lambda what, done, of: bars(what, done, of))
    queries.forget()


def asked(areas: Path | None) -> Answers:
    """The answers of whoever sits at the terminal."""
    from baiying.network import queries as network
    from baiying.project import asking
    from baiying.setup import actions

    if not sys.stdin.isatty() and sys.stdin.closed:
        raise Trouble("Nobody can be asked here. Give the answers in a file: baiying setup --answers FILE")

    def place(district: str) -> str:
        root = network.area(district + "000000")
        return root.name if root else district

    try:
        return asking.ask_all(lambda code, file: actions.load_areas(code, file or areas), place)
    except EOFError:
        raise Trouble("\nThe questions ended before all were answered, so nothing was entered. Type `baiying setup` "
                      "again, or give the answers in a file: baiying setup --answers FILE") from None


def say_what_is_there(first: str) -> None:
    from baiying.setup import queries

    there = queries.standing()
    print(f"{first}\n  {there.district} {there.place}: {there.streets} streets 街道, "
          f"{there.communities} communities 社区")
    print("  units 组织: " + ", ".join(there.units))
    print("  administrators 管理员: " + (", ".join(there.administrators) or "none 没有"))
    if len(there.administrators) == 1:
        print("  ! Only one administrator: who loses the second factor has nobody to help. Appoint another soon. "
              "只有一位管理员, 请尽快再任命一位。")
    if not there.receiving:
        print("  ! Nobody takes in needs yet: appoint people, or bring in a sheet of posts. "
              "还没有人接收诉求, 请任命岗位。")


def say_where_the_keys_are() -> None:
    keys = folders().keys
    print(f"  keys 密钥: {keys}\n"
          "    Without this folder nothing sealed can ever be read again, by anybody. "
          "Keep a copy in another place than the data:\n"
          "    没有这个文件夹, 加密的内容谁也打不开。备份要放在别处, 不要和数据放在一起:\n"
          "    baiying backup DATA.dump --keys KEYS.tar.gz")

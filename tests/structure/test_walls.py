"""The walls of the house, measured: sizes, import directions, one door to each table, no hidden clock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = CHECKOUT / "baiying"
MOST_LINES, MOST_IN_FUNCTION, MOST_IN_VIEW = 400, 60, 15
BAD_NAMES = {"lib", "utils", "util", "helpers", "helper", "common", "misc"}


def written() -> list[Path]:
    """Every hand-written Python file of the code and the tests."""
    files = [*CODE.rglob("*.py"), *(CHECKOUT / "tests").rglob("*.py"), *(CHECKOUT / "tools").rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring and decorators."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (node.body[1].lineno if len(node.body) > 1 else node.end_lineno) if documented else first.lineno
    return (node.end_lineno or start) - start + 1


def told(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def test_no_hand_written_file_is_longer_than_400_lines():
    long = [(told(path), count) for path in written() if (count := len(path.read_text().splitlines())) > MOST_LINES]
    templates = [path for path in (CODE / "web").rglob("*") if path.suffix in (".html", ".css", ".js")
                 and "vendor" not in path.parts]
    long += [(told(path), count) for path in templates if (count := len(path.read_text().splitlines())) > MOST_LINES]
    assert not long


def test_no_function_is_longer_than_60_lines():
    assert not [(told(path), node.name) for path in written() for node in functions(path)
                if (node.end_lineno or 0) - node.lineno + 1 > MOST_IN_FUNCTION]


def test_no_view_is_longer_than_15_lines():
    views = [*(CODE / "web" / "views").rglob("*.py"), *(CODE / "api" / "views").rglob("*.py")]
    assert not [(told(path), node.name) for path in views for node in functions(path)
                if body_lines(node) > MOST_IN_VIEW]


def test_no_module_is_a_drawer():
    assert not [told(path) for path in written() if path.stem in BAD_NAMES or path.parent.name in BAD_NAMES]


def test_another_apps_tables_are_reached_by_its_queries_and_actions_only():
    """`X.objects` stays in the app that declares X."""
    home = {}
    for models in CODE.glob("*/models.py"):
        for node in ast.parse(models.read_text()).body:
            if isinstance(node, ast.ClassDef):
                home.setdefault(node.name, set()).add(models.parent.name)
    found = []
    for path in CODE.rglob("*.py"):
        app = path.relative_to(CODE).parts[0]
        for name in re.findall(r"\b([A-Z]\w+)\.objects\b", path.read_text()):
            if name in home and app not in home[name]:
                found.append((told(path), name))
    assert not found


CLOCKS = re.compile(r"datetime\.now|datetime\.utcnow|date\.today|timezone\.now|(?<!date)time\.time\(|auto_now|"
                    r"\bnow\(\)(?=.*(SELECT|INSERT|UPDATE))|(SELECT|INSERT|UPDATE|DEFAULT).*\bnow\(\)|CURRENT_TIMESTAMP")


def test_only_the_kits_moment_reads_the_clock():
    allowed = {CODE / "kit" / "moment.py"}
    found = []
    for path in CODE.rglob("*.py"):
        if path in allowed:
            continue
        found += [(told(path), number) for number, line in enumerate(path.read_text().splitlines(), 1)
                  if CLOCKS.search(line) and "moment.now" not in line and "timezone.now.." not in line]
    assert not found


def test_the_engine_has_no_clock_no_chance_and_no_files_of_its_own_accord():
    forbidden = {"random", "secrets", "uuid", "time", "os", "django", "psycopg"}
    found = []
    for path in (CODE / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else \
                [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [(told(path), name) for name in names if name.split(".")[0] in forbidden]
    assert not found


def test_no_python_file_knows_the_key_of_a_matter():
    keys = {path.stem for path in (CHECKOUT / "catalogue" / "matters").glob("*.toml")}
    assert len(keys) >= 3
    assert not [(told(path), key) for path in CODE.rglob("*.py") for key in keys if key in path.read_text()]


def test_no_committed_file_names_a_registry():
    tracked = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True).stdout.split("\n")
    hosts = re.compile(r"pypi\.(org|python)|files\.pythonhosted|registry\.npm" + r"js|deb\.debian" + r"\.org")
    found = []
    for name in filter(None, tracked):
        path = CHECKOUT / name
        if path.is_file() and path != Path(__file__) and path.stat().st_size < 2_000_000:
            if hosts.search(path.read_text(errors="ignore")):
                found.append(name)
    assert not found


def test_imports_point_down():
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=CHECKOUT, capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("word", ["政治面貌", "宗教信仰", "忠诚度"])
def test_nothing_asks_for_what_is_never_asked(word):
    files = [path for folder in ("catalogue", "baiying") for path in (CHECKOUT / folder).rglob("*")
             if path.suffix in (".toml", ".html")]
    assert not [told(path) for path in files if word in path.read_text()]

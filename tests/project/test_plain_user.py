"""As a user without privileges: the product runs, and so does its database, under that one user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from baiying.project.programs import open_to_others
from tests import live as product
from tests.project.conftest import processes_of, wait_until_gone

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("restored")]

NAME = "baiying-probe"


@pytest.fixture
def somebody() -> Iterator[pwd.struct_passwd]:
    """A user without privileges: one made for this test when root runs it, otherwise who runs it."""
    if os.geteuid() != 0:
        yield pwd.getpwuid(os.geteuid())
        return
    home = f"/var/tmp/{NAME}"
    subprocess.run(["useradd", "--create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", NAME], check=False)
    try:
        yield pwd.getpwnam(NAME)
    finally:
        subprocess.run(["userdel", "--remove", NAME], check=True, capture_output=True)


def python_for_others() -> list[str]:
    """A Python of this version that everybody may run, with the packages of this environment."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = Path(sys.executable).resolve()
    found = str(sys.executable) if open_to_others(own) else next(
        path for folder in ("/usr/bin", "/usr/local/bin") if Path(path := f"{folder}/{version}").exists())
    return [found, "-m", "baiying.project.command"]


def test_the_product_runs_as_a_user_without_privileges(somebody):
    port = product.free_port()
    home = Path(somebody.pw_dir)
    before = home.stat().st_mode
    packages = f"{product.CHECKOUT}:{sysconfig.get_paths()['purelib']}"
    environment = product.environment(home, port) | {"HOME": str(home), "PYTHONPATH": packages}
    del environment["BAIYING_DATA"]
    data = home / ".local" / "share" / "baiying"
    if not before & 0o001:  # a closed home: the default folder is outside it
        data = Path(f"/var/tmp/baiying-{somebody.pw_name}")
    launcher = subprocess.Popen([*python_for_others(), "run", "--demo"], cwd=product.CHECKOUT, env=environment,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                user=somebody.pw_uid if os.geteuid() == 0 else None,
                                group=somebody.pw_gid if os.geteuid() == 0 else None,
                                extra_groups=[] if os.geteuid() == 0 else None)
    printed = []
    try:
        assert launcher.stdout is not None
        for line in launcher.stdout:
            printed.append(line)
            if "Ctrl-C" in line:
                break
        product.wait_until_up(port)
        owners = {Path(f"/proc/{number}").stat().st_uid for number in processes_of(data)}
        assert owners == {somebody.pw_uid}, printed
        assert (data / "keys").stat().st_mode & 0o077 == 0 and home.stat().st_mode == before
    except AssertionError as error:
        raise AssertionError("".join(printed)) from error
    finally:
        launcher.terminate()
        launcher.communicate(timeout=60)
        left = wait_until_gone(data, 5)
        shutil.rmtree(data, ignore_errors=True)
    assert launcher.returncode == 0 and left == {}

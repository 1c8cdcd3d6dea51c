"""The page on services: the skeleton has no fault, and the fault that it quotes is the one that is told."""

from __future__ import annotations

import shutil
from pathlib import Path

from baiying.catalogue import check
from baiying.project.command import main
from tests.shared import CHECKOUT

PAGE = CHECKOUT / "docs" / "how-to" / "new-service.md"
KEY = "union.gym.booking"


def test_the_command_of_the_page_writes_a_file_without_a_fault_and_never_over_another(tmp_path: Path, capsys):
    folder = tmp_path / "catalogue"
    shutil.copytree(CHECKOUT / "catalogue", folder, ignore=shutil.ignore_patterns("territory", "cn_20[01]*"))
    assert f"baiying catalogue new service {KEY}" in PAGE.read_text(encoding="utf-8")
    assert main(["catalogue", "new", "service", KEY, str(folder)]) == 0
    lines, status = check.report(folder)
    assert status == 0, lines
    assert main(["catalogue", "new", "service", KEY, str(folder)]) != 0
    assert main(["catalogue", "new", "service", "gym", str(folder)]) != 0
    capsys.readouterr()
    path = folder / "services" / f"{KEY}.toml"
    path.write_text(path.read_text("utf-8").replace('fact = "member.active"', 'fact = "member.activ"', 1), "utf-8")
    (told,) = [line for line in check.report(folder)[0] if KEY in line]
    assert told in PAGE.read_text(encoding="utf-8")

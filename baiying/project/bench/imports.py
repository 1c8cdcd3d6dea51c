"""A sheet of 200,000 invented members brought in by the command that an office uses."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from baiying.project.bench.installation import installation
from baiying.project.errors import Trouble

ROWS, TARGET_SECONDS = 200_000, 300.0
SHEET = Path(__file__).resolve().parents[3] / "tools" / "members_sheet.py"


def measure(rows: int = ROWS) -> dict[str, Any]:
    """Seconds from the command to its end, looking through and entering both included."""
    with installation(), tempfile.TemporaryDirectory(prefix="baiying-bench-", dir="/var/tmp") as folder:
        sheet = Path(folder) / "members.csv"
        subprocess.run([sys.executable, str(SHEET), str(rows), str(sheet)], check=True)
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "baiying.project.command", "import", "members", str(sheet)],
                              capture_output=True, text=True)
        took = time.perf_counter() - began
    if done.returncode:
        raise Trouble(f"The import ended with status {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
    return {"rows": rows, "seconds": round(took, 1), "rows_per_second": round(rows / took),
            "target_seconds": TARGET_SECONDS, "met": took <= TARGET_SECONDS}

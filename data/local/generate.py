"""Makes the illustrative local data: everything it writes is made up, and comes out the same byte for byte.

``python data/local/generate.py`` writes every file, and its hash into the source.yaml beside it;
``python data/local/generate.py --check`` writes nothing, names the files that differ and ends with 1.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import re
import sys
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True  # data/ holds no __pycache__

import cases  # noqa: E402
import places  # noqa: E402
import said  # noqa: E402
import surveys  # noqa: E402
import work_plan  # noqa: E402
import yaml  # noqa: E402

HERE = Path(__file__).resolve().parent
HASHED = re.compile(r"file: (?P<file>[^,}\s]+), sha256: [0-9a-f]*")


def as_csv(headers: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headers, *rows])
    return text.getvalue().encode("utf-8")


def read_yaml(name: str) -> Any:
    # BaseLoader: every value stays the text that was written, so a date or a "No" is not turned into something else.
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def data_files() -> dict[str, bytes]:
    """Path below this folder → what the file holds. Each data set has its own seed."""
    made = {}
    everyone = cases.go_on(cases.made_up_cases(seed=4), seed=5)
    for edition, day in cases.EXTRACTS.items():
        made[f"assessment_cases/cases_{edition}.csv"] = as_csv(cases.HEADERS, cases.extract(everyone, day))

    words = read_yaml("words.yaml")
    for seed, (name, survey) in enumerate(surveys.SURVEYS.items(), start=11):
        for edition, last in surveys.EDITIONS.items():
            rows = surveys.answers_until(survey, words, last, seed)
            made[f"{name}/responses_{edition}.csv"] = as_csv(survey.headers, rows)

    for edition in places.EDITIONS:
        made[f"specialist_places/places_{edition}.xlsx"] = places.places_book(edition, seed=21)

    told = read_yaml("said.yaml")
    for name, headers in said.HEADERS.items():
        for edition in said.EDITIONS:
            made[f"{name}/{name}_{edition}.csv"] = as_csv(headers, said.rows_until(edition, told[name]))

    actions = read_yaml("actions.yaml")
    for year in actions:
        made[f"work_plan/work_plan_{year}.xlsx"] = work_plan.plan_book(work_plan.plan_of(year, actions))
    return made


def source_files(made: dict[str, bytes]) -> dict[str, bytes]:
    """Each source.yaml as it stands, with the hashes of the files that were made."""
    sources = {}
    for folder in sorted({name.split("/")[0] for name in made}):

        def hashed(match: re.Match[str], folder: str = folder) -> str:
            content = made[f"{folder}/{match['file']}"]
            return f"file: {match['file']}, sha256: {hashlib.sha256(content).hexdigest()}"

        text = (HERE / folder / "source.yaml").read_text(encoding="utf-8")
        sources[f"{folder}/source.yaml"] = HASHED.sub(hashed, text).encode("utf-8")
    return sources


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the illustrative local data, the same byte for byte.")
    parser.add_argument("--check", action="store_true", help="write nothing, name the files that differ")
    check = parser.parse_args().check

    made = data_files()
    differing = []
    for name, content in sorted((made | source_files(made)).items()):
        path = HERE / name
        if path.is_file() and path.read_bytes() == content:
            continue
        differing.append(name)
        if not check:
            path.write_bytes(content)
    for name in differing:
        print(f"{name} {'differs from what generate.py makes' if check else 'written'}")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())

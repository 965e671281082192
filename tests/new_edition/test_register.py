"""An edition is one line more in source.yaml: everything that people wrote there stays as it was."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.new_edition.register import insert_edition
from toolkit.sources import DataFile, Edition

NEW = Edition(edition="2023-05", published=date(2023, 5, 31), file="new.csv", sha256="0" * 64)
WRITTEN = {"edition": "2023-05", "published": "2023-05-31", "file": "new.csv", "sha256": "0" * 64}

BLOCK = """# about plans
title: Plans  # by year
editions:
  # The first.
  - edition: "2021"
    file: a.csv  # as it came

  - edition: "2022"
    files:
      - {file: b.csv, sha256: b}
      - {file: b.meta.csv, sha256: c}
# what follows
reader: figures
"""


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        "editions:\n- {edition: a}\n- {edition: b}  # the newest\ntitle: T\n",
        "editions: [{edition: a}, {edition: b}]\ntitle: T\n",
        "title: T\neditions:\n    - {edition: a}",
        "editions:\n  - {edition: a,\n     file: b}\n\n# the end\n",
    ],
)
def test_the_file_has_one_edition_more_and_nothing_else_changes(text: str) -> None:
    after = insert_edition(text, NEW)
    before, now = yaml.safe_load(text), yaml.load(after, yaml.BaseLoader)
    assert now["editions"][-1] == WRITTEN
    assert len(now["editions"]) == len(before["editions"]) + 1
    assert now["editions"][:-1] == yaml.load(text, yaml.BaseLoader)["editions"]
    without = after.replace(after.splitlines()[_line_of_new(after)] + "\n", "", 1) if "\n" in text else after
    assert without == text or "editions: [" in text or not text.endswith("\n")
    assert [line for line in text.splitlines() if "#" in line] == [line for line in after.splitlines() if "#" in line]


def _line_of_new(text: str) -> int:
    return next(number for number, line in enumerate(text.splitlines()) if "2023-05" in line)


def test_files_that_belong_together_are_named_together() -> None:
    parts = (DataFile(file="a.csv", sha256="1" * 64), DataFile(file="a.meta.csv", sha256="2" * 64))
    edition = Edition(edition="2023", published=date(2023, 1, 2), files=parts)
    after = yaml.load(insert_edition(BLOCK, edition), yaml.BaseLoader)["editions"][-1]
    assert Edition.model_validate({**after, "published": date(2023, 1, 2)}, strict=False) == edition


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(lambda name: name.strip()))
def test_whatever_a_file_is_called_its_name_is_read_back(name: str) -> None:
    edition = Edition(edition="2023", published=date(2023, 1, 2), file=name, sha256="0" * 64)
    assert yaml.load(insert_edition(BLOCK, edition), yaml.BaseLoader)["editions"][-1]["file"] == name

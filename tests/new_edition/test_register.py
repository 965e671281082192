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
LINE = f'{{edition: 2023-05, published: "2023-05-31", file: new.csv, sha256: "{"0" * 64}"}}'

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
    ("text", "last", "added"),
    [
        (BLOCK, "sha256: c}\n", f"  - {LINE}\n"),
        ("editions:\n- {edition: a}\n- {edition: b}  # the newest\ntitle: T\n", "newest\n", f"- {LINE}\n"),
        ("editions: [{edition: a}, {edition: b}]\ntitle: T\n", "{edition: b}", f", {LINE}"),
        ("title: T\neditions:\n    - {edition: a}", "{edition: a}", f"\n    - {LINE}"),
        ("editions:\n  - {edition: a,\n     file: b}\n\n# the end\n", "file: b}\n", f"  - {LINE}\n"),
    ],
)
def test_the_file_has_one_edition_more_after_the_last_and_nothing_else_changes(
    text: str, last: str, added: str
) -> None:
    """In the form in which people wrote theirs: a line each, or all in one."""
    after = insert_edition(text, NEW)
    before, rest = text.split(last)
    assert after == f"{before}{last}{added}{rest}"
    assert yaml.load(after, yaml.BaseLoader)["editions"][-1] == WRITTEN


def test_files_that_belong_together_are_named_together() -> None:
    parts = (DataFile(file="a.csv", sha256="1" * 64), DataFile(file="a.meta.csv", sha256="2" * 64))
    edition = Edition(edition="2023", published=date(2023, 1, 2), files=parts)
    after = yaml.load(insert_edition(BLOCK, edition), yaml.BaseLoader)["editions"][-1]
    assert Edition.model_validate({**after, "published": date(2023, 1, 2)}, strict=False) == edition


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(lambda name: name.strip()))
def test_whatever_a_file_is_called_its_name_is_read_back(name: str) -> None:
    edition = Edition(edition="2023", published=date(2023, 1, 2), file=name, sha256="0" * 64)
    assert yaml.load(insert_edition(BLOCK, edition), yaml.BaseLoader)["editions"][-1]["file"] == name

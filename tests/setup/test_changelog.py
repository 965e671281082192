"""The changelog is read by people in a hurry: releases, Added, Changed and Fixed, one short line each."""

import re
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
LINES = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def test_the_newest_release_is_the_version_of_the_package():
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert next(line for line in LINES if line.startswith("## ")) == f"## {version}"


def test_every_entry_stands_under_added_changed_or_fixed():
    heading = ""
    for line in LINES:
        heading = line if line.startswith("#") else heading
        if line.startswith("- "):
            assert heading in ("### Added", "### Changed", "### Fixed"), line


def test_no_entry_has_more_than_25_words():
    entries = [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line[2:]) for line in LINES if line.startswith("- ")]
    assert [entry for entry in entries if len(entry.split()) > 25] == []

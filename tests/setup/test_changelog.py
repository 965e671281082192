"""The changelog is read by people in a hurry: releases, Added, Changed and Fixed, one short line each."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from toolkit.run.releases import parse_changelog

CHECKOUT = Path(__file__).parents[2]
LINES = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def test_the_newest_release_is_the_version_of_the_package():
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert next(line for line in LINES if line.startswith("## ")) == f"## {version}"


VERSION = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
RELEASES = [line.split()[1] for line in LINES if line.startswith("## ")]


def numbers(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


def test_releases_have_three_numbers_and_stand_newest_first_each_once():
    """``verify`` compares them as numbers: 0.10.0 comes after 0.9.0."""
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", release) for release in RELEASES)
    assert sorted(map(numbers, RELEASES), reverse=True) == [numbers(release) for release in RELEASES]
    assert len(set(RELEASES)) == len(RELEASES)


def test_the_lock_file_repeats_the_version():
    """Or ``uv sync --frozen`` would install another one than the manifest of a checkout says."""
    packages = tomllib.loads((CHECKOUT / "uv.lock").read_text(encoding="utf-8"))["package"]
    assert [one["version"] for one in packages if one["name"] == "annual-review"] == [VERSION]


def git(*arguments: str) -> list[str]:
    command = ["git", "-C", str(CHECKOUT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("needs a git checkout")
    return done.stdout.split()


def faults_in(tags: list[str], here: list[str], version: str, releases: list[str]) -> list[str]:
    """What is wrong with the tags of releases, ``here`` those of this commit."""
    mine = [tag for tag in tags if re.match(r"v?\d", tag)]
    wrong = [f"{tag} is not v and three numbers" for tag in mine if not re.fullmatch(r"v\d+\.\d+\.\d+", tag)]
    wrong += [f"{tag} is not in the changelog" for tag in mine if tag.removeprefix("v") not in releases]
    return wrong + [f"{tag} is not version {version}" for tag in here if tag in mine and tag != f"v{version}"]


def test_tags_are_those_of_the_changelog():
    """The rule of docs/how-to/release.md, on this checkout and on made-up tags."""
    assert faults_in(git("tag"), git("tag", "--points-at", "HEAD"), VERSION, RELEASES) == []
    assert faults_in(["v0.1.0", "v0.2.0", "kept"], ["v0.2.0", "kept"], "0.2.0", ["0.2.0", "0.1.0"]) == []
    assert faults_in(["0.2.0", "v0.3.0"], ["v0.3.0"], "0.2.0", ["0.2.0"]) == [
        "0.2.0 is not v and three numbers",
        "v0.3.0 is not in the changelog",
        "v0.3.0 is not version 0.2.0",
    ]


def test_every_entry_that_names_files_names_files_of_a_review():
    """``verify`` holds them against the files that differ, so a folder or an option there would explain nothing."""
    for entry in parse_changelog("\n".join(LINES)):
        if entry.section != "Added":
            for file in entry.files:
                assert re.fullmatch(r"[\w/*.-]+\.(csv|html|xlsx|json|docx|pdf|ipynb)", file) or file.startswith(
                    "params/"
                ), f"{entry.release}: {file}"


def test_every_entry_stands_under_added_changed_or_fixed():
    heading = ""
    for line in LINES:
        heading = line if line.startswith("#") else heading
        if line.startswith("- "):
            assert heading in ("### Added", "### Changed", "### Fixed"), line


def test_no_entry_has_more_than_25_words():
    entries = [re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line[2:]) for line in LINES if line.startswith("- ")]
    assert [entry for entry in entries if len(entry.split()) > 25] == []

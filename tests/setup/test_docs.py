"""What the pages for contributors name is there: files, folders, commands of make, and the pages they link to."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "README.md", "docs/architecture.md", "docs/how-to/README.md", "docs/decisions/README.md")
FOLDERS = ("toolkit", "params", "notebooks", "tests", "docs", "data", ".ci")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_and_folder_that_is_named_exists(page: str) -> None:
    words = re.findall(r"`([^`\n]+)`", (ROOT / page).read_text("utf-8"))
    named = [word for word in words if word.split("/")[0] in FOLDERS and not re.search(r"[ *<]", word)]
    assert len(named) > 3
    assert [word for word in named if not (ROOT / word).exists()] == []


def test_every_command_of_make_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    named = {word for page in PAGES for word in re.findall(r"\bmake ([a-z-]+)`", (ROOT / page).read_text("utf-8"))}
    assert "mutants" in named
    assert named - targets == set()

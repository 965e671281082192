"""A how-to page is followed as a person follows it: files are written, commands run, what they print compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from toolkit.cli import cli

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
FENCE = re.compile(r"(?ms)^( *)```(\w+)\n(.*?)^ *```$")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language and its text."""

    language: str
    text: str


@dataclass(frozen=True)
class Guide:
    """A how-to page, followed in a copy of the tiny project, whose one year stands for the page's 2019."""

    name: str
    project: Path

    def blocks(self, *languages: str) -> Iterator[Block]:
        """The blocks of the page in those languages, in order."""
        for _, language, text in FENCE.findall((HOW_TO / self.name).read_text("utf-8")):
            if language in languages:
                yield Block(language, dedent(text).replace("2019", "2022"))

    def write_files(self) -> None:
        """Each YAML block goes to the end of the file that its first line names."""
        for block in self.blocks("yaml"):
            path = self.project / block.text.splitlines()[0].removeprefix("# ")
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(block.text)

    def type_in(self, console: Block) -> None:
        """Run the commands of a console block; each line that the page shows is among what they print."""
        command, *shown = console.text.splitlines()
        result = CliRunner().invoke(cli, command.removeprefix("$ annual-review ").split())
        assert result.exit_code == 0, result.output
        for line in shown:
            assert line in result.output.splitlines()


@pytest.fixture
def project(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny project, as the folder in which commands are typed."""
    monkeypatch.chdir(tiny)
    return tiny


@pytest.fixture
def follow(project: Path):
    """A how-to page by its file's name, to be followed in the project."""
    return lambda name: Guide(name, project)

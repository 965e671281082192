"""The names of files that a review reads in ``params/``: one that is misspelt would be ignored in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from toolkit.errors import Problem, did_you_mean, shown_path
from toolkit.params.strategies import STRATEGIES, strategy_folders

__all__ = ["ALLOWED_SIGNERS", "misspelt_signers", "unread_files"]

ALLOWED_SIGNERS = "params/allowed_signers"

OF_PROJECT = (
    "governance.yaml", "pages.yaml", "papers.yaml", "policy.yaml",
)  # fmt: skip
OF_STRATEGY = ("codebook.yaml", "places.yaml", "strategy.yaml")
OF_YEAR = ("decisions.yaml", "duties.yaml", "papers.yaml", "review.yaml", "waivers.yaml")
ENDINGS = (".yaml", ".yml", ".md")
"""Of the files that people write for a review; pictures and notes of other kinds may lie beside them."""


@dataclass(frozen=True)
class _Folder:
    """What one folder may hold: names of files and of folders; ``any_file`` with that ending has a name of its own."""

    path: Path
    files: Collection[str] = ()
    folders: Collection[str] = ()
    any_file: str = ""


def unread_files(project: Path, year: int, parts: Collection[str] | None = None) -> Iterator[Problem]:
    """Files and folders in ``params/`` and in that of a year that nothing reads, each with the nearest name.

    ``parts``: ids of the parts of the strategy, which commentaries are named after; None where it cannot be read.
    """
    params = project / "params"
    own = params / str(year)
    years = [folder.name for folder in params.glob("[0-9]*") if folder.name.isdecimal()]
    strategies = strategy_folders(project)
    commentaries = ("overview.md", *(f"{part}.md" for part in parts or ()))
    for folder in (
        _Folder(params, OF_PROJECT, ("papers", "phrases", "strategies", *years)),
        _Folder(params / "papers", any_file=".yaml"),
        _Folder(own, OF_YEAR, ("commentary",)),
        _Folder(own / "commentary", commentaries, ("measures",), ".md" if parts is None else ""),
        _Folder(project / STRATEGIES, folders=[folder.name for folder in strategies]),
        *(_Folder(folder, OF_STRATEGY, ("measures",)) for folder in strategies),
    ):
        yield from _unread(folder, project)
    yield from misspelt_signers(project)
    for path in [path for folder in strategies for path in _list_written(folder / "measures")]:
        if path.is_file():
            place = f"{shown_path(path.parent, project)}/<priority>/{path.name}"
            yield Problem(
                shown_path(path, project), 0, "the measure is not in the folder of a priority", f"move it to {place}"
            )


def misspelt_signers(project: Path) -> Iterator[Problem]:
    """Files whose name is nearly that of the keys that signatures are made with: such a file would be passed over."""
    name = Path(ALLOWED_SIGNERS).name
    if (project / ALLOWED_SIGNERS).is_file() and name in {path.name for path in (project / "params").iterdir()}:
        return
    for path in sorted((project / "params").glob("*")):
        likeness = SequenceMatcher(None, path.name.casefold(), name).ratio()
        if path.is_file() and path.suffix not in ENDINGS and likeness > 0.75:
            what = "no signature is checked against a file of this name"
            yield Problem(shown_path(path, project), 0, what, f"did you mean '{name}'? rename it")


def _unread(folder: _Folder, project: Path) -> Iterator[Problem]:
    for path in _list_written(folder.path):
        is_folder = path.is_dir()
        names = folder.folders if is_folder else folder.files
        if path.name in names or (not is_folder and folder.any_file == path.suffix):
            continue
        kind = "folder" if is_folder else "file"
        free = [name for name in names if not (folder.path / name).exists()]
        if folder.any_file and not is_folder:
            free = [f"{path.stem}{folder.any_file}"]
        fix = did_you_mean(path.name, free) or "remove it from params/"
        if path.name in (*OF_STRATEGY, "measures"):
            fix = f"move it to {STRATEGIES}/<id>/{path.name}"
        yield Problem(shown_path(path, project), 0, f"no review reads a {kind} of this name", fix)


def _list_written(folder: Path) -> Iterator[Path]:
    """The files of a folder that people write for a review, and the folders that hold such."""
    for path in sorted(folder.glob("*")):
        inside = path.rglob("*") if path.is_dir() else [path]
        is_written = any(one.suffix in ENDINGS and one.name != "README.md" for one in inside)
        if is_written and not path.name.startswith("."):
            yield path

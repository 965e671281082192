"""The lock of a review: everything that it was made from, as values, so that it can be made again at any later time.

What is added to the project afterwards (a later edition, a measure, a page) is not in the lock and changes nothing.
Params, notebooks and phrases stand in it as they were; files of data are named by path and SHA-256.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from toolkit.errors import InputError, Problem
from toolkit.evidence import ReviewInputs
from toolkit.fingerprint import file_digest
from toolkit.params.yaml import read_yaml
from toolkit.run.plan import Plan
from toolkit.sources import Source

__all__ = ["LOCK", "ReviewLock", "lock_of", "read_lock", "thaw"]

LOCK = "lock.json"
YEARLESS = ("params", "notebooks")
COMPARATORS = "data/reference/comparators"

Value = Any


@dataclass(frozen=True)
class ReviewLock:
    """What one review used.

    ``texts`` is path → content of every file that people write (YAML as its value, other text as it is, a picture in
    base64); ``files`` is path → SHA-256 of every file of data; ``notebooks`` is name → cells without what they showed.
    """

    review: Mapping[str, Value]
    texts: Mapping[str, Value]
    files: Mapping[str, str]
    notebooks: Mapping[str, list[dict[str, Value]]]
    made_with: Mapping[str, Value]

    @property
    def digest(self) -> str:
        """SHA-256 of all but ``made_with``, which is recorded and not compared."""
        return sha256(json.dumps(self._compared, ensure_ascii=False).encode()).hexdigest()

    @property
    def _compared(self) -> dict[str, Value]:
        return {"review": self.review, "texts": self.texts, "files": self.files, "notebooks": self.notebooks}

    def write(self, path: Path) -> None:
        content = {**self._compared, "made_with": self.made_with, "sha256": self.digest}
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")


def read_lock(path: Path, shown: str) -> ReviewLock:
    """Read a lock back; one that is missing, or that somebody has edited, is an ``InputError``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        lock = ReviewLock(**{name: content[name] for name in ReviewLock.__dataclass_fields__})
    except FileNotFoundError:
        raise InputError(Problem(shown, 0, "the review has no lock", "run the review again to make one")) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(Problem(shown, 0, "the lock cannot be read", "put it back from a copy")) from None
    if lock.digest != content.get("sha256"):
        raise InputError(Problem(shown, 0, "the lock has been edited by hand", "put it back from a copy"))
    return lock


def lock_of(plan: Plan, made_with: Mapping[str, Value]) -> ReviewLock:
    """The lock of a review that is about to be made."""
    inputs = plan.read
    assert inputs is not None
    texts = dict(_params(inputs)) | dict(_descriptions(inputs))
    review = {
        "year": plan.review.year,
        "authority": inputs.authority.name,
        "strategy": inputs.project.strategy.title,
    }
    notebooks = {step.notebook.stem: _cells(step.notebook) for step in plan.steps}
    return ReviewLock(review, _by_path(texts), _by_path(dict(_files(inputs))), _by_path(notebooks), made_with)


def _by_path(entries: Mapping[str, Value]) -> dict[str, Value]:
    return {name: entries[name] for name in sorted(entries)}


def _params(inputs: ReviewInputs) -> Iterator[tuple[str, Value]]:
    later = {measure.id for measure in inputs.later.values()}
    named = json.dumps([decision.subject for decision in inputs.recorded])
    for path in inputs.all_param_files:
        name = path.relative_to(inputs.folder).as_posix()
        if name.startswith("params/measures/") and path.stem in later and f'"{path.stem}"' not in named:
            continue
        if name != f"params/{inputs.year.year}/{LOCK}":
            yield name, _content(path, inputs.folder)


def _content(path: Path, project: Path) -> Value:
    if path.suffix == ".yaml":
        return {"yaml": read_yaml(path, project).data}
    try:
        return {"text": path.read_text(encoding="utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(path.read_bytes()).decode()}


def _descriptions(inputs: ReviewInputs) -> Iterator[tuple[str, Value]]:
    """How the data is read and checked: source.yaml with the editions that were public, suites, the calendar."""
    sources = {f"{source.folder}/source.yaml": source for source in inputs.sources.values()}
    for path in _described(inputs):
        name = path.relative_to(inputs.folder).as_posix()
        content = _content(path, inputs.folder)
        if name in sources:
            content = {"yaml": _public(content["yaml"], sources[name], inputs)}
        yield name, content


def _described(inputs: ReviewInputs) -> Iterator[Path]:
    for path, edition in inputs.all_data_files:
        used = {inputs.year.neighbours, inputs.year.neighbours_before}
        aside = path.is_relative_to(inputs.folder / COMPARATORS) and path.parent.name not in used
        if not edition and path.suffix in (".yaml", ".csv") and not aside and not _of_an_edition(path, inputs.folder):
            yield path


def _of_an_edition(path: Path, project: Path) -> bool:
    """Whether the file is one that a source.yaml beside it names."""
    return path.suffix != ".yaml" and (path.parent / "source.yaml").is_file()


def _public(described: dict[str, Value], source: Source, inputs: ReviewInputs) -> dict[str, Value]:
    """source.yaml without the editions that nobody could read by the cut-off."""
    used = {edition.edition for edition in _editions(source, inputs)}
    return {**described, "editions": [one for one in described["editions"] if str(one["edition"]) in used]}


def _editions(source: Source, inputs: ReviewInputs) -> list[Any]:
    public = [edition for edition in source.editions if edition.published <= inputs.year.cut_off]
    return public or sorted(source.editions, key=lambda edition: edition.published)[:1]


def _files(inputs: ReviewInputs) -> Iterator[tuple[str, str]]:
    for source in inputs.sources.values():
        for edition in _editions(source, inputs):
            for part in edition.parts:
                yield f"{source.folder}/{part.file}", part.sha256
    for path, edition in inputs.all_data_files:
        name = path.relative_to(inputs.folder).as_posix()
        used = {inputs.year.neighbours, inputs.year.neighbours_before}
        aside = name.startswith(COMPARATORS) and path.parent.name not in used
        if not edition and _of_an_edition(path, inputs.folder) and not aside and name.startswith("data/reference/"):
            yield name, file_digest(path)


def _cells(path: Path) -> list[dict[str, Value]]:
    """The cells of a notebook: kind, tags and source."""
    cells = nbformat.read(path, as_version=4)["cells"]
    return [
        {"kind": cell["cell_type"], "tags": list(cell["metadata"].get("tags", ())), "source": cell["source"]}
        for cell in cells
    ]


def thaw(lock: ReviewLock, project: Path, into: Path) -> Path:
    """Lay out the project as the review used it, in the empty folder ``into``; data is found in ``project``.

    A file of data that is nowhere in the project is an ``InputError``.
    """
    for name, content in lock.texts.items():
        _write(into / name, content)
    for name, cells in lock.notebooks.items():
        _write_notebook(into / "notebooks" / f"{name}.ipynb", cells)
    _lay_data(lock.files, project, into)
    return into


def _write(path: Path, content: Mapping[str, Value]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if "base64" in content:
        path.write_bytes(base64.b64decode(content["base64"]))
    else:
        text = content["text"] if "text" in content else json.dumps(content["yaml"], indent=1, ensure_ascii=False)
        path.write_text(text, encoding="utf-8", newline="\n")


def _write_notebook(path: Path, cells: Iterable[Mapping[str, Value]]) -> None:
    made = []
    for number, cell in enumerate(cells, start=1):
        of_kind = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}[cell["kind"]]
        tags = {"tags": cell["tags"]} if cell["tags"] else {}
        made.append(of_kind(cell["source"], metadata=tags, id=f"cell-{number}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)


def _lay_data(files: Mapping[str, str], project: Path, into: Path) -> None:
    missing = []
    moved: dict[str, Path] = {}
    for name, digest in files.items():
        path = project / name
        if not path.is_file() or file_digest(path) != digest:
            moved = moved or {file_digest(one): one for one in sorted((project / "data").rglob("*")) if one.is_file()}
            if digest not in moved:
                fix = f"put back the file with the SHA-256 {digest}"
                missing.append(Problem(name, 0, "the file that the review used is not there", fix))
                continue
            path = moved[digest]
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except OSError:
            shutil.copyfile(path, place)
    if missing:
        raise InputError(missing)

"""Making the lock of a review from its inputs: what it uses is kept, and nothing else."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import nbformat

from toolkit.evidence import ReviewInputs
from toolkit.evidence.lock import LockedFile, NotebookCell, ReviewLock, read_lock
from toolkit.fingerprint import CHECKOUT, file_digest, installed_packages
from toolkit.params import ReviewId, logo_file
from toolkit.params.defaults import DEFAULTS, defaults_of
from toolkit.params.yaml import read_yaml
from toolkit.run.graph import Step
from toolkit.run.releases import current_release
from toolkit.sources import Edition, Source
from toolkit.words.bank import FOLDER

__all__ = ["lock_review", "record_tools"]

CHECKS = "data/checks"
COMPARATORS = "data/reference/comparators"
REFERENCE = "data/reference"
Entry = TypeVar("Entry")


def lock_review(
    inputs: ReviewInputs, review: ReviewId, steps: Iterable[Step], made_with: Mapping[str, Any]
) -> ReviewLock:
    """The lock of a review with these inputs and steps; ``made_with`` is what ``record_tools`` gives."""
    about = {"year": review.year, "authority": inputs.authority.name, "strategy": inputs.project.strategy.title}
    texts = {**_params(inputs), **dict(_descriptions(inputs)), **dict(_defaults(inputs.folder))}
    notebooks = {step.notebook.stem: read_cells(step.notebook) for step in steps}
    files = dict(_files(inputs))
    return ReviewLock(
        about, _by_path(texts), _by_path(files), _by_path(notebooks), made_with, _by_path(dict(_before(inputs)))
    )


def _before(inputs: ReviewInputs) -> Iterator[tuple[str, str]]:
    """The locks that were read in place of the params of signed reviews."""
    for path in inputs.locks_before.values():
        name = path.relative_to(inputs.folder).as_posix()
        yield name, read_lock(path, name).digest


def record_tools(documents: Mapping[str, str]) -> dict[str, Any]:
    """Release of the toolkit, commit of the checkout, Python, libraries, and the tools that make ``documents``."""
    return {
        "release": current_release(),
        "commit": _commit(),
        "python": sys.version.split()[0],
        "documents": dict(documents),
        "libraries": list(installed_packages()),
    }


def _commit() -> str:
    """Commit of the checkout; "" in an installed package or where there is no git."""
    if not (CHECKOUT / ".git").exists():
        return ""
    command = ["git", "-C", str(CHECKOUT), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _by_path(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    return {name: entries[name] for name in sorted(entries)}


def _params(inputs: ReviewInputs) -> dict[str, dict[str, Any]]:
    """The params that the review reads: YAML, Markdown and the logo.

    Notes of other kinds that lie there are left out, since the lock goes out with the review. Of measures that begin
    later, those are kept that the other params or the work plan name.
    """
    texts: dict[str, dict[str, Any]] = {}
    later: dict[str, dict[str, Any]] = {}
    logo = logo_file(inputs.project.strategy.brand, inputs.folder)
    measures = inputs.project.strategy_folder / "measures"
    for path in inputs.all_param_files:
        if path != logo and (path.suffix not in (".yaml", ".md") or not _of_project(path, inputs.folder)):
            continue
        name = path.relative_to(inputs.folder).as_posix()
        begins_later = path.is_relative_to(measures) and path.stem in inputs.later
        (later if begins_later else texts)[name] = _content(path, inputs.folder)
    plans = [plan.to_csv() for review in _reviews(inputs) for plan in review.plans.values()]
    written = json.dumps([*texts.values(), *plans], ensure_ascii=False)
    return texts | {name: content for name, content in later.items() if Path(name).stem in written}


def _of_project(path: Path, project: Path) -> bool:
    """Whether the project itself has the file; a shipped one, or one of a lock's defaults, is kept among those."""
    inside = path.resolve().is_relative_to(project.resolve())
    return inside and not path.is_relative_to(project / DEFAULTS)


def _descriptions(inputs: ReviewInputs) -> Iterator[tuple[str, dict[str, Any]]]:
    """How the data is read and checked: source.yaml with the editions that were public, the suites, the calendar."""
    sources = {f"{source.folder}/source.yaml": source for source in inputs.sources.values()}
    for path, edition in inputs.all_data_files:
        name = path.relative_to(inputs.folder).as_posix()
        if edition or _is_figures(path) or path.suffix not in (".yaml", ".csv") or _of_another_set(path, inputs):
            continue
        content = _content(path, inputs.folder)
        if name in sources:
            content = {"yaml": _as_public(content["yaml"], sources[name], inputs)}
        yield name, content


def _defaults(project: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is shipped and a project need not write: pages, shared suites and phrases."""
    defaults = defaults_of(project)
    for path in (defaults / "params" / "pages.yaml", *sorted((defaults / CHECKS).glob("*.yaml"))):
        yield f"{DEFAULTS}/{path.relative_to(defaults).as_posix()}", _content(path, defaults)
    restored = project / DEFAULTS / "phrases"
    for path in sorted((restored if restored.is_dir() else FOLDER).glob("*.yaml")):
        yield f"{DEFAULTS}/phrases/{path.name}", _content(path, path.parent)


def _content(path: Path, project: Path) -> dict[str, Any]:
    if path.suffix == ".yaml":
        return {"yaml": read_yaml(path, project).data}
    try:
        return {"text": path.read_text(encoding="utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(path.read_bytes()).decode()}


def _is_figures(path: Path) -> bool:
    """Whether the file is one that the source.yaml beside it names."""
    return path.suffix != ".yaml" and (path.parent / "source.yaml").is_file()


def _of_another_set(path: Path, inputs: ReviewInputs) -> bool:
    used = {name for one in _reviews(inputs) for name in (one.year.neighbours, one.year.neighbours_before)}
    return path.is_relative_to(inputs.folder / COMPARATORS) and path.parent.name not in used


def _reviews(inputs: ReviewInputs | None) -> Iterator[ReviewInputs]:
    """The review and those before it that are read with it from the params of today."""
    while inputs:
        yield inputs
        inputs = inputs.earlier_from_params


def _as_public(described: dict[str, Any], source: Source, inputs: ReviewInputs) -> dict[str, Any]:
    """source.yaml without the editions that came out after the cut-off."""
    public = {edition.edition for edition in _editions(source, inputs)}
    return {**described, "editions": [one for one in described["editions"] if str(one["edition"]) in public]}


def _editions(source: Source, inputs: ReviewInputs) -> list[Edition]:
    """Editions that were public by the cut-off; the oldest where none was, since its rows may be dated."""
    public = [edition for edition in source.editions if edition.published <= inputs.year.cut_off]
    return public or sorted(source.editions, key=lambda edition: edition.published)[:1]


def _files(inputs: ReviewInputs) -> Iterator[tuple[str, LockedFile]]:
    for source in inputs.sources.values():
        for edition in _editions(source, inputs):
            for part in edition.parts:
                yield f"{source.folder}/{part.file}", LockedFile(part.sha256, edition.edition)
    for path, edition_id in inputs.all_data_files:
        name = path.relative_to(inputs.folder).as_posix()
        reference = name.startswith(REFERENCE) and _is_figures(path) and not _of_another_set(path, inputs)
        if reference and not edition_id:
            yield name, LockedFile(file_digest(path))


def read_cells(notebook: Path) -> tuple[NotebookCell, ...]:
    """The cells of a notebook: kind, source and tags."""
    cells = nbformat.read(notebook, as_version=4)["cells"]
    return tuple(
        NotebookCell(cell["cell_type"], cell["source"], tuple(cell["metadata"].get("tags", ()))) for cell in cells
    )

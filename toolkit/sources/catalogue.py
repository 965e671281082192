"""The sources of a project: every ``source.yaml`` under ``data/published`` and ``data/local``."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.yaml import read_yaml, validate
from toolkit.sources.faults import read_all
from toolkit.sources.readers import READERS
from toolkit.sources.source import Source

__all__ = ["load_sources"]

FOLDERS = ("data/published", "data/local")


def load_sources(project: Path) -> dict[str, Source]:
    """Every source by its id, the name of its folder, in order. The problems of all of them are raised at once."""
    folders = [folder for parent in FOLDERS for folder in sorted((project / parent).glob("*/")) if _holds_data(folder)]
    sources = read_all(partial(_source, project, folder) for folder in folders)
    by_id: dict[str, Source] = {}
    for source in sources:
        if source.id in by_id:
            what = f"the source '{source.id}' is also in {by_id[source.id].folder}"
            raise InputError(Problem(source.file, 0, what, "rename one of the folders"))
        by_id[source.id] = source
    return dict(sorted(by_id.items()))


def _holds_data(folder: Path) -> bool:
    """Hidden folders and folders of scripts are not sources; a data file without a source.yaml is a mistake."""
    if folder.name.startswith((".", "_")):
        return False
    return any(path.suffix.lower() in (".yaml", ".csv", ".xlsx", ".parquet") for path in folder.iterdir())


def _source(project: Path, folder: Path) -> Source:
    document = read_yaml(folder / "source.yaml", project)
    reader = document.data.get("reader") if isinstance(document.data, dict) else None
    if isinstance(reader, str) and reader not in READERS:
        fix = did_you_mean(reader, READERS)
        raise InputError(document.problem(("reader",), f"there is no reader '{reader}'", fix))
    place = folder.relative_to(project).as_posix()
    source = validate(document, READERS.get(str(reader), Source), id=folder.name, folder=place)
    if problems := list(source.check(document)):
        raise InputError(problems)
    return source

"""Writing a new project, and writing it again without touching what a person has edited."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.new_project.answers import Answers, complete_answers, read_answers
from toolkit.new_project.authority import ReviewedAuthority, find_authority
from toolkit.new_project.layout import ANSWERS, ProjectInputs, project_files, read_logo, strategy_folder
from toolkit.new_project.questions import Ask, Say, ask_questions
from toolkit.params.defaults import SHIPPED

__all__ = ["RECORD", "NewProject", "begin_from", "begin_project", "copy_demonstration"]

Talk = tuple[Ask, Say]

RECORD = "init.sha256"
"""Every file that was written, in the form of ``sha256sum``: what differs from it has been edited."""


@dataclass(frozen=True)
class NewProject:
    """A project that was begun or followed new answers: the files written, taken out, and left because of an edit."""

    folder: Path
    answers: Answers
    authority: ReviewedAuthority
    written: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Lines for the terminal: whom it reviews, what was written, and what to do next."""
        council, year = self.authority, self.answers.year
        measures = sum("/measures/" in name for name in self.written)
        yield f"{council.name} ({council.code}), {council.region}."
        yield (
            f"Its neighbours: {', '.join(council.neighbours)}."
            if council.neighbours
            else "It has no set of statistical neighbours."
        )
        yield (
            f"{len(self.written)} files were written, {measures} of them measures."
            if self.written
            else "Nothing was written."
        )
        if self.removed:
            yield f"Removed, because the answers no longer need them: {', '.join(self.removed)}"
        if self.edited:
            yield f"Left as they are, because somebody has edited or removed them: {', '.join(self.edited)}"
        yield f"What only you can write: {(self.folder / 'what-only-you-can-write.md').as_posix()}"
        yield f"Next: annual-review run {year} --project {self.folder.as_posix()}"


def begin_from(folder: Path, authority: str, file: Path | None, talk: Talk | None) -> NewProject:
    """Begin from a file of answers, those that the folder was begun with, questions, or (``talk`` None) defaults."""
    stored = folder / ANSWERS
    if file or stored.is_file():
        answers = read_answers(file or stored, authority)
    elif talk:
        answers = ask_questions(authority, *talk)
    elif authority:
        answers = Answers(authority=authority)
    else:
        raise InputError(Problem("--authority", 0, "no authority is named", "add --authority with its name or code"))
    if authority and find_authority(authority) != find_authority(answers.authority):
        what = f"the answers are of {answers.authority}, not of {authority}"
        raise InputError(Problem((file or stored).name, 0, what, "use a separate folder for another authority"))
    return begin_project(folder, answers, (file or stored).parent)


def begin_project(folder: Path, answers: Answers, beside: Path) -> NewProject:
    """Write the project of these answers into ``folder``. A logo's path is seen from ``beside``.

    A file that differs from what was written before has been edited, and one that is gone was taken out: both stay so.
    """
    authority = find_authority(answers.authority)
    whole = complete_answers(answers.model_copy(update={"authority": authority.name}))
    kept_logo = folder / "params" / "logo.png"
    logo = read_logo(beside / answers.logo) if answers.logo else kept_logo.read_bytes() if kept_logo.is_file() else b""
    before = _read_record(folder)
    files = project_files(ProjectInputs(whole, authority, logo, strategy_folder(whole, before)))
    if not before and (folder / "params").exists():
        what = "this folder has a params/ that `init` did not write"
        raise InputError(Problem(folder.name, 0, what, "name a new folder"))
    written, edited = [], []
    for name, content in files.items():
        now, was = _digest_of(folder / name), before.get(name)
        if now == _digest(content):
            continue
        if now == was:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
            written.append(name)
        else:
            edited.append(name)
    removed = [name for name in before if name not in files and _digest_of(folder / name) == before[name]]
    for name in removed:
        (folder / name).unlink()
    record = {name: before.get(name, "") if name in edited else _digest(content) for name, content in files.items()}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(record.items()) if digest]
    (folder / RECORD).write_text("".join(lines), encoding="utf-8", newline="\n")
    return NewProject(folder, whole, authority, tuple(written), tuple(removed), tuple(edited))


def _read_record(folder: Path) -> dict[str, str]:
    path = folder / RECORD
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _digest_of(path: Path) -> str | None:
    return _digest(path.read_bytes()) if path.is_file() else None


def copy_demonstration(folder: Path) -> None:
    """Copy the shipped demonstration, params and data, into a new folder."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(Problem(folder.name, 0, "this folder is not empty", "name a new folder for the demonstration"))
    for name in ("params", "data"):
        shutil.copytree(SHIPPED / name, folder / name)

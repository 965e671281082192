"""What has been revised since a review was made, by the editions that its sources have by now.

The review itself stays as it is. It is laid out as its lock has it, with the later editions added, and its figures are
read once by its own cut-off and once by today's editions. There is no clock: an edition in ``source.yaml`` counts.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.analysis.codes import RevisionKind
from toolkit.analysis.revisions import Flip, parse_flips
from toolkit.errors import InputError
from toolkit.evidence import ReviewInputs, find_revisions_since, read_inputs
from toolkit.evidence.lock import LOCK, ReviewLock, read_lock
from toolkit.evidence.locked import add_editions, find_later_editions, without_words
from toolkit.evidence.restore import restore_project
from toolkit.fingerprint import digest, toolkit_digest
from toolkit.run.stored_reviews import StoredReview
from toolkit.run.whole_file import write_whole
from toolkit.words.bank import lay_over

__all__ = ["RevisedSince", "find_revised_since"]

_NOT_REVISED = (RevisionKind.REDEFINED, RevisionKind.HIDDEN)
_KEPT = 40


@dataclass(frozen=True)
class RevisedSince:
    """``figures`` that the review prints and that read otherwise today, and who published them.

    ``flips`` are the marks that would change, each with the name of its measure. ``problem`` says why nothing is known,
    where that is so.
    """

    figures: int = 0
    publishers: tuple[str, ...] = ()
    flips: tuple[tuple[str, Flip], ...] = ()
    problem: str = ""


def find_revised_since(outputs: Path, stored: StoredReview) -> RevisedSince:
    """What has been revised since a finished review of ``outputs``; kept in the project's cache until that changes."""
    project = outputs.parent
    try:
        lock = read_lock(stored.folder / LOCK, f"{stored.review.place}/{LOCK}")
        later = dict(find_later_editions(lock, project))
        if not later:
            return RevisedSince()
        place = project / ".cache" / "revised" / _key(stored, lock, later)
        return _read_kept(place) or _keep(place, _compare(stored, add_editions(lock, later), project))
    except InputError as error:
        return RevisedSince(problem=error.problems[0].what)


def _key(stored: StoredReview, lock: ReviewLock, later: Mapping[str, Any]) -> str:
    return digest(stored.review.profile, lock.digest_of("review", "texts", "files", "before"), later, toolkit_digest())


def _read_kept(place: Path) -> RevisedSince | None:
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        pairs = tuple((name, Flip(*flip)) for name, flip in kept["flips"])
        return RevisedSince(kept["figures"], tuple(kept["publishers"]), pairs, kept["problem"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(place: Path, revised: RevisedSince) -> RevisedSince:
    with suppress(InputError, OSError):  # a folder that may only be read has no cache
        write_whole(place, json.dumps(asdict(revised), ensure_ascii=False), place.name)
        for old in sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            old.unlink()
    return revised


def _compare(stored: StoredReview, lock: ReviewLock, project: Path) -> RevisedSince:
    try:
        with tempfile.TemporaryDirectory(prefix="annual-review-revised-") as folder:
            restored = restore_project(without_words(lock), project, Path(folder))
            inputs = read_inputs(restored, stored.review.year, before=0)
            last = max(edition.published for source in inputs.sources.values() for edition in source.editions)
            public = stored.review.profile == "public"
            return _count(find_revisions_since(inputs, last, _critical(stored.folder), public), inputs)
    finally:
        lay_over(project)  # reading the inputs of another project has laid its phrases over the banks


def _critical(folder: Path) -> set[str]:
    """The measures that the review could not judge, since a critical check of their data failed."""
    with (folder / "tables" / "findings.csv").open(encoding="utf-8", newline="") as file:
        failed = [row for row in csv.DictReader(file) if row["outcome"] in ("fail", "error")]
    critical = (row["measures"].split(";") for row in failed if row["severity"] == "critical")
    return {measure for measures in critical for measure in measures if measure}


def _count(table: pd.DataFrame, inputs: ReviewInputs) -> RevisedSince:
    """A figure that differs by less than the last decimal it is printed with has not changed for a reader."""
    real = table[~table["kind"].isin(_NOT_REVISED)]
    measures = inputs.project.measures
    last = pd.Series([0.5 * 10.0 ** -measures[name].decimals for name in real["measure"]], real.index, dtype="float64")
    seen = real[~(real["difference"].abs() < last)]
    publishers = {inputs.sources[name].publisher for name in seen["source"]}
    flipped = real[real["flips"] != ""]
    pairs = zip(flipped["name"], flipped["flips"], strict=True)
    flips = tuple((name, flip) for name, written in pairs for flip in parse_flips(written))
    return RevisedSince(len(seen), tuple(sorted(publishers)), flips)

"""``compare``: two reviews side by side, from the tables that they printed; a page and a table beside the reviews.

The page of two neighbouring reviews is made again whenever one of them is run. It is no part of either review's folder,
so it is neither signed nor verified: it follows from the two, byte for byte.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import frames
from toolkit.errors import InputError, Problem
from toolkit.frames import Frame
from toolkit.refresh.year_on_year import Printed
from toolkit.report import Page, comparison_page, render_page, write_csv
from toolkit.report.year_on_year import changes_notebook
from toolkit.run.manifest import MANIFEST
from toolkit.words.year_on_year import changes_between

__all__ = ["ComparedReview", "compare_neighbours", "read_printed_review", "write_comparison"]

READ: dict[str, Frame[Any]] = {
    "judgements": frames.JUDGEMENTS,
    "definitions": frames.DEFINITIONS,
    "comparators": frames.COMPARATORS,
    "revisions": frames.REVISIONS,
    "actions": frames.ACTIONS,
    "decisions": frames.DECISIONS,
}
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True)
class ComparedReview:
    """One of the two reviews: its folder's name, tables, verdict and the manifest's description."""

    name: str
    printed: Printed
    about: dict[str, Any]
    verdict: str
    stands: bool = True
    """Whether its folder exists, so that the page can link to it."""


def read_printed_review(folder: Path) -> ComparedReview | None:
    """Read a review of ``outputs/``; None where it was not made, or an earlier version made it with other tables."""
    manifest = folder / MANIFEST
    if not manifest.is_file() or not all(_holds(folder / "tables" / f"{name}.csv", READ[name]) for name in READ):
        return None
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["about"].setdefault("attributions", [])
    tables = {name: _read(folder / "tables" / f"{name}.csv", frame) for name, frame in READ.items()}
    return ComparedReview(folder.name, Printed(said["about"]["year"], tables), said["about"], said["verdict"])


def _holds(path: Path, frame: Frame[Any]) -> bool:
    """Whether a table is there with every column of its frame."""
    return path.is_file() and {*frame.columns} <= {*pd.read_csv(path, nrows=0).columns}


def _read(path: Path, frame: Frame[Any]) -> pd.DataFrame:
    """Read a table back: numbers as numbers, text without the apostrophe that guards a spreadsheet."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    numbers = {name for name, (kind, _) in frame.columns.items() if kind == frames.NUMBER}
    texts = {str(name): table[name].str.replace(_GUARDED, "", regex=True) for name in table if name not in numbers}
    return table.assign(**texts, **{name: pd.to_numeric(table[name]).astype("float64") for name in numbers})


def write_comparison(outputs: Path, then: ComparedReview, now: ComparedReview) -> pd.DataFrame:
    """Write the page and the table of what changed from ``then`` to ``now``, and return CHANGES."""
    changes = changes_between(then.printed, now.printed)
    verdict = "draft" if "draft" in (then.verdict, now.verdict) else "complete"
    page = comparison_page(then.name, now.name)
    links = [(f"Review of {side.about['year']}", f"{side.name}/index.html") for side in (then, now) if side.stands]
    around = Page(
        title=f"From the review of {then.about['year']} to that of {now.about['year']}",
        strategy=str(now.about["strategy"]),
        authority=str(now.about["authority"]),
        year=int(now.about["year"]),
        profile=str(now.about["profile"]),
        verdict=verdict,
        illustrative=bool((changes["illustrative"] != "").any()),
        nav=(*links, *([("All reviews", "index.html")] if links else [])),
        here=page,
        cut_off=str(now.about["cut_off"]),
        attributions=tuple(dict.fromkeys([*then.about["attributions"], *now.about["attributions"]])),
    )
    html = render_page(changes_notebook(changes, (then.printed.year, now.printed.year)), around)
    outputs.mkdir(exist_ok=True)
    _put(outputs / page, html)
    partial = outputs / f".{page}.csv.partial"
    write_csv(changes.assign(verdict=verdict), partial)
    partial.replace((outputs / page).with_suffix(".csv"))
    return changes


def _put(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def compare_neighbours(outputs: Path) -> None:
    """Rewrite the page of every two neighbouring reviews and delete pages of reviews that are gone."""
    kept = set()
    for names in (_names(outputs, r"\d+"), _names(outputs, r"\d+-internal")):
        for one, other in pairwise(names):
            sides = read_printed_review(outputs / one), read_printed_review(outputs / other)
            if sides[0] and sides[1]:
                write_comparison(outputs, sides[0], sides[1])
                kept.add(Path(comparison_page(one, other)).stem)
    for path in sorted(outputs.glob("compare_*")):
        if path.stem not in kept:
            path.unlink()


def _names(outputs: Path, pattern: str) -> list[str]:
    found = [folder.parent.name for folder in outputs.glob(f"[0-9]*/{MANIFEST}")]
    return sorted((name for name in found if re.fullmatch(pattern, name)), key=lambda name: int(name.split("-")[0]))


def compare_reviews(project: Path, years: tuple[int, int]) -> pd.DataFrame:
    """CHANGES between two reviews of a project, written to ``outputs/`` as a page and a table.

    A review that has not been run is calculated first. An ``InputError`` where a year has no review or both are one.
    """
    if years[0] >= years[1]:
        what = f"{years[1]} does not come after {years[0]}"
        raise InputError(Problem(f"params/{years[1]}", 0, what, "give the earlier review first"))
    then, now = (read_printed_review(project / "outputs" / str(year)) or _worked_out(project, year) for year in years)
    return write_comparison(project / "outputs", then, _since(project, years, now))


def _worked_out(project: Path, year: int) -> ComparedReview:
    from toolkit.quality import verdict
    from toolkit.review import open_review
    from toolkit.run.planning import about_of, tables_of

    review = open_review(project, year)
    tables = {name: frame for name, frame in tables_of(review.frames).items() if name in READ}
    about = about_of(review.frames.inputs, review.frames.profile)
    return ComparedReview(str(year), Printed(year, tables), about, verdict(review.findings), stands=False)


def _since(project: Path, years: tuple[int, int], now: ComparedReview) -> ComparedReview:
    """The later review with the revisions since the earlier one, where another review lies between the two."""
    from toolkit.evidence import frames_of, revisions_between
    from toolkit.params import review_years

    if not any(years[0] < year < years[1] for year in review_years(project)):
        return now
    revisions = revisions_between(frames_of(project, years[0]), frames_of(project, years[1]), public=True)
    return replace(now, printed=replace(now.printed, tables={**now.printed.tables, "revisions": revisions}))

"""``compare``: what changed from one review to another, from their tables; a page and a table beside the two folders.

The page of two consecutive reviews is made again whenever one of them is run. It belongs to neither folder, so it is
neither signed nor verified: it follows from the two, byte for byte.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import frames
from toolkit.errors import InputError, Problem
from toolkit.evidence import frames_of, revisions_between
from toolkit.evidence.lock import LOCK, read_lock
from toolkit.evidence.locked import add_editions, find_later_editions, without_words
from toolkit.evidence.restore import restore_project
from toolkit.frames import Frame
from toolkit.params import PROFILES, ReviewId, review_years
from toolkit.refresh.printed_tables import PrintedTables
from toolkit.report import Page, comparison_page, render_page, write_csv
from toolkit.report.year_on_year import changes_notebook
from toolkit.run.stored_reviews import StoredReview, read_stored, stored_reviews
from toolkit.run.whole_file import write_whole
from toolkit.words.bank import REPORT, lay_over
from toolkit.words.year_on_year import changes_between

__all__ = ["ComparedReview", "compare_neighbours", "compare_reviews", "read_printed_review", "write_comparison"]

READ: dict[str, Frame[Any]] = {
    "judgements": frames.PUBLISHED_JUDGEMENTS,
    "definitions": frames.DEFINITIONS,
    "comparators": frames.COMPARATORS,
    "revisions": frames.REVISIONS,
    "actions": frames.ACTIONS,
    "plan_changes": frames.PLAN_CHANGES,
    "decisions": frames.DECISIONS,
}
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True)
class ComparedReview:
    """One of the two reviews: its tables, its verdict and what its manifest says of it."""

    review: ReviewId
    printed: PrintedTables
    about: dict[str, Any]
    verdict: str
    stored: bool = True
    """Whether its folder exists, so that the page can link to it."""


def read_printed_review(stored: StoredReview | None) -> ComparedReview | None:
    """The tables of a finished review; None where it was not made, or an earlier version made it with other tables."""
    if stored is None or not all(_has_columns(_table_file(stored, name), READ[name]) for name in READ):
        return None
    about = {"attributions": [], **stored.about}
    tables = {name: _read(_table_file(stored, name), frame) for name, frame in READ.items()}
    printed = PrintedTables(about.get("label", stored.review.year), tables)
    return ComparedReview(stored.review, printed, about, stored.verdict)


def _table_file(stored: StoredReview, name: str) -> Path:
    return stored.folder / "tables" / f"{name}.csv"


def _has_columns(path: Path, frame: Frame[Any]) -> bool:
    """Whether a table is there with every column of its frame."""
    return path.is_file() and {*frame.columns} <= {*pd.read_csv(path, nrows=0).columns}


def _read(path: Path, frame: Frame[Any]) -> pd.DataFrame:
    """Read a table back: numbers as numbers, text without the apostrophe that guards a spreadsheet."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    numbers = {name for name, (kind, _) in frame.columns.items() if kind == frames.NUMBER}
    texts = {str(name): table[name].str.replace(_GUARDED, "", regex=True) for name in table if name not in numbers}
    return table.assign(**texts, **{name: pd.to_numeric(table[name]).astype("float64") for name in numbers})


def _label(side: ComparedReview) -> str:
    """What pages call a review: 2019 or 2018/19."""
    return str(side.about.get("label", side.review.year))


def write_comparison(outputs: Path, then: ComparedReview, now: ComparedReview) -> pd.DataFrame:
    """Write the page and the table of what changed from ``then`` to ``now``, beside their folders; return CHANGES."""
    changes = changes_between(then.printed, now.printed)
    verdict = "draft" if "draft" in (then.verdict, now.verdict) else "complete"
    folder = now.review.folder(outputs).parent
    page = comparison_page(then.review, now.review)
    links = [
        (REPORT.say("changes.review", year=_label(side)), f"{side.review}/index.html")
        for side in (then, now)
        if side.stored
    ]
    all_reviews = "../index.html" if now.review.authority else "index.html"
    around = Page(
        title=REPORT.say("changes.page_title", then=_label(then), now=_label(now)),
        strategy=str(now.about["strategy"]),
        authority=str(now.about["authority"]),
        year=_label(now),
        profile=now.review.profile,
        verdict=verdict,
        illustrative=bool((changes["illustrative"] != "").any()),
        nav=(*links, *([(REPORT.say("changes.all_reviews"), all_reviews)] if links else [])),
        here=page,
        cut_off=str(now.about["cut_off"]),
        attributions=tuple(dict.fromkeys([*then.about["attributions"], *now.about["attributions"]])),
    )
    html = render_page(changes_notebook(changes, (then.printed.year, now.printed.year)), around)
    write_whole(folder / page, html, f"outputs/{page}")
    partial = folder / f".{page}.csv.partial"
    write_csv(changes.assign(verdict=verdict), partial)
    partial.replace((folder / page).with_suffix(".csv"))
    return changes


def compare_neighbours(outputs: Path) -> None:
    """Rewrite the page of every two consecutive reviews and delete pages of reviews that are gone."""
    current = [stored for stored in stored_reviews(outputs) if not stored.superseded]
    pages = {page for group in _series(current) for pair in pairwise(group) for page in _compare_pair(outputs, pair)}
    for path in sorted([*outputs.glob("compare_*"), *outputs.glob("*/compare_*")]):
        if path.with_suffix(".html") not in pages:
            path.unlink()


def _series(reviews: list[StoredReview]) -> list[list[StoredReview]]:
    """The reviews of one authority in one profile, year by year."""
    authorities = sorted({stored.review.authority for stored in reviews})
    kinds = [(authority, profile) for authority in authorities for profile in PROFILES]
    groups = [[s for s in reviews if (s.review.authority, s.review.profile) == kind] for kind in kinds]
    return [sorted(group, key=lambda stored: stored.review.year) for group in groups]


def _compare_pair(outputs: Path, pair: tuple[StoredReview, StoredReview]) -> list[Path]:
    """Write the page of two reviews and return its path; nothing where one of them cannot be compared."""
    then, now = map(read_printed_review, pair)
    if then is None or now is None:
        return []
    write_comparison(outputs, then, now)
    return [now.review.folder(outputs).with_name(comparison_page(then.review, now.review))]


def compare_reviews(project: Path, earlier: ReviewId, later: ReviewId) -> pd.DataFrame:
    """CHANGES between two reviews of a project, written to ``outputs/`` as a page and a table.

    A review that has not been run is calculated first. An ``InputError`` where the years are not in order.
    """
    if earlier.year >= later.year:
        what = f"{later.year} does not come after {earlier.year}"
        raise InputError(Problem(f"params/{later.year}", 0, what, "give the earlier review first"))
    outputs = project / "outputs"
    then, now = (read_printed_review(read_stored(outputs, one)) or _calculate(project, one) for one in (earlier, later))
    return write_comparison(outputs, then, _with_revisions_since(project, then, now))


def _calculate(project: Path, review: ReviewId) -> ComparedReview:
    """A review that has not been run: its tables as a run would print them."""
    from toolkit.quality import verdict
    from toolkit.review import open_review
    from toolkit.run.outputs import tables_of
    from toolkit.run.planning import about_of

    opened = open_review(project, review.year, review.profile)
    tables = {name: frame for name, frame in tables_of(opened.frames).items() if name in READ}
    about = about_of(opened.frames.inputs, review.profile)
    printed = PrintedTables(opened.frames.inputs.year.label, tables)
    return ComparedReview(review, printed, about, verdict(opened.findings), stored=False)


def _with_revisions_since(project: Path, then: ComparedReview, now: ComparedReview) -> ComparedReview:
    """The later review with the revisions since the earlier one, where there are other reviews between the two."""
    if not any(then.review.year < year < now.review.year for year in review_years(project)):
        return now
    with tempfile.TemporaryDirectory(prefix="annual-review-compare-") as folder:
        as_now = _lay_out(project, now, Path(folder, "now"))
        as_then = _lay_out(project, then, Path(folder, "then"), as_now)
        try:
            was, since = frames_of(as_then, then.review.year), frames_of(as_now, now.review.year)
            revisions = revisions_between(was, since, public=now.review.profile == "public")
        finally:
            lay_over(project)  # reading a review as it was has taken the project's phrases off
    return replace(now, printed=replace(now.printed, tables={**now.printed.tables, "revisions": revisions}))


def _lay_out(project: Path, side: ComparedReview, into: Path, later: Path | None = None) -> Path:
    """A folder with the project as the lock of a finished review has it; the project itself where there is no lock.

    The editions that the folder ``later`` has beside those of the lock are laid there too.
    """
    place = side.review.folder(project / "outputs") / LOCK
    if not side.stored or not place.is_file():
        return project
    lock = read_lock(place, f"{side.review.place}/{LOCK}")
    more = dict(find_later_editions(lock, later)) if later else {}
    return restore_project(without_words(add_editions(lock, more)), project, into)

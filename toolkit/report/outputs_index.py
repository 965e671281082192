"""``outputs/index.html``: every review in the folder, so that a reader finds the year and knows its standing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from toolkit.analysis.codes import Direction, StatutoryStatus, TargetStatus
from toolkit.params import ReviewId
from toolkit.report.links import link
from toolkit.report.marks import count_marks, mark
from toolkit.report.shown import Html, Shown, trust_html
from toolkit.report.tables import table
from toolkit.report.tables.table import column_formats
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date

__all__ = ["RATED", "ReviewSummary", "comparison_page", "outputs_index"]

_COLUMNS = (
    *("year", "verdict", "target_status", "direction", "statutory_status"),
    *("signed", "cut_off", "compare", "revised", "title", "profile", "release"),
)

RATED: Mapping[str, Sequence[str]] = {
    "target_status": (
        TargetStatus.MISSED,
        TargetStatus.UNLIKELY,
        TargetStatus.POSSIBLE,
        TargetStatus.LIKELY,
        TargetStatus.MET,
    ),
    "direction": (Direction.WORSE, Direction.BETTER),
    "statutory_status": (StatutoryStatus.NOT_MET, StatutoryStatus.MET, StatutoryStatus.HIDDEN),
}
"""Mark → those of its words that are counted, the worst first."""

_SHAPE = re.compile(r'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">(.*?)</svg>')


@dataclass(frozen=True)
class ReviewSummary:
    """One folder of outputs: ``href`` leads to its front page, ``signed`` says who signed it as what.

    ``ratings`` is mark → word → number of measures, as the review's own tables have them; ``compare`` leads to the
    page that holds it against the year before ("" without one). ``illustrative``: some of its figures are made up.
    ``revised`` says what has been revised since, ``old_sources`` which sources had no new data ("" where all had),
    ``release`` which release of the toolkit made it. ``label`` is its year where that is not the number: 2018/19.
    """

    year: int
    title: str
    strategy: str
    authority: str
    profile: str
    verdict: str
    signed: str
    cut_off: str
    href: str
    ratings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    compare: str = ""
    illustrative: bool = False
    revised: str = ""
    old_sources: str = ""
    release: str = ""
    label: str = ""


def comparison_page(before: ReviewId, now: ReviewId) -> str:
    """The file of what changed between two reviews, which lies beside their folders.

    >>> comparison_page(ReviewId(2019), ReviewId(2020))
    'compare_2019_2020.html'
    """
    return f"compare_{before}_{now}.html"


def outputs_index(reviews: Sequence[ReviewSummary], lost: Sequence[str] = ()) -> str:
    """The page that lists ``reviews``, newest first, public before internal.

    ``lost``: what to say of signed reviews that are no longer there.

    Example: ``outputs_index([ReviewSummary(2019, "First annual review", …, href="2019/index.html")])``
    """
    from jinja2 import Environment, FileSystemLoader

    from toolkit.report.exporter import TEMPLATE, furnish, script_of_the_index, style_and_policy

    environment = Environment(loader=FileSystemLoader(TEMPLATE), keep_trailing_newline=True, trim_blocks=False)
    furnish(environment)
    ordered = sorted(reviews, key=lambda review: (-review.year, review.profile != "public", review.href))
    style, policy = style_and_policy()
    script, allowed = script_of_the_index()
    rows, columns = (
        pd.DataFrame([_row(review) for review in ordered], columns=None if ordered else list(_COLUMNS)),
        column_formats("reviews", _COLUMNS),
    )
    shapes, listed = _draw_shapes_once(table(rows, REPORT.say("outputs.title"), columns))
    return environment.get_template("outputs.html.j2").render(
        style=style,
        policy=f"{policy}; {allowed}",
        script=script,
        shapes=shapes,
        authority=", ".join(dict.fromkeys(review.authority for review in ordered)),
        strategy=", ".join(dict.fromkeys(review.strategy for review in ordered)),
        reviews=listed,
        lost=lost,
        illustrative=any(review.illustrative for review in ordered),
    )


def _row(review: ReviewSummary) -> dict[str, object]:
    public = review.profile == "public"
    name = REPORT.say(
        "outputs.review" if public else "outputs.review_of", year=review.label or review.year, profile=review.profile
    )
    compared = REPORT.say("outputs.compared", review=name)
    return {
        "year": Shown(link(review.href, name)),
        "verdict": mark(review.verdict),
        **{column: _count_ratings(review.ratings.get(column, {}), column) for column in RATED},
        "signed": review.signed,
        "cut_off": format_date(review.cut_off),
        "compare": Shown(link(review.compare, compared)) if review.compare else "",
        "revised": "; ".join(filter(None, (review.revised, review.old_sources))),
        "release": review.release,
        "title": review.title,
        "profile": REPORT.say("outputs.for_everyone" if public else "outputs.for_staff"),
        "illustrative": "illustrative" if review.illustrative else "",
    }


def _count_ratings(counts: Mapping[str, int], column: str) -> Shown:
    words = pd.Series([word for word, many in counts.items() for _ in range(many)], dtype="str")
    return count_marks(words, RATED[column], "duty" if column == "statutory_status" else "")


def _draw_shapes_once(shown: Shown) -> tuple[Html, Html]:
    """The shapes of the marks, each once, and the table that refers to them: 24 reviews would repeat them a lot."""
    html = str(shown.html)
    names = {shape: f"shape-{number}" for number, shape in enumerate(dict.fromkeys(_SHAPE.findall(html)), 1)}
    symbol = Html('<symbol id="{}" viewBox="0 0 16 16">{}</symbol>')
    shapes = Html("").join(symbol.format(name, trust_html(shape)) for shape, name in names.items())
    used = _SHAPE.sub(
        lambda f: f'<svg width="16" height="16" aria-hidden="true"><use href="#{names[f[1]]}"/></svg>', html
    )
    return shapes, trust_html(used)

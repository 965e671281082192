"""``outputs/index.html``: every review in the folder, so that a reader finds the year and knows its standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from toolkit.analysis.numbers import say_date
from toolkit.report.marks import mark
from toolkit.report.shown import Shown, as_attribute, as_text
from toolkit.report.tables import Column, Columns, table

__all__ = ["ReviewSummary", "outputs_index"]

_COLUMNS: Columns = {
    "year": "Review",
    "verdict": "Verdict",
    "title": "Title",
    "profile": "For",
    "cut_off": "Figures public on",
    "signed": Column("Signed off", empty="not signed"),
}


@dataclass(frozen=True)
class ReviewSummary:
    """One folder of outputs: ``href`` leads to its front page, ``signed`` says who signed it as what."""

    year: int
    title: str
    strategy: str
    authority: str
    profile: str
    verdict: str
    signed: str
    cut_off: str
    href: str


def outputs_index(reviews: Sequence[ReviewSummary]) -> str:
    """The page that lists ``reviews``, newest first, public before internal.

    Example: ``outputs_index([ReviewSummary(2019, "First annual review", …, href="2019/index.html")])``
    """
    from jinja2 import Environment, FileSystemLoader

    from toolkit.report.exporter import TEMPLATE, furnish, style_and_policy

    environment = Environment(loader=FileSystemLoader(TEMPLATE), keep_trailing_newline=True, trim_blocks=False)
    furnish(environment)
    ordered = sorted(reviews, key=lambda review: (-review.year, review.profile != "public", review.href))
    style, policy = style_and_policy()
    return environment.get_template("outputs.html.j2").render(
        style=style,
        policy=policy,
        authority=", ".join(dict.fromkeys(review.authority for review in ordered)),
        strategy=", ".join(dict.fromkeys(review.strategy for review in ordered)),
        reviews=Markup(table(pd.DataFrame([_row(r) for r in ordered]), "Reviews in this folder", _COLUMNS).html),
    )


def _row(review: ReviewSummary) -> dict[str, object]:
    name = f"{review.year}" + ("" if review.profile == "public" else f" ({review.profile})")
    return {
        "year": Shown(f'<a href="{as_attribute(review.href)}">{as_text(name)}</a>'),
        "verdict": mark(review.verdict),
        "title": review.title,
        "profile": "everyone" if review.profile == "public" else "staff only",
        "cut_off": say_date(review.cut_off),
        "signed": review.signed,
    }

"""Several things shown as one: one below the other, under a fold, or under a heading."""

from __future__ import annotations

import re

from toolkit.report.anchors import Anchors
from toolkit.report.shown import Html, Shown, join_frames, slug, trust_html

__all__ = ["fold", "section", "stack", "without_folds"]


def stack(*parts: Shown) -> Shown:
    """Several things one below the other, with the frames of all. Two with the same caption get different ids.

    >>> from toolkit.report.shown import sentence
    >>> stack(sentence("One."), sentence("Two.")).html
    Html('<p>One.</p>\\n<p>Two.</p>')
    """
    anchors = Anchors()
    html = Html("\n").join(anchors.own(part.html) for part in parts)
    return Shown(html, join_frames(part.frames for part in parts))


def fold(summary: str, *parts: Shown) -> Shown:
    """Things folded under a summary; printed, they are open.

    >>> from toolkit.report.shown import sentence
    >>> fold("More", sentence("One.")).html
    Html('<details>\\n<summary>More</summary>\\n<p>One.</p>\\n</details>')
    """
    inside = stack(*parts)
    return Shown(Html("<details>\n<summary>{}</summary>\n{}\n</details>").format(summary, inside), inside.frames)


def without_folds(shown: Shown) -> Shown:
    """Content without what its folds hold, for printing on few sheets."""
    return Shown(trust_html(re.sub(r"<details>.*?</details>\n?", "", str(shown.html), flags=re.DOTALL)), shown.frames)


def section(title: str, *parts: Shown, anchor: str = "") -> Shown:
    """A part of a page under an h3; ``#anchor`` links to it (default: made from the title).

    Example: ``section("Plans within 20 weeks", chart, text, anchor="plans_within_20_weeks")``
    """
    key = slug(anchor or title)
    heading = Shown(Html('<h3 id="{}">{}</h3>').format(key, title))
    inside = stack(heading, *parts)
    return Shown(Html('<section aria-labelledby="{}">\n{}\n</section>').format(key, inside), inside.frames)

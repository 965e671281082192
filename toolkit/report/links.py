"""Links between the pages of a review."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.params import Measure
from toolkit.report.shown import Html, Shown, as_attribute, breakable, slug

__all__ = ["link", "links", "measure_link"]


def link(href: str, words: str) -> Html:
    """An HTML link. Example: ``link("voices.html", "Voices")``"""
    return Html('<a href="{}">{}</a>').format(as_attribute(href), breakable(words))


def measure_link(measure: Measure) -> Html:
    """A link to the section of the measure, on the page of its priority."""
    return link(f"priority_{measure.priority}.html#{slug(measure.id)}", measure.short_name)


def links(places: Mapping[str, str]) -> Shown:
    """A line of links: text → address.

    >>> links({"Front page": "index.html"}).html
    Html('<p class="links"><a href="index.html">Front page</a></p>')
    """
    shown = Html(" · ").join(link(href, words) for words, href in places.items())
    return Shown(Html('<p class="links">{}</p>').format(shown))

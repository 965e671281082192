"""What surrounds a chart: its message, what it shows, and the figures behind it under a fold."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.report.shown import Html, Shown, as_attribute, illustrative_tag, slug
from toolkit.words.bank import REPORT

__all__ = ["Caption", "figure", "no_chart"]


_FIGURE = Html(
    '<div class="figure" role="group" aria-labelledby="{key}">\n<div class="drawn">\n{heading}\n'
    '<div class="scroll" role="group" tabindex="0" aria-label="{label}">\n'
    "{drawing}\n</div>{note}\n</div>\n<details>\n"
    '<summary id="{key}-figures" aria-labelledby="{key}-figures {key}">{summary}</summary>\n{data}\n</details>\n</div>'
)


@dataclass(frozen=True)
class Caption:
    """The words of a chart: ``title`` is its message, ``about`` what and when, ``note`` what to mind."""

    title: str
    about: str
    description: str
    note: str = ""
    illustrative: bool = False

    @property
    def key(self) -> str:
        return slug(self.title)


def figure(caption: Caption, drawing: Html, data: Shown) -> Shown:
    """A chart as a named group; on a narrow screen the drawing scrolls sideways, not the page."""
    note = Html('\n<p class="figure-note">{}</p>').format(caption.note) if caption.note else ""
    words = {
        "label": as_attribute(REPORT.say("chart.label", title=caption.title)),
        "summary": REPORT.say("chart.figures"),
    }
    html = _FIGURE.format(key=caption.key, heading=_heading(caption), drawing=drawing, note=note, data=data, **words)
    return Shown(html, {caption.title: data.frame} if len(data.frames) == 1 else data.frames)


def no_chart(caption: Caption, why: str) -> Shown:
    """The title of a chart that has nothing to draw, and the reason."""
    html = Html('<div class="figure" role="group" aria-labelledby="{}">\n{}\n<p class="nothing">{}</p>\n</div>')
    return Shown(html.format(caption.key, _heading(caption), why))


def _heading(caption: Caption) -> Html:
    label = illustrative_tag() if caption.illustrative else ""
    title = Html('<p class="figure-title" id="{}"><span class="captioned">{}{}</span></p>')
    about = Html('<p class="figure-about">{}</p>')
    return Html("{}\n{}").format(title.format(caption.key, label, caption.title), about.format(caption.about))

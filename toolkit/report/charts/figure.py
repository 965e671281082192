"""The frame around a chart: its message, what it shows, the drawing, and the figures behind it under a fold."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.report.shown import Html, Shown, as_attribute, slug, tag

__all__ = ["Caption", "figure", "no_chart"]


_FIGURE = Html(
    '<div class="figure" role="group" aria-labelledby="{key}">\n<div class="drawn">\n{heading}\n'
    '<div class="scroll" role="group" tabindex="0" aria-label="Chart: {label}">\n'
    "{drawing}\n</div>{note}\n</div>\n<details>\n<summary>Figures behind this chart"
    '<span class="unseen">: {title}</span></summary>\n{data}\n</details>\n</div>'
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
    """A chart as a named group; on a narrow screen the drawing scrolls sideways by itself, not the page."""
    note = Html('\n<p class="figure-note">{}</p>').format(caption.note) if caption.note else ""
    label, heading = as_attribute(caption.title), _heading(caption)
    given = {"key": caption.key, "title": caption.title, "label": label, "heading": heading, "note": note}
    return Shown(_FIGURE.format(drawing=drawing, data=data, **given), data.frame)


def no_chart(caption: Caption, why: str) -> Shown:
    """What stands in the place of a chart that has nothing to draw: its title and the reason, in words."""
    html = Html('<div class="figure" role="group" aria-labelledby="{}">\n{}\n<p class="nothing">{}</p>\n</div>')
    return Shown(html.format(caption.key, _heading(caption), why))


def _heading(caption: Caption) -> Html:
    label = tag("Illustrative") if caption.illustrative else ""
    title = Html('<p class="figure-title" id="{}"><span class="captioned">{}{}</span></p>')
    about = Html('<p class="figure-about">{}</p>')
    return Html("{}\n{}").format(title.format(caption.key, label, caption.title), about.format(caption.about))

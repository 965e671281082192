"""The frame around a chart: its message, what it shows, the drawing, and the figures behind it under a fold."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.report.shown import Shown, as_attribute, as_text, slug, tag

__all__ = ["Caption", "figure", "no_chart"]


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


def figure(caption: Caption, drawing: str, data: Shown) -> Shown:
    """A chart as a named group; on a narrow screen the drawing scrolls sideways by itself, not the page."""
    note = f'\n<p class="figure-note">{as_text(caption.note)}</p>' if caption.note else ""
    return Shown(
        f'<div class="figure" role="group" aria-labelledby="{caption.key}">\n<div class="drawn">\n{_heading(caption)}\n'
        f'<div class="scroll" role="group" tabindex="0" aria-label="Chart: {as_attribute(caption.title)}">\n'
        f"{drawing}\n</div>{note}\n</div>\n<details>\n<summary>Figures behind this chart"
        f'<span class="unseen">: {as_text(caption.title)}</span></summary>\n{data.html}\n</details>\n</div>'
    )


def no_chart(caption: Caption, why: str) -> Shown:
    """What stands in the place of a chart that has nothing to draw: its title and the reason, in words."""
    return Shown(
        f'<div class="figure" role="group" aria-labelledby="{caption.key}">\n{_heading(caption)}\n'
        f'<p class="nothing">{as_text(why)}</p>\n</div>'
    )


def _heading(caption: Caption) -> str:
    label = tag("Illustrative") if caption.illustrative else ""
    title = f'<span class="captioned">{label}{as_text(caption.title)}</span>'
    return (
        f'<p class="figure-title" id="{caption.key}">{title}</p>\n<p class="figure-about">{as_text(caption.about)}</p>'
    )

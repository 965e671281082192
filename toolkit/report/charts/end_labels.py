"""Labels at the right edge of a chart, each tied to its point by a thin line and clear of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.report.charts.label_spacing import space_apart
from toolkit.report.charts.pen import LINE, WIDTH, Pen
from toolkit.report.charts.text_width import wrap_text

__all__ = ["ROOM", "Label", "room_for", "write_labels"]

ROOM = 150.0
"""Pixels kept at the right for the labels."""

_ROOM_ON_A_TELEPHONE = 112.0

_HIGH = 17.0


@dataclass(frozen=True)
class Label:
    """The text beside a point."""

    text: str
    point: tuple[float, float]
    bold: bool = False

    def lines_in(self, room: float) -> list[str]:
        return wrap_text(self.text, room - 6, bold=self.bold)


def room_for(width: float) -> float:
    """Pixels kept at the right of a chart of this width."""
    return ROOM if width >= WIDTH else _ROOM_ON_A_TELEPHONE


def write_labels(pen: Pen, labels: Sequence[Label], ends: tuple[float, float], width: float = WIDTH) -> None:
    """Write ``labels`` beside a plot, between these ``ends`` (pixels from the top).

    ``width`` is that of the chart.
    """
    room = room_for(width)
    lines = [label.lines_in(room) for label in labels]
    sizes = [_HIGH * len(wrapped) + 3 for wrapped in lines]
    centres = space_apart([label.point[1] for label in labels], sizes, ends)
    edge = width - room + 4
    for label, wrapped, centre in zip(labels, lines, centres, strict=True):
        pen.line([(label.point[0] + 7, label.point[1]), (edge - 5, centre)], LINE, 0.75)
        top = centre - _HIGH * len(wrapped) / 2
        for number, line in enumerate(wrapped):
            pen.words((edge, top + 13 + _HIGH * number), line, bold=label.bold)

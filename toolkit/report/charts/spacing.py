"""Labels moved apart along one line, as little as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["nudged"]


def nudged(wanted: Sequence[float], sizes: Sequence[float], span: tuple[float, float]) -> list[float]:
    """Centres as near to ``wanted`` as can be, so that things of these sizes do not overlap and start inside ``span``.

    Things that would touch form a row around the middle of what they want. More than the span holds runs over its end.

    >>> nudged([50, 52, 90], [20, 20, 20], (0, 100))
    [41.0, 61.0, 90.0]
    """
    rows: list[_Row] = []
    for place in sorted(range(len(wanted)), key=lambda place: (wanted[place], place)):
        rows.append(_Row([place], sizes[place], wanted[place]))
        while len(rows) > 1 and rows[-2].end(span) > rows[-1].start(span):
            below, above = rows.pop(), rows.pop()
            rows.append(above.joined(below))
    centres = [0.0] * len(wanted)
    for row in rows:
        start = row.start(span)
        for place in row.places:
            centres[place] = start + sizes[place] / 2
            start += sizes[place]
    return centres


@dataclass(frozen=True)
class _Row:
    """Things that touch, in order; ``middle`` is the mean of the centres that they want."""

    places: list[int]
    size: float
    middle: float

    def start(self, span: tuple[float, float]) -> float:
        return max(span[0], min(self.middle - self.size / 2, span[1] - self.size))

    def end(self, span: tuple[float, float]) -> float:
        return self.start(span) + self.size

    def joined(self, other: _Row) -> _Row:
        both = len(self.places) + len(other.places)
        middle = (self.middle * len(self.places) + other.middle * len(other.places)) / both
        return _Row(self.places + other.places, self.size + other.size, middle)

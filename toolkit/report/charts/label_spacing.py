"""Labels moved apart along one line, by as little as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["space_apart"]


def space_apart(wanted: Sequence[float], sizes: Sequence[float], span: tuple[float, float]) -> list[float]:
    """Centres as near to ``wanted`` as possible, so that labels of these sizes do not overlap and start in ``span``.

    Labels that would touch form a cluster around the mean of their wanted centres. What does not fit runs over the end.

    >>> space_apart([50, 52, 90], [20, 20, 20], (0, 100))
    [41.0, 61.0, 90.0]
    """
    clusters: list[_Cluster] = []
    for place in sorted(range(len(wanted)), key=lambda place: (wanted[place], place)):
        clusters.append(_Cluster([place], sizes[place], wanted[place]))
        while len(clusters) > 1 and clusters[-2].end(span) > clusters[-1].start(span):
            below, above = clusters.pop(), clusters.pop()
            clusters.append(above.merge(below))
    centres = [0.0] * len(wanted)
    for cluster in clusters:
        start = cluster.start(span)
        for place in cluster.places:
            centres[place] = start + sizes[place] / 2
            start += sizes[place]
    return centres


@dataclass(frozen=True)
class _Cluster:
    """Labels that touch, in order; ``middle`` is the mean of their wanted centres."""

    places: list[int]
    size: float
    middle: float

    def start(self, span: tuple[float, float]) -> float:
        return max(span[0], min(self.middle - self.size / 2, span[1] - self.size))

    def end(self, span: tuple[float, float]) -> float:
        return self.start(span) + self.size

    def merge(self, other: _Cluster) -> _Cluster:
        both = len(self.places) + len(other.places)
        middle = (self.middle * len(self.places) + other.middle * len(other.places)) / both
        return _Cluster(self.places + other.places, self.size + other.size, middle)

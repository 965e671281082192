"""Figures of the edition before the one in use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pandas as pd

from toolkit.frames import OBSERVATIONS
from toolkit.sources.observations import mark_blanks_unavailable, read_observations
from toolkit.sources.opening import edition_in_use
from toolkit.sources.source import Edition, Source

__all__ = ["earlier_edition", "read_earlier"]


def earlier_edition(source: Source, cut_off: date) -> Edition | None:
    """The newest edition that was public before the one in use on ``cut_off``; None where there is none."""
    using = edition_in_use(source, cut_off)
    before = [edition for edition in source.editions if using and edition.published < using.published]
    return max(before, key=lambda edition: edition.published, default=None)


def read_earlier(
    project: Path, source: Source, items: Collection[str], cut_off: date, *, authority: str
) -> pd.DataFrame:
    """OBSERVATIONS of the items in that edition, as at the day on which it was public; no rows where there is none."""
    edition = earlier_edition(source, cut_off)
    if edition is None:
        return OBSERVATIONS.empty()
    one, wanted = {source.id: source}, {source.id: items}
    return mark_blanks_unavailable(read_observations(project, one, wanted, edition.published, authority=authority))

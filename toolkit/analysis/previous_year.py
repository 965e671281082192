"""Change on the year before, as the documentation of DfE's LAIT has it: none where that year is missing."""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.measure_grid import MeasureGrid, Positions
from toolkit.params.words import periods_a_year
from toolkit.sources import parse_period

__all__ = ["change_on_previous_year", "year_before"]


def change_on_previous_year(grid: MeasureGrid, rows: Positions, columns: Positions) -> Array:
    """Each row's value in its column, less its value a year before; NaN where either is missing.

    A month is compared with the same month of the year before. A break between the two leaves no change either. LAIT's
    own code takes the last two rows it has, so that a gap of years passes for one year; that is not done here.
    """
    values = grid.numbers["value"]
    year = periods_a_year(grid.measure.basis)
    return np.asarray(values[rows, columns] - values[rows, grid.columns_before(columns, year)])


def year_before(label: str, basis: str) -> str:
    """The label of the period a year before; "" for "".

    >>> year_before("2018-04", "month"), year_before("2017/18", "academic year")
    ('2017-04', '2016/17')
    """
    return parse_period(label, basis).before(periods_a_year(basis)).label if label else ""

"""The catalogue of measures as a review uses it, in a table by which two reviews can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from toolkit.frames import DEFINITIONS, Definition
from toolkit.params import Measure
from toolkit.sources import parse_period

__all__ = ["definitions_table"]


def definitions_table(measures: Iterable[Measure], cut_off: date) -> pd.DataFrame:
    """DEFINITIONS, in the order of the measures; a break that came after the cut-off was not known then."""
    return DEFINITIONS.table(_row(measure, cut_off) for measure in measures)


def _row(measure: Measure, cut_off: date) -> Definition:
    breaks = [b for b in measure.breaks if parse_period(b.from_, measure.basis).start <= cut_off]
    duty = measure.statutory
    return Definition(
        measure=measure.id,
        name=measure.name,
        short_name=measure.short_name,
        priority=measure.priority,
        unit=measure.unit,
        decimals=float(measure.decimals),
        polarity=measure.polarity,
        basis=measure.basis,
        source=measure.source,
        value=measure.value,
        numerator=" + ".join(measure.numerator_items),
        denominator=" + ".join(measure.denominator_items),
        breakdown=measure.breakdown,
        duty=f"{duty.floor:g}: {duty.duty} ({duty.reference})" if duty else "",
        tolerance="" if measure.tolerance is None else f"{measure.tolerance:g}",
        breaks="; ".join(f"from {b.from_}: {b.reason}" for b in breaks),
        caveats=" ".join(measure.caveats),
    )

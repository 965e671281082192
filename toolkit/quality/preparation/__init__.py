"""Named steps that prepare a table for a rule: each adds helper columns, none alters data."""

from toolkit.quality.preparation import (  # noqa: F401 - importing a module registers its steps
    areas,
    arithmetic,
    dates,
    free_text,
    items,
    newest,
    periods,
    survey,
    time_series,
    words,
)
from toolkit.quality.preparation.registry import STEPS, ColumnName, ColumnNames, ItemName, ItemNames, PreparationStep

__all__ = ["STEPS", "ColumnName", "ColumnNames", "ItemName", "ItemNames", "PreparationStep"]

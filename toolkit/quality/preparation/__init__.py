"""Named steps that prepare a table for a rule: each adds helper columns, none alters data."""

from toolkit.quality.preparation import (  # noqa: F401 - importing a module enters its steps
    arithmetic,
    geography,
    items,
    periods,
    records,
    series,
)
from toolkit.quality.preparation.registry import STEPS, Column, Columns, Item, Items, Step

__all__ = ["STEPS", "Column", "Columns", "Item", "Items", "Step"]

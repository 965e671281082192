"""What the refresh decided, as a table that papers can quote."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Decision

__all__ = ["decisions_table"]


def decisions_table(decisions: Iterable[Decision]) -> pd.DataFrame:
    """DECISIONS, sorted by id."""
    rows = [d.model_dump(by_alias=True) for d in sorted(decisions, key=lambda d: d.id)]
    table = pd.DataFrame(rows, columns=list(DECISIONS.columns))
    return DECISIONS.checked(
        table.assign(illustrative=["illustrative" if made else "" for made in table["illustrative"]])
    )

"""What people said that may be published: approved quotes, and "you said, we did".

A row is published where it says so and names a role that the source's ``approvers`` lists; nothing else ever leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.frames import QUOTES, SAID_AND_DID, Frame
from toolkit.sources import RecordsSource, Source

__all__ = ["quotes_of", "said_and_did_of"]

YES = "yes"


def quotes_of(sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """QUOTES of every source that holds them, approved or not (``published`` says which), in the order of the files."""
    return _collect("quotes", QUOTES, sources, records)


def said_and_did_of(sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """SAID_AND_DID of every source that holds it, approved or not, in the order of the files."""
    return _collect("said and did", SAID_AND_DID, sources, records)


def _collect(
    what: str, frame: Frame[Any], sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    tables = [
        _mark_published(records[name], source).reindex(columns=list(frame.columns), fill_value="")
        for name, source in sources.items()
        if isinstance(source, RecordsSource) and source.holds == what and not records[name].empty
    ]
    return frame.validate(pd.concat(tables)) if tables else frame.empty()


def _mark_published(rows: pd.DataFrame, source: RecordsSource) -> pd.DataFrame:
    """The rows with ``published``: true where the row says yes and names one of the source's approvers."""
    approvers = {role.strip().casefold() for role in source.approvers} - {""}
    approved = rows["approved_by"].str.strip().str.casefold().isin(approvers)
    published = (rows["publish"].str.strip().str.casefold() == YES) & approved
    return rows.assign(published=published, illustrative="illustrative" if source.illustrative else "")

"""What the figures of a review are judged against, and what protects them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import pandas as pd

from toolkit.analysis import Setting
from toolkit.disclosure import Protection, SuppressionRule, protection_for
from toolkit.disclosure.returns import suppress_in_returns
from toolkit.evidence.data import behind_measures
from toolkit.evidence.inputs import ReviewInputs
from toolkit.quality import doubts, find_old_sources
from toolkit.sources import RecordsSource, Sen2Source

__all__ = ["bare_setting", "protection_of", "setting_of"]


def bare_setting(inputs: ReviewInputs) -> Setting:
    """The ``Setting`` that judgements are made in, before the data is checked."""
    policy = inputs.project.policy
    lags = inputs.calendar[["source", "basis", "lag_months"]].itertuples(index=False, name=None)
    return Setting(
        authority=inputs.authority.code,
        england=inputs.england,
        region=inputs.region,
        neighbours=inputs.neighbours,
        neighbours_before=inputs.comparators_before.areas if inputs.comparators_before else (),
        calendar={(source, basis): lag for source, basis, lag in lags},
        review=inputs.year,
        minimum_base=policy.minimum_base,
        trend_years=policy.trend_years,
        projection_years=policy.projection_years,
        target_likely=policy.target_likely,
        target_unlikely=policy.target_unlikely,
        comparison_authorities=policy.comparison_authorities,
        story=policy.story,
        began=inputs.areas.began(inputs.authority),
        followed=tuple(area.code for area in inputs.areas.predecessors(inputs.authority)),
        illustrative=frozenset(name for name, source in inputs.sources.items() if source.illustrative),
        invited={
            name: {str(year): persons for year, persons in source.invited.items()}
            for name, source in inputs.sources.items()
            if isinstance(source, RecordsSource) and (source.invited or source.comments)
        },
    )


def setting_of(inputs: ReviewInputs, findings: pd.DataFrame) -> Setting:
    """``bare_setting`` with the checks that each measure's data failed: warnings, and critical ones."""
    warnings, critical = doubts(findings)
    as_of = {old.source: old.last.isoformat() for old in find_old_sources(findings)}
    return replace(bare_setting(inputs), warnings=frozenset(warnings), critical=critical, as_of=as_of)


def protection_of(
    inputs: ReviewInputs, observations: pd.DataFrame, printed: frozenset[Hashable] = frozenset()
) -> Protection:
    """Small-number protection of the observations that measures use, and of all that is made of them.

    ``observations`` has every count of a SEN2 return. ``printed`` are the counts that the review before showed.
    """
    regions = {area.code: inputs.areas.region_of(area.code) for area in inputs.areas.records}
    own = {
        name: source.parts_of if isinstance(source, RecordsSource) else []
        for name, source in inputs.sources.items()
        if source.person_level
    }
    returns = [name for name, source in inputs.sources.items() if isinstance(source, Sen2Source)]
    threshold = inputs.project.policy.disclosure_threshold
    of_returns = suppress_in_returns(observations[observations["source"].isin(returns)], threshold)
    rule = SuppressionRule(threshold, own, printed, of_returns)
    return protection_for(behind_measures(inputs, observations), inputs.project.active(), regions, rule)

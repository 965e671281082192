"""A measure that the demonstration and the 2025 example share is held to the same rules in both."""

from pathlib import Path

import pytest

from toolkit.params import Measure, load_project

ROOT = Path(__file__).parents[2]
NAMED_OTHERWISE = {
    "attainment_8_ehc_plan": "attainment_8_plan",
    "ks2_expected_rwm_ehc_plan": "key_stage_2_plan",
    "ks2_expected_rwm_sen_support": "key_stage_2_sen_support",
    "ks4_sustained_destination_ehc_plan": "key_stage_4_destination_plan",
    "level_2_by_19_ehc_plan": "level_2_by_19_plan",
    "level_3_by_19_ehc_plan": "level_3_by_19_plan",
    "participation_16_17_send": "sen_16_17_in_education_or_training",
    "plans_in_place": "ehc_plans",
    "pupils_with_ehc_plan": "pupils_with_a_plan",
}
"""Demonstration → example, where one measure has two names."""
OTHER_SOURCE = {"P1-03"}
"""Entries of the catalogue that one project has from its own records and the other as published."""


def measures(project: Path, year: int) -> dict[str, Measure]:
    return {measure.id: measure for measure in load_project(project, year).measures.values()}


HERE, THERE = measures(ROOT, 2020), measures(ROOT / "examples" / "leicestershire_2025", 2025)
SHARED = {name: NAMED_OTHERWISE.get(name, name) for name in HERE if NAMED_OTHERWISE.get(name, name) in THERE}


@pytest.mark.parametrize("name", SHARED)
def test_a_measure_has_one_list_of_breaks_and_one_tolerance(name: str):
    """What the one project calls not comparable, the other does not compare, and no two tolerances are set for it.

    The example holds all authorities, whose panel is its margin; the demonstration holds eleven and needs a tolerance.
    """
    here, there = HERE[name], THERE[SHARED[name]]

    assert [(b.from_, b.reason) for b in here.breaks] == [(b.from_, b.reason) for b in there.breaks]
    assert there.tolerance in (None, here.tolerance)


def test_no_entry_of_the_catalogue_is_left_out_of_the_comparison():
    """An entry that both projects name has a measure that is compared."""
    both = {m.catalogue for m in HERE.values()} & {m.catalogue for m in THERE.values()} - {""}

    assert both - OTHER_SOURCE <= {HERE[name].catalogue for name in SHARED}

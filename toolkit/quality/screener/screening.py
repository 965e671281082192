"""The screener: its stages in order, the results for a data file with its metadata, and the verdict on the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from toolkit.quality.screener import (
    api,
    columns,
    contents,
    filenames,
    filters,
    general,
    geographic_levels,
    groupings,
    harmonised,
    indicators,
    metadata,
    place_codes,
    time,
)
from toolkit.quality.screener.lookups import Lookups
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import CheckResult, ScreenerCheck
from toolkit.quality.screener.sheet import Sheet

__all__ = ["STAGES", "FileVerdict", "file_verdict", "screen", "screen_pair"]

API = "Check API"
STAGES: dict[str, tuple[ScreenerCheck, ...]] = {
    "Filename": (
        filenames.check_filename_spaces,
        filenames.check_filename_special,
        filenames.check_filenames_match,
    ),
    "Precheck file": (
        contents.file_separator,
        contents.utf8,
    ),
    "Precheck columns": (
        columns.precheck_col_req_meta,
        columns.precheck_col_invalid_meta,
        columns.precheck_col_req_data,
        columns.precheck_col_to_rows,
        columns.duplicate_variable_names,
    ),
    "Check file": (
        contents.data_empty_rows,
        contents.meta_empty_rows,
        contents.data_empty_cols,
    ),
    "Precheck meta": (
        metadata.precheck_meta_col_type,
        metadata.precheck_meta_ob_unit,
        metadata.precheck_meta_col_name,
    ),
    "Check columns": (
        columns.check_col_names_spaces,
        columns.check_col_snake_case,
        columns.check_col_var_start,
        columns.check_col_ind_smushed,
        columns.check_col_var_characteristic,
    ),
    "Check meta": (
        metadata.check_meta_dupe_label,
        groupings.check_meta_fil_grp,
        groupings.check_meta_fil_grp_dupe,
        groupings.check_meta_fil_grp_is_fil,
        groupings.check_meta_fil_grp_match,
        groupings.check_meta_fil_grp_stripped,
        metadata.check_meta_label,
        metadata.check_meta_filter_hint,
        metadata.check_meta_geog_catch,
        indicators.check_meta_indicator_dp,
        metadata.check_meta_col_name_spaces,
        metadata.check_meta_col_name_dupe,
        indicators.check_meta_ind_dp_set,
        indicators.check_meta_ind_dp_values,
        indicators.check_meta_ind_unit,
        indicators.check_meta_ind_unit_validation,
        indicators.check_meta_indicator_grouping,
        indicators.indicator_group_stripped,
    ),
    "Precheck cross-file": (
        columns.precheck_cross_meta_to_data,
        columns.precheck_cross_data_to_meta,
    ),
    "Precheck time": (
        time.precheck_time_period_num,
        time.precheck_time_id_valid,
        time.precheck_time_id_mix,
    ),
    "Precheck filters": (filters.precheck_filter_not_singular,),
    "Precheck geography": (
        geographic_levels.precheck_geog_level,
        geographic_levels.precheck_geog_level_present,
    ),
    "Check time": (
        time.check_time_period,
        time.check_time_period_six,
    ),
    "Check filters": (
        filters.check_filter_defaults,
        filters.check_filter_group_level,
        filters.check_filter_item_limit,
        filters.check_filter_whitespace,
        filters.check_filter_ob_total,
        filters.check_filter_blanks,
    ),
    "Check geography": (
        place_codes.check_geog_country_combos,
        place_codes.check_geog_region_combos,
        place_codes.check_geog_ward_combos,
        place_codes.check_geog_pcon_combos,
        place_codes.check_geog_lad_combos,
        place_codes.check_geog_lep_combos,
        place_codes.check_geog_lsip_combos,
        place_codes.check_geog_eda_combos,
        place_codes.check_geog_la_combos,
        geographic_levels.check_geog_level_completed,
        geographic_levels.check_geog_ignored_rows,
        place_codes.check_geog_other_dupes,
        geographic_levels.check_geog_la_col_present,
        geographic_levels.check_geog_region_col_present,
        geographic_levels.check_geog_region_for_la,
        geographic_levels.check_geog_region_for_lad,
        place_codes.check_geog_na,
        place_codes.check_geog_na_code,
        place_codes.check_geog_other_code_dupes,
        geographic_levels.check_geog_overcompleted_cols,
    ),
    "Check general": (
        general.check_general_dupes,
        general.check_general_null,
    ),
    "Check indicators": (indicators.check_ind_invalid_entry,),
    "Check harmonised": (
        harmonised.check_harmonised_variables,
        harmonised.check_harmonised_eth_vals,
        harmonised.check_harmonised_eth_char_grp,
        harmonised.check_harmonised_eth_char_vals,
    ),
    API: (
        api.check_api_char_col_name,
        api.check_api_char_col_label,
        api.check_api_char_loc_code,
        api.check_api_char_filter_items,
        api.check_data_dict_col_name,
        api.check_data_dict_fil_item,
    ),
}
"""The stages in the order of the Department's screener, except that "Precheck cross-file" comes after "Check meta"."""
STOPPING = (
    *("Filename", "Precheck file", "Precheck columns", "Precheck meta", "Precheck cross-file"),
    *("Precheck time", "Precheck filters", "Precheck geography"),
)
"""Stages after which the screener stops if they fail, since later checks could only repeat their faults."""


def screen(data_path: Path, meta_path: Path, lookups: Lookups) -> pd.DataFrame:
    """Every check of one data file and its metadata, up to the first precheck that fails: one row per check.

    The columns are those of ``CheckResult``; ``toolkit.words.screener`` adds the message and the guidance. A file that
    cannot be read as a table at all is an ``InputError``.
    """
    return pd.DataFrame(screen_pair(Pair(Sheet(data_path), Sheet(meta_path), lookups)), columns=CheckResult._fields)


def screen_pair(pair: Pair) -> list[CheckResult]:
    """Screen a data file and its metadata file that are already opened."""
    results: list[CheckResult] = []
    for stage, checks in STAGES.items():
        results += [check.run(pair, stage) for check in checks]
        if stage in STOPPING and any(one.stage == stage and one.result == "FAIL" for one in results):
            break
    return results


@dataclass(frozen=True)
class FileVerdict:
    """``passed``: nothing failed. ``api_suitable``: nothing failed and the API stage gave no warning. ``stage``: the
    first that failed, at which the Department's own screener stops, or the last one, "Check API", if none did."""

    passed: bool
    api_suitable: bool
    stage: str


def file_verdict(rows: pd.DataFrame) -> FileVerdict:
    """The verdict on a file from the rows of ``screen``."""
    passed = not (rows["result"] == "FAIL").any()
    warned = ((rows["stage"] == API) & (rows["result"] == "WARNING")).any()
    failed = rows.loc[rows["result"] == "FAIL", "stage"]
    return FileVerdict(passed, passed and not warned, API if passed else str(failed.iloc[0]))

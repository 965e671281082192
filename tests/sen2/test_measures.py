"""Figures of a return: four people worked out by hand, and invented councils whose figures are known."""

from pathlib import Path

import pytest
import yaml

from tests.sen2.returns import FOUR_PEOPLE, figures, whole
from toolkit.errors import InputError
from toolkit.sources.sen2 import Schools, measure_return, populations, read_return, read_schools, window_of
from toolkit.sources.sen2.assemble import assemble
from toolkit.sources.sen2.populations import POPULATIONS
from toolkit.sources.sen2.synthetic import invent, write_schools

EXAMPLES = yaml.safe_load((Path(__file__).parent / "four_people.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_four_people_worked_out_by_hand(case):
    given = figures(FOUR_PEOPLE, period=case.get("period", ""))

    assert {name: given[name] for name in case["figures"]} == pytest.approx(case["figures"])


@pytest.mark.parametrize("seed", range(10))
def test_an_invented_councils_figures_are_those_counted_while_it_was_made(seed, tmp_path):
    council = invent(plans=150 + 40 * seed, seed=seed)
    made = assemble(council.raw)
    given = whole(
        measure_return(
            made, window_of("", made.header), read_schools(write_schools(tmp_path / "schools.csv")), grouped=False
        )
    )

    assert {name: given[name] for name in council.expected} == council.expected


def test_the_groups_of_every_topic_add_up_to_all(carriers):
    made = read_return([carriers.xml])
    measured = measure_return(made, window_of("", made.header), read_schools(carriers.schools))
    counts = measured[measured["unit"] == "count"]
    sums = counts.groupby(["population", "measure", "topic"])["value"].sum().unstack("topic")

    for topic in sums.columns.drop("all"):
        asked = sums[sums[topic].notna()]
        assert (asked[topic] == asked["all"]).all(), topic


def test_the_months_of_a_year_add_up_to_it(carriers):
    made = read_return([carriers.xml])
    names = ["requests_received_in_year", "assess_in_year", "plans_issued_den", "new_ehc_plans", "total_ceased"]

    def count(period):
        return whole(measure_return(made, window_of(period, made.header), grouped=False))

    year = count("")
    months = [count(f"2025-{month:02d}") for month in range(1, 13)]
    quarters = [count(f"2025-Q{quarter}") for quarter in range(1, 5)]

    for name in names:
        assert sum(month[name] for month in months) == year[name]
        assert sum(quarter[name] for quarter in quarters) == year[name]


@pytest.mark.parametrize("period", ["2024", "2024-07", "2025-Q5", "2025-13", "July"])
def test_a_period_that_the_return_does_not_hold_is_refused(period, carriers):
    with pytest.raises(InputError, match="2025"):
        window_of(period, read_return([carriers.xml]).header)


def test_without_schools_a_placement_at_one_is_not_grouped(carriers):
    given = figures(carriers.xml)

    assert given["school_not_looked_up"] > 0
    assert given["mainstream_total"] == 0
    assert given["neet"] == carriers.made.expected["neet"]


def test_every_population_has_its_measures_and_every_flag_is_one():
    assert list(POPULATIONS) == list(populations())
    for population in populations().values():
        named = {name for total, parts in population.sums for name in (total, *parts)}
        named |= {name for pair in population.parts for name in pair}
        named |= {name for share in population.shares.values() for name in (share.part, *share.wholes)}
        assert named <= set(population.counts), population.title


def test_moves_between_settings_are_counted_from_the_first_day_to_the_last(tmp_path):
    """Cy was at a special school on 1 January and from September at a college: the plan is the same."""
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    entered = "<EntryDate>2023-09-04</EntryDate>"
    start = text.rindex("<PlacementDetail>", 0, text.index(entered))
    old = text[start : text.index("</PlacementDetail>", start) + len("</PlacementDetail>")]
    closed = old.replace(entered, "<EntryDate>2019-09-02</EntryDate><LeavingDate>2025-08-31</LeavingDate>")
    opened = old.replace(entered, "<EntryDate>2025-09-01</EntryDate>").replace(
        "<URN>999902</URN>", "<UKPRN>19999999</UKPRN>"
    )
    closed = closed.replace("<URN>999902</URN>", "<UKPRN>19999998</UKPRN>")
    path = tmp_path / "moved.xml"
    path.write_text(text.replace(old, closed + opened), encoding="utf-8")
    before, after = figures(FOUR_PEOPLE), figures(path)

    assert before["kept_plans"] == after["kept_plans"] == 1
    assert (before["moved_place"], after["moved_place"]) == (0, 1)
    assert (before["to_fe"], after["to_fe"]) == (0, 1)


CY_ENTERED = "<EntryDate>2023-09-04</EntryDate>"


def _at_two_places(text, first, second):
    """Cy at one place until August and at another from September; "" for a place that is not recorded."""
    start = text.rindex("<PlacementDetail>", 0, text.index(CY_ENTERED))
    old = text[start : text.index("</PlacementDetail>", start) + len("</PlacementDetail>")]
    before = CY_ENTERED + "<LeavingDate>2025-08-31</LeavingDate>"
    made = old.replace("<URN>999902</URN>", first).replace(CY_ENTERED, before) if first else ""
    return text.replace(
        old, made + old.replace("<URN>999902</URN>", second).replace(CY_ENTERED, "<EntryDate>2025-09-01</EntryDate>")
    )


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        ("<URN>999902</URN>", "<URN>999903</URN>", "moved_place"),
        ("<URN>999902</URN>", "<URN>999902</URN>", "same_place"),
        ("<UKPRN>19999998</UKPRN>", "<UKPRN>19999999</UKPRN>", "moved_place"),
        ("<UKPRN>19999999</UKPRN>", "<UKPRN>19999999</UKPRN>", "same_place"),
        ("<URN>999902</URN>", "<SENsetting>EHE</SENsetting>", "moved_place"),
        ("", "<URN>999902</URN>", "place_not_known_then"),
        ("<URN>999902</URN>", "<UKPRN>19999999</UKPRN>", "move_not_known"),
    ],
)
def test_a_move_is_counted_where_both_places_are_known(first, second, counted, tmp_path):
    path = tmp_path / "return.xml"
    path.write_text(_at_two_places(FOUR_PEOPLE.read_text(encoding="utf-8"), first, second), encoding="utf-8")
    given = figures(path)
    names = ["moved_place", "same_place", "place_not_known_then", "move_not_known"]

    assert {name: given[name] for name in names} == {name: int(name == counted) for name in names}


@pytest.mark.parametrize(("ukprn", "counted"), [("19999999", "same_place"), ("19999998", "moved_place")])
def test_the_extract_of_schools_joins_a_urn_and_a_ukprn(ukprn, counted, tmp_path):
    path = tmp_path / "return.xml"
    text = _at_two_places(FOUR_PEOPLE.read_text(encoding="utf-8"), "<URN>999902</URN>", "<UKPRN>19999999</UKPRN>")
    path.write_text(text, encoding="utf-8")
    made = read_return([path])
    measured = measure_return(made, window_of("", made.header), Schools(ukprn_of={"999902": ukprn}))
    of_all = measured[measured["topic"] == "all"].set_index("measure")["value"]

    assert of_all[counted] == 1


def test_a_transfer_in_is_not_counted_on_days_before_it_came(tmp_path):
    """Cy moved in during 2025, on a day not given: the plan is in force on the census day and not a year earlier."""
    path = tmp_path / "return.xml"
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    start = text.rindex("<ActivePlans>", 0, text.index(CY_ENTERED)) + len("<ActivePlans>")
    path.write_text(text[:start] + "<TransferLA>998</TransferLA>" + text[start:], encoding="utf-8")

    assert (figures(FOUR_PEOPLE, period="2025-Q1")["ehcplans"], figures(path, period="2025-Q1")["ehcplans"]) == (2, 1)
    assert figures(path)["ehcplans"] == 2
    assert figures(path)["kept_plans"] == 0


def test_most_plans_of_the_invented_council_stay_where_they_are(carriers):
    given = figures(carriers.xml)

    assert 0 < given["moved_place"] < 0.3 * given["kept_plans"]
    assert given["same_place"] > 0.5 * given["kept_plans"]


def _changed(folder, *replaced):
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path = folder / "return.xml"
    path.write_text(text, encoding="utf-8")
    return figures(path)


@pytest.mark.parametrize(
    ("received", "within", "over"), [("2025-02-28", 1, 0), ("2025-02-27", 0, 1)], ids=["112 days", "113 days"]
)
def test_sixteen_weeks_are_112_days(received, within, over, tmp_path):
    given = _changed(
        tmp_path,
        ("<AssessmentOutcome>Y", "<AssessmentOutcome>N"),
        ("<ReceivedDate>2025-02-03", f"<ReceivedDate>{received}"),
    )
    assert (given["outcome_decision_within_time"], given["outcome_decision_over_time"]) == (within, over)


@pytest.mark.parametrize(
    ("received", "within", "over"), [("2024-06-21", 1, 0), ("2024-06-20", 0, 1)], ids=["364 days", "365 days"]
)
def test_fifty_two_weeks_are_364_days(received, within, over, tmp_path):
    given = _changed(tmp_path, ("<ReceivedDate>2025-02-03", f"<ReceivedDate>{received}"))
    assert (given["plans_issued_gt20weeks_ltYear"], given["plans_issued_gt_1_year"]) == (within, over)


@pytest.mark.parametrize(("budget", "counted"), [("1", 1), ("0", 0)])
def test_arrangements_count_only_with_a_personal_budget(budget, counted, tmp_path):
    given = _changed(tmp_path, ("<PB>1</PB>", f"<PB>{budget}</PB>"))
    assert (given["org_arrangments"], given["pb_education"]) == (counted, counted)


@pytest.mark.parametrize(
    ("born", "school_age"),
    [("2020-08-31", True), ("2020-09-01", False), ("2009-09-01", True), ("2009-08-31", False)],
    ids=["5", "4", "15", "16"],
)
def test_those_not_in_education_are_of_compulsory_school_age_from_5_to_15(born, school_age, tmp_path):
    given = _changed(
        tmp_path,
        ("<PersonBirthDate>2012-07-19", f"<PersonBirthDate>{born}"),
        ("<URN>999902</URN>", "<SENsetting>NIEO</SENsetting>"),
    )
    assert (given["neet_other_csa"], given["neet_other"]) == (int(school_age), int(not school_age))


def test_a_request_of_a_hundred_days_is_running_within_twenty_weeks(tmp_path):
    given = _changed(
        tmp_path,
        ("<ReceivedDate>2025-05-06", "<ReceivedDate>2025-10-07"),
        ("<RequestOutcomeDate>2025-06-24</RequestOutcomeDate><RequestOutcome>N", "<RequestOutcome>A"),
    )
    assert (given["running_within_20_weeks"], given["running_after_20_weeks"]) == (1, 0)
    assert (given["undecided_within_6_weeks"], given["undecided_after_6_weeks"]) == (0, 1)


def test_a_plan_of_137_days_took_19_6_weeks():
    counted = figures(FOUR_PEOPLE)

    assert counted["avg_weeks_issue_plan"] == counted["avg_weeks_issue_plan_exc"] == pytest.approx(137 / 7)


@pytest.mark.parametrize(
    ("decided", "within", "after"), [("2025-05-26", 1, 0), ("2025-05-27", 0, 1)], ids=["112 days", "113 days"]
)
def test_decisions_not_to_issue_are_counted_by_16_weeks_in_their_cohort(decided, within, after, tmp_path):
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    text = text.replace("<AssessmentOutcome>Y", "<AssessmentOutcome>N")
    text = text.replace("<AssessmentOutcomeDate>2025-06-20", f"<AssessmentOutcomeDate>{decided}")
    (tmp_path / "return.xml").write_text(text, encoding="utf-8")
    counted = figures(tmp_path / "return.xml")

    assert (counted["not_issued_within_16_weeks"], counted["not_issued_after_16_weeks"]) == (within, after)


def test_a_review_is_completed_in_the_year_of_its_decision(tmp_path):
    """Met in 2025; decided in December or in the January of the census."""
    text = FOUR_PEOPLE.read_text(encoding="utf-8")
    assert figures(FOUR_PEOPLE)["review_completed"] == figures(FOUR_PEOPLE)["completed_4weeks"] == 1
    (tmp_path / "return.xml").write_text(text.replace("2025-12-02", "2026-01-08"), encoding="utf-8")
    later = figures(tmp_path / "return.xml")

    assert (later["review_completed"], later["review_not_completed"]) == (0, 1)

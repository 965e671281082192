"""The tables of a return with what the rules need beside each row: its person, request, plan and placements."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import pandas as pd

from toolkit.sources.sen2.assemble import Header, Sen2Return
from toolkit.sources.sen2.census import age_on, school_year_start
from toolkit.sources.sen2.schools import Schools

__all__ = ["ReturnFacts", "is_blank"]


def is_blank(column: pd.Series) -> pd.Series:
    """Where nothing is given: "" in text, no day in a column of days."""
    return column.isna() | (column == "") if pd.api.types.is_string_dtype(column) else column.isna()


class ReturnFacts:
    """A return as the rules look at it. Each table keeps the order and number of its rows.

    ``before`` is the return of an earlier collection, where there is one to compare with.
    """

    def __init__(self, made: Sen2Return, schools: Schools, before: Sen2Return | None = None) -> None:
        self.made, self.schools = made, schools
        self.before = ReturnFacts(before, schools) if before else None
        self.header: Header = made.header
        self.census = pd.Timestamp(made.header.census_day)
        self.first = pd.Timestamp(date(made.header.year - 1, 1, 1))
        self.last = pd.Timestamp(date(made.header.year - 1, 12, 31))

    def during(self, days: pd.Series) -> pd.Series:
        """Which days lie in the calendar year of the return."""
        return days.between(self.first, self.last)

    def age(self, births: pd.Series, days: pd.Series | pd.Timestamp) -> pd.Series:
        """Whole years at a day."""
        return age_on(births, days if isinstance(days, pd.Series) else pd.Series(days, index=births.index))

    def school_age(self, births: pd.Series) -> pd.Series:
        """Age at 31 August before the census."""
        return self.age(births, pd.Timestamp(school_year_start(self.header.census_day)))

    @cached_property
    def persons(self) -> pd.DataFrame:
        """Persons with how many requests, and whether a plan and a request that was agreed."""
        persons = self.made["persons"]
        by_person = self.requests.groupby("person")
        agreed = self.requests.loc[self.requests["request_outcome"] == "Y", "person"]
        return persons.assign(
            requests=persons["person"].map(by_person.size()).fillna(0),
            agreed=persons["person"].isin(agreed),
            has_plan=persons["person"].isin(self.requests.loc[self.requests["has_plan"], "person"]),
        )

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Requests with the birth of their person and the outcome of their assessment."""
        made = self.made
        persons = made["persons"][["person", "birth_date"]]
        ended = made["assessments"].drop_duplicates("request").assign(has_assessment=True)
        table = made["requests"].merge(persons, on="person", how="left").merge(ended, on="request", how="left")
        table["has_assessment"] = table["has_assessment"].notna()
        table["assessment_outcome"] = table["assessment_outcome"].fillna("")
        table["has_plan"] = table["request"].isin(made["named_plans"]["request"])
        return table

    def beside_request(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table with what is known of the request of each row; columns that both have keep the table's."""
        more = [column for column in self.requests.columns if column not in table.columns or column == "request"]
        return table.merge(self.requests[more], on="request", how="left")

    @cached_property
    def assessments(self) -> pd.DataFrame:
        """Assessments beside their requests."""
        return self.beside_request(self.made["assessments"])

    @cached_property
    def plans(self) -> pd.DataFrame:
        """Named plans beside their requests and active plans, with the numbers of places, placements and needs."""
        active = self.made["active_plans"].drop_duplicates("request").assign(has_active=True)
        table = self.beside_request(self.made["named_plans"])
        table = table.merge(active, on="request", how="left")
        table["has_active"] = table["has_active"].notna()
        table["moved_from"] = table["moved_from"].fillna("")
        for name in ("plan_details", "placements", "needs"):
            table[f"of_{name}"] = table["request"].map(self.made[name].groupby("request").size()).fillna(0)
        return table.assign(is_open=self.open_on(table, self.census))

    @staticmethod
    def open_on(plans: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
        """Which plans are in force on a day."""
        return (plans["plan_start"] <= day) & ~(plans["plan_ceased"] < day)

    @cached_property
    def details(self) -> pd.DataFrame:
        """Places named in plans, beside their requests."""
        return self.beside_request(self.made["plan_details"])

    @cached_property
    def active(self) -> pd.DataFrame:
        """Active plans beside their requests and named plans."""
        plans = self.made["named_plans"].drop_duplicates("request")
        return self.beside_request(self.made["active_plans"]).merge(plans, on="request", how="left")

    @cached_property
    def placements(self) -> pd.DataFrame:
        """Placements beside their requests and plans; ``is_open``: on the census day."""
        plans = self.made["named_plans"].drop_duplicates("request")
        active = self.made["active_plans"].drop_duplicates("request")[["request", "review_outcome"]]
        table = self.beside_request(self.made["placements"])
        table = table.merge(plans, on="request", how="left").merge(active, on="request", how="left")
        is_open = ~(table["entered"] > self.census) & ~(table["left"] < self.census)
        return table.assign(is_open=is_open, plan_open=self.open_on(table, self.census))

    @cached_property
    def needs(self) -> pd.DataFrame:
        """Needs as they are."""
        return self.made["needs"]

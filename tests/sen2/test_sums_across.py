"""What several populations print about the same people gives no small count back, however the sums are combined."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from toolkit.disclosure import Line
from toolkit.disclosure.returns import suppress_in_returns
from toolkit.disclosure.sen2 import lines_of, protect
from toolkit.sources.sen2 import ALL, Sen2Source, counted_cell, measure_return, read_schools, window_of
from toolkit.sources.sen2.assemble import assemble
from toolkit.sources.sen2.synthetic import invent

KEY = ["population", "measure", "topic", "group"]
SAME = [
    ("requests", "requests_received_in_year", "waits", "waiting_received"),
    ("requests", "requests_withdrawn", "waits", "withdrawn_before_decision"),
    ("caseload", "ehcplans", "reviews", "total_ehc_plans"),
]


@pytest.fixture(scope="module", params=[(800, 1), (2000, 2)], ids=str)
def counts(request, carriers):
    """The exact counts of an invented council, and those that are shown."""
    plans, seed = request.param
    made = assemble(invent(plans=plans, seed=seed).raw)
    measured = measure_return(made, window_of("", made.header), read_schools(carriers.schools))
    measured = measured[measured["unit"] == "count"].set_index(KEY, drop=False)
    return measured["value"].to_dict(), protect(measured, 5)["value"].dropna().to_dict()


def test_a_count_under_two_names_is_hidden_under_both_or_neither(counts):
    exact, shown = counts
    for one, measure, other, again in SAME:
        cells = [(cell, (other, again, *cell[2:])) for cell in exact if cell[:2] == (one, measure)]
        cells = [pair for pair in cells if pair[1] in exact]
        assert cells
        assert [pair for pair in cells if (pair[0] in shown) != (pair[1] in shown)] == []


def test_undecided_and_withdrawn_requests_do_not_give_each_other_back(counts):
    """Received, less those decided and those undecided by their age, leaves the withdrawn."""
    exact, shown = counts
    outcomes = ["requests_received_in_year", "requests_decided_to_assess", "requests_decided_not_to_assess"]
    cells = [("requests", outcome) for outcome in outcomes]
    cells += [("waits", "undecided_within_6_weeks"), ("waits", "undecided_after_6_weeks")]
    for at in {cell[2:] for cell in exact if cell[0] == "waits"} & {c[2:] for c in exact if c[0] == "requests"}:
        withdrawn = exact["requests", "requests_withdrawn", *at]
        if 0 < withdrawn < 5:
            assert not all((*cell, *at) in shown for cell in cells), at


def attack(exact, shown, lines, chosen):
    """The least and the most that each of ``chosen`` can be, for a reader who knows what is shown and every sum."""
    hidden = {cell: at for at, cell in enumerate(sorted(exact.keys() - shown, key=repr))}
    lines = [line for line in sorted(set(lines), key=repr) if any(cell in hidden for cell in line.cells)]
    signs = [[(cell, 1.0 if cell == line.total else -1.0) for cell in line.cells] for line in lines]
    entries = [(row, hidden[cell], sign) for row, line in enumerate(signs) for cell, sign in line if cell in hidden]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_array((values, (rows, columns)), shape=(len(lines), len(hidden)))
    sums = np.array([-sum(sign * exact[cell] for cell, sign in line if cell not in hidden) for line in signs])
    bounds = [(0 if cell[0] == "rest" else 1, None) for cell in hidden]
    for cell in chosen:
        limits = []
        for sign in (1.0, -1.0):
            wanted = np.zeros(len(hidden))
            wanted[hidden[cell]] = sign
            found = linprog(wanted, A_eq=matrix, b_eq=sums, bounds=bounds, method="highs")
            limits.append(sign * found.fun if found.status == 0 else np.inf)
        yield cell, limits[0], limits[1]


def test_all_sums_together_leave_every_small_count_more_than_one_value(counts):
    """An attacker solves for the least and the most that a hidden count can be, knowing that a count of 0 is shown."""
    exact, shown = dict(counts[0]), counts[1]
    lines = lines_of(exact)
    small = [cell for cell in sorted(exact.keys() - shown.keys(), key=repr) if 0 < exact[cell] < 5]
    for cell, least, most in attack(exact, shown.keys(), lines, draw(small, 12)):
        assert most - least > 0.5, cell


def draw(cells, count):
    return [cells[at] for at in np.random.default_rng(1).permutation(len(cells))[:count]]


@pytest.fixture(scope="module")
def by_month(carriers):
    """Every count of an invented return that a review may print, by year and by month, and what may not be seen."""
    source = Sen2Source.model_construct(id="s", bases=("calendar year", "month"))
    made, schools = assemble(invent(plans=300, seed=3).raw), read_schools(carriers.schools)
    tables = [source._count(made, schools, basis, source.counted) for basis in source.bases]
    table = pd.concat(tables).assign(source="s", area_code="A", value=lambda rows: rows["value"].astype(float))
    exact, hidden = {}, set()
    not_seen = suppress_in_returns(table, 5)
    for row in table.itertuples():
        cell = counted_cell(row.item, row.breakdown) + ((row.period,) if row.basis == "month" else ())
        exact[cell] = row.value
        hidden |= {cell} if ("s", row.item, "A", row.period, row.breakdown) in not_seen else set()
    return exact, hidden, measure_return(made, window_of("", made.header), schools)


def test_a_review_gives_no_small_count_of_a_return_back(by_month):
    """Everything that measures may print, against all sums of the year and of its months."""
    exact, hidden, _ = by_month
    counts = {cell: count for cell, count in exact.items() if len(cell) == 4}
    lines = lines_of(counts)
    for month in sorted({cell[4] for cell in exact if len(cell) == 5}):
        part = {cell[:4]: count for cell, count in exact.items() if cell[4:] == (month,)}
        lines += [Line((*line.total, month), tuple((*c, month) for c in line.parts)) for line in lines_of(part)]
        counts |= {(*cell, month): count for cell, count in part.items()}
    for cell in [cell for cell in exact if len(cell) == 4 and cell[2] == ALL]:
        months = tuple(other for other in exact if len(other) == 5 and other[:4] == cell)
        if months and sum(exact[month] for month in months) == exact[cell]:
            lines.append(Line(cell, months))

    shown = exact.keys() - hidden
    assert [cell for cell in shown if 0 < exact[cell] < 5] == []
    small = [cell for cell in sorted(hidden, key=repr) if 0 < exact[cell] < 5]
    of_months = [cell for cell in small if len(cell) == 5]
    for cell, least, most in attack(counts, shown, lines, [*draw(small, 5), *draw(of_months, 5)]):
        assert most - least > 0.5, cell


def test_a_review_hides_all_that_the_command_hides(by_month):
    """Both print the same return: what one shows must not undo what the other hides."""
    _, hidden, measured = by_month
    printed = protect(measured, 5)
    printed = printed[(printed["unit"] == "count") & (printed["marker"] == "c")]

    assert set(zip(*(printed[column] for column in KEY), strict=True)) <= hidden

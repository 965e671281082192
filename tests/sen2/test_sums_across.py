"""What several populations print about the same people gives no small count back, however the sums are combined."""

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from toolkit.disclosure.sen2 import lines_of, protect
from toolkit.sources.sen2 import measure_return, read_schools, window_of
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


def test_all_sums_together_leave_every_small_count_more_than_one_value(counts):
    """An attacker solves for the least and the most that a hidden count can be, knowing that a count of 0 is shown."""
    exact, shown = counts
    exact = dict(exact)
    lines = sorted(set(lines_of(exact)), key=repr)
    hidden = {cell: at for at, cell in enumerate(sorted(exact.keys() - shown.keys(), key=repr))}
    lines = [line for line in lines if any(cell in hidden for cell in line.cells)]
    signs = [[(cell, 1.0 if cell == line.total else -1.0) for cell in line.cells] for line in lines]
    entries = [(row, hidden[cell], sign) for row, line in enumerate(signs) for cell, sign in line if cell in hidden]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_array((values, (rows, columns)), shape=(len(lines), len(hidden)))
    sums = np.array([-sum(sign * exact[cell] for cell, sign in line if cell not in hidden) for line in signs])
    bounds = [(0 if cell[0] == "rest" else 1, None) for cell in hidden]
    small = [cell for cell in hidden if 0 < exact[cell] < 5]
    for at in np.random.default_rng(1).permutation(len(small))[:12]:
        limits = []
        for sign in (1.0, -1.0):
            wanted = np.zeros(len(hidden))
            wanted[hidden[small[at]]] = sign
            found = linprog(wanted, A_eq=matrix, b_eq=sums, bounds=bounds, method="highs")
            limits.append(sign * found.fun if found.status == 0 else np.inf)
        assert limits[1] - limits[0] > 0.5, small[at]

"""The main job on real input: the shipped demonstration, run as a person runs it."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import yaml

from tests.conftest import loopback_only
from toolkit.report.documents import document_tools
from toolkit.report.policy import without_allowed_scripts

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def copy_of_the_demonstration(to: Path) -> Path:
    """params and data alone: the notebooks and the toolkit are the checkout's."""
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return to


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``annual-review`` as a person starts it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


DECLARED = yaml.safe_load((ROOT / "params" / "pages.yaml").read_text(encoding="utf-8"))
PAGES = {
    "index.html", "brief.html", "decisions.html", "annexes.html", "data_quality.html", "voices.html",
    "work_plan.html", "exceptions.html",
    *(f"priority_{part}.html" for part in ("1", "2", "3a", "3b", "4")),
}  # fmt: skip
COLUMNS = {
    "results": "measure area_code area_name period breakdown numerator denominator value low high method marker source "
    "edition",
    "judgements": "priority measure name unit period value low high numerator denominator baseline_period "
    "baseline_value change direction trend target target_period target_status statutory_floor statutory_status "
    "comparator_england comparator_region comparator_neighbours versus_england versus_neighbours rank rank_of "
    "quartile_band confidence reason",
    "findings": "check severity outcome source column rows_checked rows_failed message owner measures action",
    "actions": "id priority workstream action lead due status delivery_rag disposition note",
    "decisions": "id kind subject from to reason authority escalate",
}
WORDS = {
    "direction": {"better", "worse", "no clear change", "cannot be judged"},
    "target_status": {
        "met",
        "missed",
        "likely",
        "possible",
        "unlikely",
        "not yet published",
        "no target",
        "cannot be judged",
    },
    "statutory_status": {"met", "not met", "no duty"},
    "confidence": {"high", "medium", "low"},
}


def outputs(project: Path, name: str = "2019") -> Path:
    return project / "outputs" / name


def table(project: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(outputs(project) / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.jsonl")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_ends_complete_with_every_file_of_the_contract(demonstration: Path):
    """Exit 0, every page, the executed notebooks, the tables, the workbook, the manifest and the index of all years."""
    folder = outputs(demonstration)

    assert {path.name for path in folder.glob("*.html")} >= PAGES
    notebooks = [path.stem for path in (folder / "notebooks").glob("*.ipynb")]
    for name, page in DECLARED.items():
        one, many = notebooks.count(name), [stem for stem in notebooks if stem.startswith(f"{name}_")]
        assert bool(many) == ("once_for" in page), name
        assert one == ("once_for" not in page), name
    assert {path.stem for path in (folder / "tables").glob("*.csv")} >= {"observations", *COLUMNS}
    assert (folder / "tables.xlsx").is_file()
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["verdict"] == "complete"
    assert "2019/index.html" in (demonstration / "outputs" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_start_with_the_fixed_columns(demonstration: Path, name: str):
    """Other columns may follow; these come first, in this order."""
    fixed = COLUMNS[name].split()

    assert list(table(demonstration, name).columns)[: len(fixed)] == fixed


def test_judgements_use_exactly_the_agreed_words(demonstration: Path):
    """A reader meets no other word in a mark."""
    judgements = table(demonstration, "judgements")

    for column, words in WORDS.items():
        assert set(judgements[column]) <= words, column
    assert len(judgements) >= 30


def test_a_published_figure_comes_through_untouched(demonstration: Path):
    """Plans within 20 weeks in 2017: 371 of 375, 98.9%, as the Department published."""
    row = table(demonstration, "judgements").set_index("measure").loc["plans_within_20_weeks"]

    assert (row["numerator"], row["denominator"], row["period"]) == (371, 375, "2017")
    assert round(row["value"], 1) == 98.9
    assert row["statutory_status"] == "not met"


def test_nothing_published_after_the_cut_off_is_used(demonstration: Path):
    """The 2019 review, with a cut-off in April 2019, has no calendar year after 2017 from published sources."""
    observations = table(demonstration, "observations")

    assert observations["published"].max() <= "2019-04-30"
    published = observations[(observations["source"] == "dfe_ehc_plans") & (observations["basis"] == "calendar year")]
    assert published["period"].astype(str).max() == "2017"


def test_no_small_count_leaves_in_public(demonstration: Path):
    """No numerator or denominator from 1 to 4 stands in a public table; hidden rows are marked c and have no value."""
    results = table(demonstration, "results")
    judgements = table(demonstration, "judgements")

    observations = table(demonstration, "observations")
    made_up = observations["source"].isin(["assessment_cases", "parent_carer_survey"])
    assert not observations.loc[made_up, "value"].between(1, 4).any()
    for frame in (results, judgements):
        for column in ("numerator", "denominator"):
            assert not frame[column].between(1, 4).any()
    hidden = results[results["marker"] == "c"]
    assert len(hidden) > 0
    assert hidden[["value", "low", "high", "numerator", "denominator"]].isna().all(axis=None)


def test_illustrative_figures_say_so_in_every_table_and_page(demonstration: Path):
    """Every row from a made-up source is labelled, and every page of the demonstration says that some figures are."""
    for name in ("observations", "results", "judgements"):
        frame = table(demonstration, name)
        made_up = frame["source"].isin(["assessment_cases", "parent_carer_survey", "specialist_places"])
        assert (frame.loc[made_up, "illustrative"] == "illustrative").all()
    for page in PAGES:
        assert '<div class="banner illustrative">' in (outputs(demonstration) / page).read_text(encoding="utf-8")


def test_pages_are_self_contained_and_tell_no_place_of_this_machine(demonstration: Path):
    """No request to another host, no script but ours, no path, and links only to pages that exist."""
    for page in PAGES:
        html = (outputs(demonstration) / page).read_text(encoding="utf-8")
        assert '<html lang="en-GB"' in html
        assert "Contains public sector information licensed under the Open Government Licence v3.0." in html
        assert html.count("<script") <= 1
        assert "<script" not in without_allowed_scripts(html)
        assert str(demonstration) not in html
        for address in re.findall(r'href="([^"#]+)', html):
            if not address.startswith(("http", "mailto", "data:")):
                assert (outputs(demonstration) / address).exists(), (page, address)


LINKED = re.compile(
    r'<table[^>]*>((?:(?!</table>).)*)</table>\n</div>\n<p class="csv">[^<]*<a href="tables/(\w+)\.csv"', re.DOTALL
)


def figures_of(html: str) -> list[str]:
    """The figures of a table, without its averages of similar authorities, such as 98.9 and 1200."""
    heads = [readable(head) for head in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", html, re.DOTALL)]
    found = []
    for row in re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", html, re.DOTALL):
        cells = re.findall(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", row, re.DOTALL)
        found += [
            match[1].replace(",", "")
            for (about, cell), head in zip(cells, heads, strict=True)
            if "number" in about
            and "imilar" not in head
            and (match := re.match(r"([\d,]+(?:\.\d+)?)%?$", readable(cell)))
        ]
    return found


def test_a_link_to_a_csv_file_leads_to_the_figures_beside_it(demonstration: Path):
    """Every figure of a table or chart, rounded as it is shown, is in the file that is linked to under it."""
    checked = 0
    for page in sorted(PAGES):
        for html, name in LINKED.findall((outputs(demonstration) / page).read_text(encoding="utf-8")):
            columns = [pd.to_numeric(column, errors="coerce") for _, column in table(demonstration, name).items()]
            held = pd.concat(columns).dropna().abs().unique()
            for figure in figures_of(html):
                decimals = len(figure.partition(".")[2])
                assert (abs(held - float(figure)) <= 0.5 * 10.0**-decimals + 1e-9).any(), (page, name, figure)
                checked += 1
    assert checked > 300


def test_a_review_needs_no_network(demonstration: Path):
    """It was made with loopback alone: whatever asked another host would have failed, and PDFs were printed too."""
    alone = loopback_only()
    if not alone:
        pytest.skip("this system cannot run a command without a network (unshare, ip)")
    asks = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
    asked = subprocess.run([*alone, sys.executable, "-c", asks], capture_output=True, text=True, check=False)

    assert "Network is unreachable" in asked.stderr
    assert (outputs(demonstration) / "index.html").is_file()
    assert list(outputs(demonstration).glob("*.pdf")) or "pdf" not in document_tools()


def words_of(page: Path) -> str:
    """What a reader of a page sees, without its style sheet, script and tags, on one line."""
    return readable(re.sub(r"(?s)<(style|script|template)\b.*?</\1>", "", page.read_text(encoding="utf-8")))


def readable(html: str) -> str:
    """The text of a piece of a page, on one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


RATED, RED = ("target_status", "direction", "statutory_status"), {"missed", "unlikely", "worse", "not met"}


def test_every_red_measure_is_on_the_exceptions_page(demonstration: Path):
    """With how it moved, whether its duty is met, a commentary, and the actions that name it."""
    judgements = table(demonstration, "judgements")
    red = [row for row in judgements.to_dict("records") if RED & {row[mark] for mark in RATED}]
    page = outputs(demonstration) / "exceptions.html"

    assert red
    for row in red:
        assert f'<h3 id="{row["measure"].replace("_", "-")}">' in page.read_text(encoding="utf-8")
        moved = re.match(r"(\S+ in \S+), .*? from (\S+ in [^\s:]+)", row["reason"])
        assert not moved or f"{moved[1]}, {moved[2]}." in words_of(page), row["measure"]
    unlawful = {row["measure"].replace("_", "-") for row in red if row["statutory_status"] == "not met"}
    sections = re.findall(r'(?s)<h3 id="([^"]+)">(.*?)(?=<h3|</main>)', page.read_text(encoding="utf-8"))
    assert {measure for measure, text in sections if "Duty: not met" in readable(text)} == unlawful
    assert unlawful
    assert words_of(page).count("Officers’ commentary") >= len(red)


def test_every_red_measure_has_its_finding_about_a_commentary(demonstration: Path):
    """Each red measure is asked for a commentary, and the demonstration has them all."""
    findings, judgements = table(demonstration, "findings"), table(demonstration, "judgements")
    about = findings[findings["source"] == "commentary"].set_index("check")
    red = {row["measure"] for row in judgements.to_dict("records") if RED & {row[mark] for mark in RATED}}

    assert set(about.index) == {f"commentary.{measure}" for measure in red}
    assert set(about["outcome"]) == {"pass"}
    assert len(red) >= 5


def test_the_local_timeliness_agrees_with_the_published_one(demonstration: Path):
    """Both are within the tolerance, the years are told one by one, and a hidden year stays hidden."""
    findings = table(demonstration, "findings").set_index("check")
    page = words_of(outputs(demonstration) / "priority_1.html")

    assert findings.loc["reconciliation.local_plans_within_20_weeks", "outcome"] == "pass"
    assert "358 of 366" in page
    assert "354 of 362" in page
    assert "Left out because a permitted exception applies: 7 here, 7 there." in page
    assert "The figure here is hidden to protect people, so there is nothing to compare." in page
    assert "of 373" not in page


def test_months_are_judged_or_it_is_said_why_not(demonstration: Path):
    """Requests have limits, anew from January 2018; months hidden for small counts are not judged in public."""
    requests = words_of(outputs(demonstration) / "priority_3b.html")
    timeliness = words_of(outputs(demonstration) / "priority_1.html")

    assert "The limits are recalculated from January 2018." in requests
    assert "are hidden to protect people. The others are not a fair sample of all months" in timeliness


def test_places_are_set_against_projected_demand(demonstration: Path):
    """The page of specialist places has the projection with its range, and the share it rests on."""
    page = words_of(outputs(demonstration) / "priority_3b.html")

    assert "Plans in place, projected: 3,981 (3,324 to 4,769) in 2019" in page
    assert "If 26.4 in every 100 have such a place, as in 2018" in page


def test_comments_are_counted_and_never_quoted(demonstration: Path):
    """Themes with their counts, the uncoded share and the response rates are there; no comment is."""
    survey = demonstration / "data" / "local" / "parent_carer_survey" / "responses_2019.csv"
    answers = pd.read_csv(survey, keep_default_na=False)
    columns = ["What worked well", "What did not work well", "What could be better"]
    comments = {text.strip() for column in columns for text in answers[column] if len(text) > 20}
    page = words_of(outputs(demonstration) / "voices.html")

    assert "No theme found" in page
    assert "17.8%" in page  # 231 of 1,300 parents and carers answered in 2018
    assert not re.search(r"\b[1-4] \(\d+%\)", page)
    everything = " ".join(words_of(path) for path in outputs(demonstration).glob("*.html"))
    assert not [comment for comment in comments if comment in everything]


def test_the_manifest_names_every_output_with_its_hash(demonstration: Path):
    """What a reviewer holds can be compared with what the run wrote."""
    manifest = json.loads((outputs(demonstration) / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    found = digests(outputs(demonstration))
    found.pop("manifest.json")
    found.pop("lock.json")  # it records the machine; the manifest has the digest of the rest

    assert listed == found
    assert any(entry["path"].endswith("dfe_ehc_plans/figures.csv") for entry in manifest["inputs"])


def test_kernels_another_folder_seed_time_zone_and_locale_give_the_same_bytes(demonstration: Path, tmp_path: Path):
    """Every notebook in a kernel, as on Windows, whoever runs it and wherever: the files are those of forks."""
    other = copy_of_the_demonstration(tmp_path / "another place")
    done = command(
        "run", "2019", "--project", str(other), "--no-cache", "--engine", "kernel",
        PYTHONHASHSEED="12345", TZ="Pacific/Auckland", LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert digests(outputs(other)) == digests(outputs(demonstration))


def test_the_internal_profile_shows_what_the_public_one_hides(demonstration: Path, tmp_path: Path):
    """Staff see small counts, in a folder and on pages that say that they are internal."""
    other = shutil.copytree(demonstration, tmp_path / "copy")
    done = command("run", "2019", "--project", str(other), "--profile", "internal")

    results = pd.read_csv(
        outputs(other, "2019-internal") / "tables" / "results.csv", keep_default_na=False, na_values=[""]
    )
    assert done.returncode == 0
    assert results["numerator"].between(1, 4).any()
    banner = '<div class="banner internal">'
    assert banner in (outputs(other, "2019-internal") / "index.html").read_text(encoding="utf-8")
    assert banner not in (outputs(other) / "index.html").read_text(encoding="utf-8")


def test_a_second_run_comes_from_the_cache_and_is_the_same(demonstration: Path, tmp_path: Path):
    """Nothing changed but the folder: nothing is executed, and the bytes are those of the first run."""
    other = shutil.copytree(demonstration, tmp_path / "copy")
    again = command("run", "2019", "--project", str(other))

    log = [json.loads(line) for line in (outputs(other) / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert again.returncode == 0
    assert {entry["status"] for entry in log if entry["event"] == "end"} == {"cached"}
    assert digests(outputs(other)) == digests(outputs(demonstration))

"""What holds of every paper that goes out."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from toolkit.analysis.numbers import say_date
from toolkit.errors import InputError
from toolkit.evidence import gather
from toolkit.params import Form, load_papers
from toolkit.report.papers import Facts, as_shown, compose, first_section
from toolkit.review import Review

ROOT = Path(__file__).parents[2]
FORMS = sorted(path.stem for path in (ROOT / "params" / "papers").glob("*.yaml"))


@pytest.mark.parametrize("name", FORMS)
def test_each_ends_with_whom_to_ask(review: Review, name: str) -> None:
    """Whoever has read to the end knows what to do and which role to ask."""
    roles = [contact.role for contact in review.evidence.papers.contacts]
    paper = review.composed(name, "spring")
    # The Council's form has its officers in the middle: Part A ends with them.
    told = paper.pieces if name == "cabinet_report" else paper.pieces[-8:]
    assert any(role in text for piece in told for text in piece.texts for role in roles)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_that_nobody_approved_is_in_it(review: Review, name: str) -> None:
    """A quote or a row of what was said leaves only with a role's approval."""
    evidence = review.evidence
    kept_back = [
        *evidence.quotes[~evidence.quotes["published"]]["quote"],
        *evidence.said_and_did[~evidence.said_and_did["published"]]["said"],
    ]
    assert kept_back
    for season in ("spring", "autumn"):
        html = review.paper(name, season).html
        assert not [words for words in kept_back if words in html]


def test_only_a_hidden_number_is_marked_as_hidden(review: Review) -> None:
    """Members read how many answered a survey, without a mark that says the number is not there."""
    told = [
        text for piece in review.composed("cabinet_report").pieces for text in piece.texts if "of those asked" in text
    ]
    assert len(told) == 3
    assert all(re.search(r": \d+ answers, \d+% of those asked", text) for text in told), told


def test_cabinet_is_asked_for_what_escalates_and_for_nothing_else(review: Review) -> None:
    """What the Director or the Board may decide is not put to Cabinet."""
    decisions = review.evidence.decisions
    asked = next(piece for piece in review.composed("cabinet_report").pieces if piece.kind == "letters")
    assert len(asked.texts) == 2 + int(decisions["escalate"].sum())
    names = review.names
    for row in decisions[decisions["kind"] == "target"].to_dict("records"):
        told = any(names[row["subject"]] in text and row["to"] in text for text in asked.texts)
        assert told == row["escalate"], row["id"]


def test_what_cabinet_has_agreed_before_is_not_put_to_it_again(review: Review) -> None:
    """A change that Cabinet agreed during the year is told as agreed, and not recommended."""
    before = review.evidence.year.cut_off.isoformat()
    earlier = Review(replace(review.evidence))
    every = review.evidence.decisions
    earlier.evidence.__dict__["decisions"] = every.assign(
        cabinet_date=[before if goes else "" for goes in every["escalate"]]
    )
    pieces = earlier.composed("cabinet_report").pieces
    assert len(next(piece for piece in pieces if piece.kind == "letters").texts) == 2
    told = [text for piece in pieces for text in piece.texts]
    assert "No change to the strategy is put to Cabinet this year." in told
    assert sum("Agreed on 30 April" in text for text in told) == every["escalate"].sum() > 0


def test_cabinet_meets_on_the_day_that_decisions_name(review: Review) -> None:
    """The report and the decisions give one date."""
    days = set(review.evidence.decisions["cabinet_date"]) - {""}
    assert days == {review.evidence.papers.year.dates["cabinet"].isoformat()}


def test_a_months_update_uses_only_what_was_public_by_its_end() -> None:
    """An update for October knows neither the plan of April nor what was decided in May."""
    update = Review(gather(ROOT, 2020)).as_at("2019-10")
    assert update.evidence.year.cut_off == date(2019, 10, 31)
    assert (update.results["published"] <= "2019-10-31").all()
    assert update.evidence.decisions.empty
    assert max(update.evidence.provenance["published"]) < "2019-10-31"
    assert "31 October 2019" in update.opening("board_update").html


@pytest.mark.parametrize(
    ("year", "month", "days", "told"),
    [
        (2019, "2019-04", set(), "Nothing has been decided about an action since the work plan was drawn up."),
        (
            2020,
            "2019-05",
            {"14 May 2019", "20 May 2019"},
            "age 14: Lead: Head of Post-16 and Transitions. Decided by: D",
        ),
        (
            2020,
            "2019-10",
            {"14 May 2019", "20 May 2019", "25 June 2019"},
            "new. Lead: Head of Education Sufficiency; Due",
        ),
        (2020, "2020-04", set(), "Nothing has been decided about an action since the work plan was drawn up."),
    ],
)
def test_a_months_update_tells_what_was_decided_since_the_plan(
    year: int, month: str, days: set[str], told: str
) -> None:
    """The plan of April does not contradict what the Board decided in May: an update tells both, and nothing later."""
    pieces = first_section(Review(gather(ROOT, year)).as_at(month).composed("board_update")).pieces
    said = " ".join(text for piece in pieces for text in piece.texts)
    assert told in said
    assert set(re.findall(r"Decided by: [^.]*?, (\d+ \w+ \d{4})\.", said)) == days


def test_the_autumn_newsletter_does_not_contradict_what_was_decided(review: Review) -> None:
    """Each action about which something was decided since the plan says so beside how it stood."""
    evidence = review.evidence
    texts = [text for piece in review.composed("newsletter", "autumn").pieces for text in piece.texts]
    decided = {d.subject for d, _ in evidence.since_plan if d.change in ("pause", "merge", "amend")}
    assert decided
    for action in decided & set(evidence.actions["id"]):
        (line,) = [text for text in texts if text.startswith(f"{action} ")]
        assert "Decided since, on" in line


@pytest.mark.parametrize("name", FORMS)
def test_each_says_from_which_day_it_speaks(review: Review, name: str) -> None:
    """Figures are those of the cut-off; what was decided is told up to the eve of the day on which a paper goes out."""
    papers, cut_off = review.evidence.papers, review.evidence.year.cut_off
    for season in ("spring", "autumn"):
        told = " ".join(text for piece in review.composed(name, season).pieces for text in piece.texts)
        as_at = papers.as_at(papers.form(name), season, cut_off)
        assert say_date(cut_off) in told
        assert say_date(as_at) in told
    assert (as_at == cut_off) == (name in ("board_update", "local_offer"))


def test_a_paper_that_goes_out_on_no_day_is_refused(tmp_path: Path) -> None:
    """A form and a season whose day the year does not name are told, each with its fix."""
    (tmp_path / "params" / "papers").mkdir(parents=True)
    (tmp_path / "params" / "2019").mkdir()
    (tmp_path / "params" / "papers.yaml").write_text("contacts: [{role: A, about: b}]\n", "utf-8")
    (tmp_path / "params" / "2019" / "papers.yaml").write_text(
        "seasons: [spring]\ndates: {event: 2019-10-10}\n", "utf-8"
    )
    form = "title: T\nshort: A\nsections: []\nnotebook: a\n"
    (tmp_path / "params" / "papers" / "a.yaml").write_text(form + "goes_out: cabinet\n", "utf-8")
    (tmp_path / "params" / "papers" / "b.yaml").write_text(form + "every: season\n", "utf-8")
    with pytest.raises(InputError) as refused:
        load_papers(tmp_path, 2019)
    for name in ("cabinet", "spring"):
        assert f"there is no date '{name}' on which the paper goes out (add it to dates" in str(refused.value)


def test_a_month_of_another_year_is_refused() -> None:
    """A misspelt month is told with the months that there are."""
    with pytest.raises(InputError, match="2019-05 to 2020-04"):
        gather(ROOT, 2020).as_at("2018-01")


def test_what_does_not_fit_a_slide_goes_on_the_next() -> None:
    """Nothing of a long list is cut off on the screen, nothing of it is lost, and the notes are told once."""
    form = Form.model_validate(
        {"id": "a", "title": "T", "short": "A", "notebook": "a", "form": "slides", "sections": [
            {"heading": "H", "notes": ["Say it slowly."], "blocks": [
                {"each": "actions", "as": "bullets", "lead": ["Late:"], "say": ["{action}"]}]}]}
    )  # fmt: skip
    rows = [{"id": str(n), "illustrative": "illustrative", "action": f"{n} " + "word " * 20} for n in range(14)]
    html = as_shown(compose(form, Facts({}, {"actions": rows}))).html
    slides = [slide.split("</section>")[0] for slide in html.split("<section>")[1:]]
    assert [slide.count("<li>") for slide in slides] == [5, 5, 4]
    assert ["<h2>H</h2>" in slides[0], *("<h2>H (continued)</h2>" in slide for slide in slides[1:])] == [True] * 3
    assert html.count("Say it slowly.") == slides[0].count("Say it slowly.") == 1
    assert all(f"<li>{n} word" in html for n in range(14))


def test_a_fact_is_never_read_as_a_template() -> None:
    """Braces in what somebody wrote are shown, not filled."""
    form = Form.model_validate(
        {"id": "a", "title": "T", "short": "A", "notebook": "a", "sections": [
            {"heading": "H", "blocks": [{"each": "quotes", "say": ["{quote}"]}]}]}
    )  # fmt: skip
    row = {"id": "q", "priority": "", "illustrative": "", "group": "", "quote": "{vision} <b>"}
    assert compose(form, Facts({"vision": "no"}, {"quotes": [row]})).pieces[1].texts == ("{vision} <b>",)


@pytest.mark.parametrize(
    ("line", "wrong", "told"),
    [
        ('say: ["{stratgy}"]', "3", "there is no fact 'stratgy' (did you mean 'strategy'?)"),
        ("each: measurs", "3", "there is no list 'measurs' (did you mean 'measures'?)"),
        ("{each: measures, where: {shrot: [a]}}", "3", "rows have no 'shrot' (did you mean 'short'?)"),
        ('say: ["{date_dinner}"]', "3", "there is no date 'dinner'"),
        ('say: ["{strategy"]', "3", "do not match"),
    ],
)
def test_a_mistake_in_a_form_is_told_with_its_line(tmp_path: Path, line: str, wrong: str, told: str) -> None:
    """Nothing is run on a form with a misspelt fact, list, field or date."""
    (tmp_path / "params" / "papers").mkdir(parents=True)
    (tmp_path / "params" / "papers.yaml").write_text("contacts: [{role: A, about: b}]\n", "utf-8")
    block = line if line.startswith("{") else "{" + line + "}"
    form = f"title: T\nshort: A\nsections: [{{heading: H, blocks: [{block}]}}]\nnotebook: a\n"
    (tmp_path / "params" / "papers" / "a.yaml").write_text(form, "utf-8")
    with pytest.raises(InputError) as refused:
        load_papers(tmp_path, 2019)
    assert re.search(rf"params/papers/a.yaml:{wrong}: .*{re.escape(told)}", str(refused.value))

"""What holds of every paper that goes out."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.evidence import decisions_since_plan
from toolkit.params import (
    LISTS,
    ActionDecision,
    Form,
    MeasureDecision,
    PriorityDecision,
    TargetDecision,
    load_papers,
)
from toolkit.report.papers import Paper, TemplateFacts, as_shown, compose, first_section
from toolkit.report.papers.template_rows import Naming, actions, decisions
from toolkit.review import Review, open_review
from toolkit.review.pages.papers import words
from toolkit.words.bank import Phrases, phrases_for
from toolkit.words.decisions import decisions_table
from toolkit.words.findings import with_words
from toolkit.words.numbers import format_date
from toolkit.words.paper_decisions import Subject, recommend
from toolkit.words.subjects import describe_outcome

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
TINY = ROOT / "tests" / "tiny"
FORMS = sorted(path.stem for path in (ROOT / "params" / "papers").glob("*.yaml"))


def decision_rows(review: Review, as_at: date, **changed: str) -> list[dict[str, str]]:
    """The rows of decisions as a paper of that day has them; ``changed`` are columns of DECISIONS."""
    evidence = review.evidence
    naming = Naming({}, evidence.inputs.project.governance, as_at)
    return decisions(evidence.decisions.assign(**changed), evidence.inputs.recorded, naming)


@pytest.mark.parametrize("name", FORMS)
def test_each_ends_with_whom_to_ask(review: Review, name: str) -> None:
    """Whoever has read to the end knows what to do and which role to ask."""
    roles = [contact.role for contact in review.evidence.inputs.papers.contacts]
    paper = review.compose_paper(name, "spring")
    # The Council's form has its officers in the middle: Part A ends with them.
    told = paper.pieces if name == "decision_report" else paper.pieces[-8:]
    assert any(role in text for piece in told for text in piece.texts for role in roles)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_that_nobody_approved_is_in_it(review: Review, name: str) -> None:
    """A quote or a row of what was said leaves only with a role's approval."""
    evidence = review.evidence
    kept_back = [
        *evidence.quotes[~evidence.quotes["published"]]["quote"],
        *(
            words
            for field in ("said", "did", "impact")
            for words in evidence.said_and_did[~evidence.said_and_did["published"]][field]
            if words
        ),
    ]
    assert kept_back
    for season in ("spring", "autumn"):
        shown = unescape(review.paper(name, season).html)
        assert not [words for words in kept_back if words in shown]


def test_only_a_hidden_number_is_marked_as_hidden(review: Review) -> None:
    """Members read how many answered a survey, without a mark that says the number is not there."""
    told = [
        text
        for piece in review.compose_paper("decision_report").pieces
        for text in piece.texts
        if "response rate" in text
    ]
    assert len(told) == 3
    assert all(re.search(r": \d+ answers, a response rate of \d+%", text) for text in told), told


def test_cabinet_is_asked_for_what_escalates_and_for_nothing_else(review: Review) -> None:
    """What the Director or the Board may decide is not put to Cabinet."""
    decisions = review.evidence.decisions
    asked = next(piece for piece in review.compose_paper("decision_report").pieces if piece.kind == "letters")
    assert len(asked.texts) == 2 + int(decisions["escalate"].sum())
    names = review.frames.names
    for row in decisions[decisions["kind"] == "target"].to_dict("records"):
        told = any(names[row["subject"]] in text and row["to"] in text for text in asked.texts)
        assert told == row["escalate"], row["id"]


def test_what_cabinet_has_agreed_before_is_not_put_to_it_again(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that Cabinet agreed during the year is told as agreed, and not recommended."""
    before = review.evidence.inputs.year.cut_off.isoformat()
    every = review.evidence.decisions

    def agreed_before(*arguments: object, **bank: object) -> pd.DataFrame:
        table = decisions_table(*arguments, **bank)
        days = {key: table[key].mask(table["escalate"], before) for key in ("agreed_on", "effective_on")}
        return table.assign(**days)

    monkeypatch.setattr("toolkit.review.pages.papers.decisions_table", agreed_before)
    pieces = review.compose_paper("decision_report").pieces
    assert len(next(piece for piece in pieces if piece.kind == "letters").texts) == 2
    told = [text for piece in pieces for text in piece.texts]
    assert "No change to the strategy is put to Cabinet this year." in told
    assert sum("Agreed on 30 April" in text for text in told) == every["escalate"].sum() > 0


def test_cabinet_meets_on_the_day_that_decisions_name(review: Review) -> None:
    """The report and the decisions give one date."""
    days = set(review.evidence.decisions["agreed_on"]) - {""}
    assert days == {review.evidence.inputs.papers.year.dates["cabinet"].isoformat()}


def test_a_months_update_uses_only_what_was_public_by_its_end(opened: Opened) -> None:
    """An update for October knows neither the plan of April nor what was decided in May."""
    update = opened(2020).as_at("2019-10")
    assert update.evidence.inputs.year.cut_off == date(2019, 10, 31)
    assert (update.results["published"] <= "2019-10-31").all()
    assert update.evidence.decisions.empty
    assert max(update.evidence.provenance["published"]) < "2019-10-31"
    assert "31 October 2019" in update.opening("monthly_update").html


def test_a_paper_by_month_needs_no_notebook_of_its_own(opened: Opened) -> None:
    """The notebook of all papers passes the month on: the paper knows only what was public by its end."""
    review = opened(2020)
    assert "31 October 2019" in review.paper("local_offer", "2019-10").html
    assert "30 April 2020" in review.paper("local_offer").html


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
    year: int, month: str, days: set[str], told: str, opened: Opened
) -> None:
    """The plan of April does not contradict what the Board decided in May: an update tells both, and nothing later."""
    pieces = first_section(opened(year).as_at(month).compose_paper("monthly_update")).pieces
    said = " ".join(text for piece in pieces for text in piece.texts)
    assert told in said
    assert "kept as it is" not in said
    assert set(re.findall(r"Decided by: [^.]*?, (\d+ \w+ \d{4})\.", said)) == days


def test_the_autumn_newsletter_does_not_contradict_what_was_decided(review: Review) -> None:
    """Each action about which something was decided since the plan says so beside how it stood."""
    evidence = review.evidence
    texts = [text for piece in review.compose_paper("newsletter", "autumn").pieces for text in piece.texts]
    decided = {d.subject for d, _ in decisions_since_plan(evidence.inputs)}
    plan = {row["id"]: row["action"] for row in evidence.actions.to_dict("records")}
    assert decided & set(plan)
    for action in decided & set(plan):
        (line,) = [text for text in texts if text.startswith(f"{plan[action]}.")]
        assert "Decided on " in line or "Changed on " in line


def test_an_action_that_takes_another_in_says_so_beside_what_was_decided_of_itself(opened: Opened) -> None:
    """The Board kept the network and joined the training with it: the autumn newsletter prints both in one place."""
    pieces = opened(2019).compose_paper("newsletter", "autumn").pieces
    (line,) = [text for piece in pieces for text in piece.texts if text.startswith("Run a network")]
    assert line.endswith(
        "Decided on 14 May 2019: kept as it is; "
        "“Train staff of mainstream schools in what helps autistic pupils” is merged with it."
    )


def test_the_board_is_still_asked_about_a_late_action_that_it_only_kept(opened: Opened) -> None:
    """To keep an action, or to join another with it, settles nothing about its being late; a new date does."""
    review = opened(2020)
    evidence, day = review.evidence, date(2020, 5, 19)
    late = set(evidence.actions.loc[evidence.actions["delivery_rag"] != "green", "id"])
    since = [(d, day) for d in evidence.inputs.recorded if isinstance(d, ActionDecision)]
    rows = {row["id"]: row for row in actions(evidence.actions, since, {d.subject: "It" for d, _ in since})}
    assert {"1.2", "1.3"} <= late == {action for action, row in rows.items() if row["late"] == "yes"}
    assert (rows["1.2"]["changed"], rows["1.3"]["changed"], rows["3b.4"]["changed"]) == ("no", "yes", "no")
    assert all(rows[action]["since"] for action in ("1.2", "1.3", "3b.4"))


PUBLIC = ("newsletter", "event_slides", "easy_read", "young_people", "local_offer")


@pytest.mark.parametrize("name", PUBLIC)
def test_a_paper_for_families_has_no_ids_and_none_of_our_own_words(review: Review, name: str) -> None:
    """A parent reads what an action is called and what becomes of it, and nothing that only the work plan explains."""
    evidence = review.evidence
    ids = {
        *evidence.actions["id"],
        *(d.subject for d in evidence.inputs.recorded if d.kind == "action"),
        *evidence.decisions["id"],
    }
    ours = re.compile(r"superseded|embedded\)|achieved\)|merge into|re-base|" + "|".join(
        rf"(?<![\w.]){re.escape(one)}(?![\w%])(?! points)" for one in ids))  # fmt: skip
    for season in ("spring", "autumn"):
        texts = [text for piece in review.compose_paper(name, season).pieces for text in piece.texts]
        assert not [text for text in texts if ours.search(text)]


@pytest.mark.parametrize("change", ["keep", "amend", "add", "leave out", "pause", "merge", "close"])
def test_what_becomes_of_an_action_is_told_in_a_parents_words(change: str) -> None:
    """Each word that a decision may use has one that needs no work plan to be read."""
    for how in ("achieved", "embedded", "superseded") if change == "close" else ("",):
        into = {"into": "3b.4"} if change == "merge" else {}
        decision = ActionDecision.model_construct(change=change, as_=how, until="", **{"into": None} | into)
        told = describe_outcome(decision, {"3b.4": "Open a school"})
        assert not re.search(r"[()]|3b\.4|superseded|embedded", told)


CHANGES = [
    (model.__name__.removesuffix("Decision").lower(), change)
    for model in (ActionDecision, TargetDecision, MeasureDecision, PriorityDecision)
    for change in get_args(model.model_fields["change"].annotation)
]


@pytest.mark.parametrize(("kind", "change"), CHANGES)
def test_whatever_goes_to_cabinet_is_recommended_once(review: Review, kind: str, change: str) -> None:
    """No kind of decision can be put to Cabinet without a line that says what Cabinet is asked."""
    decision = SimpleNamespace(kind=kind, change=change, from_="x", to="x", old="the thing", new="x")
    subject = Subject("the thing", "the thing", "x", "x")
    row = dict.fromkeys(LISTS["decisions"], "x") | {
        "kind": kind, "change": change, "escalates": "yes", "taken": "no", "illustrative": "",
        "recommendation": recommend(decision, subject, phrases_for("decisions")),
    }  # fmt: skip
    facts = TemplateFacts(words(review.evidence.inputs) | {"judged": "", "as_at": ""}, {"decisions": [row]})
    paper = compose(review.evidence.inputs.papers.form("decision_report"), facts)
    asked = next(piece for piece in paper.pieces if piece.kind == "letters").texts
    assert sum("the thing" in text for text in asked) == 1


def test_a_target_that_was_made_easier_says_so_wherever_it_is_told(review: Review) -> None:
    """The appeal rate is worse and meets its target of 2020 only since that was eased: no paper tells half of it."""
    for name, season, eased in (
        ("newsletter", "spring", "We made that target easier: it was 1.5% by 2019."),
        ("decision_report", "", "That target was made easier: it was 1.5% by 2019."),
    ):
        told = [text for piece in review.compose_paper(name, season).pieces for text in piece.texts]
        told = [text for text in told if text.startswith("Tribunal appeal rate: 2.")]
        assert told
        assert all((eased in text) == (review.evidence.inputs.year.year == 2020) for text in told)


def test_a_lowered_target_is_told_as_easier_and_a_raised_one_as_harder(review: Review) -> None:
    """Whoever reads what is put to Cabinet, or decided, need not know whether a high or a low figure is good."""
    for row in decision_rows(review, date(2020, 12, 31)):
        if row["kind"] == "target":
            words = {"lower": ", which is easier to meet", "raise": ", which is harder to meet"}.get(row["change"], "")
            assert row["said"].endswith(f"{row['to']}{words}")
    told = [text for piece in review.compose_paper("decision_report").pieces for text in piece.texts]
    assert sum(text.endswith(", which is easier to meet;") for text in told) == 1


@pytest.mark.parametrize("name", FORMS)
def test_each_says_from_which_day_it_speaks(review: Review, name: str) -> None:
    """Figures are those of the cut-off; what was decided is told up to the eve of the day on which a paper goes out."""
    papers, cut_off = review.evidence.inputs.papers, review.evidence.inputs.year.cut_off
    for season in ("spring", "autumn"):
        told = " ".join(text for piece in review.compose_paper(name, season).pieces for text in piece.texts)
        as_at = papers.as_at(papers.form(name), season, cut_off)
        assert format_date(cut_off) in told
        assert format_date(as_at) in told
    assert (as_at == cut_off) == (papers.form(name).goes_out in ("", "month"))


def test_a_paper_that_goes_out_on_no_day_is_refused(tmp_path: Path) -> None:
    """A form and a season without a day in the year are both reported, each at its line and with its fix."""
    (tmp_path / "params" / "papers").mkdir(parents=True)
    (tmp_path / "params" / "2019").mkdir()
    shutil.copy(TINY / "params" / "governance.yaml", tmp_path / "params")
    (tmp_path / "params" / "papers.yaml").write_text("contacts: [{role: A, about: b}]\n", "utf-8")
    (tmp_path / "params" / "2019" / "papers.yaml").write_text(
        "seasons: [spring]\ndates: {event: 2019-10-10}\n", "utf-8"
    )
    form = "sections: []\n"
    (tmp_path / "params" / "papers" / "a.yaml").write_text(form + "goes_out: cabinet\n", "utf-8")
    (tmp_path / "params" / "papers" / "b.yaml").write_text(form + "goes_out: season\n", "utf-8")
    with pytest.raises(InputError) as refused:
        load_papers(tmp_path, 2019)
    assert str(refused.value).splitlines() == [
        "params/2019/papers.yaml:1: there is no date 'spring' for this season (add it to dates)",
        "params/papers/a.yaml:2: there is no date 'cabinet' on which the paper goes out "
        "(add it to dates in params/<year>/papers.yaml)",
    ]


def test_a_month_of_another_year_is_refused(opened: Opened) -> None:
    """A misspelt month is told with the months that there are."""
    with pytest.raises(InputError, match="2019-05 to 2020-04"):
        opened(2020).as_at("2018-01")


def test_what_does_not_fit_a_slide_goes_on_the_next() -> None:
    """Nothing of a long list is cut off on the screen, nothing of it is lost, and the notes are told once."""
    form = Form.model_validate(
        {"id": "a", "form": "slides", "sections": [
            {"heading": "H", "notes": ["Say it slowly."], "blocks": [
                {"each": "actions", "as": "bullets", "lead": ["Late:"], "say": ["{action}"]}]}]}
    )  # fmt: skip
    rows = [{"id": str(n), "illustrative": "illustrative", "action": f"{n} " + "word " * 20} for n in range(14)]
    html = as_shown(compose(form, TemplateFacts({}, {"actions": rows}))).html
    slides = [slide.split("</section>")[0] for slide in html.split("<section>")[1:]]
    assert [slide.count("<li>") for slide in slides] == [5, 5, 4]
    assert ["<h2>H</h2>" in slides[0], *("<h2>H (continued)</h2>" in slide for slide in slides[1:])] == [True] * 3
    assert html.count("Say it slowly.") == slides[0].count("Say it slowly.") == 1
    assert all(f"<li>{n} word" in html for n in range(14))


def small(block: dict[str, object], *rows: tuple[str, str], **facts: object) -> Paper:
    """A paper of one block over quotes: (words, "illustrative" or "")."""
    form = Form.model_validate({"id": "a", "sections": [{"heading": "H", "blocks": [block]}]})
    quotes = [{"id": "q", "priority": "", "group": "", "quote": quote, "illustrative": flag} for quote, flag in rows]
    return compose(form, TemplateFacts({"date_event": "10 October"}, {"quotes": quotes}, **facts))


def test_paragraphs_are_numbered_from_the_first_section_on(review: Review) -> None:
    """To whom a report goes and from whom stands above it without a number; the first sentence of Part A is 1."""
    paragraphs = [piece for piece in review.compose_paper("decision_report").pieces if piece.kind == "paragraph"]
    numbers = [piece.number for piece in paragraphs]
    assert numbers == [0, 0, *range(1, len(numbers) - 1)]
    assert paragraphs[2].texts[0].startswith("The purpose of this report is to inform Cabinet")


def test_of_a_list_no_more_is_told_than_the_form_allows() -> None:
    """Slides tell five of what is better, the first five; without a limit all are told."""
    rows = [(str(n), "") for n in range(7)]
    block = {"each": "quotes", "as": "bullets", "say": ["{quote}"]}
    assert small({**block, "most": 5}, *rows).pieces[1].texts == tuple("01234")
    assert small(block, *rows).pieces[1].texts == tuple("0123456")


def test_what_is_made_up_says_so_where_it_stands() -> None:
    """In a mixed list item by item, above one that is made up as a whole, and beside a date that is made up."""
    block = {"each": "quotes", "as": "bullets", "say": ["{quote}"]}
    mixed = as_shown(small(block, ("real", ""), ("not", "illustrative"))).html
    whole = as_shown(small(block, ("one", "illustrative"), ("two", "illustrative"))).html
    assert [("Illustrative" in item) for item in mixed.split("<li>")] == [False, False, True]
    assert [("Illustrative" in item) for item in whole.split("<li>")] == [True, False, False]
    dated = {"say": ["Come on {date_event}."]}
    assert "Illustrative" in as_shown(small(dated, made_up=frozenset({"date_event"}))).html
    assert "Illustrative" not in as_shown(small(dated)).html


def test_a_fact_is_never_read_as_a_template() -> None:
    """Braces in what somebody wrote are shown, not filled."""
    form = Form.model_validate(
        {"id": "a", "sections": [
            {"heading": "H", "blocks": [{"each": "quotes", "say": ["{quote}"]}]}]}
    )  # fmt: skip
    row = {"id": "q", "priority": "", "illustrative": "", "group": "", "quote": "{vision} <b>"}
    assert compose(form, TemplateFacts({"vision": "no"}, {"quotes": [row]})).pieces[1].texts == ("{vision} <b>",)


def test_easy_words_for_nothing_are_found(tiny: Path) -> None:
    """A misspelt id would leave a decision or a measure out of easy read without a word."""
    (tiny / "params" / "papers").mkdir()
    form = {"sections": []}
    (tiny / "params" / "papers" / "a.yaml").write_text(json.dumps(form), "utf-8")
    common = "contacts: [{role: A, about: b}]\nplain:\n  on_time: [We know.]\n  on_tyme: [No.]\n"
    (tiny / "params" / "papers.yaml").write_text(common, "utf-8")
    (tiny / "params" / "2022" / "papers.yaml").write_text("plain:\n  2022-01: [We want more.]\n", "utf-8")
    found = with_words(open_review(tiny, 2022).frames.own_findings).set_index("check")
    found = found[found["source"] == "papers"]
    assert set(found.index) == {"papers.easy_words.on_tyme", "papers.easy_words.2022-01"}
    assert "did you mean 'on_time'?" in found.loc["papers.easy_words.on_tyme", "action"]


def test_the_shipped_easy_words_are_all_about_something(review: Review) -> None:
    """No words of the demonstration are left over."""
    assert not (review.frames.own_findings["source"] == "papers").any()


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
    shutil.copy(TINY / "params" / "governance.yaml", tmp_path / "params")
    (tmp_path / "params" / "papers.yaml").write_text("contacts: [{role: A, about: b}]\n", "utf-8")
    block = line if line.startswith("{") else "{" + line + "}"
    form = f"form: paper\nnumbered: true\nsections: [{{heading: H, blocks: [{block}]}}]\n"
    (tmp_path / "params" / "papers" / "a.yaml").write_text(form, "utf-8")
    with pytest.raises(InputError) as refused:
        load_papers(tmp_path, 2019)
    assert re.search(rf"params/papers/a.yaml:{wrong}: .*{re.escape(told)}", str(refused.value))


def test_why_an_action_is_late_is_said_in_the_words_of_the_paper(
    review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bank of the paper's audience words the reason of a delivery colour; that of the report is not used."""
    say = Phrases.say

    def mark_audience(bank: Phrases, key: str, /, **facts: object) -> str:
        said = say(bank, key, **facts)
        return f"[{bank.audience}] {said}" if key.startswith("delivery.") else said

    monkeypatch.setattr(Phrases, "say", mark_audience)
    told = [text for piece in review.compose_paper("decision_report").pieces for text in piece.texts]

    assert [text for text in told if ". Due: " in text and "[decisions] " in text]
    assert not [text for text in told if "[report]" in text]


def test_a_misspelt_audience_of_a_form_is_refused(tmp_path: Path) -> None:
    """A paper for nobody would speak in the words of the report without anybody noticing."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    form = tmp_path / "params" / "papers" / "newsletter.yaml"
    form.write_text(form.read_text("utf-8").replace("audience: families", "audience: familis"), "utf-8")
    with pytest.raises(InputError, match=r"newsletter\.yaml:2: 'audience' cannot be 'familis' .*'families'"):
        load_papers(tmp_path, 2019)

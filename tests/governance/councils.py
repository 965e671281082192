"""The tiny project as a council with other bodies: a worked set, decisions of each kind, and the shipped papers."""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from toolkit.params import Governance, load_governance

ROOT = Path(__file__).parents[2]
SETS = sorted(path.stem for path in (ROOT / "toolkit" / "new_project" / "governance").glob("*.yaml"))
FORMS = ("decision_report", "monthly_update", "newsletter", "event_slides")
PROTOTYPE = {"kind": "action", "reason": "So it was agreed.", "decided": {"on": "2022-07-01"}}


def set_of_bodies(name: str) -> Path:
    """The file of a worked set, as `annual-review init` offers it."""
    return ROOT / "toolkit" / "new_project" / "governance" / f"{name}.yaml"


def govern(project: Path, name: str) -> Governance:
    """Give the project the bodies of a worked set, decisions and dates for them, and the papers that are shipped."""
    params = project / "params"
    shutil.copyfile(set_of_bodies(name), params / "governance.yaml")
    governance = load_governance(project)
    shutil.copytree(ROOT / "params" / "papers", params / "papers", ignore=lambda _, files: set(files) - wanted())
    shutil.copyfile(ROOT / "params" / "papers.yaml", params / "papers.yaml")
    common = yaml.safe_load((params / "papers.yaml").read_text(encoding="utf-8"))
    write(params / "papers.yaml", {"contacts": common["contacts"][:1]})
    write(params / "2022" / "papers.yaml", dates(governance))
    write(params / "2022" / "decisions.yaml", decisions(governance))
    for strategy in (params / "strategies").glob("*/strategy.yaml"):
        text = strategy.read_text(encoding="utf-8").replace("Cabinet report, 1 April 2020", "Report of 1 April 2020")
        strategy.write_text(text, encoding="utf-8")
    review = params / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8") + "prepared_by: {role: Data team, name: Ann Lyst}\n", "utf-8")
    return governance


def wanted() -> set[str]:
    return {f"{form}.yaml" for form in FORMS}


def write(path: Path, what: Any) -> None:
    path.write_text(yaml.safe_dump(what, sort_keys=False, allow_unicode=True), encoding="utf-8")


def dates(governance: Governance) -> dict[str, Any]:
    """A day for each body, and for what the shipped papers name besides."""
    days = {body.id: f"2022-09-{1 + place:02d}" for place, body in enumerate(governance.bodies)}
    others = dict.fromkeys(("spring", "autumn", "event", "survey"), "2022-10-10")
    return {"dates": days | others, "months": ["2022-06"], "seasons": ["spring", "autumn"]}


def decisions(governance: Governance) -> list[dict[str, Any]]:
    """What the officer took and consulted on, what went to every body that it must, and what still waits for some."""
    officer, monitor = governance.with_part("officer")[0], governance.with_part("monitor")[0]
    easier = next(rule for rule in governance.rules if rule.id == "easier_target").authority
    wording = next(rule for rule in governance.rules if rule.id == "wording").authority
    consulted = list(governance.body(officer).consults)
    lower = {"kind": "target", "subject": "on_time", "change": "lower", "to": {"value": 80, "by": 2022}}
    retire = {"kind": "measure", "subject": "rated_good", "change": "retire"}
    reword = {"kind": "priority", "subject": "b2", "change": "reword", "to": {"title": "Provide enough places"}}
    small = {
        "kind": "measure",
        "subject": "plans",
        "change": "keep",
        "decided": {"on": "2022-07-01", "consulted": consulted},
    }
    agreed = [{"body": body, "date": f"2022-09-{11 + place:02d}"} for place, body in enumerate(easier)]
    every = [
        {**small, "authority": officer},
        {**lower, "authority": monitor, "put_to": agreed},
        {**retire, "authority": monitor},
        {**reword, "authority": monitor, "put_to": {"body": wording[0]}},
    ]
    return [{"id": f"2022-{place}", **PROTOTYPE, **one} for place, one in enumerate(every, start=1)]


def words_of(governance: Governance) -> list[str]:
    """What a set calls its bodies, the longest first, and their ids in words."""
    names = {word for body in governance.bodies for word in (body.name, body.short, body.id.replace("_", " "))}
    return sorted(filter(None, names), key=lambda word: (-len(word), word))


def words_of_others(text: str, name: str, own: Governance) -> list[str]:
    """The names of bodies of the other sets that a text has, beside those that its own set has too."""
    text = text.replace("_", " ")
    for word in sorted([*words_of(own), *(one for body in own.bodies for one in body.members)], key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(word)}\b", "", text, flags=re.IGNORECASE)
    others = {word for other in SETS if other != name for word in words_of(Governance.model_validate(read(other)))}
    return sorted(word for word in others if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load(set_of_bodies(name).read_text(encoding="utf-8")))

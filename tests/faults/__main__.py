"""Plant faults in clean data, one at a time: which do the checks catch? ``python tests/faults``, or ``make faults``.

Three clean projects: the demonstration, a council's first review from the pack, and an export of cases. A fault counts
as caught if the file is refused, or a warning or a critical finding is new. ``--sample`` takes some by their seed.
"""

from __future__ import annotations

import random
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from bases import BASES, Base, Judged, Planted
from cases import plant_in_cases
from demonstration_files import plant_in_files
from figures import plant_in_figures

LEAST = 92
"""Percent of the faults that the data can show, at least, that must be caught."""
LEAST_OF_SAMPLE = 80
"""The same of a sample, in which one fault is several percent."""
PACK = ("dfe_ehc_work_based", "dfe_ehc_needs", "dfe_ehc_timeliness", "dfe_neet", "dfe_ehc_requests", "dfe_lait")
DEMONSTRATION = ("dfe_ehc_plans", "dfe_sen_in_england", "dfe_level_2_and_3")


def plant(base: Base) -> Iterator[Planted]:
    """Every fault that is planted in a base."""
    if base.name == "export":
        yield from plant_in_cases(base, "cases")
        return
    if base.name == "demonstration":
        yield from plant_in_files(base)
    yield from plant_in_figures(base, list(PACK if base.name == "pack" else DEMONSTRATION), 1)


def false_criticals(base: Base) -> list[str]:
    """What fails critically in the clean project."""
    sources = [name for name in base.tables if name in base.inputs.suites]
    return [
        f"{base.name}/{name}: {check}"
        for name in sources
        for check, found in base.findings(name).items()
        if found[0] == "critical"
    ]


def is_right(judged: Judged) -> bool:
    """A file without a fault is read as before; a fault that the data can show is caught."""
    return judged.outcome == "no effect" if judged.fault.effect == "none" else judged.caught


def table_of(done: list[Judged]) -> list[str]:
    """The lines of the result."""
    seen = [one for one in done if one.fault.effect == "harm" and one.outcome != "no effect"]
    unseen = [one for one in done if one.fault.effect not in ("harm", "none")]
    sound = [one for one in done if one.fault.effect == "none"]
    caught = sum(one.caught for one in seen)
    counts = Counter(one.outcome for one in seen)
    percent = 100 * caught / len(seen) if seen else 100.0
    idle = [one for one in done if one.fault.effect != "none" and one.outcome == "no effect"]
    kinds = len({one.fault.kind for one in done})
    return [
        f"{len(done)} faults of {kinds} kinds.",
        f"Of {len(seen)} that the data can show, {caught} were caught ({percent:.1f}%): "
        + ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
        + ".",
        f"Of {len(unseen)} that the data cannot show, {sum(one.caught for one in unseen)} were caught.",
        f"Of {len(sound)} files that only look different, {sum(map(is_right, sound))} were read as before.",
        f"Without effect on anything that is read: {len(idle)}.",
        f"Crashes: {sum(one.outcome == 'crash' for one in done)}.",
    ]


def main(arguments: list[str]) -> int:
    """Print what was missed and the rates; 1 where less is caught than should be, something crashed or cried wolf."""
    parser = ArgumentParser()
    parser.add_argument("--sample", type=int, default=0, help="so many faults, chosen by --seed")
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--bases", default=",".join(BASES))
    given = parser.parse_args(arguments)
    began, done, wolves = time.monotonic(), [], []
    with TemporaryDirectory() as folder:
        for name in given.bases.split(","):
            base = BASES[name](Path(folder) / name)
            faults = list(plant(base))
            if given.sample:
                faults = random.Random(given.seed).sample(faults, min(given.sample, len(faults)))
            for fault in faults:
                if time.monotonic() - began > 60 * given.minutes:
                    break
                done.append(base.judge(fault))
                if not is_right(done[-1]) and fault.effect in ("harm", "none") and done[-1].outcome != "no effect":
                    print(f"{done[-1].outcome:9} {fault.name} {done[-1].said[:160]}", flush=True)
            if not given.sample:
                wolves += false_criticals(base)
    print("", *table_of(done), f"Critical findings in clean data: {len(wolves)}. {'; '.join(wolves)}", sep="\n")
    seen = [one for one in done if one.fault.effect == "harm" and one.outcome != "no effect"]
    least = LEAST_OF_SAMPLE if given.sample else LEAST
    enough = 100 * sum(one.caught for one in seen) >= least * len(seen)
    return 0 if enough and not wolves and not any(one.outcome == "crash" for one in done) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

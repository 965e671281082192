"""Try a seeded sample of single-point mutants of the rooms and print, room by room, how many the tests kill.

python tests/mutants [--number 200] [--seed 1] [--rooms analysis,refresh] [--minutes 30]
    [--near 4 | --tests tests/refresh] [--longest 60] [--least 90]
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from files import ROOT, all_tests, nearest
from points import Mutant, mutants_of, sample
from warm import BROKEN, KILLED, NOT_RUN, SURVIVED, Warm

HERE = Path(__file__).parent
EQUIVALENT = "shown equivalent"
FEWEST = 10  # tried, for the share of the killed to mean anything
COLUMNS = (KILLED, SURVIVED, EQUIVALENT, NOT_RUN)


def main() -> int:
    asked = _arguments()
    rooms = asked.rooms.split(",") if asked.rooms else []
    files = sorted((ROOT / "toolkit").rglob("*.py"))
    mutants = [m for file in files for m in mutants_of(file) if not rooms or m.room in rooms]
    drawn = [m for m in sample(mutants, asked.number, asked.seed, asked.modules) if asked.only in m.key]
    equivalent = {one["mutant"]: one["reason"] for one in yaml.safe_load((HERE / "equivalent.yaml").read_text("utf-8"))}
    tried = [mutant for mutant in drawn if mutant.key not in equivalent]
    files = sorted({m.file for m in tried})
    chosen = {file: nearest([file], asked.near) if asked.near else all_tests(asked.tests) for file in files}
    needs = {file: {one.relative_to(ROOT).as_posix() for one in tests} for file, tests in chosen.items()}
    warm = Warm(tried, asked.minutes * 60, asked.longest, needs)
    tests = sorted({one for tests in chosen.values() for one in tests})
    arguments = ["-q", "-s", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:randomly", *map(str, tests)]
    pytest.main(arguments, plugins=[warm])
    verdicts = {m: warm.verdicts.get(m, (NOT_RUN, ""))[0] for m in tried}
    verdicts |= {m: EQUIVALENT for m in drawn if m.key in equivalent}
    return _report({m: verdict for m, verdict in verdicts.items() if verdict != BROKEN}, warm, asked.least)


def _report(verdicts: dict[Mutant, str], warm: Warm, least: int) -> int:
    print("\nSurvivors:")
    for mutant, verdict in sorted(verdicts.items(), key=lambda pair: pair[0].key):
        if verdict == SURVIVED:
            print(f"  {mutant.key}  [{warm.verdicts[mutant][1]}]")
    print(f"\n{'room':12}" + "".join(f"{column:>18}" for column in COLUMNS) + f"{'killed of tried':>18}")
    for room in [*sorted({mutant.room for mutant in verdicts}), "all"]:
        counts = Counter(verdict for mutant, verdict in verdicts.items() if room in (mutant.room, "all"))
        print(f"{room:12}" + "".join(f"{counts[column]:18}" for column in COLUMNS) + f"{_share(counts):>17.0f}%")
    counts = Counter(verdicts.values())
    if counts[KILLED] + counts[SURVIVED] < FEWEST:
        print(f"Fewer than {FEWEST} were tried in the time given: no share is asked for.")
        return 0
    return 0 if _share(counts) >= least else 1


def _share(counts: Counter[str]) -> float:
    return 100 * counts[KILLED] / max(1, counts[KILLED] + counts[SURVIVED])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/mutants", description=__doc__)
    parser.add_argument("--number", type=int, default=200, help="how many mutants to draw")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument("--rooms", default="", help="only these rooms, with commas between")
    parser.add_argument("--only", default="", help="only mutants whose key holds this")
    parser.add_argument("--modules", type=int, default=0, help="draw from only so many modules of each room")
    parser.add_argument("--minutes", type=float, default=30, help="start no mutant after so long")
    parser.add_argument("--near", type=int, default=0, help="run only so many of the test files nearest to each module")
    parser.add_argument("--tests", default="tests", help="run only the tests of these folders, with commas between")
    parser.add_argument("--longest", type=float, default=60, help="seconds of tests for one mutant")
    parser.add_argument("--least", type=int, default=0, help="fail if a smaller share, in per cent, is killed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""Seconds and memory of reading, checking, counting and protecting a return of 20,000 people: an invented council's.

    python benchmarks/sen2_return.py FOLDER     twice: the first run writes the return, the second measures

Seconds are of the processor; memory is the most that the process ever held. Figures: docs/decisions/sen2.md.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from toolkit.disclosure.sen2 import protect
from toolkit.quality.sen2 import check_return
from toolkit.sources.sen2 import measure_return, read_return, read_schools, window_of
from toolkit.sources.sen2.synthetic import invent, write_schools, write_xml

PLANS = 16_000
"""Plans of a council with some 20,000 people in its return."""
T = TypeVar("T")


def timed(step: str, do: Callable[[], T]) -> T:
    """What ``do`` gives; prints its seconds, and the most memory that was used so far."""
    began = time.process_time()
    done = do()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step:<10} {time.process_time() - began:6.1f} s  {memory:6.0f} MB")
    return done


def main(folder: Path) -> None:
    """Writes the return into ``folder`` when it is not there, since inventing it takes memory of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    xml, listed = folder / "return.xml", folder / "schools.csv"
    if not xml.exists():
        write_xml(invent(PLANS, seed=1).raw, xml)
        write_schools(listed)
        print("written; run again with the same folder to measure")
        return
    schools = timed("schools", lambda: read_schools(listed))
    made = timed("read", lambda: read_return([xml]))
    print(f"{len(made['persons']):,} people, {xml.stat().st_size / 1e6:.0f} MB of XML")
    timed("check", lambda: check_return(made, schools))
    measured = timed("count", lambda: measure_return(made, window_of("", made.header), schools))
    timed("protect", lambda: protect(measured, 5))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

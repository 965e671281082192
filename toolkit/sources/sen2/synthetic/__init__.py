"""Invented SEN2 returns, for demonstrations and tests. Nobody in them exists.

The authority is 999, names are numbered specimens, postcodes begin with ZZ, schools have numbers never given.
"""

from toolkit.sources.sen2.synthetic.council import Synthetic, invent
from toolkit.sources.sen2.synthetic.faults import Planted, SeededFault, faults, plant
from toolkit.sources.sen2.synthetic.writers import write_export, write_schools, write_template, write_xml

__all__ = [
    "Planted",
    "SeededFault",
    "Synthetic",
    "faults",
    "invent",
    "plant",
    "write_export",
    "write_schools",
    "write_template",
    "write_xml",
]

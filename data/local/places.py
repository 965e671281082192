"""Made-up specialist places: commissioned and filled, a row a school and school year."""

from __future__ import annotations

from dataclasses import dataclass

from dice import Dice
from xlsx import as_bytes, header, new_sheet, title_rows

__all__ = ["EDITIONS", "places_book"]

HEADERS = ["School", "Type", "Need", "School year", "Places commissioned", "Places filled"]
YEARS = ["2016/17", "2017/18", "2018/19", "2019/20", "2020/21"]
OWN_SEED = (
    "2020/21"  # from this school year on chance has a seed of its own, so that the years before stay as they were
)
EDITIONS = {"2019": "2018/19", "2020": "2019/20", "2021": "2020/21"}  # edition → last school year it holds
FILLED = {  # percent of places
    "2016/17": (93, 99), "2017/18": (94, 100), "2018/19": (96, 101), "2019/20": (95, 101), "2020/21": (94, 101),
}  # fmt: skip


@dataclass(frozen=True)
class School:
    """A fictional school; ``places`` by school year, 0 before it opens."""

    name: str
    kind: str
    need: str
    places: tuple[int, ...]


PROFOUND, MODERATE = "Severe and profound learning difficulties", "Moderate and severe learning difficulties"
SCHOOLS = [
    School("Gorsewick School", "Special school", PROFOUND, (172, 176, 182, 188, 192)),
    School("Wrenfold School", "Special school", PROFOUND, (148, 152, 156, 160, 164)),
    School("Thistlemoor School", "Special school", MODERATE, (205, 210, 218, 226, 228)),
    School("Ashmere Park School", "Special school", MODERATE, (190, 196, 200, 208, 212)),
    School("Pennyhassock School", "Special school", "Autistic spectrum disorder", (110, 118, 126, 140, 150)),
    School("Larkbarrow Academy", "Special school", "Social, emotional and mental health", (68, 68, 72, 80, 84)),
    School("Quillfeather School", "Special school", "Social, emotional and mental health", (0, 0, 0, 24, 40)),
    School("Colver Green Primary", "Resource base", "Speech, language and communication", (14, 14, 16, 16, 16)),
    School("Linnet Vale Primary", "Resource base", "Autistic spectrum disorder", (10, 10, 12, 12, 14)),
    School("Harrowmead High", "Resource base", "Autistic spectrum disorder", (16, 16, 18, 20, 22)),
    School("Sorrel Heath College", "Resource base", "Hearing impairment", (8, 8, 8, 8, 8)),
    School("Ashmere High", "Resource base", "Social, emotional and mental health", (0, 0, 0, 15, 18)),
    School("Wickfold Primary", "Resource base", "Autistic spectrum disorder", (0, 0, 10, 12, 14)),
    School("Tidewick College", "Specialist college provision", "Mixed, 16 to 25", (42, 46, 52, 58, 62)),
]


def filled(places: int, year: str, dice: Dice) -> int:
    low, high = FILLED[year]
    return round(places * dice.between(low, high) / 100)


def rows(seed: int) -> list[tuple[str, str, str, str, int, int]]:
    """Every school and year with places, school by school."""
    first, later = Dice(seed), Dice(seed + 1)
    return [
        (
            school.name,
            school.kind,
            school.need,
            year,
            places,
            filled(places, year, later if year >= OWN_SEED else first),
        )
        for school in SCHOOLS
        for year, places in zip(YEARS, school.places, strict=True)
        if places
    ]


def places_book(edition: str, seed: int) -> bytes:
    """The workbook of an edition: three title rows, the header on row 4."""
    sheet = new_sheet("Places")
    title_rows(
        sheet,
        [
            "Specialist places commissioned and filled",
            "ILLUSTRATIVE: made up for a demonstration. No real school, child or figure.",
            f"School years 2016/17 to {EDITIONS[edition]}; places filled as at the January count",
        ],
        len(HEADERS),
    )
    header(sheet, 4, HEADERS)
    for values in rows(seed):
        if values[3] <= EDITIONS[edition]:
            sheet.append(values)
    for letter, width in zip("ABCDEF", (26, 28, 42, 13, 14, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    return as_bytes(sheet.parent)

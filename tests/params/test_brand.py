"""``brand`` in strategy.yaml: a council's name, colour and logo."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.params import colour_on_dark, load_project, logo_in_page

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def branded(project: Path, *lines: str) -> Path:
    """The project with a brand of ``lines`` at the end of its strategy."""
    strategy = project / "params" / "strategies" / "2020-2023" / "strategy.yaml"
    text = strategy.read_text("utf-8").rstrip("\n") + "\nbrand:\n" + "".join(f"  {line}\n" for line in lines)
    strategy.write_text(text, encoding="utf-8")
    return project


def test_a_brand_is_read(tiny: Path) -> None:
    """Name, colour and logo come out as they were written, the logo as part of the page."""
    (tiny / "params" / "logo.png").write_bytes(PNG)
    brand = load_project(
        branded(tiny, "name: Anyshire Council", 'colour: "#801650"', "logo: logo.png", "logo_alt: Anyshire Council")
    ).strategy.brand
    assert (brand.name, brand.colour) == ("Anyshire Council", "#801650")
    assert logo_in_page(brand, tiny).startswith("data:image/png;base64,iVBORw0K")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['colour: "#ffdd00"'], "contrast of 1.3 to 1 on white"),
        (["colour: navy"], "must be a colour such as"),
        (["logo: logo.png"], "logo_alt"),
        (["logo: none.png", "logo_alt: Anyshire"], "there is no file params/none.png"),
        (["logo: ../data/x.png", "logo_alt: Anyshire"], "is not in params/"),
        (["logo: governance.yaml", "logo_alt: Anyshire"], "is not a PNG picture"),
    ],
)
def test_a_brand_that_cannot_be_shown_is_refused(tiny: Path, lines: list[str], said: str) -> None:
    """A colour too pale to read, a logo that is missing, no picture, or without words: one line says what to mend."""
    with pytest.raises(InputError, match=rf"params/strategies/2020-2023/strategy.yaml:\d+: .*{said}"):
        load_project(branded(tiny, *lines))


@pytest.mark.parametrize("colour", ["#000000", "#12436d", "#801650", "#00703c", "#d4351c"])
def test_every_colour_has_a_shade_for_dark_pages(colour: str) -> None:
    """What can be read on white is lightened, until it can be seen on the dark page."""
    assert luminance(colour_on_dark(colour)) + 0.05 >= 4.5 * (luminance("#14181b") + 0.05)


def luminance(colour: str) -> float:
    """Of a colour by WCAG 2.2, 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

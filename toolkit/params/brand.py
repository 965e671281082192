"""How a council's pages look: its name, one colour and its logo (``brand`` in the strategy.yaml)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from pydantic import field_validator, model_validator

from toolkit.errors import Problem
from toolkit.params.yaml import Params, YamlDocument

__all__ = ["Brand", "colour_on_dark", "logo_faults", "logo_file", "logo_in_page"]

_WHITE, _DARK = "#ffffff", "#14181b"
"""The paper of a page, light and dark."""

_ENOUGH = 4.5
"""Contrast that WCAG 2.2 asks of text."""

_BEGINS, _ENDS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"
"""Of a whole PNG."""

_MOST = 200_000


class Brand(Params):
    """All of it may be left out; what is there heads every page, Word document and PDF."""

    name: str = ""
    """What the council calls itself at the head of a page, where it is not the authority's plain name."""
    colour: str = ""
    """One colour such as "#12436d", for the bar of a page and the headings in Word; 4.5:1 on white or more."""
    logo: str = ""
    """A PNG file in params/, of at most 200 kB; it is shown 48 pixels high."""
    logo_alt: str = ""
    """What the logo says, for those who do not see it."""

    @field_validator("colour")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if not colour:
            return colour
        if len(colour) != 7 or colour[0] != "#" or not set(colour[1:].lower()) <= set("0123456789abcdef"):
            raise ValueError('must be a colour such as "#12436d", in quotation marks')
        contrast = _contrast(colour, _WHITE)
        if contrast < _ENOUGH:
            raise ValueError(f"has a contrast of {contrast:.1f} to 1 on white; take a darker one, of 4.5 or more")
        return colour.lower()

    @model_validator(mode="after")
    def _logo_is_described(self) -> Brand:
        if self.logo and not self.logo_alt.strip():
            raise ValueError("a logo needs logo_alt: what it says, for those who do not see it")
        return self


def logo_file(brand: Brand, project: Path) -> Path | None:
    """The file of the logo; None where there is no logo."""
    return project / "params" / brand.logo if brand.logo else None


def logo_faults(brand: Brand, document: YamlDocument, project: Path) -> Iterator[Problem]:
    """Why the file cannot be a logo: it is elsewhere, missing, no PNG, or too large."""
    file = logo_file(brand, project)
    if file is None:
        return
    at = ("brand", "logo")
    if not file.resolve().is_relative_to((project / "params").resolve()):
        yield document.problem(at, f"the logo '{brand.logo}' is not in params/", "put it there")
    elif not file.is_file():
        yield document.problem(at, f"there is no file params/{brand.logo}", "put the logo there, or remove the line")
    elif not (file.read_bytes().startswith(_BEGINS) and file.read_bytes().endswith(_ENDS)):
        yield document.problem(at, f"params/{brand.logo} is not a PNG picture", "save the logo as PNG")
    elif file.stat().st_size > _MOST:
        yield document.problem(at, f"params/{brand.logo} is larger than 200 kB", "save it about 200 pixels high")


def logo_in_page(brand: Brand, project: Path) -> str:
    """The logo as an address that holds it whole; "" where there is none."""
    file = logo_file(brand, project)
    return "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode() if file else ""


def colour_on_dark(colour: str) -> str:
    """The colour for a dark page: unchanged, or mixed with just enough white for a contrast of 4.5:1.

    >>> colour_on_dark("#12436d"), colour_on_dark("#6bace6")
    ('#6585a0', '#6bace6')
    """
    mixes = (_mix_with_white(colour, share / 100) for share in range(101))
    return next(mix for mix in mixes if _contrast(mix, _DARK) >= _ENOUGH)


def _mix_with_white(colour: str, white: float) -> str:
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in bytes.fromhex(colour[1:]))


def _contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

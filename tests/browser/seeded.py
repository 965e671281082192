"""Twenty faults that shut somebody out, each put into a sound page. axe-core alone finds few of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``html`` goes at the end of the page's main part, ``style`` into its head; ``caught`` is who must find it.

    "house" is the last look before a page is written (toolkit.report.faults), anything else a check of look.py.
    """

    caught: str
    html: str = ""
    style: str = ""


_AXE = "axe finds nothing, light or dark"
_PLAIN = "headings, capitals and colours are what they seem"
_FAINT = "everything drawn can be seen, light or dark"
_TABLE = "<table><caption>Plans{0}</caption><tr><th{1}>Year</th></tr><tr><td>{2}</td></tr></table>"
_DRAWING = '<svg role="img" aria-label="Plans" width="200" height="40">{}</svg>'

FAULTS = {
    "picture without alternative text": Fault("house", '<img src="data:,">'),
    "drawing called a picture but without a name": Fault("house", '<svg role="img"><path d="M0 0h9v9z"/></svg>'),
    "region that scrolls but is not reached by keyboard": Fault(
        _AXE,
        '<div class="thin"><p class="long">A long line of words</p></div>',
        ".thin { width: 100px; height: 40px; overflow: scroll } .long { width: 900px; height: 400px }",
    ),
    "faint text": Fault(_AXE, '<p class="faint">Faint words</p>', ".faint { color: #bbb; background: #fff }"),
    "placeholder as alternative text": Fault(
        "house", '<img src="data:," alt="No description has been provided for this image">'
    ),
    "drawing without a name": Fault("house", "<svg><path d='M0 0h9v9z'/></svg>"),
    "chart of a script, without any text": Fault(
        "house", '<div class="plotly"><svg class="main-svg"><path d="M0 0h9v9z"/></svg></div>'
    ),
    "rating by colour alone": Fault("house", _TABLE.format("", ' scope="col"', '<span class="mark bad">●</span>')),
    "heading of a table without a scope": Fault("house", _TABLE.format("", "", "1")),
    "table without headings": Fault("house", "<table><caption>Plans</caption><tr><td>1</td></tr></table>"),
    "heading that is none": Fault("house", "<p><strong>What we found</strong></p><p>Words.</p>"),
    "skipped level of heading": Fault("house", "<h2>Two</h2><h4>Four</h4>"),
    "link that says click here": Fault("house", '<p><a href="#main">Click here</a></p>'),
    "focus without a ring": Fault(
        "the keyboard reaches everything in order", style=":focus-visible { outline: none !important }"
    ),
    "page 1500 pixels wide": Fault(
        "a narrow page does not scroll sideways", '<div class="vast">Words</div>', ".vast { width: 1500px }"
    ),
    "table broader than a laptop": Fault(
        "a laptop shows every column of a table",
        '<div class="scroll" role="group" aria-label="Plans" tabindex="0"><div class="vast">Words</div></div>',
        ".vast { width: 1500px }",
    ),
    "picture from another host": Fault("house", '<img src="https://example.org/gate.png" alt="A gate">'),
    "empty cell": Fault("house", _TABLE.format("", ' scope="col"', "")),
    "faint text in a drawing": Fault(_FAINT, _DRAWING.format('<text x="5" y="20" fill="#bbbbbb">2018</text>')),
    "capitals": Fault(_PLAIN, "<p>ALL PLANS WERE ISSUED LATE</p>"),
    "id used twice by labels": Fault(
        "house", '<p id="twice">One</p><p id="twice">Two</p><div role="group" aria-labelledby="twice">x</div>'
    ),
}
"""The twenty of the trial that found them; a few have a second shape below."""

VARIANTS = {
    "faint line in a drawing": Fault(_FAINT, _DRAWING.format('<path d="M5 20L150 20" fill="none" stroke="#cccccc"/>')),
    "justified text": Fault(_PLAIN, '<p class="even">Words set to both sides</p>', ".even { text-align: justify }"),
    "capitals by style": Fault(_PLAIN, '<p class="caps">All of it shouted</p>', ".caps { text-transform: uppercase }"),
    "large bold words that are no heading": Fault(
        _PLAIN, '<div class="big">What we found</div>', ".big { font-size: 2rem; font-weight: bold }"
    ),
    "colour without a word": Fault(
        _PLAIN, '<div class="red"></div>', ".red { width: 20px; height: 20px; background: #c00 }"
    ),
    "label at an id that is not there": Fault("house", '<div role="group" aria-labelledby="nowhere">x</div>'),
    "fold that is printed shut": Fault(
        "folds are printed open", style="details::details-content { content-visibility: hidden !important }"
    ),
    "text of 12 pixels": Fault(
        "text on a narrow page is 14 pixels or more", '<p class="tiny">x y</p>', ".tiny { font-size: 12px }"
    ),
    "labels one over the other": Fault(
        "no label of a chart touches anything",
        '<svg class="chart" role="img" aria-label="x" viewBox="0 0 480 90" width="480" height="90"><title>x</title>'
        '<text x="20" y="40">Leicestershire</text><text x="50" y="42">England</text></svg>',
    ),
    "line through a label": Fault(
        "no label of a chart touches anything",
        '<svg class="chart" role="img" aria-label="x" viewBox="0 0 480 90" width="480" height="90"><title>x</title>'
        '<text x="20" y="40">Leicestershire</text><path d="M0 36L400 36" fill="none" stroke="#000"/></svg>',
    ),
    "script that asks another host": Fault(
        "nothing is fetched and the console is silent", '<img alt="A gate" src="https://example.org/gate.png">'
    ),
    "text that spacing cuts off": Fault(
        "spaced text is not cut off",
        '<div class="tight">Two lines of words<br>and more</div>',
        ".tight { height: 44px; overflow: hidden; font-size: 18px; line-height: 1.2 }",
    ),
    "colour that forced colours cannot reach": Fault(
        "everything drawn can be seen in forced colours",
        _DRAWING.format('<path d="M5 20L150 20" fill="none" stroke="#0a0a0a"/>'),
        "svg { forced-color-adjust: none }",
    ),
}

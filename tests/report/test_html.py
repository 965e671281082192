"""HTML that escapes what is put into it: no text of a person or a file becomes markup by being forgotten."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.report.shown import Html, Shown, as_attribute, sentence

ROOT = Path(__file__).parents[2]
HOSTILE = '<script>alert("x")</script> & \x00'
ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; \ufffd"


@pytest.mark.parametrize(
    "made",
    [
        Html("{}").format(HOSTILE),
        Html("{name}").format(name=HOSTILE),
        Html("").join([HOSTILE]),
        Html("") + HOSTILE,
        HOSTILE + Html(""),
        Html("%s") % HOSTILE,
        sentence(HOSTILE).html.removeprefix("<p>").removesuffix("</p>"),
    ],
)
def test_text_is_escaped_however_it_is_put_in(made: Html) -> None:
    """Tags are shown as text, and a control character as the replacement character."""
    assert str(made) == ESCAPED


def test_html_and_what_is_shown_are_put_in_as_they_are() -> None:
    """A piece that has been made once is not escaped again."""
    inner = sentence("Plans & people")
    assert Html("<div>{}{}</div>").format(inner, inner.html) == "<div>" + 2 * "<p>Plans &amp; people</p>" + "</div>"


def test_right_to_left_text_is_kept_apart_in_text_and_not_in_an_attribute() -> None:
    """It cannot reorder the words beside it; an attribute has no room for an element."""
    assert Html("<p>{}</p>").format("שלום") == "<p><bdi>שלום</bdi></p>"
    assert Html('<p title="{}">').format(as_attribute("שלום")) == '<p title="שלום">'


@pytest.mark.parametrize(
    ("code", "rule"),
    [('Html(f"<p>{name}</p>")', "S704"), ('Html("<p>" + name)', "S704"), ("Html(name)", "S704")],
)
def test_the_linter_refuses_html_that_is_not_written_out(code: str, rule: str) -> None:
    """`make check` finds the short cut round the escaping."""
    given = f"from toolkit.report.shown import Html\n\n\ndef show(name: str) -> Html:\n    return {code}\n"
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", "toolkit/report/new.py", "-"]
    found = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False)
    assert rule in found.stdout


def test_shown_is_displayed_by_a_notebook_as_html() -> None:
    """What a cell ends in is its HTML, with the style that JupyterLab lacks."""
    assert Shown(Html("<p>One.</p>"))._repr_html_().endswith("</style>\n<p>One.</p>")

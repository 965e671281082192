"""What readers read is in a phrase bank: the rooms that put pages, papers and workbooks together hold no sentence.

Errors, and what a command prints, may stay in code: they are for those who run it. ``test_codes_not_words`` holds the
rooms below the words.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOOLKIT = Path(__file__).parents[2] / "toolkit"
ROOMS = ("report", "review", "evidence", "run", "explain.py", "reconciliations.py")
REFUSALS = {
    *["report/faults.py", "report/seen_faults.py", "report/documents/structure.py"],
    *["run/execute.py", "run/parameters.py", "run/plan.py", "run/signatures.py", "run/traces.py"],
}
"""Modules whose sentences say why something is refused."""
COMMANDS = {"run/listing.py", "run/releases.py", "run/signing.py"}
"""Modules whose sentences a command prints."""
OF_ERRORS = re.compile(r"(Problem|Fault|Error|problem|option|argument|echo|warn|TypeVar|say|say_html|answer\.write)$")
NAMES_OF_ERRORS = {"what", "fix"}
SENTENCE = re.compile(r"[A-Za-z’']+(?:,? [A-Za-z’']+){4,}")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each text of five words or more that is no docstring and no part of an error."""
    module = ast.parse(text)
    left_out = {id(inner) for node in ast.walk(module) if is_for_no_reader(node) for inner in ast.walk(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            words = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value
        else:
            continue
        if id(node) not in left_out and SENTENCE.search(re.sub("<[^>]*>", "\n", words)):
            yield node.lineno, words


def is_for_no_reader(node: ast.AST) -> bool:
    """A docstring, an error, the description of a column, or a name that errors are put together under."""
    match node:
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=function):
            return bool(OF_ERRORS.search(ast.unparse(function)))
        case ast.Subscript(value=ast.Name(id="Annotated")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in NAMES_OF_ERRORS
        case ast.Assign(targets=[ast.Tuple(elts=names)]):
            return any(isinstance(name, ast.Name) and name.id in NAMES_OF_ERRORS for name in names)
    return False


def modules() -> list[Path]:
    paths = [path for room in ROOMS for path in [TOOLKIT / room, *(TOOLKIT / room).rglob("*.py")] if path.is_file()]
    return sorted(path for path in paths if path.relative_to(TOOLKIT).as_posix() not in REFUSALS | COMMANDS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(TOOLKIT).as_posix())
def test_a_room_above_the_words_holds_no_sentence(path: Path):
    assert list(sentences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        'state = "Some of the data failed critical checks."',
        'title = f"From the review of {then} to that of {now}"',
        'return About(lines=("Rows marked illustrative are made up.",))',
        'TEXTS = {"c": "more than zero, but rounds to zero"}',
    ],
)
def test_a_sentence_is_found(code: str):
    assert [line for line, _ in sentences(f"def one():\n    {code}\n")] == [2]


@pytest.mark.parametrize(
    "code",
    [
        '"""What a page says of the checks."""',
        'raise InputError("there is no such page in this project")',
        'what = f"there is no page {name} in this project"',
        'what, fix = "there is no such page in this project", ""',
        'return REPORT.say("a key that is spelt with five words")',
    ],
)
def test_an_error_and_a_docstring_are_left_to_code(code: str):
    assert list(sentences(f"def one():\n    {code}\n")) == []

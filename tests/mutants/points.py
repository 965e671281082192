"""The single-point mutants of a module: each is one small, wrong change inside one function."""

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
PAIRS = (("min", "max"), ("any", "all"), ("first", "last"), ("startswith", "endswith"), ("ffill", "bfill"))
OPPOSITE_NAMES = dict([*PAIRS, *((b, a) for a, b in PAIRS)])
SYMMETRIC = ("minimum", "maximum", "fmin", "fmax", "hypot")  # of numpy: their arguments may come in either order
LEFT_ALONE = ("decorator_list", "annotation", "returns", "args", "type_comment")  # not in a function's own code
Slot = tuple[ast.AST, str, int | None]


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the function by its qualified name, the change in words, and which of the same words."""

    file: Path
    function: str
    change: str
    count: int

    @property
    def room(self) -> str:
        """The package or module of ``toolkit`` that holds it."""
        parts = self.file.parts
        return Path(parts[parts.index("toolkit") + 1]).stem

    @property
    def key(self) -> str:
        """The mutant without line numbers, as in equivalent.yaml: it outlives changes elsewhere in the file."""
        path = "/".join(self.file.parts[self.file.parts.index("toolkit") :])
        return f"{path} {self.function}: {self.change}" + (f" #{self.count}" if self.count else "")

    def code(self) -> CodeType:
        """The function's code with the change made. ValueError if it does not compile."""
        tree = ast.parse(text_of(self.file))
        function = dict(functions(tree))[self.function]
        changes = ((slot, new) for slot, change, new in _changes(function) if change == self.change)
        for _ in range(self.count):
            next(changes)
        (parent, field, index), new = next(changes)
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new
        return compiled(self.file, tree, self.function)


def mutants_of(file: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its source."""
    found = []
    for name, function in functions(ast.parse(text_of(file))):
        seen: Counter[str] = Counter()
        for _, change, _ in _changes(function):
            found.append(Mutant(file, name, change, seen[change]))
            seen[change] += 1
    return found


def sample(mutants: list[Mutant], number: int, seed: int, modules: int = 0) -> list[Mutant]:
    """``number`` of them, each room in proportion but at least 8; code that changes leaves those elsewhere drawn.

    ``modules`` takes them from so many modules of each room, which need fewer tests.
    """

    def drawn_by(mutant: Mutant) -> str:
        return hashlib.sha256(f"{seed} {mutant.key}".encode()).hexdigest()

    by_room: dict[str, list[Mutant]] = {}
    for mutant in sorted(mutants, key=drawn_by):
        found = by_room.setdefault(mutant.room, [])
        files = {one.file for one in found}
        if not modules or mutant.file in files or len(files) < modules:
            found.append(mutant)
    known = sum(len(found) for found in by_room.values())
    share = {room: max(8, number * len(found) // known) for room, found in by_room.items()}
    return sorted((m for room, found in by_room.items() for m in found[: share[room]]), key=drawn_by)[:number]


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The outermost functions and methods, by qualified name; of several under one name (overloads) the last counts."""
    yield from dict(_functions(tree, "")).items()


def compiled(file: Path, tree: ast.Module, function: str) -> CodeType:
    """The code of one function of a changed tree."""
    code = compile(ast.fix_missing_locations(tree), str(file), "exec")
    found = [inner for inner in _codes(code) if inner.co_qualname == function]
    if not found:
        raise ValueError(function)
    return found[-1]


@cache
def text_of(file: Path) -> str:
    """The source as it was when it was first asked for, whoever saves the file meanwhile."""
    return file.read_text(encoding="utf-8")


def _functions(node: ast.AST, above: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield above + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{above}{child.name}.")


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _changes(function: ast.FunctionDef) -> Iterator[tuple[Slot, str, ast.AST]]:
    for slot, node in _slots(function):
        for new in _instead_of(node):
            before = ast.unparse(node).splitlines()[0]
            yield slot, f"{before} → {ast.unparse(ast.fix_missing_locations(new)).splitlines()[0]}", new


def _slots(node: ast.AST) -> Iterator[tuple[Slot, ast.AST]]:
    """Every node below with where it stands; not docstrings, annotations, f-strings' texts or messages of errors."""
    if isinstance(node, ast.JoinedStr | ast.Raise) or _is_cast(node):
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":  # of zip: lengths that are equal whatever it says
        return
    for field, value in ast.iter_fields(node):
        if field in LEFT_ALONE and not isinstance(node, ast.Call):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST) and not _is_text(child):
                yield (node, field, index), child
                yield from _slots(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_cast(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "Problem")


def _instead_of(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=after) if type(op) in OPPOSITES:
            yield ast.copy_location(ast.Compare(left, [OPPOSITES[type(op)]()], after), node)
        case ast.BoolOp(op=op, values=values):
            yield ast.copy_location(ast.BoolOp(OPPOSITES[type(op)](), values), node)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPPOSITES and not _is_str(left, right):
            yield ast.copy_location(ast.BinOp(left, OPPOSITES[type(op)](), right), node)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in OPPOSITES:
            yield ast.copy_location(ast.AugAssign(target, OPPOSITES[type(op)](), value), node)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.copy_location(ast.Constant(value + 1), node)
        case ast.Constant(value=str(value)) if " " not in value:  # what has a space is prose
            yield ast.copy_location(ast.Constant(value + "x"), node)
        case ast.If(test=ast.Name() | ast.Call() | ast.Attribute() as test):
            yield ast.copy_location(ast.If(_not(test), node.body, node.orelse), node)
        case ast.IfExp(test=ast.Name() | ast.Call() | ast.Attribute() as test):
            yield ast.copy_location(ast.IfExp(_not(test), node.body, node.orelse), node)
        case ast.Expr(value=ast.Call()):
            yield ast.copy_location(ast.Pass(), node)
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.Call():
            yield from _other_calls(node)


def _other_calls(call: ast.Call) -> Iterator[ast.AST]:
    match call.func:
        case ast.Name(id=name) if name in OPPOSITE_NAMES:
            yield _with(call, ast.Name(OPPOSITE_NAMES[name], ast.Load()), call.args)
        case ast.Attribute(value=value, attr=name) if name in OPPOSITE_NAMES:
            yield _with(call, ast.Attribute(value, OPPOSITE_NAMES[name], ast.Load()), call.args)
        case ast.Name(id="reversed"):
            yield call.args[0]
    if getattr(call.func, "attr", "") in SYMMETRIC:
        return
    if len(call.args) > 1 and not any(isinstance(a, ast.Starred) for a in call.args[:2]):
        first, second, *others = call.args
        if ast.dump(first) != ast.dump(second):
            yield _with(call, call.func, [second, first, *others])


def _with(call: ast.Call, func: ast.expr, args: list[ast.expr]) -> ast.Call:
    return ast.copy_location(ast.Call(func, args, call.keywords), call)


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _is_str(*nodes: ast.expr) -> bool:
    return any(
        isinstance(n, ast.JoinedStr) or (isinstance(n, ast.Constant) and isinstance(n.value, str)) for n in nodes
    )

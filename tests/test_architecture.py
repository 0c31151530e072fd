"""Imports of the package point one way, and what is slow to load is loaded late."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
REMEDY = "move what is needed down to the earlier one, or hand it over as a value"

# A line may import what stands above it, never what stands below or beside it.
ORDER = (
    {"errors", "iris", "edtf", "files", "collector", "memory"},
    {"resources", "transport"},
    {"namespaces", "sparql"},
    {"turtle", "judgements"},
    {"articles"},
    {"authority"},
    {"language"},
    {"mappers"},
    {"resolution"},
    {"validation"},
    {"store", "quarantine", "endpoint"},
    {"evidence", "things"},
    {"queries", "dumps", "loading", "publishing", "linking", "reconciliation"},
    {"explain"},
    {"serving"},
    {"engines"},
    {"cli"},
    {"__main__"},
)
RANKS = {part: rank for rank, parts in enumerate(ORDER) for part in parts}

ONLY_HERE = {"click": "cli", "pyshacl": "validation"}
"""Libraries that one part alone knows."""
HEAVY = {"rdflib", "pyshacl", "rigour", "urllib3"}
"""Libraries that take longer to import than most commands take to answer."""


class Import(NamedTuple):
    """One imported name, where, and whether importing the module imports it too."""

    name: str
    line: int
    at_once: bool


def part_of(module: str) -> str:
    """Return the part of the house a dotted name belongs to; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imports(source: str, package: str = "kg") -> Iterator[Import]:
    """Yield what ``source``, a module of ``package``, imports."""
    tree = ast.parse(source)
    late = {id(node) for block in ast.walk(tree) if is_late(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        for name in imported(node, package):
            yield Import(name, node.lineno, id(node) not in late)


def is_late(block: ast.AST) -> bool:
    """Return whether importing a module passes ``block`` over: a function, or what only type checkers read."""
    if isinstance(block, ast.If):
        return ast.unparse(block.test).endswith("TYPE_CHECKING")
    return isinstance(block, ast.FunctionDef | ast.AsyncFunctionDef)


def imported(node: ast.AST, package: str) -> list[str]:
    """Return the dotted names that a node imports; ``from kg import store`` names ``kg.store``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
    module = ".".join([*above, *filter(None, [node.module])])
    return [f"kg.{alias.name}" for alias in node.names] if module == "kg" else [module]


def wrong_ways(module: str, source: str) -> list[str]:
    """Return a sentence for each import of ``module`` that points the wrong way."""
    part = part_of(module)
    package = module if (PACKAGE.parent / module.replace(".", "/")).is_dir() else module.rpartition(".")[0]
    wrong = []
    for found in imports(source, package):
        other = part_of(found.name) if found.name.split(".")[0] == "kg" else ""
        if other in RANKS and other != part and RANKS[other] >= RANKS[part]:
            wrong.append(f"{module}, line {found.line}: {part} must not import {other}; {REMEDY}")
    return wrong


def misplaced(module: str, source: str) -> list[str]:
    """Return a sentence for each library imported where it should not be, or too early."""
    wrong = []
    for found in imports(source):
        library = found.name.split(".")[0]
        if part_of(module) != ONLY_HERE.get(library, part_of(module)):
            wrong.append(f"{module}, line {found.line}: only kg.{ONLY_HERE[library]} imports {library}; {REMEDY}")
        if library in HEAVY and found.at_once:
            wrong.append(f"{module}, line {found.line}: import {library} inside the function that needs it")
    return wrong


def printing(module: str, source: str) -> list[str]:
    """Return a sentence for each place where ``module`` prints."""
    return [
        f"{module}, line {node.lineno}: return the text and let kg.cli print it"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr"))
    ]


HOOK = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
    "hooks"
]
"""What of the package a compiled wheel compiles."""


def uncompilable(source: str) -> list[str]:
    """Return a sentence for each thing that mypyc compiles to something else than Python does, or not at all."""
    tree = ast.parse(source)
    made = Counter(name.id for node in tree.body if isinstance(node, ast.Assign) for name in _names(node))
    wrong = [f"{name} is made twice: compiled, it is final" for name, times in made.items() if times > 1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "functools":
            if any(alias.name == "cached_property" for alias in node.names):
                wrong.append(f"line {node.lineno}: compiled, a cached_property is computed anew at each use")
        elif isinstance(node, ast.Compare):
            sides = [side.elts for side in node.comparators if isinstance(side, ast.Tuple | ast.List)]
            if any(isinstance(part, ast.Starred) for side in sides for part in side):
                wrong.append(f"line {node.lineno}: name what is compared with; mypyc takes no star here")
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id.isupper():
            wrong.append(f"line {node.lineno}: compiled, {node.target.id} is final; update it or give it another name")
        elif isinstance(node, ast.FunctionDef) and any(isinstance(part, ast.FunctionDef) for part in node.body):
            wrong.append(f"line {node.lineno}: compiled, a function within {node.name} keeps all that it sees")
        elif isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Struct") for base in node.bases):
            wrong.append(f"line {node.lineno}: make {node.name} a data class; compiled code reads no Struct faster")
    return wrong


def declared_again(sources: list[str]) -> list[str]:
    """Return a sentence for each attribute that a class declares although a class it is derived from does.

    Compiled, the collector visits it twice, takes what it holds for garbage, and empties it while it is used.
    """
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}
    return [
        f"{name}.{attribute}: leave its type to {ancestor}, which declares it"
        for name, node in classes.items()
        for ancestor in _ancestors(node, classes)
        for attribute in sorted(_declared(node) & _declared(classes[ancestor]))
    ]


def _ancestors(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterator[str]:
    """Yield the names of those of ``classes`` that a class is derived from."""
    for base in map(ast.unparse, node.bases):
        if base in classes:
            yield base
            yield from _ancestors(classes[base], classes)


def _declared(node: ast.ClassDef) -> set[str]:
    """Return the attributes whose types a class declares, in its body or in a method."""
    body = {ast.unparse(part.target) for part in node.body if isinstance(part, ast.AnnAssign)}
    anywhere = {ast.unparse(part.target) for part in ast.walk(node) if isinstance(part, ast.AnnAssign)}
    return body | {name.removeprefix("self.") for name in anywhere if name.startswith("self.")}


def _names(node: ast.Assign) -> list[ast.Name]:
    """Return the names that an assignment gives something to."""
    return [name for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]


MODULES = {
    ".".join(("kg", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path.read_text()
    for path in sorted(PACKAGE.rglob("*.py"))
}


def test_each_module_has_its_place_in_the_order() -> None:
    placeless = {part_of(module) for module in MODULES} - set(RANKS) - {""}
    assert not placeless, f"give {', '.join(sorted(placeless))} a line in ORDER, after all that they import"


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    assert wrong_ways(module, MODULES[module]) == []


@pytest.mark.parametrize("module", MODULES)
def test_libraries_are_imported_where_and_when_they_are_needed(module: str) -> None:
    assert misplaced(module, MODULES[module]) == []


@pytest.mark.parametrize("some", HOOK["custom"]["compiled"])
def test_what_a_wheel_may_compile_reads_the_same_compiled(some: str) -> None:
    paths = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.parent.glob(some)}
    wrong = {path: uncompilable((PACKAGE.parent / path).read_text()) for path in paths - set(HOOK["custom"]["plain"])}
    assert paths
    assert {path: sentences for path, sentences in wrong.items() if sentences} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from functools import cached_property",
        "def f(x):\n    return x in (1, *y)",
        "_WORDS = {}\n_WORDS |= {}",
        "_FEW = 3\n_MANY, _FEW = 9, 3",
        "class A(msgspec.Struct):\n    x: int",
    ],
)
def test_what_does_not_compile_is_found(source: str) -> None:
    assert len(uncompilable(source)) == 1


def test_no_compiled_class_declares_again_what_its_base_declares() -> None:
    paths = {path for some in HOOK["custom"]["compiled"] for path in PACKAGE.parent.glob(some)}
    assert declared_again([path.read_text() for path in sorted(paths)]) == []


def test_what_a_class_declares_again_is_found() -> None:
    again = ["class A:\n    x: int", "class B(A):\n    pass\nclass C(B):\n    def f(self):\n        self.x: int = 1"]
    assert declared_again(again) == ["C.x: leave its type to A, which declares it"]


@pytest.mark.parametrize("module", [module for module in MODULES if module != "kg.cli"])
def test_only_the_command_line_prints(module: str) -> None:
    assert printing(module, MODULES[module]) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kg.queries", "from kg.dumps import dump"),
        ("kg.queries", "from kg import dumps"),
        ("kg.dumps", "def f():\n    import kg.queries"),
        ("kg.quarantine", "from .queries import run"),
        ("kg.articles.pages", "from ..mappers import event"),
        ("kg.articles.pages", "from kg.language.dates import When"),
        ("kg.iris", "if TYPE_CHECKING:\n    from kg.store import Store"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_found(module: str, source: str) -> None:
    assert len(wrong_ways(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kg.explain", "from kg.things import find"),
        ("kg.articles.pages", "from .dates import parse"),
        ("kg.articles", "from .article import Article"),
        ("kg.store", "from kg import __version__"),
    ],
)
def test_an_import_that_points_the_right_way_passes(module: str, source: str) -> None:
    assert wrong_ways(module, source) == []


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("kg.validation", "from rdflib import Graph", 1),
        ("kg.validation", "if True:\n    import pyshacl", 1),
        ("kg.store", "import click", 1),
        ("kg.queries", "def f():\n    import pyshacl", 1),
        ("kg.validation", "def f():\n    import pyshacl", 0),
        ("kg.validation", "if TYPE_CHECKING:\n    from rdflib import Graph", 0),
        ("kg.cli", "import click", 0),
    ],
)
def test_a_library_in_the_wrong_place_is_found(module: str, source: str, found: int) -> None:
    assert len(misplaced(module, source)) == found


@pytest.mark.parametrize("source", ["print(1)", "def f():\n    import sys\n    sys.stdout.write('a')"])
def test_printing_is_found(source: str) -> None:
    assert len(printing("kg.store", source)) == 1

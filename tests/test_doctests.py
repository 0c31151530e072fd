"""The examples in the docstrings hold."""

import doctest
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

import kg

ROOT = Path(__file__).parent.parent
PACKAGE = Path(kg.__file__).parent
MODULES = sorted(
    ".".join(("kg", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if path.name != "__main__.py" and "data" not in path.relative_to(PACKAGE).parts
)
SCRIPTS = sorted(path for folder in ("bench", "docs") for path in (ROOT / folder).glob("*.py"))


def script(path: Path) -> ModuleType:
    """Return a script as a module, its own folder on the search path as when it is run."""
    sys.path.insert(0, str(path.parent))
    try:
        return importlib.import_module(path.stem)
    finally:
        sys.path.remove(str(path.parent))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_examples_of_a_script_hold(path: Path) -> None:
    assert doctest.testmod(script(path)).failed == 0


def test_there_are_examples_to_hold() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) > 50

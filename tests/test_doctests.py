"""The examples in the docstrings of the package hold."""

import doctest
import importlib
import pkgutil

import pytest

import kg

MODULES = [module.name for module in pkgutil.walk_packages(kg.__path__, "kg.") if module.name != "kg.__main__"]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_hold() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) > 30

"""The closed classes of ``ontology/lexicon.toml``, read once."""

import tomllib
from functools import cache
from typing import Any

from kg.resources import folder


@cache
def read_lexicon() -> dict[str, Any]:
    """Return the tables of the lexicon as they stand in the file."""
    return tomllib.loads((folder("ontology") / "lexicon.toml").read_text(encoding="utf-8"))


def words(table: str, name: str) -> frozenset[str]:
    """Return one class of words, folded.

    >>> "of" in words("grammar", "title_prepositions")
    True
    """
    return frozenset(read_lexicon()[table][name])


def alternatives(table: str, name: str) -> str:
    """Return one class of words as the alternatives of a regular expression, the longest first.

    >>> alternatives("grammar", "perfect_auxiliaries")
    'having|have|had|has'
    """
    return "|".join(sorted(words(table, name), key=lambda phrase: (-len(phrase), phrase)))

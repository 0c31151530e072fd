"""Entries: the people of an article while they are read, and when two printed names are one."""

import re
from collections import Counter
from functools import lru_cache

from kg.iris import fold
from kg.language.text import Mention, Title
from kg.language.words import words

_LONG_WORD = 7
"""Letters of a word from which on another letter is a slip, and no other name."""
_LONG_WITH_SLIP = 6
"""Letters of a word from which on a letter left out is one: "Bennet", of somebody called Bennett before."""
_HONORIFICS = words("names", "honorifics")
_POSTNOMINALS = words("names", "postnominals")
_NUMBERING = words("names", "numbering")
_NO_NAMES = words("names", "particles") | words("names", "suffixes")
"""Parts of a name that tell nobody."""
_NICKNAME = re.compile(r"""\s["“‘'][^"”’']+["”’']\s""")


class Entry:
    """A person of the register while it grows."""

    __slots__ = ("called", "candidates", "forms", "key", "mentions", "name", "origin", "sentence", "titles", "words")

    def __init__(self, name: str, sentence: int) -> None:
        self.name = name
        self.words = fold(name).split()
        self.forms: set[str] = set()
        self.candidates: set[str] = set()
        self.key: str | None = None
        self.origin: str | None = None
        """The body that the text says somebody is of, without an office: "Zambia's NAME"."""
        self.mentions: list[Mention] = []
        self.titles: list[Title] = []
        """Every title printed beside the name, in order."""
        self.called: set[str | None] = set()
        """Kinds of the titles, and words of those of no kind."""
        self.sentence = sentence

    def add(self, *mentions: Mention) -> None:
        """Take mentions in, with the titles printed beside them."""
        for mention in mentions:
            self.mentions.append(mention)
            self.titles += mention.titles
            for title in mention.titles:
                self.called |= {title.kind, title.kind or fold(title.text)}


@lru_cache(maxsize=16384)
def plain_name(name: str) -> str:
    """Return a printed name without honorifics, and without what its bearer goes by."""
    parts = _NICKNAME.sub(" ", name).split()
    while len(parts) > 1 and parts[0].lower().strip(".") in _HONORIFICS:
        parts.pop(0)
    while len(parts) > 2 and parts[-1].lower() in _POSTNOMINALS:
        parts.pop()
    return " ".join(parts).strip(" ,")


def telling_parts(word: str) -> list[str]:
    """Return the parts of a name with a hyphen that tell somebody.

    >>> telling_parts("Meza-Cuadra"), telling_parts("El-Khereiji")
    (['meza', 'cuadra'], ['khereiji'])
    """
    return [part for part in fold(word).split() if len(part) > 1 and part not in _NO_NAMES]


def is_misspelt(one: list[str], other: list[str]) -> bool:
    """Return whether two full names differ in one letter within one long word, so that one is a slip of the pen.

    A letter left out is one in shorter words than another letter is.

    >>> is_misspelt(["a", "dissanayake"], ["a", "disanayake"]), is_misspelt(["anna", "karimov"], ["anna", "karimova"])
    (True, False)
    """
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(apart) != 1 or len(one) < 2:
        return False
    short, long = sorted(apart[0], key=len)
    least = _LONG_WORD if len(short) == len(long) else _LONG_WITH_SLIP
    if len(short) < least or len(long) - len(short) > 1 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def is_same_name(one: list[str], other: list[str]) -> bool:
    """Return whether two full names are one: the same words in any order, or fewer middle names, initials, fathers."""
    a, b = ([w for w in words if len(w) > 1 and w not in _NUMBERING] for words in (one, other))
    if not a or not b:
        return False
    if set(a) == set(b) or "".join(a) == "".join(b):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(set(short)) < len(short) and Counter(short) - Counter(long):
        return False  # "Sabah al-Ahmad al-Sabah" is no "Nawaf al-Ahmad al-Sabah"
    if len(short) > 2 and long[: len(short)] == short and long[len(short)] in _NO_NAMES:
        return True  # "Khalid bin Salman", "Khalid bin Salman |bin Abdulaziz Al Saud|"
    return len(short) > 1 and set(short) <= set(long) and short[-1] == long[-1]

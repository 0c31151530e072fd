"""How names of people and titles of offices are compared: folded, in any order, through romanisations."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.authority.rows import Person
from kg.iris import ascii_fold, fold


class Words:
    """How names and titles are compared: the nicknames, honorifics, particles and spellings of ``name_words.csv``."""

    def __init__(self, groups: Mapping[str, list[tuple[str, ...]]]) -> None:
        def flat(kind: str) -> frozenset[str]:
            return frozenset(fold(word) for words in groups.get(kind, ()) for word in words)

        self.honorifics, self.suffixes, self.particles = flat("honorific"), flat("suffix"), flat("particle")
        self.family_first = {code.upper() for code in flat("family-first")}
        self.transliterated = {code.upper() for code in flat("transliterated")}
        self._short = {fold(word): fold(words[0]) for words in groups.get("nickname", ()) for word in words}
        self._spelt = {fold(word): fold(words[0]) for words in groups.get("spelling", ()) for word in words}

    def bare(self, name: str) -> list[str]:
        """Return the words of a name without honorifics before it and suffixes after it, at least one."""
        words = name_key(name).split()
        while len(words) > 1 and words[0] in self.honorifics:
            del words[0]
        while len(words) > 1 and words[-1] in self.suffixes:
            del words[-1]
        return words

    def plain(self, name: str) -> list[str]:
        """Return the words of a name without initials too, nicknames as the full given name."""
        words = self.bare(name)
        return [self._short.get(word, word) for word in words if len(word) > 1] or words

    def fits(self, name: str, person: Person) -> bool:
        """Return whether a name, perhaps only a surname or with initials, can be that person's.

        Each word must be a word of one spelling of the name, its initial or nickname; middle names may be missing on
        either side. Other romanisations ("Zelensky") fit in countries whose names are transliterated.
        """
        forms = self._forms(name)
        loose = person.country in self.transliterated
        return any(
            self._alike(words, said, loose)
            for spelling in (person.label, *person.aliases)
            for said in self._forms(spelling)
            for words in forms
        )

    def _alike(self, words: list[str], said: list[str], loose: bool) -> bool:
        if "".join(words) == "".join(said) or (loose and romanised("".join(words)) == romanised("".join(said))):
            return True
        return self._subset(words, said, loose) or self._subset(said, words, loose, least=2)

    def _forms(self, name: str) -> list[list[str]]:
        """Return the words of a name that tell people apart, and all of them where an honorific is part of the name."""
        words = self.bare(name)
        telling = [word for word in words if word not in self.particles] or words
        full = name_key(name).split()
        return [telling] if len(full) == len(words) else [telling, full]

    def _subset(self, words: list[str], others: list[str], loose: bool, least: int = 1) -> bool:
        """Return whether every word has its own partner among the others, ``least`` of them more than initials."""
        left = list(others)
        whole = 0
        for i, word in enumerate(words):
            partner = next((other for other in left if self._agree(word, other, loose)), None)
            if partner is not None:
                left.remove(partner)
                whole += min(len(word), len(partner)) > 1
            elif len(word) > 1 or i == 0:  # a middle initial that the other form leaves out says nothing
                return False
        return whole >= least

    def _agree(self, a: str, b: str, loose: bool) -> bool:
        if a == b or self._short.get(a, a) == self._short.get(b, b):
            return True
        if min(len(a), len(b)) == 1:
            return a[0] == b[0]
        if _levelled(a) == _levelled(b):
            return True
        return loose and romanised(a) == romanised(b)

    def title_key(self, title: str) -> str:
        """Return the key under which ways to say one title meet: "Minister for Defense" and "Defence Minister"."""
        words = [self._spelt.get(word, word) for word in fold(title).split() if word != "the"]
        words = ["of" if word == "for" else word for word in words]
        if words[-1:] == ["minister"] and len(words) > 1 and words[0] not in _NOT_A_PORTFOLIO:
            words = ["minister", "of", *words[:-1]]
        return " ".join(words)


_NOT_A_PORTFOLIO = frozenset(
    ("prime", "first", "chief", "deputy", "vice", "state", "cabinet", "senior", "junior", "federal")
)

_UMLAUT, _DOUBLE = re.compile("([aou])e"), re.compile(r"(.)\1+")


def _levelled(word: str) -> str:
    """Return a folded word with double letters single and "oe" as "o": Schroeder is Schröder, Roussef Rousseff."""
    return _DOUBLE.sub(r"\1", _UMLAUT.sub(r"\1", word))


# Differences between romanisations of one name, in the order in which they are levelled.
_ROMANISED = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"(.)\1+", r"\1"),
        (r"ph", "f"),
        (r"tch|tsch|tj|s?ch", "sh"),
        (r"dj", "d"),
        (r"[kg]h", "h"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"q|ck|c(?!h)", "k"),
        (r"w", "v"),
        (r"ou|oo|o", "u"),
        (r"e[iy]|ai|ay", "a"),
        (r"e", "a"),
        (r"(?:ij|iy|yi|[iy])+", "i"),
        (r"j(?=[au])", "i"),
        (r"i(?=[au])", ""),
        (r"(?<=.)h$", ""),
        (r"d$", "t"),
        (r"n(?=[bp])", "m"),
        (r"^g(?=r)", "h"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """Return a folded word with the usual differences between romanisations levelled.

    >>> romanised("zelenskyy") == romanised("zelensky"), romanised("muhammad") == romanised("mohammed")
    (True, True)
    >>> romanised("thang") == romanised("thuong")
    False
    """
    for pattern, level in _ROMANISED:
        word = pattern.sub(level, word)
    return word


def name_key(name: str) -> str:
    """Return the key of a person's name: folded, or as written where it mixes in letters of another script.

    >>> name_key("Võ Văn Thưởng"), name_key("习近平")
    ('vo van thuong', '习近平')
    >>> name_key("Х" + "i Jinping") == name_key("Xi Jinping")  # a Cyrillic Kha is no X
    False
    """
    latin = ascii_fold(name)
    if latin.isascii() or not any(c.isalpha() and not c.isascii() for c in latin):
        return fold(name)
    return " ".join(name.casefold().split())

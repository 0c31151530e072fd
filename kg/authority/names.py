"""How names of people and titles of offices are compared: folded, in any order, through romanisations."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.authority.rows import Person
from kg.iris import ascii_fold, fold

Form = tuple[str, ...]
"""Words of a name, folded."""


def _flat(groups: Mapping[str, list[tuple[str, ...]]], kind: str) -> frozenset[str]:
    return frozenset(fold(word) for words in groups.get(kind, ()) for word in words)


class Words:
    """How names and titles are compared: the nicknames, honorifics, particles and spellings of ``name_words.csv``."""

    def __init__(self, groups: Mapping[str, list[tuple[str, ...]]]) -> None:
        self.honorifics = sorted((tuple(one.split()) for one in _flat(groups, "honorific")), key=len, reverse=True)
        self.suffixes, self.particles = _flat(groups, "suffix"), _flat(groups, "particle")
        self._titled = frozenset(one[0] for one in self.honorifics)
        self.qualifiers, self.consorts, self.forenames = (
            _flat(groups, "qualifier"),
            _flat(groups, "consort"),
            _flat(groups, "forename"),
        )
        self.undivided = {code.upper() for code in _flat(groups, "undivided")}
        self.family_first = {code.upper() for code in _flat(groups, "family-first")}
        self.transliterated = {code.upper() for code in _flat(groups, "transliterated")}
        self._short = {fold(word): fold(words[0]) for words in groups.get("nickname", ()) for word in words}
        self._formed: dict[str, tuple[Form, ...]] = {}
        self._spelt = {fold(word): fold(words[0]) for words in groups.get("spelling", ()) for word in words}

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[str, str]]) -> "Words":
        """Return the words of rows of kind and ``|``-separated words."""
        groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for kind, words in rows:
            groups[kind].append(tuple(words.split("|")))
        return cls(groups)

    def bare(self, name: str) -> list[str]:
        """Return the words of a name without honorifics before it and suffixes after it, at least one."""
        words = name_key(name).split()
        while words and words[0] in self._titled:
            title = next((one for one in self.honorifics if tuple(words[: len(one)]) == one), ())
            if not 0 < len(title) < len(words):
                break
            del words[: len(title)]
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
        return any(self._alike(words, said, person.country) for said in self._said(person) for words in forms)

    def resembles(self, name: str, person: Person) -> bool:
        """Return whether a name may be a slip of the pen for that person's: "Stephen Haper", "Pavlopoulis".

        A word may be off by a letter, or by two where it is long, or have other vowels where names are transliterated.
        A short word may be off only beside another that is right, so that "Vo Van Thang" is nobody but himself.
        """
        loose = person.country in self.transliterated
        words = self._forms(name)[0]  # without particles: glued on, they would make a short word a long one
        said = [self._forms(spelling)[0] for spelling in (person.label, *person.aliases)]
        return any(self._nearly(words, one, loose) or self._nearly(one, words, loose, least=2) for one in said)

    def _alike(self, words: Form, said: Form, country: str) -> bool:
        loose = country in self.transliterated
        if "".join(words) == "".join(said):
            return True
        if loose and (_run_on(words) == _run_on(said) or romanised("".join(words)) == romanised("".join(said))):
            return True
        if country in self.undivided and len(words) != len(said) and min(len(words), len(said)) > 1:
            return words == said[-len(words) :]  # "Lee Jun" is not Lee Ki-jun
        if self._subset(words, said, loose):
            return True
        own = not loose or words[0] in self.forenames or any(self._agree(words[0], one, loose) for one in said)
        return own and self._subset(said, words, loose, least=2)  # Mishal, son of Ahmad son of Jaber, is not Jaber

    def _said(self, person: Person) -> tuple[Form, ...]:
        """Return the forms of all spellings of a person's name."""
        return tuple(form for spelling in (person.label, *person.aliases) for form in self._forms(spelling))

    def _forms(self, name: str) -> tuple[Form, ...]:
        found = self._formed.get(name)
        if found is None:
            found = self._formed[name] = tuple(dict.fromkeys(self._ways(name)))
        return found

    def _ways(self, name: str) -> Iterator[Form]:
        """Yield the words of a name that tell people apart; particles glued on; all words if some are left out."""
        words, full = self.bare(name), name_key(name).split()
        telling = tuple(word for word in words if word not in self.particles) or tuple(words)
        yield telling
        if len(telling) < len(words):
            yield tuple(self._glued(words))
        if len(full) > len(words) or len(telling) < len(words) <= 3:
            yield tuple(full)

    def _glued(self, words: Iterable[str]) -> Iterator[str]:
        """Yield words with the particles before them: "ben yahia" is "benyahia", "abd rabbuh" is "abdrabbuh"."""
        before = ""
        for word in words:
            if word in self.particles:
                before += word
            else:
                yield before + word
                before = ""
        if before:
            yield before

    def _subset(self, words: Form, others: Form, loose: bool, least: int = 1) -> bool:
        """Return whether every word has its own partner among the others, ``least`` of them more than initials."""
        left = list(others)
        whole = 0
        for i, word in enumerate(words):
            partner = next((other for other in left if self._agree(word, other, loose)), None)
            if partner is not None and not _surname_as_initial(i, words, others.index(partner), others):
                left.remove(partner)
                whole += min(len(word), len(partner)) > 1
            elif len(word) > 1 or i == 0:  # a middle initial that the other form leaves out says nothing
                return False
        return whole >= least

    def _nearly(self, words: Form, others: Form, loose: bool, least: int = 1) -> bool:
        """Return whether every word has a partner among the others that agrees or is a slip for it."""
        left = list(others)
        right, off = 0, []
        for word in words:
            agreeing = next((other for other in left if self._agree(word, other, loose)), None)
            if agreeing is not None:
                left.remove(agreeing)
                right += min(len(word), len(agreeing)) > 3
            else:
                off.append(word)
        for word in off:
            partner = next((other for other in left if _slip(word, other, loose, beside=right > 0)), None)
            if partner is None:
                return False
            left.remove(partner)
        return right + len(off) >= least

    def _agree(self, a: str, b: str, loose: bool) -> bool:
        if a == b or self._short.get(a, a) == self._short.get(b, b):
            return True
        if min(len(a), len(b)) == 1:
            return a[0] == b[0]
        if _levelled(a) == _levelled(b):
            return True
        return loose and romanised(a) == romanised(b)

    def unqualified(self, title: str) -> str:
        """Return a title without what only says how it is held: "Acting President" is "President"."""
        words = title.split()
        while len(words) > 1 and fold(words[0]) in self.qualifiers:
            del words[0]
        return " ".join(words)

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

_UMLAUT, _DOUBLE, _VOWEL = re.compile("([aou])e"), re.compile(r"(.)\1+"), re.compile("[aeiou]")


@lru_cache(maxsize=65536)
def _levelled(word: str) -> str:
    """Return a folded word with double letters single and "oe" as "o": Schroeder is Schröder, Roussef Rousseff."""
    return _DOUBLE.sub(r"\1", _UMLAUT.sub(r"\1", word))


# Differences between romanisations of one name, in the order in which they are levelled.
_ROMANISED = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"(.)\1+", r"\1"),
        (r"^abdu", "abda"),
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


def _surname_as_initial(i: int, words: Form, k: int, others: Form) -> bool:
    """Return whether a pair of words takes a middle initial for a surname: Anthony Lake is not Anthony L. Gardner.

    >>> _surname_as_initial(1, ("anthony", "lake"), 1, ("anthony", "l", "gardner"))
    True
    """
    if len(words[i]) > 1 and len(others[k]) > 1:
        return False
    if len(words[i]) == 1:
        i, words, k, others = k, others, i, words
    return i == len(words) - 1 and len(words) > 1 and 0 < k < len(others) - 1


def _slip(a: str, b: str, loose: bool, *, beside: bool) -> bool:
    """Return whether a word may be a slip of the pen for another, or another way to write its vowels.

    >>> _slip("papoulios", "papoulias", False, beside=False), _slip("thang", "thuong", False, beside=True)
    (True, False)
    """
    longest = max(len(a), len(b))
    if longest < (5 if beside else 6) or abs(len(a) - len(b)) > 2:
        return False
    if loose and len(skeleton(a)) > 2 and skeleton(a) == skeleton(b):
        return True
    return _edits(a, b) <= (2 if longest > 7 else 1)


def skeleton(word: str) -> str:
    """Return the consonants of a folded word, double ones once: what romanisations of Arabic agree on.

    >>> skeleton("nuhayyin") == skeleton("nahyan")
    True
    """
    return _DOUBLE.sub(r"\1", _VOWEL.sub("", _DOUBLE.sub(r"\1", word)))


def _edits(a: str, b: str) -> int:
    """Return how many letters are added, left out, replaced or swapped with the next from one word to another."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


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


def _run_on(words: Form) -> str:
    """Return words written as one, each levelled before: "chan o cha" and "chan ocha" are one."""
    return "".join(map(romanised, words))


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

"""Capitals: headlines and texts all in them spelt with small letters again, so that names and acronyms stand out."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from kg.articles.chrome import vocabulary
from kg.iris import fold
from kg.language.dates import MONTHS, WEEKDAYS
from kg.language.lexicon import NAMES, TITLES, Lexicon
from kg.language.tokens import fold_text
from kg.language.words import read_lexicon, words

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
"""Words of a headline below which capitals may be an acronym's and a name's."""
_LONGEST_ACRONYM = 3
_SMALL = frozenset(vocabulary()["stopwords"]["en"]) | words("grammar", "personal_relatives")
_LONGEST_NAME = 5
"""Words of a name known to who is who, at most."""
_TOP = 2_000
"""Letters of a text by which it is seen that it is in capitals."""
_MOST_SMALL = 50
"""One letter in so many may be small."""
_LONGEST_BRACKETED = 6
"""Letters of an acronym in brackets, at most."""
_SMALL_MONTHS = ("may", "march")
"""Months that are other words as well, but beside a number."""
_INFLECTIONS = ("", "s", "es", "ed", "d", "ing", "ly", "'s")
_ENDINGS = tuple(sorted(words("names", "ordinary_endings")))
_OPENING = 8
"""Letters before a word within which the sentence before ends."""
_OPENINGS = re.compile(r"(?:^|\n|[.!?][\"”’')]*\s+)[^\w\n]*\Z")
"""What stands before the first word of a sentence."""
_VOWELS = frozenset("aeiouy")


def spelt_out(text: str, title: str | None, lexicon: Lexicon) -> str:
    """Return a text whose headline is all in capitals with that headline in small letters where they belong.

    A word is spelt as it is in the text, mostly; one that is not there begins with a capital, as a name does, unless it
    is known for no name. So is every word of a text that is all in capitals itself. The length stays the same.
    """
    if not title or not title.isupper() or len(_WORD.findall(title)) < _FEWEST or not text.startswith(title):
        return text
    body = text[len(title) :]
    if _is_in_capitals(body):
        return _by_words(text, lexicon)
    if not body:
        return text
    told = _spellings(title, body)
    hits = (hit for layer in lexicon.scan(title, fold_text(title)) for hit in layer if hit.sense.exact)
    acronyms = {word for hit in hits for word in _WORD.findall(title[hit.start : hit.end])}
    pieces: list[str] = []
    end = 0
    for found in _WORD.finditer(title):
        pieces += (title[end : found.start()], _respelt(found, told, acronyms, lexicon))
        end = found.end()
    respelt = "".join((*pieces, title[end:]))
    return respelt + body if len(respelt) == len(title) else text


def _spellings(title: str, body: str) -> dict[str, list[int]]:
    """Return for each word of a headline how often the text has it in small letters, capitalised and in capitals."""
    told: dict[str, list[int]] = {word.lower(): [0, 0, 0] for word in _WORD.findall(title)}
    for word in _WORD.findall(body):
        if (counts := told.get(word.lower())) is not None:
            counts[0 if word.islower() else 2 if word.isupper() and len(word) > 1 else 1] += 1
    return told


def _respelt(found: re.Match[str], told: dict[str, list[int]], acronyms: set[str], lexicon: Lexicon) -> str:
    """Return a word of a headline as the text spells it mostly; one that is not there by what it is known for."""
    word, low, begins = found[0], found[0].lower(), found.start() == 0
    if len(word) == 1:
        return low if not begins and found.string[found.start() - 1] in "'’" else word
    small, capital, capitals = told[low]
    if not (small or capital or capitals):
        acronym = word in acronyms or (len(word) <= _LONGEST_ACRONYM and _VOWELS.isdisjoint(low))
        capitals, small = int(acronym), int(not acronym and _is_no_name(low, lexicon))
    if capitals > max(small, capital):
        return word
    return low if small > capital and not begins else word.capitalize()


def _is_no_name(low: str, lexicon: Lexicon) -> bool:
    """Return whether a word is known for one that is no part of names, as verbs are."""
    known = low in lexicon.never or low in lexicon.small or low in lexicon.verb_forms or low in lexicon.event_nouns
    return known or low in _SMALL or not lexicon.action_words.isdisjoint((low, low + "s", low + "ed", low + "d"))


def _is_in_capitals(body: str) -> bool:
    """Whether hardly any letter of a text is small."""
    top = body[:_TOP]
    return any(map(str.isupper, top)) and sum(map(str.islower, top)) * _MOST_SMALL < len(top)


def _by_words(text: str, lexicon: Lexicon) -> str:
    """Return a text all in capitals with its words spelt by what they are known for."""
    hits = lexicon.scan(text, fold_text(text))
    exact = {n for layer in hits for hit in layer if hit.sense.exact for n in range(hit.start, hit.end)}
    named = {n for hit in hits[NAMES] for n in range(hit.start, hit.end)}
    lands = {hit.start for hit in hits[NAMES] if hit.sense.type == "country"}
    titled = {n: hit.end for hit in hits[TITLES] for n in range(hit.start, hit.end)}
    found = list(_WORD.finditer(text))
    people = {n for row in _people(found, text, lexicon) for n in row}
    begins = [word.start() for word in found]
    spelt: list[str] = []
    for n, word in enumerate(found):
        low, at = word[0].lower(), word.start()
        small = at not in lands and low in _SMALL
        if not word[0].isupper():
            spelt.append(word[0])
        elif len(low) == 1:
            spelt.append(low if _is_small_letter(word) else word[0])
        elif n in people:
            spelt.append(low.capitalize())
        elif (at in exact and not small) or _is_acronym(word, lexicon):
            spelt.append(word[0])
        elif at in named:
            spelt.append(low if small else low.capitalize())
        else:
            spelt.append(low if _is_ordinary(word, lexicon) else low.capitalize())
    pieces: list[str] = []
    end = 0
    for n, word in enumerate(found):
        behind = bisect_left(begins, titled.get(word.start(), len(text)))
        named_next = behind < len(found) and begins[behind] == titled[word.start()] + 1 and spelt[behind][0].isupper()
        opens = _OPENINGS.search(text, max(0, word.start() - _OPENING), word.start())
        capital = opens or (named_next and spelt[n] not in _SMALL)  # "|Foreign Minister| NAME"
        pieces += (text[end : word.start()], spelt[n][0].upper() + spelt[n][1:] if capital else spelt[n])
        end = word.end()
    whole = "".join((*pieces, text[end:]))
    return whole if len(whole) == len(text) else text


def _is_small_letter(word: re.Match[str]) -> bool:
    """Whether a letter that stands alone is no initial: "PERU'S", "A VISIT"."""
    text, begin = word.string, word.start()
    if begin and text[begin - 1] in "'’":
        return True
    return word[0] == "A" and text[word.end() : word.end() + 1] != "."


def _is_acronym(word: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether an unknown word is an acronym: one of few letters in brackets, or of three without a vowel."""
    low, text = word[0].lower(), word.string
    if len(low) <= _LONGEST_ACRONYM and _VOWELS.isdisjoint(low):
        return True
    bracketed = text[word.start() - 1 : word.start()] == "(" and text[word.end() : word.end() + 1] == ")"
    return bracketed and len(low) <= _LONGEST_BRACKETED and not _is_no_name(low, lexicon)


def _is_ordinary(word: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a word is no name, by what it is known for or by how it ends."""
    low, text = word[0].lower(), word.string
    if low in WEEKDAYS or low in MONTHS:
        near = text[max(0, word.start() - 4) : word.end() + 4]
        return low in _SMALL_MONTHS and not any(letter.isdigit() for letter in near)
    if _is_no_name(low, lexicon) or fold(low) in lexicon.name_words:
        return _is_no_name(low, lexicon)
    stems = {low.removesuffix(ending) for ending in _INFLECTIONS}
    return low.endswith(_ENDINGS) or not _ordinary(lexicon).isdisjoint(stems | {f"{stem}e" for stem in stems})


def _people(found: list[re.Match[str]], text: str, lexicon: Lexicon) -> Iterator[range]:
    """The rows of words that are the name of somebody known."""
    n = 0
    while n < len(found):
        ends = range(min(n + _LONGEST_NAME, len(found)), n + 1, -1)
        names = ((k, text[found[n].start() : found[k - 1].end()]) for k in ends)
        known = fold(found[n][0]) in lexicon.name_words
        end = next((k for k, name in names if known and "\n" not in name and lexicon.authority.find_people(name)), 0)
        if end:
            yield range(n, end)
        n = end or n + 1


@lru_cache(maxsize=4)
def _ordinary(lexicon: Lexicon) -> frozenset[str]:
    """The words of the closed classes and of the phrases of events, but for those that are in people's names."""
    said = {word for table in read_lexicon().values() for word in _words_in(table)}
    said |= {word for kind in lexicon.event_kinds.values() for name in kind.hidden for word in name.split()}
    return frozenset(word for word in said if len(word) > 1 and word.islower())


def _words_in(table: object) -> Iterator[str]:
    """Every word of a table, a list or a phrase of the lexicon."""
    if isinstance(table, str):
        yield from _WORD.findall(table)
    elif isinstance(table, dict):
        for value in table.values():
            yield from _words_in(value)
    elif isinstance(table, list):
        for value in table:
            yield from _words_in(value)

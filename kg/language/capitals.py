"""Headlines all in capitals: spelt as the text below spells their words, so that names and acronyms stand out again."""

import re

from kg.articles.chrome import vocabulary
from kg.language.lexicon import Lexicon
from kg.language.tokens import fold_text

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
"""Words of a headline below which capitals may be an acronym's and a name's."""
_LONGEST_ACRONYM = 3
_SMALL = frozenset(vocabulary()["stopwords"]["en"])
_VOWELS = frozenset("aeiouy")


def spelt_out(text: str, title: str | None, lexicon: Lexicon) -> str:
    """Return a text whose headline is all in capitals with that headline in small letters where they belong.

    A word is spelt as it is in the text, mostly; one that is not there begins with a capital, as a name does, unless it
    is known for no name. The length stays the same.
    """
    if not title or not title.isupper() or len(_WORD.findall(title)) < _FEWEST or not text.startswith(title):
        return text
    body = text[len(title) :]
    if not body or body.isupper():
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

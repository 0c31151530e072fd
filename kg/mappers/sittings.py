"""Sittings: meetings that are gatherings of a body or of many, and no talks of two; inaugurations that are openings."""

from collections.abc import Mapping

from kg.authority import Organisation
from kg.language.text import Mention, Text
from kg.language.words import words

_MEETINGS = words("gatherings", "sitting_nouns")
_SITTING = words("gatherings", "sitting_bodies")
_ORGANS = words("gatherings", "sitting_organs")
_NAMED = words("gatherings", "named_bodies")
_CONVENING = words("gatherings", "convening")
_SERIAL = words("gatherings", "serial")
_OF_SEVERAL = words("gatherings", "of_several")
_WITHIN_NAMES = words("gatherings", "within_names")
_LONGEST_NAME = 8
"""Tokens before "meeting" in which an organisation may begin its name."""
_OWNED = ("of", "between")
_BUILDINGS = words("ceremonies", "buildings")
_ENDINGS = ("st", "nd", "rd", "th")
_PHRASE_ENDS = words("gatherings", "phrase_ends")


def _counted(text: Text, begin: int, end: int) -> bool:
    """Whether a number or "regular" before a meeting makes it one of a series: "their 40th meeting"."""
    return any(w in _SERIAL or (w[0].isdigit() and w[-2:] in _ENDINGS) for w in text.low[begin:end])


def _is_numbered(text: Text, first: int, start: int) -> bool:
    """Whether a number opens a long name of a meeting: "the 15th A-B border mechanism |meeting|"."""
    for k in range(start - 1, max(first, start - 9) - 1, -1):
        word = text.low[k]
        if word[0].isdigit() and word[-2:] in _ENDINGS:
            return start - k > 3
        if word in _PHRASE_ENDS or not (word[0].isalpha() or word == "-"):
            return False
    return False


def _is_called_so(text: Text, first: int, start: int) -> bool:
    """Whether a number and an acronym make a meeting one of a series: "the fourth JCC |meeting|"."""
    k, words = start - 1, text.tokens.words
    return k - 1 > first and words[k].isupper() and words[k].isalpha() and _counted(text, k - 1, k)


def _is_of_named(text: Text, first: int, start: int) -> bool:
    """Whether the name of a board stands before a meeting: "the A-B Trade Council (ABTC) |meeting|"."""
    low, k = text.low, start - 1
    if low[k] == ")":
        k = next((n - 1 for n in range(k - 1, max(first, k - 4), -1) if low[n] == "("), first)
    words = text.tokens.words
    if k <= first or not words[k][0].isupper():
        return False
    return (low[k] in _NAMED and words[k - 1][0].isupper()) or (low[k] in _SITTING and low[k - 1] == "of")


def _is_of_organisation(text: Text, index: int, start: int) -> bool:
    """Whether a name that an organisation begins ends in a meeting: "the NATO Mid-Year Coordination |Meeting|"."""
    organisations, words, k = text.lexicon.authority.organisations, text.tokens.words, start - 1
    lowest = max(text.sentences[index][0], start - _LONGEST_NAME)
    named = text.mentions[index]
    while k >= lowest and (words[k][0].isupper() or text.low[k] in _WITHIN_NAMES or words[k] == "-"):
        here = next((m for m in named if m.start <= k < m.end), None)
        if here is not None:
            return here.type == "body" and here.value in organisations
        k -= 1
    return False


def _whole(m: Mention, organisations: Mapping[str, Organisation]) -> bool:
    """Whether a mention is an organisation or its officers."""
    return (m.type == "body" and m.value in organisations) or any(x.of in organisations for x in m.titles)


def _is_capital(text: Text, first: int, k: int) -> bool:
    """Whether a noun is printed as part of a name: "the 20th A-B Senior Officials' |Meeting|"."""
    return k > first and text.tokens.words[k][0].isupper() and first > 0


def is_sitting(text: Text, index: int, start: int, stop: int) -> bool:
    """Return whether "meeting" in tokens ``[start, stop)`` of a sentence is one of a body.

    "A NATO meeting", "the 5th Meeting of the … Council", "the … Committee held a regular meeting".
    """
    first, last = text.sentences[index]
    low = text.low
    if low[stop - 1] not in _MEETINGS:
        return False
    before = start - 1 - (start - 1 > first and low[start - 1] == "+")
    organisations = text.lexicon.authority.organisations
    if any(m.start <= before < m.end and _whole(m, organisations) for m in text.mentions[index]):
        return True
    if _is_of_organisation(text, index, start):
        return True
    verb = next((k for k in range(start - 1, max(first, start - 5) - 1, -1) if low[k] in _CONVENING), None)
    if verb is not None and (
        _names_organ(text, index, max(first, verb - 20), verb)
        or (
            _counted(text, verb + 1, start)
            and any(_whole(m, organisations) for m in text.mentions[index] if m.end <= verb)
        )
    ):
        return True
    if _is_capital(text, first, stop - 1) and _counted(text, max(first, start - 9), start):
        return True
    if low[start] in _OF_SEVERAL and _counted(text, start - 1, start) and low[stop] in _OWNED:
        return True  # "the third trilateral meeting between A, B and C"
    if _is_numbered(text, first, start) or _is_called_so(text, first, start) or _is_of_named(text, first, start):
        return True
    if low[stop] != "of":
        return False
    after = low[stop + 1 : min(stop + 10, last)]
    ends = next((n for n, word in enumerate(after) if _ends_phrase(word, after[:n])), len(after))
    return not _SITTING.isdisjoint(after[:ends])


def _names_organ(text: Text, index: int, begin: int, stop: int) -> bool:
    """Whether tokens ``[begin, stop)`` tell of a body that sits, and not only of who holds an office in it: "the
    Speaker of |Parliament|"."""
    held = [m for m in text.mentions[index] if m.type in ("person", "office")]
    organs = (k for k in range(begin, stop) if text.low[k] in _ORGANS)
    return any(not any(m.start <= k < m.end for m in held) for k in organs)


def _ends_phrase(word: str, before: list[str]) -> bool:
    """Whether a word ends the phrase that tells whose a meeting is; not so in "of |A's, B's| and C's ministers"."""
    return word in _PHRASE_ENDS and word != "and" and not (word == "," and before[-1:] == ["'s"])


def is_opening(text: Text, told: tuple[int, int], start: int, stop: int) -> bool:
    """Return whether an inauguration in tokens ``[start, stop)`` is of a building: "the embassy was inaugurated".

    ``told`` are the tokens of the sentence without who said it.
    """
    first, last = told
    if not text.low[stop - 1].startswith("inaug") and not text.low[start].startswith("inaug"):
        return False
    around = text.low[max(first, start - 8) : start] + text.low[stop : min(stop + 6, last)]
    return not _BUILDINGS.isdisjoint(around)

"""Sittings: meetings that are gatherings of a body or of many, and no talks of two."""

from kg.language.text import Text
from kg.language.words import words

_MEETINGS = words("gatherings", "sitting_nouns")
_SITTING = words("gatherings", "sitting_bodies")
_ORGANS = words("gatherings", "sitting_organs")
_CONVENING = words("gatherings", "convening")
_PHRASE_ENDS = words("gatherings", "phrase_ends")


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
    if any(m.type == "body" and m.start <= before < m.end and m.value in organisations for m in text.mentions[index]):
        return True
    verb = next((k for k in range(start - 1, max(first, start - 5) - 1, -1) if low[k] in _CONVENING), None)
    if verb is not None and _ORGANS.intersection(low[max(first, verb - 20) : verb]):
        return True
    if low[stop : stop + 1] != ["of"]:
        return False
    after = low[stop + 1 : min(stop + 10, last)]
    ends = next((n for n, word in enumerate(after) if word in _PHRASE_ENDS), len(after))
    return not _SITTING.isdisjoint(after[:ends])

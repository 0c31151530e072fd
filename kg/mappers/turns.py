"""Turns: who speaks and who is spoken to, where an article prints what two people said to each other."""

from typing import NamedTuple

from kg.language.text import Mention, Text
from kg.language.words import words

_NAMING = words("offices", "joins_in_names") | {"the"}
_LONGEST = 24
"""Tokens between the name of who speaks and the colon: name and office once more, "(retranslated)"."""
_HEADING = 6
"""Tokens of a heading that may run into the name: "Beginning of the talks |President of X NAME|: Good afternoon"."""
_SAID = words("grammar", "said_verbs")


class Turn(NamedTuple):
    """Two people of the register."""

    speaker: int
    addressee: int


def find_turns(text: Text) -> dict[int, Turn]:
    """Return by sentence who says it to whom, in an article that prints the words of two, each behind the name."""
    if ":" not in text.vocabulary:
        return {}
    begun = {k: named for k in range(len(text.sentences)) if (named := _speaker(text, k)) is not None}
    speakers = set(begun.values())
    if len(speakers) != 2:
        return {}
    one, two = speakers
    other = {one: two, two: one}
    turns: dict[int, Turn] = {}
    who: int | None = None
    for k in range(len(text.sentences)):
        who = begun.get(k, who)
        if who is not None:
            turns[k] = Turn(who, other[who])
    return turns


def _speaker(text: Text, index: int) -> int | None:
    """Whose words a sentence begins: "President of X NAME: Good afternoon"."""
    first, last = text.sentences[index]
    low = text.low
    named = next((m for m in text.mentions[index] if m.type == "person"), None)
    if named is None or named.person < 0 or named.start > first + _HEADING:
        return None
    if named.start > first + 1 and (low[named.end] != ":" or not _SAID.isdisjoint(low[first : named.start])):
        return None
    colon = next((k for k in range(named.end, min(last - 1, named.end + _LONGEST)) if low[k] == ":"), None)
    return named.person if colon is not None and _only_named(text, named, colon) else None


def _only_named(text: Text, named: Mention, colon: int) -> bool:
    """Whether nothing but names, and something in brackets, stands between a name and a colon."""
    within = False
    for k in range(named.end, colon):
        word = text.tokens.words[k]
        within = word == "(" or (within and word != ")")
        if not (within or word in "()" or word[0].isupper() or text.low[k] in _NAMING):
            return False
    return True

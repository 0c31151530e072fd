"""Turns: who speaks and who is spoken to, where an article prints what two people said to each other."""

from typing import NamedTuple

from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.person import Register

_NAMING = words("offices", "joins_in_names") | {"the"}
_LONGEST = 24
"""Tokens between the name of who speaks and the colon: name and office once more, "(retranslated)"."""
_HEADING = 6
"""Tokens of a heading that may run into the name: "Beginning of the talks |President of X NAME|: Good afternoon"."""
_SAID = words("grammar", "said_verbs")
_I, _YOU = words("turns", "speaker"), words("turns", "addressee")
_OURS, _YOURS = words("turns", "speakers_own"), words("turns", "addressees_own")
_LANDS = words("turns", "lands")
_GREETING, _COMING = words("turns", "greeting"), words("turns", "coming")
_BESIDE = words("turns", "beside_places")


class Turn(NamedTuple):
    """Two people of the register, and the token from which the words are the speaker's."""

    speaker: int
    addressee: int
    start: int


def find_turns(text: Text) -> dict[int, Turn]:
    """Return by sentence who says it to whom, in an article that prints the words of two, each behind the name."""
    if ":" not in text.vocabulary:
        return {}
    begun = {k: named for k in range(len(text.sentences)) if (named := _speaker(text, k)) is not None}
    speakers = {who for who, _ in begun.values()}
    if len(speakers) != 2:
        return {}
    one, two = speakers
    other = {one: two, two: one}
    turns: dict[int, Turn] = {}
    who: int | None = None
    for k, (first, _) in enumerate(text.sentences):
        who, start = begun.get(k, (who, first))
        if who is not None:
            turns[k] = Turn(who, other[who], start)
    return turns


def spoken_of(text: Text, index: int, turn: Turn, register: Register) -> list[Mention]:
    """Return the mentions of a sentence, those for "I" and "you", "our country" and "your country" among them."""
    row = text.mentions[index]
    taken = {n for m in row for n in range(m.start, m.end)}
    free = (n for n in range(turn.start, text.sentences[index][1]) if n not in taken)
    return sorted([*row, *(m for n in free for m in _meant(text, n, turn, register))], key=lambda m: m.start)


def find_guest(text: Text, turns: dict[int, Turn], register: Register) -> tuple[int, Mention, int] | None:
    """Return whom a host greets in his own country, the place he names, and the sentence: "see you here in |Tunis|"."""
    for k, turn in turns.items():
        host, last = register.country_of(turn.speaker), text.sentences[k][1]
        if host is None or register.country_of(turn.addressee) in (host, None):
            continue
        for n in range(turn.start, last - 2):
            greeted = text.low[n] in _YOU and text.low[n - 1] in _GREETING
            if not greeted and not (text.low[n] in _COMING and _YOU & set(text.low[n - 2 : n])):
                continue
            at = next((m for m in range(n + 1, min(n + 5, last - 1)) if text.low[m] not in _BESIDE), last)
            where = next((m for m in text.mentions[k] if m.start == at and m.is_where), None)
            if at > n + 1 and where is not None and text.lexicon.country_of(where.value) == host:
                return turn.addressee, where, k
    return None


def _meant(text: Text, n: int, turn: Turn, register: Register) -> list[Mention]:
    """Whom or what the word at a token stands for: at most one."""
    word = text.low[n]
    if word in _I or word in _YOU:
        return [Mention("person", n, n + 1, person=turn.speaker if word in _I else turn.addressee)]
    if (word in _OURS or word in _YOURS) and text.low[n + 1] in _LANDS:
        land = register.country_of(turn.speaker if word in _OURS else turn.addressee)
        return [Mention("body", n, n + 2, value=land)] if land else []
    return []


def _speaker(text: Text, index: int) -> tuple[int, int] | None:
    """Whose words a sentence begins, and where: "President of X NAME: |Good afternoon"."""
    first, last = text.sentences[index]
    low = text.low
    named = next((m for m in text.mentions[index] if m.type == "person"), None)
    if named is not None and (behind := _run_on(text, index)) is not None:
        return behind
    if named is None or named.person < 0 or named.start > first + _HEADING:
        return None
    if named.start > first + 1 and (low[named.end] != ":" or not _SAID.isdisjoint(low[first : named.start])):
        return None
    colon = next((k for k in range(named.end, min(last - 1, named.end + _LONGEST)) if low[k] == ":"), None)
    return (named.person, colon + 1) if colon is not None and _only_named(text, named, colon) else None


def _run_on(text: Text, index: int) -> tuple[int, int] | None:
    """Who speaks behind a headline that runs on, or stars: "Talks with President X |President of Y NAME:| Good day"."""
    first, before = text.sentences[index][0], -1
    for m in text.mentions[index]:
        if m.type != "person" or m.person < 0:
            continue
        named = text.low[m.end] == ":" and m.titles and text.tokens.words[m.end + 1][:1].isupper()
        if named and (m.start == before or "*" in text.low[first : m.start]):
            return m.person, m.end + 1
        before = m.end
    return None


def _only_named(text: Text, named: Mention, colon: int) -> bool:
    """Whether nothing but names, and something in brackets, stands between a name and a colon."""
    within = False
    for k in range(named.end, colon):
        word = text.tokens.words[k]
        within = word == "(" or (within and word != ")")
        if not (within or word in "()" or word[0].isupper() or text.low[k] in _NAMING):
            return False
    return True

"""Authors: who says "I" in a text that is somebody's own — a statement, a letter, a message."""

from kg.language.text import Text
from kg.language.words import words
from kg.mappers.person import Register

_I = words("acts", "first_person_singular")
_OF_AUTHORS = words("grammar", "before_authors")
_WRITINGS = words("grammar", "own_writings")
_NEAR = 2


def find_author(text: Text, register: Register) -> int | None:
    """Return who speaks of himself as "I" from end to end of an article, if its headline or signature says who."""
    if not text.sentences or text.vocabulary.isdisjoint(_I):
        return None
    named = _in_headline(text)
    return named if named is not None else _signed(text, register)


def _in_headline(text: Text) -> int | None:
    """Whose the words are: "Statement by |President X| on …", "Letter from …"."""
    if text.article.title is None:
        return None
    first, last = text.sentences[0]
    lead = text.low[first : min(last, first + 1 + _NEAR)]
    by = next((n for n, word in enumerate(lead) if n and word in _OF_AUTHORS), 0)
    if _WRITINGS.isdisjoint(lead[:by]):
        return None
    near = [m for m in text.mentions[0] if m.type == "person" and 0 < m.start - first - by <= 1 + _NEAR]
    alone = len(near) == 1 and text.low[near[0].end] != "and"
    return near[0].person if alone and near[0].person >= 0 else None


def _signed(text: Text, register: Register) -> int | None:
    """Whose name alone closes the text: "Sincerely, JOSEPH R. BIDEN JR."."""
    for index in range(len(text.sentences) - 1, max(0, len(text.sentences) - 3), -1):
        first, last = text.sentences[index]
        named = [m for m in text.mentions[index] if m.type == "person" and m.person >= 0]
        if len(named) == 1 and last - named[0].end <= 1 and named[0].start - first <= _NEAR:
            return named[0].person
    return None

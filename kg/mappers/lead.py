"""The lead: the sentences at the top of an article, which tell its news."""

import itertools
from datetime import timedelta

from kg.language.dates import When, parse_day
from kg.language.lexicon import EVENTS
from kg.language.text import Text
from kg.language.words import words

_AFTER = words("grammar", "afterwards")
_CAUSES = tuple(f"{phrase} " for phrase in sorted(words("grammar", "cause_openings")))
_ORGANS = words("grammar", "speaking_organs")
_WHO = "who"
NEAR_THE_TOP = 4
"""How many sentences, of which the last only begins there."""
FRESH = 31
"""For how many days something is news."""
TOPICS = ("coercion", "aid", "relations")
"""Kinds told to explain the news rather than as the news."""
_OF_A_WEEK = "week-of-publication"
_BESIDE_NEWS = "counted-from-date"
"""How a day is given that is not that of the news: "comes |a day after| X met Y"."""


def lead_sentences(text: Text) -> int:
    """Return how many sentences at the top tell the news: the headline and the first of the body."""
    count = 2 if text.article.title else 1
    if len(text.sentences) > count:
        first, last = text.sentences[count - 1]
        where = any(m.is_where and m.start == first and m.end >= last - 1 for m in text.mentions[count - 1])
        count += where  # "Dar es Salaam. President X arrived"
        count += not where and not text.article.title and _only_sets_scene(text, count - 1)
    return min(len(text.sentences), count)


def _only_sets_scene(text: Text, k: int) -> bool:
    """Whether a sentence names nobody and tells no event: "Rain fell in the morning. President X arrived"."""
    first, last = text.sentences[k]
    if any(m.type != "place" for m in text.mentions[k]) or not _ORGANS.isdisjoint(text.low[first:last]):
        return False
    begin, end = text.spans[k]
    if text.low[last - 1] != ".":
        return False
    near = (hit for hit in text.layers[EVENTS] if hit.start >= begin)
    return not any(hit.start < end for hit in itertools.islice(near, 1))


def early_end(text: Text) -> int:
    """Return the offset up to which sentences are near the top."""
    near = text.sentences[:NEAR_THE_TOP]
    return text.tokens.starts[near[-1][0]] if near else 0


def day_of_lead(text: Text, published: str | None) -> When | None:
    """Return the day, of the last week, that the first sentences give for what they tell."""
    return next(iter(fresh_days(text, range(lead_sentences(text)), published)), None)


def fresh_days(text: Text, sentences: range, published: str | None, *, lasting: bool = False) -> list[When]:
    """Return the days of the last week that sentences give for what they tell; ``lasting``: several in a row too."""
    day = parse_day(published or "")
    if day is None:
        return []
    week = (day - timedelta(days=7)).isoformat()
    given = (w for k in sentences for w in text.dates(*text.spans[k], published) if w.rule != _BESIDE_NEWS)
    days = (w for w in given if len(w.value) == 10 or (lasting and len(w.value) == 21 and w.rule != _OF_A_WEEK))
    return [w for w in days if week < w.value[:10] <= (published or "") and not _of_what_came_before(text, w)]


def _of_what_came_before(text: Text, when: When) -> bool:
    """Whether a day is of what the news is told to follow, or of somebody: "After the talks |of May 2|, X sent"."""
    day = text.token_at(when.start)
    first, last = text.sentences[text.sentence_of(day)]
    who = next((k for k in range(day - 1, first, -1) if text.low[k] in (_WHO, ",")), first)
    if text.low[who] == _WHO:
        return True  # "welcomed X, |who arrived on Monday|"
    if text.low[text.token_at(when.end)] == "'s":
        return True  # "spoke of |yesterday's| attack"
    opened = text.low[first] in _AFTER or text.folded.startswith(_CAUSES, text.tokens.starts[first])
    return opened and "," in text.low[day:last]

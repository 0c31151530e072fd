"""Ties: phrases on what becomes of relations, put together of a verb or noun and "relations", "ties" …

"Cut off all diplomatic ties", "ties … have been raised to", "the restoration of the diplomatic relations": too many to
list, so they are found by their parts, a class of the lexicon for each kind of change.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from kg.language.lexicon import EVENTS, Hit, Sense
from kg.language.text import Text
from kg.language.words import words

_KINDS = ("establishment", "restoration", "severance", "upgrade", "downgrade")
_ACTS = {word: kind for kind in _KINDS for word in words("relations", kind)}
_MISSIONS = words("grammar", "posts")
_OF_MISSIONS = {word: kind for kind in _KINDS for word in words("embassies", kind)}
_PARTICIPLES = words("relations", "participles") | words("embassies", "participles")
_PARTS = words("embassies", "parts")
_DATING = words("relations", "dating_verbs")
_NOUNS = words("relations", "nouns")
_RANKED = words("relations", "ranked_nouns")
_INNER = words("relations", "before_nouns")
_CLOSE = words("relations", "close")
_TRADE = words("relations", "trade")
_ENVOYS = words("relations", "of_envoys")
_BEING = words("acts", "passive_auxiliaries")
_RESOLVES = words("relations", "before_infinitives")
_BREAKS = words("relations", "phrase_breaks")
_INSTRUMENTS = words("relations", "founding_instruments")
_TELLING = words("relations", "before_gerunds")
_GRADUAL = words("relations", "gradual")
_BEHIND_PARTICIPLES = words("relations", "behind_participles")
_UP_AND_OFF = words("relations", "behind_verbs")
_OF_MUCH = words("relations", "of_much")
_KEEPING = words("relations", "keeping")
_LEVELS = words("relations", "levels")
_PARTNERS = words("relations", "partners")
_RANKS = words("grammar", "partnership_ranks")
_PLURALS = ("were", "have", "had")
_SINGULARS = ("was", "has", "had")
_WHICH = ("which", "that")
_REACH = 9
_RIVALS = ("relations", "coercion")
_begins = attrgetter("start")


def find_ties(text: Text, known: list[Hit]) -> list[Hit]:
    """Return the ``known`` phrases of an article's events with those that tell a change of relations.

    A known phrase of no certain kind ("diplomatic relations"), or within a longer one, gives way to it.
    """
    nouns = (_NOUNS | _MISSIONS) & text.vocabulary
    partners = _PARTNERS & text.vocabulary
    if not nouns and not partners:
        return known
    found = [hit for k, word in enumerate(text.low) if word in nouns for hit in _around(text, k)]
    if partners and "since" in text.vocabulary:
        found = sorted(found + list(_partners_since(text)), key=_begins)
    if not found:
        return known
    starts = [hit.start for hit in known]
    kinds = text.lexicon.event_kinds
    added: list[Hit] = []
    gone: set[int] = set()
    for new in found:
        near = range(max(0, bisect_right(starts, new.start) - 1), bisect_left(starts, new.end))
        rivals = [n for n in near if _overlap(known[n], new) and kinds[known[n].sense.value].top in _RIVALS]
        if (added and _overlap(added[-1], new)) or not all(_gives_way(known[n], new) for n in rivals):
            continue
        gone.update(rivals)
        added.append(new)
    kept = [hit for n, hit in enumerate(known) if n not in gone]
    return sorted(kept + added, key=lambda hit: hit.start)


def _partners_since(text: Text) -> Iterator[Hit]:
    """What is told of those who are partners of a rank since a year: "have been strategic |partners since 2019|"."""
    low = text.low
    for k, word in enumerate(low):
        if word == "since" and low[k - 1] in _PARTNERS and low[k - 2] in _RANKS and low[k + 1].isdigit():
            yield _hit(text, k - 2, k, "establishment", "predicate")


def _gives_way(hit: Hit, new: Hit) -> bool:
    if hit.sense.value == "coercion":
        return new.start <= hit.start and hit.end <= new.end  # "severed diplomatic and trade relations"
    return hit.sense.value == "relations" or (hit.sense.value == new.sense.value and new.start < hit.start)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _around(text: Text, k: int) -> Iterator[Hit]:
    """What is told of the relations that the noun at token ``k`` names: before it, else behind it."""
    first, last = text.sentences[text.sentence_of(k)]
    begin = _phrase_start(text, first, k)
    if not _TRADE.isdisjoint(text.low[begin:k]) and _ENVOYS.isdisjoint(text.low[begin:k]):
        return  # "cut trade ties" severs no relations
    mission = text.low[k] in _MISSIONS
    acts = _OF_MISSIONS if mission else _ACTS
    act = _act_before(text, first, begin, acts)
    if act is not None and _fits(text, begin, k, act[1], text.low[act[3]]):
        start, kind, predicate, _ = act
        yield _hit(text, start, k + 1, kind, "predicate" if predicate else "noun")
        begin = k + 1  # what a relative clause says beside
    elif _kept_since(text, first, begin, k):
        yield _hit(text, begin - 1, k + 1, "establishment", "predicate")
        return
    elif begin > first and text.text[text.tokens.starts[k]].isupper() and not mission:
        return  # "the Committee on Foreign Relations"
    elif not mission and (stop := _dated_back(text, k, last)):
        yield _hit(text, begin, stop, "establishment", "predicate")
        return
    done = _act_behind(text, k, acts, min(last - 1, k + 2 + _REACH * 2))
    if done is not None and _fits(text, min(begin, k), k, done[2], text.low[done[1] - 1]):
        start, stop, kind = done
        if begin <= k or start > k:
            yield _hit(text, begin if begin <= k else start, stop, kind, "predicate")


def _kept_since(text: Text, first: int, begin: int, k: int) -> bool:
    """Whether relations are told to have been kept since a year, which is that of their beginning."""
    low = text.low
    if begin <= first or low[begin - 1] not in _KEEPING or _ENVOYS.isdisjoint(low[begin:k]):
        return False
    return any(a == "since" and b.isdigit() and len(b) == 4 for a, b in pairwise(low[k + 1 : k + _REACH]))


def _fits(text: Text, begin: int, k: int, kind: str, verb: str) -> bool:
    """Whether what the noun at ``k`` names can change so: many a relationship ends that is none of states."""
    if text.low[k] in _MISSIONS:
        return text.low[k + 1] not in _PARTS  # "opened the embassy's new building"
    called = text.low[begin:k]
    close = not _CLOSE.isdisjoint(called)
    if verb in _OF_MUCH and not close and _ENVOYS.isdisjoint(called):
        return False
    return text.low[k] not in _RANKED or kind in ("upgrade", "downgrade") or (close and kind == "establishment")


def _hit(text: Text, start: int, stop: int, kind: str, sort: str) -> Hit:
    return Hit(text.tokens.starts[start], text.tokens.end(stop - 1), Sense(EVENTS, sort, kind))


def _phrase_start(text: Text, first: int, k: int) -> int:
    """The first token of the noun phrase that ends at ``k``: "all its diplomatic ties", "U.S.-Cuba relations"."""
    mentions = text.mentions[text.sentence_of(k)]
    near = mentions[bisect_left(mentions, k - _REACH, key=_begins) : bisect_left(mentions, k, key=_begins)]
    bodies = {n for m in near if m.type == "body" for n in range(m.start, m.end)}
    start = k
    while start > first and k - start < _REACH and (text.low[start - 1] in _INNER or start - 1 in bodies):
        start -= 1
    return start


def _dated_back(text: Text, k: int, last: int) -> int:
    """The token behind "date back", said of relations, which began in the year that follows; 0 where it is not."""
    low = text.low
    verb = next((n for n in range(k + 1, min(last - 3, k + _REACH)) if low[n] in _DATING), 0)
    return verb + 2 if verb and low[verb + 1] == "back" and low[verb + 3].isdigit() else 0


def _act_before(text: Text, first: int, begin: int, acts: dict[str, str]) -> tuple[int, str, bool, int] | None:
    """The verb or noun right before a noun phrase: where that is told from, its kind, if a verb, and itself."""
    low = text.low
    k = begin - 1
    of = k > first and low[k] == "of"
    k -= of
    if of and k > first + 1 and low[k] in _LEVELS and low[k - 1] == "the":
        k, of = k - 2, False
    if k > first and low[k] in _UP_AND_OFF:
        k -= 1
    kind = acts.get(low[k]) if k >= first else None
    if kind is None or (of and low[k] in _PARTICIPLES):
        return None
    if low[k].endswith("ing") and not of and not _goes_on(text, first, k, kind):
        return None
    return _resolve(text, first, k), kind, not of, k


def _goes_on(text: Text, first: int, k: int, kind: str) -> bool:
    """Whether a form in "-ing" tells what is done ("is breaking off", "after restoring"), not what is talked of."""
    before = text.low[k - 1] if k > first else ""
    return before in _TELLING or (before in _BEING and kind not in _GRADUAL)


def _resolve(text: Text, first: int, k: int) -> int:
    """The token where a resolve to do what the verb at ``k`` says begins ("agreed to", "the decision of X to").

    What somebody agreed or decided to do is told as done.
    """
    low = text.low
    if k <= first or low[k - 1] != "to":
        return k
    for n in range(k - 2, max(first, k - 9) - 1, -1):
        if low[n] in _RESOLVES or low[n] in _INSTRUMENTS:
            return n if n == k - 2 and low[n] not in _INSTRUMENTS else k - 1
        if low[n] in _BREAKS:
            break
    return k


def _act_behind(text: Text, k: int, acts: dict[str, str], last: int) -> tuple[int, int, str] | None:
    """The participle behind "relations … were" or right behind "relations": where it begins, its end, and its kind.

    It may stand apart: "ties, which were cut in 2016", "relations between X and Y, established in 1975".
    """
    low = text.low
    start, n = k, k + 1
    if (low[k + 2] in _WHICH and low[k + 1] == ",") or low[k + 1] == "that":
        done = next((j for j in range(k + 4, min(last, k + 9)) if low[j] in acts and low[j] in _PARTICIPLES), k)
        if done > k and low[done - 1] not in _BEING and "," not in low[k + 3 : done]:
            return done, done + 1, acts[low[done]]  # "the partnership, which the two |established| in 2019"
    while n < last:
        word = low[n]
        if word in _PARTICIPLES and word in acts:
            before = next((low[j] for j in range(n - 1, k, -1) if not low[j].endswith("ly")), "")
            apart = start > k and n == start
            told = before in _BEING or ((n == k + 1 or apart) and low[n + 1] in _BEHIND_PARTICIPLES)
            return (start, n + 1, acts[word]) if told else None
        if word in (",", "(") and start == k and (begin := _clause_beside(text, k, n)):
            start = n + 1
            n = begin
            continue
        if word in _BREAKS:
            return None
        n += 1
    return None


def _clause_beside(text: Text, k: int, comma: int) -> int | None:
    """Where a clause goes on that tells, behind a comma, of the relations at ``k`` and of nobody named after them."""
    low = text.low
    if low[comma + 1] in _WHICH and low[comma + 2] in _PLURALS + _SINGULARS:
        return comma + 2 if low[comma + 2] in (_PLURALS if low[k].endswith("s") else _SINGULARS) else None
    between = comma == k + 1 or "between" in low[k + 1 : comma]
    own = low[comma + 1] in _PARTICIPLES and (between or _ACTS.get(low[comma + 1]) != "establishment")
    return comma + 1 if own else None

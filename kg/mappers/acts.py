"""Acts: what the words right around a verb or noun tell of it — voice, object, and the date that is its own."""

from kg.language.dates import When
from kg.language.words import words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.groups import Group

_PASSIVE = words("acts", "passive_auxiliaries")
_BETWEEN = words("acts", "between_auxiliary_and_participle")
_BEFORE_PLAIN = words("acts", "before_plain_verbs")
_AFTER_NOUNS = words("acts", "after_nouns")
_DATE_BARRIERS = words("acts", "before_no_date")
_OBJECT_BARRIERS = words("acts", "before_no_object")


def passive(s: Sentence, t: Trigger) -> bool:
    """Whether the verb of a phrase is in the passive: "was duly elected", "has been appointed"."""
    low = s.text.low
    if any(word in _PASSIVE for word in low[t.start : t.end - 1]):
        return True
    k = t.start - 1
    while k > s.first and (low[k] in _BETWEEN or low[k].endswith("ly")):
        k -= 1
    return k >= s.first and low[k] in _PASSIVE


def verbal(s: Sentence, t: Trigger) -> bool:
    """Whether a lone form that may be noun or verb ("attacks", "fire") is the verb, by the words beside it."""
    word = s.text.low[t.start]
    if not t.predicate or t.end - t.start > 1 or word.endswith("ed") or word in s.lex.verbs:
        return t.predicate
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    if before in _BEFORE_PLAIN or before.endswith("ly"):
        return not word.endswith("s")
    behind = s.text.low[t.end] if t.end < s.last else ""
    return behind not in _AFTER_NOUNS and any(
        g.end == t.start and not (g.mentions[-1].type == "body" and g.mentions[-1].adjective) for g in s.groups
    )


def first_object(s: Sentence, t: Trigger, reach: int = 8) -> Group | None:
    """The person or office next behind a verb, with those in the same row; ``None`` where something parts them."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.start < t.start or m.end <= t.end or m.type not in ("person", "office") or m.predicative:
            continue  # a title may have swallowed the verb: "parliament elected Speaker NAME"
        gap = low[t.end : m.start]
        if len(gap) > reach or any(word in _OBJECT_BARRIERS for word in gap):
            return None
        return next((g for g in s.groups if g.start <= m.start < g.end), Group(m.start, m.end, [m]))
    return None


def own_date(s: Sentence, t: Trigger, reach: int = 24) -> When | None:
    """The date of what a noun names: right before it ("the March 12 election"), or behind it in the same phrase."""
    low = s.text.low
    best: When | None = None
    for when in s.whens:
        first, last = s.text.token_at(when.start), s.text.token_at(when.end)
        if last <= t.start:
            if t.start - last <= 3 and all(word.isalpha() for word in low[last : t.start]):
                best = when
        elif first >= t.end:
            gap = low[t.end : first]
            parted = any(word in _DATE_BARRIERS for word in gap) or any(
                x is not t and t.end <= x.start < first and x.top != t.top for x in s.triggers
            )
            return best if len(gap) > reach or parted else best or when
    return best

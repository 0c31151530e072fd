"""Negation: what is told not to have been, or to depend on something else."""

from itertools import pairwise

from kg.language.words import words
from kg.mappers.background import word_before
from kg.mappers.clauses import Sentence, Trigger

_NOBODY = words("negation", "nobody")
_INVERTED = words("negation", "inverted")
_IN_PLACE_OF = words("negation", "in_place_of")
_ALL_BUT = words("negation", "all_but")
_DENYING = words("grammar", "denying_verbs") | words("negation", "doubting")
_UNTRUE = words("negation", "untrue")
_CONDITIONS = words("negation", "conditions")
_PROVISOS = words("negation", "provisos")
_BEGIN_PROVISOS = frozenset(proviso.split()[0] for proviso in _PROVISOS)
_DENIALS = words("grammar", "denials")
_TRUE = ("true", "case")
_BEING = words("grammar", "passive_helpers")
_RELATIVES = words("grammar", "relative_pronouns")
_ACTING = ("person", "office", "body", "he", "group")
_NO_LONGER = ("no", "longer")
_CHANGES = ("appointment", "relations", "coercion")
_BEFORE_IF = words("negation", "before_if")
_YET_TO = ("yet", "to")
_NEAR_BEHIND = 12
"""Tokens behind a noun in which it may be told not to have come about yet."""
_NEAR = 5
"""Tokens before a clause in which it may be denied."""


def is_denied(s: Sentence, t: Trigger) -> bool:
    """Return whether a clause denies or doubts an event: "Neither X nor Y |met|", "denied that", "almost |signed|"."""
    low, first = s.text.low, s.clause_start(t.start)
    if first > s.first and low[first - 1] == "that" and _is_doubted(s, t, first):
        return True
    if any(p.end == t.start and p.determiner in _DENIALS for p in s.context.instruments.get(s.index, ())):
        return True  # "|No agreement| was signed"
    if low[t.start].endswith("ing") and " ".join(low[max(s.first, t.start - 2) : t.start]) in _IN_PLACE_OF:
        return True
    if not t.predicate:
        behind = low[t.end : s.clause_end(t.end)][:_NEAR_BEHIND] if _YET_TO[0] in s.text.vocabulary else []
        return _YET_TO in pairwise(behind)  # "The talks have |yet to| begin"
    if low[t.start - 1] == "having" and t.start - 2 > s.first and low[t.start - 2] in _DENYING:
        return True  # "denied having closed"
    if word_before(s, t) in _ALL_BUT or (t.start > s.first and low[t.start - 1] in _ALL_BUT):
        return True
    if _NO_LONGER[1] in s.text.vocabulary and _NO_LONGER in pairwise(low[first : t.start]):
        return True  # "no longer plans to visit"
    if low[first] in _NOBODY or low[first : first + 2] == ["no", "one"]:
        return _RELATIVES.isdisjoint(low[first : t.start])  # not so "None of those who met X"
    return _is_inverted(s, t, first)


def _is_doubted(s: Sentence, t: Trigger, first: int) -> bool:
    """Whether what stands before "that", or behind the event, denies it: "the claim that X met Y |is false|"."""
    low = s.text.low
    before = low[max(s.first, first - _NEAR) : first]
    if not _DENYING.isdisjoint(before) or (not _DENIALS.isdisjoint(before) and not set(_TRUE).isdisjoint(before)):
        return True
    return any(low[k] in _BEING and low[k + 1] in _UNTRUE for k in range(t.end, s.last - 1))


def _is_inverted(s: Sentence, t: Trigger, first: int) -> bool:
    """Whether a clause tells by its order what did not come about: "|Had X| met Y, the war would have ended"."""
    low = s.text.low
    if low[first] not in _INVERTED or first + 1 >= t.start:
        return False
    begin = first + 1 + (low[first + 1] == "the")
    return any(g.start == begin and g.mentions[0].type in _ACTING for g in s.groups)


def is_supposed(s: Sentence, t: Trigger) -> bool:
    """Return whether an event is only the condition that opens a sentence: "|If X imposes sanctions|, Y will"."""
    low = s.text.low
    return low[s.first] in _CONDITIONS and "," in low[t.end : s.last] and "," not in low[s.first : t.start]


def is_conditional(s: Sentence, t: Trigger) -> bool:
    """Return whether what is planned depends on something: "|If| X does this, Y will", "will go |unless|"."""
    low = s.text.low
    if low[s.first] in _CONDITIONS and "," in low[s.first : t.start]:
        return True
    rest = low[t.end : s.last]
    if t.top in _CHANGES and rest[:1] == ["should"]:
        return True  # "could be replaced |should the inquiry| find fault"
    if t.top in _CHANGES and any(
        word == "if" and before not in _BEFORE_IF for before, word in pairwise(low[t.end - 1 : s.last])
    ):
        return True  # "is expected to be replaced |if| the budget falls"
    if _BEGIN_PROVISOS.isdisjoint(rest):
        return False
    return any(word in _PROVISOS or f"{word} {behind}" in _PROVISOS for word, behind in pairwise(rest))

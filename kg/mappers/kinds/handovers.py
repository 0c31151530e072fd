"""Handovers: a post told as what changes hands — "the post went to X", "X was handed the portfolio", "X lost her job".

The verbs are those of giving, taking, moving and leaving anything; that it is an office which changes hands is told by
the noun for a post, and by what stands around that noun.
"""

from kg.language.words import words
from kg.mappers.acts import first_object, passive
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.groups import Group
from kg.mappers.reference import resolved

_GIVING = words("posts", "giving")
_GOING = words("posts", "going")
_TAKING = words("posts", "taking")
_LEAVING = words("posts", "leaving")
_PUTTING = words("posts", "putting")
_MAKING = words("posts", "making")
_ENTERING = words("posts", "entering")
_BEING = words("posts", "being")
_TERMS = words("posts", "terms")
_COUNTING_TERMS = words("posts", "counting_terms")
_WINNERS = words("posts", "winners")
_NOUNS = words("posts", "nouns")
_MINISTRIES = words("posts", "ministries")
_ALONE = words("posts", "told_alone")
_OF = words("posts", "before_offices")
_WHICH = words("posts", "adjectives")
_INTO = words("posts", "into")
_CABINETS = words("deeds", "cabinets") | words("deeds", "chairs") | {"head"}
_SITTINGS = words("posts", "sittings")
_OWN = words("groups", "own")
_POSSESSIVES = ("'s", "'", "’s")
_FIELDS = words("deeds", "portfolios_told")
_PLACES = words("deeds", "place")
_CLOSING = frozenset((",", ".", ";", "and", "while", "from", "in", "on", "after"))
_BESIDE = 5
"""Tokens that may stand between a noun for a post and the office it is of, to either side."""
_REACH = 14
_TO_OFFICE = 9
_TO_VERB = 4
_VOTE = "election"
_APART = ("'s", ",", "on")


def is_handover(s: Sentence, t: Trigger) -> bool:
    """Return whether a lone verb is one by which a post may change hands."""
    verb = s.text.low[t.start]
    if t.end - t.start > 1 or (t.kind == _VOTE and verb in _LEAVING):
        return False  # not "lost the election"
    return any(verb in verbs for verbs in (_GIVING, _GOING, _TAKING, _LEAVING, _PUTTING, _MAKING, _ENTERING, _BEING))


def gives(s: Sentence, t: Trigger) -> bool:
    """Return whether a post is given by the verb's subject to somebody else."""
    verb = s.text.low[t.start]
    if t.end - t.start > 1 or passive(s, t):
        return False
    left = verb in _LEAVING and "up" in s.text.low[t.end : t.end + 2]
    return (verb in _GIVING or verb in _PUTTING or verb in _MAKING) and not left


def is_named(s: Sentence, t: Trigger) -> bool:
    """Return whether "will be" tells who was chosen: "X will be the next ambassador"."""
    return t.end - t.start == 1 and s.text.low[t.start] in _BEING


def find_taker(s: Sentence, t: Trigger, args: Arguments) -> Group | None:
    """Return who gets or leaves the post that changes hands, if it is one."""
    low, verb = s.text.low, s.text.low[t.start]
    subject = None if _state_acts(s, t) else _named(args.get("subject", []))
    if verb in _MAKING:
        return _made(s, t, subject)
    if (field := _field(s, t)) is not None:
        return subject if field else None
    if verb in _PUTTING:
        return _moved(s, t, subject)
    if verb in _BEING:
        told = low[t.start - 2] != "who"  # not "X, who will be the next minister, met Y"
        here = s.text.mentions[s.index]
        held = next((m for m in here if m.type == "person" and m.name and 0 <= m.name[0] - t.end < _TO_VERB), None)
        if held is not None and any(title.start < t.start for title in held.titles):
            return Group(held.start, held.end, [held])  # "the next minister will be |X|"
        return subject if told and _said(s, t, _BESIDE + 1) else None
    if verb in _ENTERING:
        return subject if not verb.endswith("ing") and _as_officer(s, t.end, min(s.last, t.end + _REACH)) else None
    if low[t.start - 1] in _FIELDS and verb in _GOING:
        return _behind(s, t.end, "to")  # "|Defence| goes to X"
    if _places(s, t):
        return _named(args.get("by", [])) if passive(s, t) else subject
    before = _post(s, s.clause_start(t.start), t.start)
    if verb in _GOING:
        return _behind(s, t.end, "to") if before else None
    behind = _post(s, t.end, min(s.last, t.end + _REACH))
    if gives(s, t):
        return (_dative(s, t, behind) or _behind(s, behind, "to")) if behind else None
    if verb in _GIVING and before and (given := _behind(s, t.end, "to")):
        return given
    return subject if behind else None


def _field(s: Sentence, t: Trigger) -> bool | None:
    """Whether a portfolio told by its field alone is what a verb of taking takes: "gets |Defence|", not "took defence
    measures"; ``None`` where no field stands there."""
    low = s.text.low
    k = t.end + (low[t.end] in _INTO) + (low[t.end] == "over")
    if k >= s.last or low[k] not in _FIELDS or s.text.low[t.start] not in _TAKING | _PUTTING:
        return None
    return k + 1 >= s.last or low[k + 1] in _CLOSING


def _places(s: Sentence, t: Trigger) -> bool:
    """Whether it is somebody's place that is taken: "|her place| is taken by X", "X takes |her place|"."""
    low = s.text.low
    near = range(max(s.first, t.start - 4), min(s.last, t.end + 6))
    return any(low[k] in _PLACES and low[k - 1] in _OWN for k in near)


def _state_acts(s: Sentence, t: Trigger) -> bool:
    """Whether a state or body stands right before a verb and its auxiliaries: "as |Spain prepares to| assume"."""
    low, begin = s.text.low, s.clause_start(t.start)
    before = next((g for g in reversed(s.groups) if begin <= g.start and g.end <= t.start), None)
    if before is None or any(m.type != "body" for m in before.mentions) or low[before.start - 1] == "of":
        return False
    return t.start - before.end < _TO_VERB and before.mentions[-1].organ is False and low[before.end] not in _APART


def _made(s: Sentence, t: Trigger, subject: Group | None) -> Group | None:
    """Who is made something: "made |X| minister", "|X| was made minister"."""
    if passive(s, t):
        return subject if _said(s, t, 4) else None
    made = [m for m in s.text.mentions[s.index] if m.type == "person" and 0 <= m.start - t.end < 2 and m.name]
    won = [m for m in made if not _WINNERS.isdisjoint(s.text.low[m.end : m.end + 3])]
    who = next((m for m in won or made if won or any(x.start >= (m.name or (0, 0))[1] for x in m.titles)), None)
    return Group(who.start, who.end, [who]) if who is not None else None


def _said(s: Sentence, t: Trigger, reach: int) -> bool:
    """Whether an office is said of somebody right behind a verb: not "will be the next president to visit"."""
    low = s.text.low
    said = (m for m in s.text.mentions[s.index] if m.predicative and 0 <= m.start - t.end < reach)
    return any(title.kind or title.text[0].isupper() for m in said for title in m.titles if low[m.end] != "to")


def _moved(s: Sentence, t: Trigger, subject: Group | None) -> Group | None:
    """Who is put somewhere: "promoted |X| to minister", "|X| was placed at the head of", "|X| moves to the post"."""
    done = passive(s, t)
    who = None if done else first_object(s, t, 3)
    begin = _past_name(who) if who is not None else t.end
    goes = who is None and not done  # "moves to the ministry", not "raised the matter to the president"
    who = who or subject
    if who is None:
        return None
    low = s.text.low
    reach = 2 if goes else _BESIDE
    into = next((k for k in range(begin, min(s.clause_end(begin), begin + reach)) if low[k] in _INTO), None)
    if into is None:
        return None
    near = range(into + 1, min(s.last - 1, into + _TO_OFFICE))
    told = any(k in s.text.heads or _is_cabinet(low, k) for k in near if k - into < _BESIDE)
    return resolved(s, who) if told or _post(s, into + 1, min(s.last, into + _TO_OFFICE)) else None


def _past_name(who: Group) -> int:
    """The token behind the bare name of somebody, who may be named with the office he comes into."""
    last = who.mentions[-1]
    return last.name[1] if last.name is not None else who.end


def _is_cabinet(low: list[str], k: int) -> bool:
    """Whether a word is of those who govern together, or of the place of whoever leads: not "the cabinet meeting"."""
    return low[k] in _CABINETS and low[k + 1] not in _SITTINGS


def _post(s: Sentence, begin: int, stop: int) -> int:
    """The token of the noun for a post between two tokens; 0 where there is none."""
    low = s.text.low
    for n in range(begin, stop):
        if low[n] in _TERMS and low[n - 1] in _COUNTING_TERMS:
            return n
        if low[n] in _ALONE or (low[n] in _NOUNS and _is_post(s, n)):
            return n
    return 0


def _is_post(s: Sentence, n: int) -> bool:
    """Whether a noun is of an office: "the post |of minister|", "the |foreign| ministry", "the |minister's| job"."""
    low, heads = s.text.low, s.text.heads
    if n + 1 < s.last and low[n + 1] in _OF:
        near = range(n + 2, min(s.last, n + 2 + _BESIDE))
        if any(k in heads or (low[n] in _MINISTRIES and low[k] in s.lex.portfolio) for k in near):
            return True
    if low[n - 1] in _POSSESSIVES and any(k in heads for k in range(max(s.first, n - _BESIDE), n)):
        return True
    if low[n - 1] in s.lex.portfolio or low[n - 1] in _WHICH:
        return True
    if low[n] in _MINISTRIES:
        return False
    if low[n - 1] in _OWN:
        return any(m.titles for m in s.text.mentions[s.index] if m.type in ("person", "office"))
    return _as_officer(s, n + 1, min(s.last, n + 4))


def _as_officer(s: Sentence, begin: int, stop: int) -> bool:
    """Whether "as" stands between two tokens, right before an office: "joined the cabinet |as finance minister|"."""
    low = s.text.low
    at = next((k for k in range(begin, stop) if low[k] == "as"), s.last)
    return any(k in s.text.heads for k in range(at + 1, min(s.last, at + _BESIDE)))


def _dative(s: Sentence, t: Trigger, post: int) -> Group | None:
    """Who stands between a verb of giving and what is given: "handed |X| the post"."""
    return next((resolved(s, g) for g in s.groups if t.end <= g.start and g.end <= post and _named([g])), None)


def _behind(s: Sentence, begin: int, preposition: str) -> Group | None:
    """Who stands behind a preposition."""
    low = s.text.low
    at = next((k for k in range(begin, min(s.last, begin + _REACH)) if low[k] == preposition), s.last)
    return next((resolved(s, g) for g in s.groups if 0 < g.start - at < 3 and _named([g])), None)


def _named(groups: list[Group]) -> Group | None:
    return next((g for g in groups if any(m.type in ("person", "office") for m in g.mentions)), None)

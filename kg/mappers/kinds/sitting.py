"""Sittings: bodies told to have met — an organisation by its members, a board by its name."""

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group
from kg.mappers.kinds.gathering import find_gathering, is_met_for, name_end, name_start, of_two
from kg.mappers.kinds.unions import raised

ORGANS = words("gatherings", "sitting_organs")
"""Boards that sit as one."""
SITTING_PARTICLES = words("gatherings", "sitting_particles")
"""Words that end a verb of meeting among oneself: "came |together|"."""
_INNER = words("gatherings", "within_names") | {"between"}
_BEFORE_OBJECTS = words("gatherings", "articles")
_DELEGATES = words("gatherings", "delegates")
_AFTER = words("gatherings", "after_sitting")
_MEETING = words("gatherings", "sitting_verbs")
_WITH_OTHERS = frozenset(("object", "with", "to", "by"))
_SITTINGS = words("gatherings", "sitting_nouns") | {"talks"}
_SITTING = words("gatherings", "sitting_bodies")
_COUNTRIES = words("grammar", "members") | {"member"}
_HELPERS = words("grammar", "auxiliaries")
_DOMESTIC = words("gatherings", "domestic_organs")
_LONGEST = 16  # tokens of a name before its noun


def sits(s: Sentence, t: Trigger) -> bool:
    """Return whether the verb tells of a sitting: neither object nor name behind it ("convened its 9th plenum")."""
    low = s.text.low
    if not t.predicate or (low[t.start] not in _MEETING and low[t.end - 1] not in SITTING_PARTICLES):
        return False
    if t.end < s.last and low[t.end].isalpha() and low[t.end] not in _AFTER:
        return False
    return not any(0 <= x.start - t.end < 6 and x.top == "conference" and _plain(s, t, x) for x in s.triggers)


def _plain(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a noun is the object of a verb: not in "met in emergency session", "gathered for a summit"."""
    return all(w in _BEFORE_OBJECTS or w.isdigit() or w not in _AFTER for w in s.text.low[t.end : x.start])


def members_met(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """Return the organisation whose members alone are told to have met: "the ministers of the Group of Seven"."""
    if not sits(s, t) or set(args) & _WITH_OTHERS or _is_for_gathering(s, t):
        return set()
    who = [m for g in args.get("subject", []) for m in g.mentions]
    bodies = {m.value for m in who if m.type == "body"} | {
        x.of for m in who if m.type == "office" for x in m.titles if x.of
    }
    whole = all(m.type == "body" or (m.type == "office" and m.titles[0].plural) for m in who)
    if not bodies and whole:
        return _members_from(s, t)
    if len(bodies) > 1 and whole and _by_delegates(s, t, args["subject"][0]):
        return raised(bodies, s.authority)
    alone = whole and len(bodies) == 1 and bodies <= s.authority.organisations.keys()
    return raised(bodies, s.authority) if alone else set()


def _is_for_gathering(s: Sentence, t: Trigger) -> bool:
    """Whether a gathering is told behind "for", which tells of the sitting by itself: "met in X |for their summit|"."""
    near = (x for x in s.triggers if x.top == "conference" and 0 < x.start - t.end < _LONGEST)
    named = (find_gathering(s, x) for x in near)
    return any(n is not None and is_met_for(s, n) for n in named)


def _members_from(s: Sentence, t: Trigger) -> set[str]:
    """The organisation "from" whose countries those who met are said to be: "ministers |from NATO countries| met"."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        origin = m.start - 1 - (low[m.start - 1] == "the")
        if m.type != "body" or m.end > t.start or origin <= s.first or low[origin] != "from":
            continue
        gap = low[m.end : t.start]
        gap = gap[gap.index(")") + 1 :] if gap[:1] == ["("] and ")" in gap else gap  # "the League (LAS) met"
        beside = all(w in _COUNTRIES or w in _HELPERS or w.endswith("ly") for w in gap)
        if (
            beside
            and (low[origin - 1] in _SITTING or low[origin - 1] == "government")
            and m.value in s.authority.organisations
        ):
            return raised({m.value}, s.authority)
    return set()


def members_held(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """Return the organisation whose members alone held a meeting: "EU foreign ministers held an informal |meeting|"."""
    if t.predicate or set(args) & _WITH_OTHERS or s.text.low[t.end - 1] not in _SITTINGS:
        return set()
    who = [m for g in args.get("subject", []) for m in g.mentions]
    if not who or not all((m.type == "office" and m.titles[0].plural) or _are_delegates(s, m) for m in who):
        return set()
    bodies = {x.of for m in who for x in m.titles if x.of} | {m.value for m in who if m.type == "body"}
    return raised(bodies, s.authority) if bodies <= s.authority.organisations.keys() else set()


def _are_delegates(s: Sentence, m: Mention) -> bool:
    """Whether a body is named with those it sends: "senior |NATO envoys|"."""
    people = s.text.low[m.end - 1]
    return m.type == "body" and m.organ and people in _SITTING and people.endswith("s")


def _by_delegates(s: Sentence, t: Trigger, g: Group) -> bool:
    """Whether countries sit by those they sent: "the |delegations| of A and B met", "A and B |experts| met"."""
    around = s.text.low[max(s.first, g.start - 4) : g.start] + s.text.low[g.end : t.start]
    return not _DELEGATES.isdisjoint(around)


def organ_met(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Make a sitting of a board of several that is told to have met: "the A-B Task Force on Energy |met| in X"."""
    low = s.text.low
    if not sits(s, t):
        return False
    begin = s.clause_start(t.start)
    if begin - 1 > s.first and low[begin - 1] == "which" and _HELPERS.issuperset(low[begin : t.start]):
        begin = s.clause_start(begin - 1)  # "the Task Force|, which met| in X, agreed"
    begin = max(begin, t.start - _LONGEST)
    organ = next((k for k in range(t.start - 1, begin - 1, -1) if low[k] in ORGANS), None)
    if organ is None or not _is_name(s, name_end(s, organ + 1), t.start):
        return False
    start = name_start(s, organ)
    named = (m for m in s.text.mentions[s.index] if m.type == "body" and m.start < t.start)
    owners = {
        m.value for m in named if m.start >= start or (m.adjective and m.end == start)
    }  # "EU-Morocco" is one word
    owners |= parties_of_organ(s, low[organ]) or of_two(s, max(begin, organ - 3), organ + 1)
    alone = len(owners) < 2 and not owners & s.authority.organisations.keys()
    if alone and not (owners and low[organ] in _DOMESTIC and organ + 1 == t.start):
        return False
    draft.kind, draft.top, draft.name = "session", "conference", s.text.printed(start, name_end(s, organ + 1))
    draft.parties |= raised(owners, s.authority)
    return True


def organ_convened(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Make a sitting of a board that somebody is told to have called: "X convened |the A-B Consultative Group|"."""
    words, k = s.text.tokens.words, t.end
    while s.date_between(k, k + 1):
        k += 1  # "convened |today| the Council"
    k += s.text.low[k] in _BEFORE_OBJECTS
    ends = (n for n in range(k, min(k + _LONGEST, s.last)) if not _within_name(words[n]) or s.date_between(n, n + 1))
    stop = next(ends, s.last)
    while stop > k and not words[stop - 1][0].isupper():
        stop -= 1
    if stop == k or s.text.low[stop - 1] not in ORGANS:
        return False
    if not s.take(draft, "participant", args.get("subject", [])):
        return False
    owners = {m.value for m in s.text.mentions[s.index] if m.type == "body" and k <= m.start < stop}
    draft.kind, draft.top, draft.name = "session", "conference", s.text.printed(k, stop)
    draft.parties |= raised(owners, s.authority)
    return True


def _within_name(word: str) -> bool:
    """Whether a word may stand in the name of a board."""
    return word[0].isupper() or word in _INNER or word in "-–’'s"


def _is_name(s: Sentence, begin: int, end: int) -> bool:
    """Whether the tokens go on with a name: few, or capitals with small words between."""
    words = s.text.tokens.words[begin:end]
    return end - begin <= 3 or all(w[0].isupper() or w in _INNER for w in words)


def parties_of_organ(s: Sentence, organ: str) -> set[str]:
    """Return whose a board is, by its sitting that was told before: "the Task Force will meet again"."""
    known = (d for d in reversed(s.drafts) if d.top == "conference" and d.bears(organ))
    return set(next((d.parties for d in known), ()))

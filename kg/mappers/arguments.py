"""Arguments: who stands how to an event phrase — subject, possessor, object, or behind a preposition."""

from kg.language.bodies import DASHES
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.complements import read_complements
from kg.mappers.groups import Arguments, Group, add, standing_for
from kg.mappers.reference import resolved
from kg.mappers.subjects import capitals_acting, first_person, guest_in_turn, may_act, speaker_quoted, subject_before

_NOT_SUBJECT = words("grammar", "before_no_subject")
_ARGUMENT = words("grammar", "argument_prepositions")
_LIGHT = words("grammar", "light_verbs")
_HOSTED = words("grammar", "agentive_participles")
_LATER_THAN = words("grammar", "afterwards") | {"since"}
_HEAVY = words("grammar", "barriers")
_DONE_THERE = words("grammar", "done_there")
_AWAITING = words("grammar", "awaiting")
_SETTING_OUT = words("grammar", "setting_out")
_STATES_OF_TALKS = words("grammar", "states_of_talks")
_PREPARATIONS = words("grammar", "preparations")
_THANKING = words("grammar", "praising_verbs")
_AMOUNTS = words("grammar", "amounts")
_THIRD_POSSESSIVES = words("groups", "own") | words("groups", "their")
_TAKING_UP = frozenset(("whom", "which"))
_OF_PAIRS = ("meeting", "call", "conference")
_TALKING = ("meeting", "call", "visit", "message")
_OF_OTHERS = ("ceremony", "aid", "coercion", "relations")
"""Kinds of what need not be done by whom something is told to be done after it."""
_DONE_TOGETHER = ("meeting", "call")
_INCLUDING = "including"
_HOSTING_OTHERS = words("grammar", "hosting_others")
_GOING_ALONG = words("presence", "going_along")
_TO_TALKS = frozenset(("to", "in", "at", "for", "during"))
_DOERS = ("subject", "possessor", "between")
_TOLD_OF_ONE = ("visit", "appointment")
"""Kinds of which somebody who talks says whose they are: "your visit", "since your election"."""
_BEFORE_DAYS = ("on", "in", "at")
_FARTHEST_WHO = 11
"""Tokens between "who" and the phrase it is the subject of."""
_MOST_GROUPS = 15
"""Groups that are looked at before and behind a phrase."""


def read_arguments(s: Sentence, t: Trigger) -> Arguments:
    """Return the groups around a trigger by how they stand to it."""
    found: Arguments = {}
    lo = s.clause_start(t.start)
    rest = [g for g in s.groups if g.end <= t.start and g.start >= lo][-_MOST_GROUPS:]
    if t.start - 1 > lo and (owner := _whose(s, t)) is not None:
        add(found, "possessor", resolved(s, owner))
        rest = []
    while rest and (how := _modifies(s, t, rest[-1])):
        g = rest.pop()
        if how == "possessor" and g.mentions[-1].type in ("own", "group"):
            g = resolved(s, g, nearest=t.top == "appointment" or _thanked_for(s, lo, g.start))
        add(found, how, g)
    if t.top in _TOLD_OF_ONE and (guest := guest_in_turn(s, t)) is not None:
        found = {"possessor": [guest]}
    subject = subject_before(s, t, rest)
    if subject is None and t.top in _TALKING:
        subject = first_person(s, t) or speaker_quoted(s, t) or capitals_acting(s, t, rest)
    behind = s.done_behind(t)
    if behind is not None:
        add(found, "subject", resolved(s, behind[0]))
        read_complements(s, Trigger(t.start, behind[1], t.hit, t.kind, t.top, t.predicate), found)
    else:
        if subject and (t.predicate or t.top == "relations" or _carries(s, subject, t)):
            for g in listed_with(s, subject) if s.item_marks else (subject,):
                add(found, "subject", g)
        read_complements(s, t, found)
    if t.predicate and not _TAKING_UP.isdisjoint(s.text.vocabulary) and (taken := _taken_up(s, t)) is not None:
        how, g = taken
        found.pop(how, None)
        add(found, how, g)
    if t.top in _DONE_TOGETHER and "with" not in found and _INCLUDING in s.text.vocabulary:
        found["with"] = _included(s, t)
        found = {how: groups for how, groups in found.items() if groups}
    if not s.index and t.top in ("meeting", "call") and "with" in found and not found.keys() & {"subject", "possessor"}:
        author = s.context.author  # "Statement by X on |his| Call with Y"
        beside = next((g for g in s.groups if g.end == t.start and g.mentions[-1].type in ("person", "office")), None)
        if beside is not None:
            add(found, "subject", beside)  # "|X| meeting with Y"
        elif author is not None and s.text.article.title is not None:
            add(found, "possessor", standing_for(author, s.first))
    if not t.predicate and t.top in _DONE_TOGETHER and "with" in found and found.keys().isdisjoint(_DOERS):
        found |= _taken_along(s, t)
    if t.top in _OF_PAIRS and "by" in found and sides_told(s, found):
        found["by"] = [g for g in found["by"] if not only_hosts(s, g)]
        found = {how: groups for how, groups in found.items() if groups}
    if not t.predicate and t.top in _OF_PAIRS and (pair := _pair_joined(s, t)):
        found.setdefault("between", []).append(pair)
    return found


def sides_told(s: Sentence, found: Arguments) -> bool:
    """Return whether it is told who of two countries or more talk with each other."""
    told = [m for how, groups in found.items() if how != "by" for g in groups for m in g.mentions]
    lands = {m.value for m in told if m.type == "body"} | {x.of for m in told if m.type == "office" for x in m.titles}
    return len(lands | s.register.homes(m.person for m in told if m.type == "person" and m.person >= 0)) > 1


def only_hosts(s: Sentence, g: Group) -> bool:
    """Return whether somebody only lends a house or his help to talks of others: "talks, |hosted by| X"."""
    by = g.start - 1 - (s.text.low[g.start - 1] == "the")
    return s.text.low[by] == "by" and s.text.low[by - 1] in _HOSTING_OTHERS


def _taken_along(s: Sentence, t: Trigger) -> Arguments:
    """The two of whom one goes with the other to talks: "|X accompanied Y| to a meeting with"."""
    low, lo = s.text.low, s.clause_start(t.start)
    verb = next((k for k in range(t.start - 1, max(lo, t.start - _FARTHEST_WHO), -1) if low[k] in _GOING_ALONG), None)
    if verb is None or low[verb + 1] == "by":
        return {}
    principal = next((g for g in s.groups if 0 < g.start - verb < 3 and g.end < t.start), None)
    if principal is None or low[principal.end + (low[principal.end] == ",")] not in _TO_TALKS:
        return {}
    company = [resolved(s, g) for g in s.groups if lo <= g.start and g.end <= verb and may_act(s, g)][-1:]
    return {"subject": [*company, resolved(s, principal)]}


def _included(s: Sentence, t: Trigger) -> list[Group]:
    """With whom some of several talks were, told behind where and when: "held talks in X on Y, |including with| Z"."""
    low = s.text.low
    if _INCLUDING not in low[t.end : s.last]:
        return []
    behind = next((k + 2 for k in range(t.end, s.last) if low[k] == _INCLUDING and low[k + 1] == "with"), s.last)
    return [resolved(s, g) for g in s.groups if 0 <= g.start - behind < 2][:1]


def _pair_joined(s: Sentence, t: Trigger) -> Group | None:
    """The two people whose surnames a hyphen joins before a noun: "the Roe-Poe |summit|", "the Roe–Poe |talks|"."""
    words = s.text.tokens.words
    k = t.start - 1
    while k > s.first and t.start - k < 3 and words[k].islower() and words[k].isalpha():
        k -= 1  # "the Roe-Poe virtual summit"
    names = words[k].replace("–", "-").split("-") if k >= s.first else []
    begin = k
    if len(names) == 1 and k - 2 >= s.first and words[k - 1] in DASHES:
        names, begin = [words[k - 2], words[k]], k - 2
    if len(names) != 2 or not all(name[:1].isupper() for name in names):
        return None
    people = [s.register.by_surname(name) for name in names]
    known = [person for person in people if person is not None]
    if len(set(known)) != 2:
        return None
    return Group(begin, k + 1, [Mention("person", begin, k + 1, person=person) for person in known])


def listed_with(s: Sentence, g: Group) -> list[Group]:
    """Return a group after those that go before it in one list, which semicolons part: "A; B; and C"."""
    low, found = s.text.low, [g]
    for before in reversed(s.groups):
        if before.end <= found[0].start:
            mark = found[0].start - 1
            mark -= low[mark] == "the"
            mark -= low[mark] == "and"
            if before.end != mark or mark not in s.item_marks:
                break
            found.insert(0, before)
    return found


def hosts_after(s: Sentence, end: int) -> list[Group]:
    """Return by whom a gathering is held, told right after its name: "the forum hosted by A"."""
    low = s.text.low
    by = next((k for k in range(end, min(end + 6, s.last)) if low[k] == "by" and low[k - 1] in _HOSTED), None)
    return [resolved(s, g) for g in s.groups if by is not None and 0 < g.start - by < 4][:1]


def _modifies(s: Sentence, t: Trigger, g: Group) -> str:
    """Whether a group is possessor ("Xi's state visit") or adjective ("Russian-Ukrainian talks") of the phrase."""
    low = s.text.low
    gap = low[g.end : t.start]
    if len(gap) > 7 or _NOT_SUBJECT.intersection(gap):
        return ""
    owned = gap[:1] == ["'s"] or (gap[:1] == ["'"] and low[g.end - 1].endswith("s"))  # "Peters' visit"
    if owned and "," not in gap and "and" not in gap:
        return "possessor"
    if t.predicate:
        return ""
    if g.mentions[-1].type in ("own", "group") and low[g.end - 1] in _THIRD_POSSESSIVES and len(gap) <= 6:
        return "possessor"
    plain = (
        len(gap) <= 4
        and all(w == "-" or w.replace("-", "").isalnum() for w in gap)
        and not {"and", "the", "a"}.intersection(gap)
        and not any(x.predicate and g.end <= x.start < t.start for x in s.triggers)  # "X |condemns| attack in Y"
    )
    return "adjective" if plain and all(m.type == "body" for m in g.mentions) else ""


def _whose(s: Sentence, t: Trigger) -> Group | None:
    """Whose a noun is behind "whose": "X, |whose recent visit| to Y"."""
    if t.predicate or "whose" not in s.text.vocabulary:
        return None
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] == "whose"), s.first)
    return next((g for g in s.groups if at > s.first and g.end == at - (low[at - 1] == ",")), None)


def _thanked_for(s: Sentence, lo: int, k: int) -> bool:
    """Whether "his" at token ``k`` is of somebody thanked: "thanked X for his visit"."""
    return s.text.low[k - 1] == "for" and bool(_THANKING.intersection(s.text.low[lo:k]))


def _carries(s: Sentence, subject: Group, t: Trigger) -> bool:
    """Whether the verb between a subject and a noun makes the subject take part ("held … talks")."""
    gap = s.text.low[subject.end : t.start] if subject.end <= t.start else []
    at = next((n for n in range(len(gap) - 1, -1, -1) if gap[n] in _LIGHT), None)
    if at is None or len(gap) - at >= 14:
        return False
    if t.top in _OF_OTHERS and not _LATER_THAN.isdisjoint(gap[at:]):
        return False  # "X met Y |after| the opening of", "progress made |since| the donation by"
    if gap[at] == "during" and gap[at - 1] in _DONE_THERE:
        return False  # "the commitments made during talks"
    if gap[at] == "for" and gap[at - 1] in _PREPARATIONS:
        return False  # "discussed preparations for a visit"
    if (gap[at] in _BEFORE_DAYS or gap[at] == "during") and gap[at - 1] in _STATES_OF_TALKS:
        return False
    if gap[at] in _SETTING_OUT and t.top != "visit":
        return False  # "spoke of steps to begin talks between A and B"
    if gap[at] in _AWAITING and t.top not in _OF_PAIRS:
        return False  # "looks forward to the visit of"
    return not any(w in _HEAVY and not (w == "of" and gap[n - 1] in _AMOUNTS) for n, w in enumerate(gap) if n > at)


def _taken_up(s: Sentence, t: Trigger) -> tuple[str, Group] | None:
    """Whom or what a relative before the subject takes up, and how it stands: "Y, |whom| X met", "Y, |with whom| X
    met", "Z, |which| X visited"."""
    low = s.text.low
    lo = s.clause_start(t.start)
    begin = max(lo - 1, t.start - _FARTHEST_WHO, s.first)
    if _TAKING_UP.isdisjoint(low[begin : t.start]):
        return None
    near = range(t.start - 1, begin - 1, -1)
    whom = next((k for k in near if low[k] in _TAKING_UP), s.first)
    bare = low[whom] == "which" and low[whom - 1] not in _ARGUMENT  # not "on |which| X imposed sanctions"
    if bare and (t.top != "visit" or not any(0 < g.start - whom < 3 for g in s.groups)):
        return None
    how = low[whom - 1] if low[whom - 1] in _ARGUMENT else ""
    end = whom - bool(how)
    who = next((g for g in reversed(s.groups) if 0 <= end - g.end < 2 and g.end > s.first), None)
    if whom == s.first or who is None or low[who.end : end] not in ([], [","]):
        return None
    return how or "object", resolved(s, who)

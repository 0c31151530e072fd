"""Plans: what puts an event phrase ahead — a verb, a headline, a programme, what was agreed on."""

import re
from itertools import pairwise

from kg.language.words import alternatives, words
from kg.mappers.acts import decided
from kg.mappers.circumstances import date_behind, of_the_report
from kg.mappers.claims import Span
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.groups import closing
from kg.mappers.subjects import journey_for

_PLANNED = alternatives("grammar", "planning_participles")
_TO_COME = re.compile(rf"(?:\W*[\w' ]{{0,40}}|[\w'’ –-]{{0,60}})\b(?:{alternatives('grammar', 'coming_verbs')})\b")
_COMES = re.compile(rf"\b(?:{alternatives('grammar', 'coming_verbs')})\b")
"""What is in each of these, and searched for faster."""
_WILL = re.compile(r"(?:(?! who | which | that )[^.;,]){0,140}\bwill\b")
_IS_PLANNED = re.compile(rf"[^.;]{{0,220}}\b(?:is|are) (?:also )?(?:{_PLANNED})\b")
_PLANNED_FOR = re.compile(
    rf"[^.;,]{{0,90}}(?:, )?\b(?:(?:{_PLANNED}|{alternatives('grammar', 'planning_places')})"
    rf" (?:{alternatives('grammar', 'before_plans')})|{alternatives('grammar', 'nearing')})\b"
)
_WILL_THEN = re.compile(r"(?:(?! that | which | who )[^.;]){0,90}\b(?:will|plans? to|is to|are to)\b")
_BEFORE_PARTNERS = frozenset(("between", "with", "of", "and", "the", ","))
_WOULD_THEN = re.compile(_WILL_THEN.pattern.replace("will", "will|would"))
"""Where somebody is told to have said so: "said |that during his visit| X would"."""
_NEGATIONS = words("grammar", "negations")
_PLANNING = words("grammar", "planning_participles")
_FRONTING = words("grammar", "fronting_words")
_PERFECT = words("grammar", "perfect_auxiliaries")
_MET = ("meeting", "call", "visit")
_AHEAD_OF_VERBS = tuple(sorted(words("grammar", "ahead_of_verbs")))
_SCHEDULED = words("grammar", "scheduled_verbs")
_BEING_NOW = frozenset(("is", "are"))
_SCHEDULED_PREDICATES = words("grammar", "scheduled_predicates")
_NOT_FINITE = words("grammar", "auxiliaries") | {"to", "and", "or", "not", "did", ","}
_SETS_OUT = 8
"""Tokens before a journey's noun among which stands the verb of it: "embarks on Sunday on his first |visit|"."""
_PARTED = words("grammar", "afterwards") | {","}
_SAID = words("grammar", "promising_speech")
_COORDINATORS = frozenset(("and", ","))
_INFLECTED = ("ed", "ing", "s")
_SURELY = frozenset(("will",))
_LONGEST_GIFT = 9
"""Tokens up to which a verb of giving stands before what is given."""
_IF = words("grammar", "conditional_words")
_DEPENDING = words("grammar", "depending_joins")
_FARTHEST_IF = 8
"""Tokens behind what would be done up to what it depends on: "would visit Y |only if|"."""
_AFTERWARDS = words("grammar", "afterwards")
_CARRYING = words("gatherings", "carrying")
_BEFORE_INFINITIVES = words("grammar", "auxiliaries") - _PERFECT
_BEING = words("grammar", "passive_helpers")
_WERE = words("grammar", "forms_of_be_past")
_HAD = words("turns", "had")
_AWAITING = words("grammar", "awaiting")
_AGREEING = words("grammar", "agreeing_verbs")
_ACCEPTING = words("grammar", "accepting_verbs")
_FARTHEST_INVITATION = 16
"""Tokens before the "to" of what somebody is invited to, among which it is told that he accepts."""
_ITINERARIES = words("grammar", "itineraries")
_INCLUDING = words("grammar", "verbs_of_including")
_HOLDING = words("grammar", "holding_verbs")
_FARTHEST_AGREED = 6
"""Tokens between those who agree and on what they do: "agreed |during a telephone call| to"."""
_FARTHEST_BEFORE = 14
"""Tokens between "before" and the verb that tells what is still to come."""
_FARTHEST_VERB = 5
"""Tokens between a verb of holding and what is held."""


def is_to_come(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb behind a noun puts it ahead; not so one of others.

    "A |hosted| the Forum and B will host …".
    """
    folded, end = s.text.folded, t.hit.end
    verb = _TO_COME.match(folded, end, end + 60) if _COMES.search(folded, end, end + 60) else None
    if verb is None:
        return False
    low = s.text.low
    before = low[max(s.first, t.start - 6) : t.start]
    if not any(word.endswith("ed") or word in s.lex.verbs for word in before):
        return True
    between = range(t.end, s.text.token_at(verb.end()))
    return not any(low[k] == "and" and any(0 < g.start - k < 3 for g in s.groups) for k in between)


def is_of_somebody(s: Sentence, plan: Span) -> bool:
    """Return whether "plan to" leads to somebody, and is a noun: "presented the |plan to| President X"."""
    if not s.text.folded.endswith("plan to", *plan):
        return False
    behind = s.text.token_at(plan[1])
    return any(behind <= g.start < behind + 2 for g in s.groups)


def is_agreed_on(s: Sentence, t: Trigger) -> bool:
    """Return whether two have agreed to sign something, or to do something on a day.

    "agreed |to meet| again in June".
    """
    low = s.text.low
    agreed = t.start - 2 >= s.first and low[t.start - 1] == "to" and low[t.start - 2] in _AGREEING
    agreed = agreed or (t.top == "visit" and low[t.start - 1] == "to" and _is_accepted(low[s.first : t.start - 1]))
    return agreed and (t.top == "signing" or bool(date_behind(s, t)))


def _is_accepted(before: list[str]) -> bool:
    """Whether words before "to" tell that an invitation is taken up.

    >>> _is_accepted("x accepted an invitation from minister y".split()), _is_accepted("x sent an invitation".split())
    (True, False)
    """
    near = before[-_FARTHEST_INVITATION:]
    at = near.index("invitation") if "invitation" in near else 0
    return not _ACCEPTING.isdisjoint(near[max(0, at - 3) : at])


def only_agreed_on(s: Sentence, t: Trigger) -> str:
    """Return what talks are that are agreed to, ahead if they have a day.

    "agreed |to hold| a meeting"; "" of others.
    """
    low = s.text.low
    to = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] in ("to", "on")), s.first)
    lead = low[max(s.clause_start(t.start), to - _FARTHEST_AGREED) : to]
    if to == s.first or _AGREEING.isdisjoint(lead):
        return ""
    return "planned" if any(w.start > t.hit.end and not of_the_report(s, w) for w in s.whens) else "unreal"


def was_due(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb tells what had been planned: "|was to meet| X on Tuesday", "|was due to| visit"."""
    low = s.text.low
    if not t.predicate or "to" not in low[t.start - 1 : t.end]:
        return False
    to = next((k for k in range(t.start - 1, t.end) if low[k] == "to"), s.first)
    before = to - 1 - (low[to - 1] in _PLANNING)
    return before >= s.first and low[before] in _WERE


def comes_after(s: Sentence, t: Trigger) -> bool:
    """Return whether a verb in the present tells what something else comes before.

    "days |before| X |meets| Y on Friday".
    """
    low, verb = s.text.low, s.text.low[t.start]
    if "before" not in s.text.vocabulary or verb in s.lex.verbs or verb.endswith(("ed", "ing")):
        return False
    near = range(t.start - 1, max(s.clause_start(t.start), t.start - _FARTHEST_BEFORE), -1)
    before = next((k for k in near if low[k] == "before"), s.first)
    return before > s.first and any(before < g.start and g.end == t.start for g in s.groups)


def to_be_held(s: Sentence, t: Trigger) -> bool:
    """Return whether somebody has resolved to hold it: "agreed on Monday |to hold| emergency talks"."""
    low, begin = s.text.low, s.clause_start(t.start)
    near = range(t.start - 1, max(s.first, t.start - _FARTHEST_VERB), -1)
    verb = next((k for k in near if low[k] in _HOLDING and low[k - 1] == "to"), None)
    several = low[t.end - 1].endswith("s") and not any(w.start > t.hit.end for w in s.whens)
    if verb is None or several:
        return False  # "agreed to hold more meetings"
    row = [verb, *(k + 1 for k in range(begin, verb - 2) if low[k] == "to")] if low[verb - 2] == "and" else [verb]
    return any(decided(s, k) for k in row)


def is_to_be(s: Sentence, t: Trigger) -> bool:
    """Return whether something is told to be done on a day or occasion.

    "|to be signed| in June", "during the visit".
    """
    low = s.text.low
    if t.top in _MET and was_due(s, t):
        return bool(date_behind(s, t))  # "was to meet X on Tuesday", "was due to visit"
    ahead = (
        low[t.start] == "be" and t.start - 1 > s.first and low[t.start - 1] == "to" and low[t.start - 2] not in _SAID
    )
    return ahead and (low[t.end] == "during" or bool(date_behind(s, t)))


def was_had(s: Sentence, t: Trigger, plan: Span) -> bool:
    """Return whether a past tense behind what lies ahead tells the event.

    "hosting X ahead of Y, today |had talks| with Z".
    """
    low = s.text.low
    near = (t.start,) if t.predicate else range(t.start - 1, max(s.first, t.start - 4), -1)
    verb = next((k for k in near if low[k] in _HAD and low[k - 1] not in _BEING), None)
    return verb is not None and s.text.tokens.starts[verb] >= plan[1]


def is_awaited(s: Sentence, t: Trigger) -> bool:
    """Return whether something is looked forward to in its clause: "looking forward to the meeting in May"."""
    return not _AWAITING.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])


def has_held(s: Sentence, plan: Span) -> bool:
    """Return whether the next of a series was held then: "the two sides |held the next| round of talks"."""
    low, k = s.text.low, s.text.token_at(plan[0]) - 2  # "planned", "ahead": "next"
    held = k > s.first and low[k + 1] == "the" and low[k] in _CARRYING and low[k].endswith(("ed", "held"))
    return held and low[k - 1] not in _BEFORE_INFINITIVES


def will_attend(s: Sentence, begin: int, end: int) -> bool:
    """Return whether somebody is to be at a gathering: "is also |set to| speak at a forum"."""
    there = s.text.says("attending", begin, end)
    return there is not None and is_ahead(s, s.text.token_at(there[0] + 1) - 1, begin)  # of "co-chair" the latter half


def is_ahead(s: Sentence, verb: int, begin: int) -> bool:
    """Return whether words of what is to come stand before a bare verb, or before one it goes on a row with."""
    start = s.text.tokens.starts[verb]
    return goes_on_ahead(s, verb) or any(
        s.text.folded.startswith(phrase, max(begin, start - len(phrase) - 1)) for phrase in _AHEAD_OF_VERBS
    )


def is_on_programme(s: Sentence, t: Trigger) -> bool:
    """Return whether a noun is part of a journey to come.

    "|The programme includes| a meeting with Y and the signing of Z".
    """
    before = s.text.low[s.first : t.start] if not t.predicate else []
    if _ITINERARIES.isdisjoint(before) or _INCLUDING.isdisjoint(before):
        return False
    journey = next((d for d in reversed(s.drafts) if d.top == "visit" and d.people), None)
    return journey is not None and journey.status == "planned"


def rowed_verb(s: Sentence, t: Trigger) -> int:
    """Return the token of the verb that tells an event, or by which somebody is at what a noun names; or 0."""
    if t.predicate:
        return t.start
    starts = s.text.tokens.starts
    there = s.text.says("attending", starts[max(s.first, t.start - 5)], t.hit.start)
    return s.text.token_at(there[0]) if there is not None else 0


def goes_on_ahead(s: Sentence, verb: int) -> bool:
    """Return whether a bare verb goes on a row of what is to come: "will visit Y, meet Z |and attend| a forum"."""
    low = s.text.low
    if verb - 1 <= s.first or low[verb - 1] not in _COORDINATORS:
        return False
    if low[verb].endswith(_INFLECTED) or low[verb] in s.lex.verbs:
        return False  # "X, who will go to Y, |met| Z"
    will = next((k for k in range(verb - 2, s.first, -1) if low[k] in _SURELY), s.first)
    between = low[will + 1 : verb - 1]
    return will > s.first and ";" not in between and "that" not in between and _is_sure(s, will)


def _is_sure(s: Sentence, will: int) -> bool:
    """Whether nobody only hopes or doubts what "will" at a token says."""
    starts = s.text.tokens.starts
    return s.text.says("unreal", starts[s.first], starts[will]) is None


def would_go(s: Sentence, t: Trigger) -> bool:
    """Return whether talks are what a journey announced is for.

    "said X would fly to Y |to meet| Z", "|for talks with|".
    """
    journey = journey_for(s, t)
    if t.predicate and s.text.low[t.start - 1] == "to":
        told = (x for x in reversed(s.triggers) if x.top == "visit" and x.predicate and x.end <= t.start - 2)
        journey = next((x for x in told if only_where(s, x.end, t.start - 1)), None)
    return journey is not None and is_promised(s, journey)


def only_where(s: Sentence, begin: int, end: int) -> bool:
    """Return whether tokens ``[begin, end)`` only tell where to and when.

    "flew to |Y, Z, on May 7, 2024,| to meet X".
    """
    low = s.text.low
    places = (m for m in s.text.mentions[s.index] if m.is_where and begin <= m.start < end)
    named = {word for m in places for word in low[m.start : m.end]}
    return all(word in named or word in (",", "the") for word in undated(s, low[begin:end], begin))


def is_announced(s: Sentence, t: Trigger) -> bool:
    """Return whether a headline puts an event ahead by a bare infinitive: "X to visit Y", "A, B to hold talks"."""
    if s.text.article.title is None:
        return False
    low = s.text.low
    to = (
        t.start if low[t.start] == "to" else next((k for k in range(t.start - 1, t.start - 5, -1) if low[k] == "to"), 0)
    )
    if not _AFTERWARDS.isdisjoint(low[to : t.start]):
        return False  # "X to return after concluding his visit to Y"
    return to > s.first and any(g.end == to and g.mentions[-1].type in ("person", "office", "body") for g in s.groups)


def is_scheduled(s: Sentence, t: Trigger, words_of_date: list[Span]) -> bool:
    """Return whether a verb in the present tense at or behind a phrase, before its date, tells of what is to come."""
    low = s.text.low
    stop = s.text.token_at(words_of_date[0][0]) if words_of_date else s.first
    now = low[t.start] in _SCHEDULED_PREDICATES and low[t.start - 1] not in _NOT_FINITE and t.start > s.first
    if t.predicate and (low[t.start] in _SCHEDULED or now):
        return t.start < stop
    if t.predicate and low[t.start] in _BEING_NOW and low[t.end - 1] == "in":  # "|is in| Y on Friday for talks"
        on = bool(words_of_date) and s.text.folded.startswith("on ", words_of_date[0][0])
        return on and stop >= t.end and _PARTED.isdisjoint(low[t.end : stop])
    begin = max(s.first, t.start - _SETS_OUT)
    sets_out = next((k for k in range(t.start - 1, begin - 1, -1) if low[k] in _SCHEDULED or low[k] in _PARTED), begin)
    if t.top == "visit" and not t.predicate and low[sets_out] in _SCHEDULED:
        return True  # "|embarks| on a visit on Monday", "sets off on Sunday on a visit"
    return not t.predicate and any(low[k] in _SCHEDULED for k in range(t.end, min(stop, t.end + 8)))


_NEAR_NOUN = {"aid": _LONGEST_GIFT, "conference": 4}
"""Tokens before a noun in which it is told what would be done: "would |send 200 tonnes of| rice"."""


def is_promised(s: Sentence, t: Trigger) -> bool:
    """Return whether "would" tells what was announced: "X said it would expel two diplomats"."""
    low = s.text.low
    near = 2 if t.predicate else _NEAR_NOUN.get(t.top, 0)
    if "would" not in low[max(s.first, t.start - near) : t.start]:
        return False
    lead = low[max(s.first, t.start - 18) : t.start]
    behind = low[max(t.end, s.last - 9) : s.last]
    said = not _SAID.isdisjoint(lead) or ("," in behind and not _SAID.isdisjoint(behind))
    return said and _IF.isdisjoint(lead) and _DEPENDING.isdisjoint(low[t.end : min(t.end + _FARTHEST_IF, s.last)])


def _goes_on(s: Sentence, begin: int, end: int) -> bool:
    """Whether between two tokens it is told what else was done: "cut short a trip |and cancelled| a stop planned"."""
    low = s.text.low[begin:end]
    return any(a == "and" and (b.endswith("ed") or b in s.lex.verbs) for a, b in pairwise(low))


def _is_of_who_did(s: Sentence, t: Trigger, will: int) -> bool:
    """Whether it is somebody who did something that then "will" do more: "ended his visit to X |and will| go to Y"."""
    low = s.text.low
    return low[will - 1] == "and" and any(
        w.endswith("ed") or w in s.lex.verbs for w in low[s.clause_start(t.start) : t.start]
    )


def _whose_will(s: Sentence, t: Trigger) -> bool:
    """Whether "will" follows on those whose an event is: "a meeting between X, the minister, and Y |will be|"."""
    k = t.end
    for g in s.groups:
        if t.end <= g.start:
            if not _BEFORE_PARTNERS.issuperset(s.text.low[k : g.start]):
                return False
            k = closing(s.text, g)
            if s.text.low[k] == "will":
                return True
    return False


def lies_ahead(s: Sentence, t: Trigger) -> bool:
    """Return whether what follows a noun puts it ahead: "the visit will", "During the visit, X will"."""
    folded, end = s.text.folded, t.hit.end
    if _whose_will(s, t):
        return True
    will = _WILL.match(folded, end, end + 160) if folded.find("will", end, end + 160) >= 0 else None
    if will and not _is_of_who_did(s, t, s.text.token_at(will.end() - len("will"))):
        return True
    planned = _PLANNED_FOR.match(folded, end, min(end + 120, s.span[1]))
    if planned and not _goes_on(s, t.end, s.text.token_at(planned.end())):
        return True
    behind = s.text.low[t.end : s.clause_end(t.end)]
    denied = not _NEGATIONS.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start])
    if not denied and not _PLANNING.isdisjoint(behind) and _IS_PLANNED.match(folded, end, min(end + 240, s.span[1])):
        return not any(x.predicate and x.start > t.end for x in s.triggers)
    begin = s.opening(t.start)
    fronted = t.start - begin < 4 and s.text.low[begin] in _FRONTING
    lead = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if s.text.low[k] in _FRONTING), s.first)
    fronted = fronted or (
        lead > s.first and s.text.low[lead - 1] in _COORDINATORS
    )  # "…, and during the meeting, X will"
    if s.text.low[s.first if t.start - s.first < 4 else lead] in _AFTERWARDS:
        return False  # "Following X's talks with Y, Z will"
    then = _WILL_THEN if begin == s.first or s.text.low[begin - 1] != "that" else _WOULD_THEN
    return fronted and then.match(folded, end, min(end + 110, s.span[1])) is not None

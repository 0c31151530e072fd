"""Arguments: who stands how to an event phrase — subject, possessor, object, or behind a preposition."""

from kg.language.bodies import DASHES
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.circumstances import first_since, town_before
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.groups import Arguments, Group, standing_for
from kg.mappers.reference import acting_behind, resolved

_NOT_SUBJECT = words("grammar", "before_no_subject")
_ARGUMENT = words("grammar", "argument_prepositions")
_INNER = words("grammar", "inner_prepositions")
_LIGHT = words("grammar", "light_verbs")
_HOSTED = words("grammar", "agentive_participles")
_HEAVY = words("grammar", "barriers")
_ORGANS = words("grammar", "state_organs")
_SENT = _ORGANS | words("grammar", "people_of_states")
_OFFICERS = words("grammar", "people_of_states") - _ORGANS | words("grammar", "delegations")
_ORIGIN = words("grammar", "before_origins")
_CLAUSE_OPENERS = words("grammar", "clause_openers")
_REPORTING = words("grammar", "reporting_verbs")
_TELLING = words("grammar", "announcing_verbs")
_PRESENCE = words("grammar", "presence")
_APART = words("grammar", "apart")
_DETERMINERS = words("grammar", "determiners")
_ADJECTIVES = words("gatherings", "talk_adjectives")
_CARRYING = words("gatherings", "carrying")
_TURNS = words("grammar", "turns")
_DONE_THERE = words("grammar", "done_there")
_AWAITING = words("grammar", "awaiting")
_SETTING_OUT = words("grammar", "setting_out")
_ABOUT = words("grammar", "about_topics")
_STATES_OF_TALKS = words("grammar", "states_of_talks")
_PREPARATIONS = words("grammar", "preparations")
_FINITE = words("grammar", "finite_helpers")
_HOLDING = words("gatherings", "taking_place")
_SIDES = words("grammar", "sides")
_LEADING = words("grammar", "leading_participles")
_INSIDE = "inside"
"""How a group stands that belongs to another noun, behind which the phrase goes on."""
_COORDINATORS = frozenset(("and", ","))
_ADVERBS = words("grammar", "clause_adverbs")
_MEMBERS = words("grammar", "members")
_COMPRISING = words("grammar", "comprising")
_THANKING = words("grammar", "praising_verbs")
_FOLLOWING_ON = words("grammar", "closing_joins") | {"along"}
_AMOUNTS = words("grammar", "amounts")
_WHOLE = words("grammar", "whole_of_them")
_BEFORE_NAMES = words("grammar", "before_names")
_AUXILIARIES = words("grammar", "auxiliaries")
_HELPING = _AUXILIARIES - {"to"}
_FRONTED_CLAUSES = words("grammar", "fronted_clauses")
_ACTING = ("he", "group", "person", "office")
_CONJUNCTIONS = words("grammar", "conjunctions")
_HELPERS = _AUXILIARIES | words("grammar", "planning_participles")
_WHO_HELPERS = words("grammar", "singular_after_who")
_THIRD_POSSESSIVES = words("groups", "own") | words("groups", "their")


_BEFORE_CAPITALS = words("relations", "before_capitals")
_TAKING_UP = frozenset(("whom", "which"))
_DECISIONS = words("acts", "decisions")
_OWN_MARKS = ("'s", "'", "’")
_WE = words("acts", "first_person")
_I = words("acts", "first_person_singular")
_MY, _YOUR = words("acts", "my"), words("acts", "your")
_WE_TWO = words("turns", "both")
_COUNTING = words("turns", "counting")
_BESIDE_WE = words("grammar", "clause_adverbs") | words("grammar", "auxiliaries") | words("grammar", "determiners")
_CLOSING = frozenset(('"', "\N{RIGHT DOUBLE QUOTATION MARK}"))
_TO_SPEAKER = 3
"""Tokens between words quoted and who said them."""
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
_OF_PAIRS = ("meeting", "call", "conference")
_TALKING = ("meeting", "call", "visit", "message")
_DONE_TOGETHER = ("meeting", "call")
_INCLUDING = "including"
_HOSTING_OTHERS = words("grammar", "hosting_others")
_GOING_ALONG = words("presence", "going_along")
_TO_TALKS = frozenset(("to", "in", "at", "for", "during"))
_DOERS = ("subject", "possessor", "between")
_HOURS = words("grammar", "times_of_day")
_BETWEEN_HOURS = words("grammar", "joins") | words("grammar", "closing_joins") | {"in", "at", "the", "also", "on"}
_NAMING = words("grammar", "naming_some")
_MOST_BEFORE_NAMING = 3
"""Words that may tell of what people they are, before some are named: "counterparts |from other states| such as"."""
_JOINS = words("grammar", "joins")
_TOLD_OF_ONE = ("visit", "appointment")
"""Kinds of which somebody who talks says whose they are: "your visit", "since your election"."""
_HAPPENING = ("meeting", "call", "visit", "conference")
_LAST_OF_TOP = 6
"""The sentence up to which a text that speaks of itself as "I" or "we" is read as its state's."""
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
        _add(found, "possessor", resolved(s, owner))
        rest = []
    while rest and (how := _modifies(s, t, rest[-1])):
        g = rest.pop()
        if how == "possessor" and g.mentions[-1].type in ("own", "group"):
            g = resolved(s, g, nearest=t.top == "appointment" or _thanked_for(s, lo, g.start))
        _add(found, how, g)
    if t.top in _TOLD_OF_ONE and (guest := _guest_in_turn(s, t)) is not None:
        found = {"possessor": [guest]}
    subject = _subject(s, t, rest)
    if subject is None and t.top in _TALKING:
        subject = _first_person(s, t) or _speaker_quoted(s, t) or _capitals(s, t, rest)
    behind = s.done_behind(t)
    if behind is not None:
        _add(found, "subject", resolved(s, behind[0]))
        _read_right(s, Trigger(t.start, behind[1], t.hit, t.kind, t.top, t.predicate), found)
    else:
        if subject and (t.predicate or t.top == "relations" or _carries(s, subject, t)):
            for g in listed_with(s, subject) if s.item_marks else (subject,):
                _add(found, "subject", g)
        _read_right(s, t, found)
    if t.predicate and not _TAKING_UP.isdisjoint(s.text.vocabulary) and (taken := _taken_up(s, t)) is not None:
        how, g = taken
        found.pop(how, None)
        _add(found, how, g)
    if t.top in _DONE_TOGETHER and "with" not in found and _INCLUDING in s.text.vocabulary:
        found["with"] = _included(s, t)
        found = {how: groups for how, groups in found.items() if groups}
    if not s.index and t.top in ("meeting", "call") and "with" in found and not found.keys() & {"subject", "possessor"}:
        author = s.context.author  # "Statement by X on |his| Call with Y"
        beside = next((g for g in s.groups if g.end == t.start and g.mentions[-1].type in ("person", "office")), None)
        if beside is not None:
            _add(found, "subject", beside)  # "|X| meeting with Y"
        elif author is not None and s.text.article.title is not None:
            _add(found, "possessor", standing_for(author, s.first))
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


def _capitals(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """The countries of two cities that stand for them: "|Rome and Quito| have held talks"."""
    g = left[-1] if left and t.predicate and t.top in _DONE_TOGETHER else None
    if g is None or len(g.mentions) < 2 or any(m.type != "place" for m in g.mentions):
        return None
    low = s.text.low
    if not (_AUXILIARIES | _ADVERBS).issuperset(low[g.end : t.start]):
        return None
    if g.start > s.first and low[g.start - 1] not in _BEFORE_CAPITALS:
        return None
    lands = [s.lex.country_of(m.value) for m in g.mentions]
    bodies = [Mention("body", m.start, m.end, value=land) for m, land in zip(g.mentions, lands, strict=True) if land]
    return Group(g.start, g.end, bodies) if len({m.value for m in bodies}) == len(lands) else None


def _included(s: Sentence, t: Trigger) -> list[Group]:
    """With whom some of several talks were, told behind where and when: "held talks in X on Y, |including with| Z"."""
    low = s.text.low
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


def _first_person(s: Sentence, t: Trigger) -> Group | None:
    """Who speaks in the text itself: its author, else near the top the state: "I met President X", "We received …"."""
    home, author, low = s.register.home, s.context.author, s.text.low
    if s.index in s.context.turns:
        return _both_talking(s, t)
    if (author is None and (home is None or s.index > _LAST_OF_TOP)) or _WE.isdisjoint(s.text.vocabulary):
        return None
    lo = s.clause_start(t.start)
    at = next((k for k in range(t.start - 1, max(lo, t.start - 9) - 1, -1) if low[k] in _WE), None)
    if at is None or any(not (w in _LIGHT or w in _BESIDE_WE or w.endswith("ly")) for w in low[at + 1 : t.start][:3]):
        return None
    begin = s.text.text.rfind("\n", 0, s.span[0]) + 1
    before = s.text.text[begin : s.text.tokens.starts[at]]
    quoted = before.count('"') % 2 or any(before.count(a) > before.count(b) for a, b in _QUOTES)
    if quoted or ":" in before[:60]:
        return None
    if author is not None and low[at] in _I:
        return standing_for(author, at)
    return Group(at, at, [Mention("body", at, at, value=home)]) if home and s.index <= _LAST_OF_TOP else None


def _speaker_quoted(s: Sentence, t: Trigger) -> Group | None:
    """Who says "I" in words quoted before him: "|I met| X yesterday," Y told reporters."""
    low = s.text.low
    if _I.isdisjoint(s.text.vocabulary) or not t.predicate:
        return None
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 5) - 1, -1) if low[k] in _I), None)
    end = next((k for k in range(t.end, s.last) if low[k] in _CLOSING), s.last) if at is not None else s.last
    if at is None or any(not (w in _LIGHT or w in _BESIDE_WE or w.endswith("ly")) for w in low[at + 1 : t.start]):
        return None
    who = next((g for g in s.groups if g.start > end), None)
    if who is None or who.mentions[0].type not in ("person", "office", "he") or who.start - end > _TO_SPEAKER:
        return None
    beside = low[end : who.start] + low[who.end : who.end + 2]
    if _TELLING.isdisjoint(beside) and _REPORTING.isdisjoint(beside):
        return None
    return Group(who.start, who.end, s.context.last_subject) if who.mentions[0].type == "he" else resolved(s, who)


def _both_talking(s: Sentence, t: Trigger) -> Group | None:
    """The two who talk to each other, where one of them says "we" of a meeting, call or signing of theirs."""
    turn, low = s.context.turns[s.index], s.text.low
    if t.top not in _DONE_TOGETHER or t.start <= turn.start:
        return None
    lo = max(s.clause_start(t.start), turn.start)
    at = next((k for k in range(t.start - 1, max(lo, t.start - 9) - 1, -1) if low[k] in _WE_TWO), None)
    beside = low[at + 1 : t.start] if at is not None else []
    if at is None or not all(w in _LIGHT or w in _BESIDE_WE or w in _COUNTING or w.endswith("ly") for w in beside):
        return None
    with_others = "with" in low[t.end - 1 : t.end + 1] and any(t.end <= g.start < t.end + 6 for g in s.groups)
    people = [turn.speaker] if with_others else [turn.speaker, turn.addressee]
    return Group(at, at + 1, [Mention("person", at, at + 1, person=k) for k in people])


def _guest_in_turn(s: Sentence, t: Trigger) -> Group | None:
    """Whose visit is spoken of by two who talk: "|your| visit is timely", said to a guest; "|my| current visit"."""
    turn = s.context.turns.get(s.index)
    if turn is None or t.predicate:
        return None
    for k in range(t.start - 1, max(s.first, t.start - 4) - 1, -1):
        if s.text.low[k] in _MY or s.text.low[k] in _YOUR:
            who = turn.speaker if s.text.low[k] in _MY else turn.addressee
            return standing_for(who, k)
    return None


def _add(found: Arguments, how: str, g: Group) -> None:
    """Take a group in, unless its pronoun stands for nobody."""
    if g.mentions:
        found.setdefault(how, []).append(g)


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


def find_subject(s: Sentence, t: Trigger) -> list[Group]:
    """Return who stands as the subject of the clause before a phrase, whatever verb is between."""
    lo = s.clause_start(t.start)
    subject = _subject(s, t, [g for g in s.groups if g.end <= t.start and g.start >= lo])
    return [subject] if subject else []


def subject_after(s: Sentence, end: int) -> list[Group]:
    """Return who stands behind the comma that closes an opening phrase: "At the talks in Y, the delegations of A …"."""
    low = s.text.low
    for comma in (k for k in range(end, min(end + 24, s.last)) if low[k] == ","):
        found = next((g for g in s.groups if g.start > comma), None)
        if found is None or found.start - comma > 5 or found.mentions[0].type == "place":
            continue
        if all(w.isalpha() for w in low[comma + 1 : found.start]):
            return [resolved(s, found)]
    return []


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


def _subject(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """The group that does what a phrase says, the pronouns in it made plain."""
    low = s.text.low
    relative = _antecedent(s, t, left) or _behind_relative(s, t)
    if relative is not None:
        return resolved(s, relative)
    if (
        t.predicate
        and left
        and _AUXILIARIES.issuperset(low[left[-1].end : t.start])
        and _begins_clause(s, t, left[-1].start)
    ):
        return resolved(s, left[-1], nearest=t.top == "appointment")
    if not t.predicate and (journey := journey_for(s, t)) is not None:
        return _subject(s, journey, [g for g in left if g.end <= journey.start])
    if t.predicate and low[t.start - 1] == "to" and (decider := _decider(s, t, left)) is not None:
        return decider
    free = [g for g in reversed(left) if may_act(s, g) or (g.mentions[0].type == "own" and g.end == t.start)]
    if not _COMPRISING.isdisjoint(low[s.first : t.start]):
        made_up = next(k for k in range(s.first, t.start) if low[k] in _COMPRISING)
        free = [g for g in free if g.end <= made_up] or free  # "a delegation |comprising A and B| visited"
    if "who" in low[s.first : t.start]:
        free = [g for g in free if not _in_aside(s, g, t)]
    if t.predicate and len(free) > 1:
        free = [g for g in free if low[g.end] not in _OWN_MARKS] or free  # "|X's| envoy Y went to Z and met"
    nearest = t.top == "appointment"
    if low[t.start].endswith("ing") and t.predicate and t.start > s.first and low[t.start - 1] == "for":
        return resolved(s, free[0], nearest=nearest) if len(free) > 1 else None  # "thanked X for signing"
    if t.predicate and (_coordinated(s, t, free) or _adverbial(s, t)):
        free.reverse()
    if len(free) > 1:
        free.sort(key=lambda g: all(m.type == "body" for m in g.mentions))
    for g in free:
        if low[g.start - 1] == "by" and g.start - 2 >= s.first and (team := _team_led(s, g)):
            return team
        if g.mentions[-1].type == "place" or (g.mentions[0].type == "its" and g is not free[-1]):
            continue  # "X opened |its| embassy and gave", "X expressed |its| condolences"
        if (
            len(g.mentions) == 1
            and g.mentions[0].type == "body"
            and g.mentions[0].adjective
            and not _organ_behind(s, t, g)
        ):
            continue
        named = _spelt_out(s, g) if g.mentions[-1].type == "group" else _explained(s, g)
        meant = named or resolved(s, g, nearest=nearest)
        if g.mentions[0].type == "group" and low[g.start - 1] in _ORIGIN and low[g.start - 2] in _OFFICERS:
            return _lands_of(s, t, meant)  # "diplomats of |the two countries|"
        return meant
    if t.predicate and not free and (acting := acting_behind(s, t.end)):
        return Group(acting[0].start, acting[0].end, acting)
    if t.predicate and not free and (nation := nation_behind(s, t.start)):
        return nation[0]
    if t.predicate and not free and (begin := s.clause_start(t.start)) > s.first:
        kinds: tuple[str, ...] = (
            ("person", "he") if low[begin - 1] == "but" else ("person",)
        )  # "|He| did not meet Y, but met Z"
        for g in reversed([g for g in s.groups if g.end <= t.start]):
            before = low[g.start - 1] if g.start > s.first else ""
            if before not in _NOT_SUBJECT and any(m.type in kinds for m in g.mentions):
                return resolved(s, g)
    return None


def nation_behind(s: Sentence, k: int) -> list[Group]:
    """The states of which a participle that opens the sentence at token ``k`` is told: "Having signed it, |X| left"."""
    low = s.text.low
    opened = low[s.first].endswith("ing") or low[k].endswith(("ing", "ed"))
    if not opened or k - s.first > 1 or any(g.end <= k for g in s.groups):
        return []
    for g in s.groups:
        begin = g.start - 1 - (low[g.start - 1] == "the")
        if low[begin] == "," and all(m.type == "body" for m in g.mentions) and low[g.end : g.end + 1] != [","]:
            return [g]
    return []


def _lands_of(s: Sentence, t: Trigger, meant: Group) -> Group:
    """The countries of those who are meant, none of whom does himself what people of theirs do."""
    lands = {m.value for m in meant.mentions if m.type == "body"}
    if t.top in _OF_PAIRS:
        lands |= s.register.homes(m.person for m in meant.mentions if m.type == "person" and m.person >= 0)
    return Group(meant.start, meant.end, [Mention("body", 0, 0, value=land) for land in sorted(lands)])


def _decider(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """Whose decision it is to do what the phrase says: "welcomed |X's| decision to open an embassy"."""
    low = s.text.low
    g = left[-1] if left else None
    if g is None or t.start - g.end > 6 or low[t.start - 2] not in _DECISIONS or low[g.end] not in _OWN_MARKS:
        return None
    return resolved(s, g)


def _organ_behind(s: Sentence, t: Trigger, g: Group) -> bool:
    """Whether it is an organ of its state that does something: "the Chadian |foreign ministry| offered"."""
    between = s.text.low[g.end : t.start]
    if not t.predicate:
        return not _ORGANS.isdisjoint(between[:2])
    return 0 < len(between) < 4 and between[-1] in _ORGANS and all(w.isalpha() for w in between)


def _in_aside(s: Sentence, g: Group, t: Trigger) -> bool:
    """Whether a group stands in a clause on who was named before: "X, who replaces |Y|, attended …"."""
    low = s.text.low
    if "who" not in low[max(s.first, g.start - 8) : g.start]:
        return False
    who = max(k for k in range(max(s.first, g.start - 8), g.start) if low[k] == "who")
    if low[who - 1] != "," or g.start - who > 6 or low[g.end : g.end + 1] != [","] or g.end >= t.start:
        return False
    return low[g.end + 1] != "and" and any(x.end <= who for x in s.groups)


def _begins_clause(s: Sentence, t: Trigger, start: int) -> bool:
    """Whether a group is the subject of what follows: "|after| A and B took office", "|announced| A will visit B",
    "wishes came in, |with| A and B sending letters"."""
    before = start - 1 - (start > s.first and s.text.low[start - 1] == "the")
    if s.text.low[t.start].endswith("ing") and s.text.low[before - 1 : before + 1] == [",", "with"]:
        return before > s.first
    if before > s.first and s.text.low[before] == "," and s.text.low[s.first] in _FRONTED_CLAUSES:
        return any(g.end < before and g.mentions[0].type in _ACTING for g in s.groups)  # "While X is there, |A and B|"
    return before >= s.first and (s.text.low[before] in _CONJUNCTIONS or s.text.low[before] in _TELLING)


def journey_for(s: Sentence, t: Trigger) -> Trigger | None:
    """Return the journey that is told to be made for an event: "X met Y and |went on to| Z for a meeting with W"."""
    low = s.text.low
    lead = t.start - 1
    while lead > s.first and (low[lead] in _DETERMINERS or low[lead] in _ADJECTIVES):
        lead -= 1
    if low[lead] != "for":
        return None
    lo = s.clause_start(t.start)
    return next(
        (x for x in s.triggers if x.top == "visit" and x.predicate and lo < x.start and 0 <= lead - x.end < 6), None
    )


def _spelt_out(s: Sentence, g: Group) -> Group | None:
    """Those whom a group of leaders or sides is said to be: "the two sides, A and B, signed"."""
    if g.end >= s.last or s.text.low[g.end] != ",":
        return None
    named = next((x for x in s.groups if x.start == g.end + 1 and len(x.mentions) > 1), None)
    return named if named and all(m.type in ("person", "body") for m in named.mentions) else None


def _explained(s: Sentence, g: Group) -> Group | None:
    """Of whom an office set off by commas only tells more: "X, a former minister of trade, took over"."""
    if g.mentions[0].type != "office" or s.text.low[g.start - 2 : g.start] not in ([",", "a"], [",", "an"]):
        return None
    before = next((x for x in s.groups if x.end == g.start - 2), None)
    return before if before is not None and before.mentions[-1].type == "person" else None


def _team_led(s: Sentence, g: Group) -> Group | None:
    """The body whose team somebody leads, with him: "an IMF team led by X"."""
    low, led = s.text.low, g.start - 2
    if low[led] not in _LEADING:
        return None
    for body in reversed(s.groups):
        if body.end <= led and body.mentions[-1].type == "body":
            gap = low[body.end : led]
            return (
                Group(body.start, g.end, [*body.mentions, *g.mentions])
                if 0 < len(gap) < 4 and gap[-1] in _SIDES
                else None
            )
    return None


def _coordinated(s: Sentence, t: Trigger, free: list[Group]) -> bool:
    """Whether the phrase goes on what the clause began: "X met Y on Monday, phoned Z and |will write| to W"."""
    low = s.text.low
    k = t.start - 1
    while k > s.first and (low[k] in _ADVERBS or low[k] in _HELPERS or low[k].endswith("ly")):
        k -= 1
    if k <= s.first or low[k] not in _COORDINATORS or low[t.start].endswith("ing"):
        return False
    if low[k] == "," and free and free[0].end <= k and _is_apposed(s, free[0]):
        return False  # "X met Y, |Z, a spokesman,| told reporters"
    return low[k] == "and" or any(
        x.predicate and x is not t and x.start >= g.end and x.end <= k for g in free[-1:] for x in s.triggers
    )


def _is_apposed(s: Sentence, g: Group) -> bool:
    """Whether commas set somebody, or who he is, apart from the words around: "Z|, a spokesman,| told"."""
    named = any(m.type in ("person", "office") for m in g.mentions)
    return named and s.text.low[g.start - 1] == "," and s.text.low[g.end] == ","


def _adverbial(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase tells what else the one who acts did: "X met Y |before flying on to| Z"."""
    return s.text.low[t.start].endswith("ing") and t.start > s.first and s.text.low[t.start - 1] in _TURNS


def _antecedent(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """Whom a "who" right before the phrase takes up."""
    if "who" not in s.text.vocabulary:
        return None
    low = s.text.low
    lead = low[max(s.clause_start(t.start), t.start - _FARTHEST_WHO) : t.start]
    if "who" not in lead:
        return None
    who = t.start - 1 - lead[::-1].index("who")
    for g in reversed(left):
        if g.end <= who and who - g.end < 2:
            closed = low[t.start - 1] == ","  # "X and Y, |who is in Z on a visit,| held talks"
            return Group(g.start, g.end, g.mentions[-1:] if low[who + 1] in _WHO_HELPERS and not closed else g.mentions)
    return None


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


def _behind_relative(s: Sentence, t: Trigger) -> Group | None:
    """Who acts behind a clause that tells more of them: "A and B, |which share a border,| held talks"."""
    if "which" not in s.text.vocabulary:
        return None
    low, begin = s.text.low, s.clause_start(t.start)
    if begin - 3 < s.first or low[begin - 1] != "which" or low[begin - 2] != ",":
        return None
    lead = t.start - 1
    while lead > begin and (low[lead] in _LIGHT or low[lead] in _BESIDE_WE or low[lead] in _ADJECTIVES):
        lead -= 1
    return next((g for g in s.groups if g.end == begin - 2 and may_act(s, g)), None) if low[lead] == "," else None


def may_act(s: Sentence, g: Group) -> bool:
    """Whether no preposition before a group keeps it from being a subject; "the government of X" acts for X."""
    low = s.text.low
    before = low[g.start - 1] if g.start > s.first else ""
    if g.mentions[0].type == "him":
        return False
    if before == "the" and g.start - 2 >= s.first:
        before = low[g.start - 2]
    if before == "by" and g.start - 2 >= s.first and low[g.start - 2] in _LEADING:
        return True  # "a delegation led by X visited"
    if before == "(" or (before == "before" and low[g.end] == ","):
        return False  # an acronym; "|Before President X|, the ministers took the oath"
    if before == "after" and g.mentions[-1].type == "body" and low[g.end] in s.lex.verb_forms:
        return not low[g.end].endswith("ing")  # "after X sent"
    return before not in _NOT_SUBJECT or _organ_before(s, g)


def _organ_before(s: Sentence, g: Group) -> bool:
    """Whether "the government of", "officials from" stands before a country: the country acts."""
    low = s.text.low
    at = g.start - 2 - (low[g.start - 1] == "the")
    if at < s.first:
        return False
    if g.mentions[0].type == "group":
        return low[at + 1] in _ORIGIN and low[at] in _SENT  # "diplomats of |the two countries|"
    return low[at + 1] in _ORIGIN and (low[at] in _ORGANS or g.mentions[0].organ)


def _read_right(s: Sentence, t: Trigger, found: Arguments) -> None:
    """Add the groups behind a phrase, one after the other, up to the first that belongs to something else."""
    low = s.text.low
    stop = s.clause_end(t.end)
    if (shared := _object_shared(s, t)) is not None:
        _add(found, low[t.end - 1] if low[t.end - 1] in _ARGUMENT else "object", resolved(s, shared))
        return
    for x in s.triggers:
        if t.end <= x.start < stop and _parts(s, t, x) and not _names_people(s, x):
            stop = x.start
    right = [g for g in s.groups if t.end <= g.start < stop][:_MOST_GROUPS]
    aside = next((x for x in s.triggers if first_since(s, t, x)), None) if not t.predicate else None
    k = aside.end if aside is not None else t.end
    how = low[t.end - 1] if not t.predicate and low[t.end - 1] in _ARGUMENT else "object"
    among = False
    for n, g in enumerate(right):
        following = right[n + 1].start if n + 1 < len(right) else s.last
        if g.mentions[0].type in ("own", "group") and low[g.start] in _THIRD_POSSESSIVES and following - g.end < 3:
            continue  # "his Chilean counterpart", "his finance minister": somebody else is meant
        if t.predicate and t.top in _DONE_TOGETHER and g.end - g.start == 1 and low[g.start] in _THIRD_POSSESSIVES:
            continue  # "receive |their| salaries"
        gap = _before_whole(low[k : g.start])
        if gap and gap != [","] and all(w in s.lex.honorific_words or w == "," for w in gap):
            gap = []  # "with His Royal Highness, Crown Prince X"
        if gap[-1:] == [","] and g.mentions[0].is_where and (town := town_before(s, g.start)) >= k:
            gap = gap[: town - k]  # "to |Lucerne|, Switzerland"
        among = among and g.mentions[0].type == "person" and all(w in _JOINS or w in s.lex.particles for w in gap)
        more = among or _listed_on(s, gap, g) or _on_another_day(s, gap, k, g) or seen_later(t, gap, g)
        if k > t.end and how in ("object", "with") and (more or _among_them(s, gap, right[n - 1], g)):
            among = not more or among
            _add(found, how, resolved(s, g))
            k = g.end
            continue
        if t.top not in _DONE_TOGETHER and gap[-2:] == [_INCLUDING, "with"]:
            break  # "met leaders at the summit, including with X"
        next_how = None if _closed(s, gap, k, g) else _standing(s, t, gap, k, how)
        if next_how is None or (next_how == "between" and _is_met(s, t, gap, found)):
            break  # "with X on the war |between| A and B"
        how = next_how
        if how == _INSIDE:
            k = g.end
            continue
        _add(found, how, resolved(s, g, nearest=t.top == "appointment"))
        k = g.end


def _before_whole(gap: list[str]) -> list[str]:
    """The words before a group without those that take in the whole of it: "with |each of the| envoys"."""
    of = len(gap) - 1 - (gap[-1:] == ["the"])
    return gap[: of - 1] if of > 0 and gap[of] == "of" and gap[of - 1] in _WHOLE else gap


def _is_met(s: Sentence, t: Trigger, gap: list[str], found: Arguments) -> bool:
    """Whether it is told already who talk with each other, up to the words of a gap."""
    met = "with" in found or ("object" in found and s.text.low[t.end - 1] == "with")
    return t.top in _OF_PAIRS and (met or ("subject" in found and t.predicate and "," in gap))


def _object_shared(s: Sentence, t: Trigger) -> Group | None:
    """Whom two verbs have in common: "met with |and thanked| X"."""
    low = s.text.low
    if not t.predicate or low[t.end : t.end + 1] != ["and"] or not low[t.end + 1].endswith("ed"):
        return None
    begin = t.end + 2 + (low[t.end + 2] == "the")
    return next((g for g in s.groups if g.start == begin and g.mentions[0].type in ("person", "office")), None)


def _parts(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a later phrase begins something else, so that what stands behind it is none of this one's."""
    if first_since(s, t, x):
        return False
    again = _does_again(s, t, x) or _carried_on(s, t, x) or _of_other_time(s, t, x)
    return x.top != t.top or again or _aimed_at(s, t, x)


def _names_people(s: Sentence, x: Trigger) -> bool:
    """Whether what may be a gathering is only whose people are spoken of: "met with |G7| leaders"."""
    return x.top == "conference" and any(g.start == x.start and g.mentions[0].organ for g in s.groups)


def _does_again(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a phrase goes on to somebody else: "met X, |held talks with| Y", "talks with X and |one with| Z"."""
    again = x.predicate if t.predicate else not x.predicate and "with" in s.text.low[x.end - 1 : x.end + 1]
    return again and any(t.end <= g.start and g.end <= x.start for g in s.groups)


def _carried_on(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a verb goes on from one gathering to the next: "attended the Forum and |held| a summit with X"."""
    if t.top != "conference":
        return False
    low = s.text.low
    if x.predicate:
        return "and" in low[max(t.end, x.start - 5) : x.start]
    verb = next((k for k in range(x.start - 1, max(t.end, x.start - 5), -1) if low[k] in _CARRYING), t.end)
    return verb > t.end and "and" in low[max(t.end, verb - 5) : verb]


def _listed_on(s: Sentence, gap: list[str], g: Group) -> bool:
    """Whether a comma goes on with those of a list that closes with people unnamed: "A, |Minister B| and experts"."""
    if gap not in ([], [","], [",", "the"]) or g.end >= s.last:
        return False
    named = all(m.type == "person" and m.titles and m.titles[0].start < (m.name or (0,))[0] for m in g.mentions)
    after = s.text.low[g.end : g.end + 2]
    return named and (after[0] == "and" or after == [",", "and"] or after == ["as", "well"])


def _on_another_day(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether a list goes on with whom somebody met on a day of its own: "met A on Monday |and B on Tuesday|"."""
    if len(s.whens) < 2 or gap[-1:] not in (["and"], ["the"], [","]) or g.mentions[0].type not in ("person", "office"):
        return False
    joined = [w for w in undated(s, gap, k) if w != "the"]
    dated = s.date_between(k, g.start) and s.date_between(g.end, g.end + 2)
    return dated and joined in (["and"], [","], [",", "and"])


def seen_later(t: Trigger, gap: list[str], g: Group) -> bool:
    """Return whether a list goes on with whom somebody met at another hour: "A in the morning |and, later,| B"."""
    if t.top not in _DONE_TOGETHER or "and" not in gap or g.mentions[0].type not in ("person", "office"):
        return False
    return not _HOURS.isdisjoint(gap) and all(w in _HOURS or w in _BETWEEN_HOURS for w in gap)


def _among_them(s: Sentence, gap: list[str], before: Group, g: Group) -> bool:
    """Whether somebody is one of those told of in general before: "with leaders |of other states, including| X"."""
    told = [w for w in gap if w not in s.lex.honorific_words and w not in (",", "the")]
    named = told[:-2] if told[-2:] == ["such", "as"] else told[:-1] if told and told[-1] in _NAMING else None
    if named is None or len(named) > _MOST_BEFORE_NAMING or not s.lex.verb_forms.isdisjoint(named):
        return False
    several = before.mentions[-1].organ or any(title.plural for title in before.mentions[-1].titles)
    return several and g.mentions[0].type == "person"


def _of_other_time(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a noun names another event of the kind, before or after: "on a visit |ahead of| a visit to Y"."""
    return not t.predicate and not x.predicate and not _APART.isdisjoint(s.text.low[t.end : x.start])


def _aimed_at(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether a noun names an earlier talk of others, to which a talk goes back: "met X |to follow up on| the talks
    between A and B"."""
    low = s.text.low
    if not t.predicate or x.predicate or low[x.end : x.end + 1] != ["between"]:
        return False
    met = next((g.end for g in s.groups if t.end <= g.start < x.start), x.start)
    return "to" in low[met : x.start]


def _closed(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether the words between token ``k`` and a group part it from the phrase before."""
    if k in s.item_marks and [w for w in gap[1:] if w != "the"] in ([], ["and"]):
        return False
    if gap[-1:] == ["'s"] and len(gap) < 5 and g.mentions[0].titles and gap[0] == "the":
        return False  # "with the Forum's Secretary General, X"
    if "'s" in gap and "," not in gap and g.mentions[0].titles and _in_capitals(s, k, g.start):
        return False  # "with |People's Party Chairman| X"
    if "," in gap and g.end < s.last and s.text.low[g.end] in _TELLING:
        return True  # "will meet on May 3, the minister |said|"
    if len(gap) > 2 and "and" in gap[-2:] and g.end < s.last and s.text.low[g.end] in _HELPING:
        return True  # "hosted it in May |and B will| host"
    far = len(gap) > 12 and sum(w != "," for w in undated(s, gap, k)) > 8
    if far or "'s" in gap or "." in gap or ";" in gap:
        return True
    preps = [w for w in gap if w in _ARGUMENT]
    if not _APART.isdisjoint(gap) and _other_time(gap):
        return True
    if "," in gap and not preps and not _dates_between(s, k, g.start):
        return True
    if not preps and not _CLAUSE_OPENERS.isdisjoint(gap) and not _two_sorts(s, gap, k, g):
        return True
    return not _REPORTING.isdisjoint(gap)


def _two_sorts(s: Sentence, gap: list[str], k: int, g: Group) -> bool:
    """Whether an "and" only joins two words before people in the plural: "met the |foreign and| defence ministers"."""
    m = g.mentions[0]
    plural = m.organ or (m.type == "office" and m.titles[0].plural)
    return plural and gap[-1:] == ["and"] and 1 < len(gap) < 4 and undated(s, gap, k) == gap


def _in_capitals(s: Sentence, begin: int, end: int) -> bool:
    """Whether tokens ``[begin, end)`` are, "with" and "'s" aside, words in capitals, as of a party's name."""
    printed = [w for w in s.text.tokens.words[begin:end] if w not in ("'s", "’s", "with")]
    return bool(printed) and all(w[0].isupper() for w in printed)


def _other_time(gap: list[str]) -> bool:
    """Whether what follows a gap is of another occasion: "met in May |before| the conference", not "… with X"."""
    apart = max(n for n, w in enumerate(gap) if w in _APART)
    return not any(w in _ARGUMENT for w in gap[apart + 1 + (gap[apart] in ("ahead", "prior")) :])


def _standing(s: Sentence, t: Trigger, gap: list[str], k: int, how: str) -> str | None:
    """How the group after a gap stands to the phrase; ``None`` where it belongs to something else."""
    if k in s.item_marks:
        return how
    if _PRESENCE.intersection(gap):
        return "presence"
    preps = [w for w in gap if w in _ARGUMENT]
    if t.top == "call" and t.predicate and gap[-1:] and gap[-1] in _ABOUT:
        return None  # "X and Y spoke today |about| Z"
    if s.whens and any(w in _BEFORE_DAYS for w in preps) and _dates_between(s, k, k + len(gap)):
        gap = undated(s, gap, k)  # "received on Monday in Y the minister"
        preps = [w for w in gap if w in _ARGUMENT]
    if t.predicate and k == t.end and len(preps) > 1 and preps[0] == "of":
        of = gap.index("of")
        if gap[of - 1] in _AMOUNTS:
            gap = gap[of + 1 :]  # "met with |a range of| Government of X officials"
            preps = [w for w in gap if w in _ARGUMENT]
    if preps[-1:] == ["by"]:
        if gap[gap.index("by") - 1] in _LEADING and len(preps) == 1 and not (t.top == "conference" and k == t.end):
            return how  # "met a delegation led by X", not "the dialogue was led by X"
        if any(w.endswith("ed") and w not in _HOSTED for w in gap):
            return None
    if preps == ["of"] and k == t.end and t.predicate and s.text.low[k - 1] in _ARGUMENT:
        preps = []  # "sent greetings to the people of X"
    if t.predicate and k == t.end and preps == [s.text.low[k - 1]] and undated(s, gap, k)[:1] == preps:
        return how  # "paid a call on Monday |on| X"
    own = [w for n, w in enumerate(gap) if w in _ARGUMENT and not _of_organ(gap, n)]
    if preps and not own and (k == t.end or _FOLLOWING_ON.intersection(gap)):
        return how  # "met the leaders of X", "…, as well as a delegation from Y"
    if preps and not own and t.predicate and how in ("in", "at"):
        return "object"  # "received in Y a delegation from X"
    if preps[-1:] == ["of"] and len(preps) > 1:
        if preps[-2] in _INNER or preps[-2] == "of":
            return preps[-2]  # "with the leaders of X"
        return _INSIDE if t.top == "message" else None  # "condolences on the passing of X to Y"
    if "to" in (preps if t.top == "visit" and t.predicate else preps[-1:]) and _infinitive(s, gap):
        return None  # "flew to X to strengthen Y"
    from_at = len(gap) - 1 - (gap[-1:] == ["the"])
    if preps[-1:] == ["from"] and own and own[-1] in _INNER and gap[from_at] == "from" and _of_organ(gap, from_at):
        return own[-1]  # "between officials from X and Y"
    if not t.predicate and k == t.end and t.top in _HAPPENING and _does_something(s, gap):
        return None  # "the talks |will strengthen ties between| A and B"
    if not preps and k > t.end and len(gap) < 3 and gap[-1:] and gap[-1] in _MEMBERS:
        return how  # "from NATO |allies| A, B and C"
    if preps:
        return None if preps == ["of"] and k > t.end and not _of_traveller(t, how) else preps[-1]
    if t.predicate and how in ("in", "at") and undated(s, gap, k) in ([], ["the"]):
        return "object"  # "received in the Kremlin President X"
    return None if k > t.end or how == _INSIDE else how


def undated(s: Sentence, gap: list[str], k: int) -> list[str]:
    """Return the words from token ``k`` on without the dates among them, nor what leads to or encloses these."""
    if not s.whens:
        return gap
    spans = [(s.text.token_at(w.start), s.text.token_at(w.end)) for w in s.whens]
    dated = {n for first, last in spans for n in range(first - (s.text.low[first - 1] in _BEFORE_DAYS), last)}
    low = s.text.low
    dated |= {
        n for first, last in spans if low[first - 1] == "(" and low[last : last + 1] == [")"] for n in (first - 1, last)
    }
    return [w for n, w in enumerate(gap, k) if n not in dated]


def _does_something(s: Sentence, gap: list[str]) -> bool:
    """Whether a verb behind a noun tells what the event did, and not that it was held: "the call |took up|"."""
    if len(gap) < 2 or not _HOLDING.isdisjoint(gap):
        return False  # "joining X on the call |were| A and B"
    return any(w in _FINITE or w in s.lex.verb_forms for w in gap)


def _infinitive(s: Sentence, gap: list[str]) -> bool:
    """Whether the last "to" of a gap leads a verb and no name."""
    after = next((gap[n + 1] for n in range(len(gap) - 1, -1, -1) if gap[n] == "to" and n + 1 < len(gap)), "")
    return after.replace("-", "").isalpha() and not (
        after in _BEFORE_NAMES or after in _ORGANS or after in s.lex.honorific_words
    )


def _of_traveller(t: Trigger, how: str) -> bool:
    """Whether "of" goes on with who travels: "the visits to X of Y and Z"."""
    return t.top == "visit" and not t.predicate and how in ("to", "in")


def _of_organ(gap: list[str], n: int) -> bool:
    """Whether the preposition at ``n`` only says whose leaders or delegation they are."""
    return n > 0 and gap[n] in ("of", "from") and gap[n - 1] in _SENT


def _dates_between(s: Sentence, a: int, b: int) -> bool:
    starts = s.text.tokens.starts
    lo, hi = starts[a] if a < len(starts) else 0, starts[b]
    return any(lo <= w.start < hi for w in s.whens)

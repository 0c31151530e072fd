"""Subjects: who does what an event phrase says — before it, in a clause before, quoted or speaking."""

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.groups import Group, closing, standing_for
from kg.mappers.reference import acting_behind, resolved

_NOT_SUBJECT = words("grammar", "before_no_subject")
_LIGHT = words("grammar", "light_verbs")
_ORGANS = words("grammar", "state_organs")
_SENT = _ORGANS | words("grammar", "people_of_states")
_OFFICERS = words("grammar", "people_of_states") - _ORGANS | words("grammar", "delegations")
_SPACED = words("grammar", "afterwards") | {"before"}
_SPANS = words("grammar", "spans_of_time")
_NEAR = 6
"""Tokens between the word that sets something apart in time and the noun that tells it."""
_ORIGIN = words("grammar", "before_origins")
_INVITING = _ORIGIN | {"by"}
_WITHIN_ASIDES = words("grammar", "placing_prepositions") | {"on", "by"}
_REPORTING = words("grammar", "reporting_verbs")
_TELLING = words("grammar", "announcing_verbs")
_DETERMINERS = words("grammar", "determiners")
_ADJECTIVES = words("gatherings", "talk_adjectives")
_TURNS = words("grammar", "turns")
_SIDES = words("grammar", "sides")
_LONGEST_ORGAN = 6
"""Tokens behind a body that name its organ, which sends a team."""
_LEADING = words("grammar", "leading_participles")
_ARTICLES = ("the", "a", "an")
_COORDINATORS = frozenset(("and", ","))
_ADVERBS = words("grammar", "clause_adverbs")
_BEEN = ("been",)
_COMPRISING = words("grammar", "comprising")
_AUXILIARIES = words("grammar", "auxiliaries")
_FRONTED_CLAUSES = words("grammar", "fronted_clauses")
_ACTING = ("he", "group", "person", "office")
_CONJUNCTIONS = words("grammar", "conjunctions")
_HELPERS = _AUXILIARIES | words("grammar", "planning_participles")
_WHO_HELPERS = words("grammar", "singular_after_who")
_BEFORE_CAPITALS = words("relations", "before_capitals")
_DECISIONS = words("acts", "decisions")
_THEIR = words("groups", "their")
_OWN_MARKS = ("'s", "'", "’")
_WE = words("acts", "first_person")
_I = words("acts", "first_person_singular")
_MY = words("acts", "my")
_YOUR = words("acts", "your")
_WE_TWO = words("turns", "both")
_COUNTING = words("turns", "counting")
_BESIDE_WE = words("grammar", "clause_adverbs") | words("grammar", "auxiliaries") | words("grammar", "determiners")
_CLOSING = frozenset(('"', "\N{RIGHT DOUBLE QUOTATION MARK}"))
_TO_SPEAKER = 3
"""Tokens between words quoted and who said them."""
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
_OF_PAIRS = ("meeting", "call", "conference")
_DONE_TOGETHER = ("meeting", "call")
_LAST_OF_TOP = 6
"""The sentence up to which a text that speaks of itself as "I" or "we" is read as its state's."""
_FARTHEST_WHO = 11
"""Tokens between "who" and the phrase it is the subject of."""
_FARTHEST_IN_ONE = 20
"""As many where no other clause begins between them: "|who| is in Y these days to take part in the Z |Forum|"."""
_WITHOUT_BREAK = words("grammar", "clause_breaks") | {",", "and"}


def capitals_acting(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """Return the countries of two cities that stand for them: "|Rome and Quito| have held talks"."""
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


def first_person(s: Sentence, t: Trigger) -> Group | None:
    """Return who speaks in the text itself: its author, else near the top the state.

    "I met President X", "We received …".
    """
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


def speaker_quoted(s: Sentence, t: Trigger) -> Group | None:
    """Return who says "I" in words quoted before him: "|I met| X yesterday," Y told reporters."""
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


def guest_in_turn(s: Sentence, t: Trigger) -> Group | None:
    """Return whose visit is spoken of by two who talk.

    "|your| visit is timely", said to a guest; "|my| current visit".
    """
    turn = s.context.turns.get(s.index)
    if turn is None or t.predicate:
        return None
    for k in range(t.start - 1, max(s.first, t.start - 4) - 1, -1):
        if s.text.low[k] in _MY or s.text.low[k] in _YOUR:
            who = turn.speaker if s.text.low[k] in _MY else turn.addressee
            return standing_for(who, k)
    return None


def find_subject(s: Sentence, t: Trigger, before: int | None = None) -> list[Group]:
    """Return who stands as the subject of the clause before a phrase, or before the name it is of, whatever verb is
    between."""
    lo, stop = s.clause_start(t.start), t.start if before is None else min(before, t.start)
    subject = subject_before(s, t, [g for g in s.groups if g.end <= stop and g.start >= lo])
    return [subject] if subject else []


def subject_after(s: Sentence, end: int) -> list[Group]:
    """Return who stands behind the comma that closes an opening phrase: "At the talks in Y, the delegations of A …"."""
    low = s.text.low
    for comma in (k for k in range(end, min(end + 24, s.last)) if low[k] == ","):
        found = next((g for g in s.groups if g.start > comma), None)
        if found is None or found.start - comma > 5 or found.mentions[0].type == "place":
            continue
        if all(w.isalpha() and w not in _WITHIN_ASIDES for w in low[comma + 1 : found.start]):
            return [resolved(s, found)]
    return []


def subject_before(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """Return the group that does what a phrase says, the pronouns in it made plain."""
    low = s.text.low
    left = [g for g in left if not _invites(low, g)] or left
    relative = _antecedent(s, t, left) or _behind_relative(s, t)
    if relative is not None:
        return resolved(s, relative)
    if (
        t.predicate
        and left
        and _AUXILIARIES.issuperset(low[closing(s.text, left[-1]) : t.start])
        and _begins_clause(s, t, left[-1].start)
    ):
        return resolved(s, left[-1], nearest=t.top == "appointment")
    if not t.predicate and (journey := journey_for(s, t)) is not None:
        return subject_before(s, journey, [g for g in left if g.end <= journey.start])
    if t.predicate and low[t.start - 1] == "to" and (decider := _decider(s, t, left)) is not None:
        return decider
    free = [g for g in reversed(left) if may_act(s, g) or (g.mentions[0].type == "own" and g.end == t.start)]
    if not _COMPRISING.isdisjoint(low[s.first : t.start]):
        made_up = next(k for k in range(s.first, t.start) if low[k] in _COMPRISING)
        free = [g for g in free if g.end <= made_up] or free  # "a delegation |comprising A and B| visited"
    if "who" in s.text.vocabulary and "who" in low[s.first : t.start]:
        free = [g for g in free if not _in_aside(s, g, t)]
    if t.predicate and len(free) > 1:
        free = [g for g in free if low[g.end] not in _OWN_MARKS] or free  # "|X's| envoy Y went to Z and met"
    if t.predicate and len(free) > 1:  # "In a move to boost |their| ties, A and B signed"
        free = [g for g in free if low[g.start] not in _THEIR or "," not in low[g.end : t.start]] or free
    nearest = t.top == "appointment"
    if low[t.start].endswith("ing") and t.predicate and t.start > s.first and low[t.start - 1] == "for":
        return resolved(s, free[0], nearest=nearest) if len(free) > 1 else None  # "thanked X for signing"
    if (t.predicate and (_coordinated(s, t, free) or _adverbial(s, t))) or _comes_later(s, t):
        free.reverse()
    if len(free) > 1:
        free.sort(key=lambda g: all(m.type == "body" for m in g.mentions))
    for g in free:
        if g.start - 2 >= s.first and (team := _team_led(s, g)):
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
    """Return the states of which a participle that opens a sentence at ``k`` is told: "Having signed it, |X| left"."""
    low = s.text.low
    opened = low[s.first].endswith("ing") or low[k].endswith(("ing", "ed"))
    if not opened or k - s.first > 1 or any(g.end <= k for g in s.groups):
        return []
    for g in s.groups:
        begin = g.start - 1 - (low[g.start - 1] == "the")
        if low[begin] == "," and all(m.type == "body" for m in g.mentions) and low[g.end] != ",":
            return [g]
    return []


def _lands_of(s: Sentence, t: Trigger, meant: Group) -> Group:
    """The countries of those who are meant, none of whom does himself what people of theirs do."""
    lands = {m.value for m in meant.mentions if m.type == "body"}
    if t.top in _OF_PAIRS:
        lands |= s.register.homes(m.person for m in meant.mentions if m.type == "person" and m.person >= 0)
    return Group(meant.start, meant.end, [Mention("body", 0, 0, value=land) for land in sorted(lands)])


def _invites(low: list[str], g: Group) -> bool:
    """Whether somebody is only told as who invites: "X accepted an invitation |from Y| to visit Z"."""
    begin = g.start - 1 - (low[g.start - 1] == "the")
    return begin > 1 and low[begin - 1] == "invitation" and low[begin] in _INVITING


def _comes_later(s: Sentence, t: Trigger) -> bool:
    """Whether a noun is only what something else comes before: "A met B, |days before a planned visit| to Y"."""
    low = s.text.low
    near = range(t.start - 1, max(s.first + 2, t.start - _NEAR), -1)
    at = next((k for k in near if low[k] in _SPACED), s.first)
    return not t.predicate and at > s.first and low[at - 1] in _SPANS and "," in low[at - 4 : at]


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
    if low[who - 1] != "," or g.start - who > 6 or low[g.end] != "," or g.end >= t.start:
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
    """The body whose team somebody leads, with him: "an IMF team led by X", "a delegation headed by |its| chief X"."""
    low = s.text.low
    by = g.start - 1 - (low[g.start - 1] in _DETERMINERS)
    if low[by] != "by" or low[by - 1] not in _LEADING:
        return None
    led = by - 1 - (low[by - 2] == ",")  # "a delegation|,| led by X"
    for body in reversed(s.groups):
        if body.end <= led and body.mentions[-1].type == "body":
            gap = low[body.end : led]
            team = body.mentions[-1].organ if not gap else len(gap) < 4 and gap[-1] in _SIDES
            team = team or (len(gap) < _LONGEST_ORGAN and "," not in gap and _sends_team(s, body))
            return Group(body.start, g.end, [*body.mentions, *g.mentions]) if team else None
    return None


def _sends_team(s: Sentence, body: Group) -> bool:
    """Whether a team is told to be of a body or its organ: "|a delegation of| the Chadian parliament"."""
    of = body.start - 1 - (s.text.low[body.start - 1] == "the")
    return s.text.low[of] in _ORIGIN and s.text.low[of - 1] in _SIDES


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
    """Whether a phrase tells what else the one who acts did: "X met Y |before flying on to| Z", "|, having met| Z"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _ADVERBS or low[k] in _BEEN):
        k -= 1
    if k > s.first + 1 and low[k] == "having":
        return low[k - 1] == ","
    return low[t.start].endswith("ing") and t.start > s.first and low[t.start - 1] in _TURNS


def _antecedent(s: Sentence, t: Trigger, left: list[Group]) -> Group | None:
    """Whom a "who" right before the phrase takes up."""
    if "who" not in s.text.vocabulary:
        return None
    low = s.text.low
    lead = low[max(s.clause_start(t.start), t.start - _FARTHEST_IN_ONE) : t.start]
    if "who" not in lead:
        return None
    who = t.start - 1 - lead[::-1].index("who")
    if t.start - who > _FARTHEST_WHO and not _WITHOUT_BREAK.isdisjoint(low[who : t.start]):
        return None
    for g in reversed(left):
        if g.end <= who and who - g.end < 2:
            closed = low[t.start - 1] == ","  # "X and Y, |who is in Z on a visit,| held talks"
            return Group(g.start, g.end, g.mentions[-1:] if low[who + 1] in _WHO_HELPERS and not closed else g.mentions)
    return None


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
    """Return whether no preposition before a group keeps it from being a subject; "the government of X" acts for X."""
    low = s.text.low
    at = g.start - 1 - (g.start - 2 >= s.first and low[g.start - 1] in _ARTICLES)
    before = low[at] if g.start > s.first else ""
    if g.mentions[0].type == "him":
        return False
    if before == "by" and at - 1 >= s.first and low[at - 1] in _LEADING:
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
